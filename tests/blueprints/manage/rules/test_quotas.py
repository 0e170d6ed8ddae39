"""Quotas and precedence on their pages: what is used of shared budgets, never by whom; and who comes first."""

from __future__ import annotations

import pytest

from models.actions.places.set_quota import add_quota
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.changes.quotas import QuotaWish
from tests.blueprints.manage.filling import send
from tests.cast import ANN, BRAM, FARID, HUGO, INES, KAAT, NORA, NOW

MONDAY = "2027-03-08"
NEW = {
    "whose": "organisation:GEM",
    "amount": "40",
    "measure": "hours",
    "period": "month",
    "kind": "meeting_room",
    "reason": "Fair share",
}
COUNCIL = {
    "code": "RAAD",
    "name_nl": "Gemeenteraad",
    "name_en": "Council",
    "rank": "1",
    "role": "protocol_officer",
    "notice_days": "14",
    "reason": "Rules of the house",
}


@pytest.fixture
def quota(demo_app):
    def add(*values) -> int:
        with demo_app.test_request_context():
            return add_quota(QuotaWish(*values), person_by_username(FARID), NOW, reason="Fair share")

    return add


@pytest.fixture
def kept(demo_app):
    def read() -> tuple:
        with demo_app.test_request_context():
            return the_house().quotas, the_house().precedence

    return read


def test_a_shared_budget_says_what_is_used_of_it_and_a_persons_own_only_its_limit(signed_in, booked, quota):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "11:00", attendees=10)
    booked(BRAM, "VZ-102", f"{MONDAY}T09:00", "10:30", attendees=10)
    quota("organisation", "GEM", "meeting_room", "hours", "month", 40)
    quota("person", None, "booth", "bookings", "held", 3)
    rows = signed_in(NORA).open("/manage/quotas").rows("Quotas")
    assert "3,5 of 40 hours this month" in rows[0]
    assert "Meeting room" in rows[0]
    assert "3 bookings held at once" in rows[1]
    assert " of 3" not in rows[1]
    assert "10 half-days in a week" in rows[2]  # rule R17
    assert not any("medewerker" in row.lower() for row in rows)


def test_a_partner_sees_the_quotas_of_its_own_organisation(signed_in, quota):
    quota("organisation", "GEM", None, "hours", "month", 40)
    quota("organisation", "CAW", None, "hours", "month", 12)
    quota("service", "CAW-SLA", None, "hours", "week", 5)
    ines = signed_in(INES)
    rows = ines.open("/manage/quotas").rows("Quotas")
    assert [any(said in row for said in ("12 hours", "5 hours", "R17")) for row in rows] == [True] * 3
    assert (ines.open("/manage/new-quota").status, signed_in(ANN).open("/manage/quotas").status) == (403, 403)


def test_a_quota_is_added_changed_and_ended(signed_in, kept):
    farid = signed_in(FARID)
    assert send(farid, "/manage/new-quota", **NEW).location == "/manage/quotas"
    [one] = kept()[0]
    assert (one.scope, one.code, one.kind, one.measure, one.period, one.amount) == (
        "organisation",
        "GEM",
        "meeting_room",
        "hours",
        "month",
        40,
    )
    address = f"/manage/quotas/{one.id}"
    assert send(farid, address, amount="20", valid_from="2027-04-01", reason="Less").status == 303
    assert [each.amount for each in kept()[0]] == [40, 20]
    later = f"/manage/quotas/{kept()[0][1].id}"
    seen = farid.open(later).soup.find("input", attrs={"name": "end-seen"})["value"]
    assert farid.post(f"{later}/end", {"end-reason": "Away", "end-seen": seen, "end-valid_to": ""}).status == 303
    assert [each.amount for each in kept()[0]] == [40]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"amount": ""}, {"amount"}),
        ({"amount": "-1"}, {"amount"}),
        ({"amount": "many"}, {"amount"}),
        ({"whose": "organisation:XX"}, {"whose"}),
        ({"whose": "person:" + ANN}, {"whose"}),
        ({"measure": "half_days"}, {"measure"}),
        ({"measure": "weeks"}, {"measure"}),
        ({"period": "year"}, {"period"}),
        ({"kind": "attic"}, {"kind"}),
        ({"reason": ""}, {"reason"}),
        ({"valid_from": "2027-03-02"}, {"valid_from"}),
        ({"valid_from": "2027-03-09", "valid_to": "2027-03-08"}, {"valid_to"}),
    ],
)
def test_a_quota_that_makes_no_sense_is_refused_at_its_field(typed, wrong, signed_in, kept):
    page = send(signed_in(FARID), "/manage/new-quota", **{**NEW, **typed})
    assert (page.status, page.wrong_fields(), kept()[0]) == (400, wrong, ())


def test_the_second_of_two_sees_that_somebody_was_there(signed_in, quota, kept):
    farid, address = signed_in(FARID), f"/manage/quotas/{quota('organisation', 'GEM', None, 'hours', 'month', 40)}"
    page = farid.open(address)
    assert send(farid, address, amount="30", reason="Less").status == 303
    refused = send(farid, address, page, amount="10", reason="Mine")
    assert refused.status == 409
    assert any("before you" in each for each in refused.notices())
    assert [each.amount for each in kept()[0]] == [30]
    assert farid.open("/manage/quotas/999").status == 404
    assert farid.open(f"/manage/quotas/{10**30}").status == 404


def test_precedence_is_read_by_all_who_work_here_and_set_by_protocol_and_facility_management(signed_in, kept):
    hugo = signed_in(HUGO)
    assert send(hugo, "/manage/new-precedence", **COUNCIL).location == "/manage/precedence"
    page = signed_in(ANN).open("/manage/precedence")
    table = [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]
    assert table[0] == "Council 1 Protocol officer 14 days"
    assert table[1].startswith("All others")
    assert signed_in(KAAT).open("/manage/precedence").status == 403
    assert signed_in(ANN).open("/manage/precedence/RAAD").status == 403
    assert send(hugo, "/manage/precedence/RAAD", rank="2", reason="Elections first", step="save").status == 303
    assert [each.rank for each in kept()[1]] == [2]
    assert send(hugo, "/manage/precedence/RAAD", reason="Gone", step="remove").status == 303
    assert kept()[1] == ()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"code": ""}, {"code"}),
        ({"code": "A/B"}, {"code"}),
        ({"name_nl": ""}, {"name_nl"}),
        ({"rank": "0"}, {"rank"}),
        ({"rank": "first"}, {"rank"}),
        ({"role": "resident"}, {"role"}),
        ({"notice_days": "-1"}, {"notice_days"}),
        ({"notice_days": "731"}, {"notice_days"}),
        ({"reason": ""}, {"reason"}),
        ({"name_en": "x" * 201}, {"name_en"}),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_at_its_field(typed, wrong, signed_in, kept):
    page = send(signed_in(HUGO), "/manage/new-precedence", **{**COUNCIL, **typed})
    assert (page.status, page.wrong_fields(), kept()[1]) == (400, wrong, ())

"""Quotas and the table of precedence: added, changed from a date on, ended; and what shared budgets have used."""

from __future__ import annotations

from datetime import date

import pytest

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.places.set_precedence import PrecedenceWish, add_precedence, change_precedence, remove_precedence
from models.actions.places.set_quota import add_quota, change_quota, end_quota
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.policies import quota_row
from models.queries.quotas import all_quota_rows, used
from models.rules.changes.quotas import QuotaWish
from models.rules.house.quota import Quota, period_of
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from tests.cast import ANN, BRAM, DORA, FARID, HUGO, INES, NORA, NOW, ask

TODAY, MONDAY = date(2027, 3, 3), "2027-03-08"
HOURS = QuotaWish("organisation", "GEM", "meeting_room", "hours", "month", 40)
COUNCIL = PrecedenceWish({"nl": "Gemeenteraad", "en": "Council"}, 1, "protocol_officer", 14)

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def added(wish: QuotaWish = HOURS, who: str = FARID, reason: str = "Fair share") -> int:
    return add_quota(wish, person(who), NOW, reason=reason)


def in_force(day: date) -> list[int]:
    return [quota.amount for quota in the_house().quotas if quota.holds_on(day)]


def test_a_quota_holds_from_its_date_and_another_amount_from_a_later_one():
    number = added()
    later = change_quota(number, 20, person(FARID), NOW, reason="Less", valid_from=date(2027, 4, 1))
    assert (in_force(TODAY), in_force(date(2027, 3, 31)), in_force(date(2027, 4, 1))) == ([40], [40], [20])
    assert later != number
    assert len(all_quota_rows()) == 2
    assert change_quota(later, 25, person(FARID), NOW, reason="Not so little") == later  # it had not begun yet
    assert in_force(date(2027, 4, 1)) == [25]
    assert quota_row(later).reason == "Not so little"


def test_a_quota_ends_and_stays_in_the_books_but_one_that_never_held_is_gone():
    number = added()
    end_quota(number, person(FARID), NOW, reason="Enough rooms", last=date(2027, 3, 10))
    assert (in_force(date(2027, 3, 10)), in_force(date(2027, 3, 11))) == ([40], [])
    end_quota(number, person(FARID), NOW, reason="At once")
    assert quota_row(number) is None  # added today, ended before today was over
    planned = added(QuotaWish("person", None, "booth", "bookings", "held", 3, date(2027, 5, 1)))
    end_quota(planned, person(FARID), NOW, reason="No")
    assert quota_row(planned) is None


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (("team", "GEM", None, "hours", "day", 1), "scope"),
        (("organisation", None, None, "hours", "day", 1), "organisation"),
        (("organisation", "XX", None, "hours", "day", 1), "organisation"),
        (("service", "GEM", None, "hours", "day", 1), "service"),
        (("role", "king", None, "hours", "day", 1), "role"),
        (("person", ANN, None, "hours", "day", 1), "code"),  # nobody in particular
        (("person", None, "attic", "hours", "day", 1), "kind"),
        (("person", None, None, "weeks", "day", 1), "measure"),
        (("person", None, "booth", "half_days", "day", 1), "measure"),
        (("person", None, None, "hours", "year", 1), "period"),
        (("person", None, None, "hours", "day", -1), "amount"),
        (("person", None, None, "hours", "day", 100_001), "amount"),
        (("person", None, None, "hours", "day", 1, date(2027, 3, 2)), "from"),
        (("person", None, None, "hours", "day", 1, date(2027, 3, 9), date(2027, 3, 8)), "to"),
    ],
)
def test_a_quota_that_makes_no_sense_is_refused_at_its_field(wish, field):
    with pytest.raises(BadRequest) as no:
        added(QuotaWish(*wish))
    assert no.value.field == field
    assert all_quota_rows() == []


def test_a_quota_is_the_facility_managers_and_the_second_editor_looks_again():
    for who in (NORA, INES, ANN):
        with pytest.raises(NotAllowed):
            added(who=who)
    number = added()
    seen = quota_row(number).version
    change_quota(number, 30, person(FARID), NOW, reason="Less", seen=seen)
    for again in (
        lambda: change_quota(number, 10, person(FARID), NOW, reason="Less", seen=seen),
        lambda: end_quota(number, person(FARID), NOW, reason="Away", seen=seen),
    ):
        with pytest.raises(Refused):
            again()
    assert in_force(TODAY) == [30]
    with pytest.raises(NotFound):
        change_quota(999, 1, person(FARID), NOW, reason="None such")


@pytest.mark.parametrize(
    ("measure", "period", "kind", "together"),
    [
        ("hours", "month", "meeting_room", 3.5),  # two of Ann's and one and a half of Bram's; Dora is of the OCMW
        ("bookings", "month", None, 4),  # the desk among them
        ("bookings", "day", None, 3),  # those of Monday
        ("half_days", "week", "desk", 2),  # a whole day
        ("hours", "held", "meeting_room", 3.5),
    ],
)
def test_what_is_used_of_a_shared_budget_is_what_all_its_people_booked(measure, period, kind, together):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "11:00", attendees=10)
    booked(BRAM, "VZ-102", f"{MONDAY}T09:00", "10:30", attendees=10)
    booked(ANN, "WP-1BUR-01", f"{MONDAY}T07:00", "19:00")
    booked(BRAM, "OR-03", "2027-03-09T09:00", "10:00", attendees=10)
    booked(DORA, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=10)
    gone = booked(ANN, "VZ-104", f"{MONDAY}T13:00", "14:00", attendees=5)
    cancel(gone.id, person(ANN), NOW)
    house, monday = the_house(), date(2027, 3, 8)
    quota = Quota("organisation", "GEM", kind, measure, period, 40, TODAY)
    assert used(quota, period_of(period, monday, house.zone), house, NOW) == together
    of_service = Quota("service", person(ANN).service, kind, measure, period, 40, TODAY)
    assert used(of_service, period_of(period, monday, house.zone), house, NOW) == 2  # Bram is of another service


def test_what_one_person_used_is_asked_of_nobody():
    with pytest.raises(ValueError, match="shared"):
        used(Quota("person", None, None, "hours", "day", 1, TODAY), None, the_house(), NOW)


def test_the_table_of_precedence_is_kept_in_order_of_rank():
    add_precedence(
        "ELECTIONS", PrecedenceWish({"nl": "Verkiezingen"}, 3, "facility_manager", 30), person(FARID), NOW, reason="Law"
    )
    add_precedence("COUNCIL", COUNCIL, person(HUGO), NOW, reason="Rules of the house")
    assert [(each.code, each.rank, each.notice_days) for each in the_house().precedence] == [
        ("COUNCIL", 1, 14),
        ("ELECTIONS", 3, 30),
    ]
    change_precedence("COUNCIL", PrecedenceWish({"nl": "Raad"}, 4, "elected", 7), person(HUGO), NOW, reason="Later")
    assert [(each.code, each.role) for each in the_house().precedence] == [
        ("ELECTIONS", "facility_manager"),
        ("COUNCIL", "elected"),
    ]
    remove_precedence("COUNCIL", person(HUGO), NOW, reason="Gone")
    assert [each.code for each in the_house().precedence] == ["ELECTIONS"]


@pytest.mark.parametrize(
    ("code", "wish", "field"),
    [
        ("", COUNCIL, "code"),
        ("A/B", COUNCIL, "code"),
        ("COUNCIL", COUNCIL, "code"),
        ("X", PrecedenceWish({"nl": " "}, 1, "elected", 1), "name_nl"),
        ("X", PrecedenceWish({"nl": "x" * 201}, 1, "elected", 1), "name_nl"),
        ("X", PrecedenceWish({"nl": "X"}, 0, "elected", 1), "rank"),
        ("X", PrecedenceWish({"nl": "X"}, 1, "king", 1), "role"),
        ("X", PrecedenceWish({"nl": "X"}, 1, "elected", -1), "notice_days"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_at_its_field(code, wish, field):
    add_precedence("COUNCIL", COUNCIL, person(HUGO), NOW, reason="First")
    with pytest.raises(BadRequest) as no:
        add_precedence(code, wish, person(HUGO), NOW, reason="Second")
    assert no.value.field == field
    assert len(the_house().precedence) == 1


def test_precedence_is_set_by_facility_manager_and_protocol_officer_and_never_over_anothers_change():
    for who in (ANN, NORA, INES):
        with pytest.raises(NotAllowed):
            add_precedence("COUNCIL", COUNCIL, person(who), NOW, reason="Mine")
    add_precedence("COUNCIL", COUNCIL, person(HUGO), NOW, reason="First")
    change_precedence("COUNCIL", COUNCIL, person(FARID), NOW, reason="Again", seen=1)
    with pytest.raises(Refused):
        change_precedence("COUNCIL", COUNCIL, person(HUGO), NOW, reason="Mine", seen=1)
    with pytest.raises(NotFound):
        remove_precedence("NOBODY", person(HUGO), NOW, reason="Gone")

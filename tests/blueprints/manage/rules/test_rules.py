"""The rules on a page: read by all who work here, set by whoever owns them, with their history."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest

from models.queries.house import the_house
from models.rules.house.rule_parameters import RULE_CODES
from models.rules.refusals import Refused
from tests.blueprints.manage.filling import send
from tests.cast import ANN, DORA, ELS, FARID, KAAT, NORA

TODAY, MONDAY = date(2027, 3, 3), "2027-03-08"


@pytest.fixture
def rule(demo_app):
    def read(code: str, day: date = TODAY):
        with demo_app.test_request_context():
            return the_house().rule(code, day)

    return read


def test_all_rules_are_read_in_plain_words_by_whoever_works_here(signed_in):
    page = signed_in(ANN).open("/manage/rules")
    rows = page.rows("Rules")
    assert page.status == 200
    assert [row.split()[0] for row in rows] == list(RULE_CODES)
    assert "Refuses" in rows[1]
    assert "Warns" in rows[15]
    assert "24 hours before" in rows[15]
    assert signed_in(KAAT).open("/manage/rules").status == 403


@pytest.mark.parametrize("code", RULE_CODES)
def test_each_rule_says_who_sets_it_or_why_nobody_does(code, signed_in):
    page = signed_in(ANN).open(f"/manage/rules/{code}")
    assert page.status == 200
    assert page.soup.find("form", id="change") is None
    assert ("belongs to" in page.text) != (code in ("R06", "R18", "R19"))
    assert len(page.rows("History")) == 1


def test_a_rule_that_will_turn_says_so_and_turns_on_its_day(signed_in, booked, rule):
    farid = signed_in(FARID)
    sent = send(farid, "/manage/rules/R07", mode="enforce", valid_from="2027-04-01", reason="A month to get used to it")
    assert (sent.status, sent.location) == (303, "/manage/rules/R07")
    page = farid.open("/manage/rules/R07")
    assert "refuses from 1 April 2027 on" in page.text
    assert [("Planned" in row, "Now" in row) for row in page.rows("History")] == [(True, False), (False, True)]
    assert "A month to get used to it" in page.rows("History")[0]
    assert "Facilitair" in page.rows("History")[0]
    assert "refuses from 1 April 2027 on" in farid.open("/manage/rules").rows("Rules")[6]
    assert rule("R07").in_force == "warn"
    assert rule("R07", date(2027, 4, 1)).in_force == "enforce"


def test_a_number_changes_and_what_was_planned_of_the_mode_stays(signed_in, rule):
    farid = signed_in(FARID)
    send(farid, "/manage/rules/R16", mode="enforce", valid_from="2027-04-01", reason="Later")
    assert send(farid, "/manage/rules/R16", parameter="48", reason="Sooner").status == 303
    later = rule("R16", date(2027, 4, 1))
    assert (rule("R16").in_force, rule("R16").parameter, later.in_force, later.parameter) == (
        "warn",
        "48",
        "enforce",
        "48",
    )
    assert send(farid, "/manage/rules/R16", reason="Let it be").status == 303  # as it is today, for good
    assert rule("R16", date(2027, 4, 1)).in_force == "warn"
    page = send(farid, "/manage/rules/R16", reason="Again")
    assert page.status == 400
    assert "Nothing here is different" in page.text


def test_where_a_rule_holds_is_ticked_and_typed(signed_in, booked, rule):
    nora = signed_in(NORA)
    assert send(nora, "/manage/rules/R23", places=["Z0-SPR"], spaces="SK-08; SK-09", reason="Guards").status == 303
    assert rule("R23").applies_to == {"Z0-SPR", "SK-08", "SK-09"}
    page = nora.open("/manage/rules/R23")
    assert page.fields()["spaces"] == "SK-08; SK-09"


@pytest.mark.parametrize(
    ("code", "typed", "wrong"),
    [
        ("R07", {"mode": "loud"}, {"mode"}),
        ("R07", {"mode": None}, {"mode"}),
        ("R07", {"mode": "off", "reason": " "}, {"reason"}),
        ("R07", {"mode": "off", "valid_from": "2027-03-02"}, {"valid_from"}),
        ("R07", {"mode": "off", "valid_from": "yesterday"}, {"valid_from"}),
        ("R07", {"mode": "off", "valid_from": "2027-03-09", "valid_to": "2027-03-08"}, {"valid_to"}),
        ("R07", {"mode": "off", "valid_to": "9999-12-31"}, {"valid_to"}),
        ("R07", {"mode": "off", "legal_basis": "x" * 201}, {"legal_basis"}),
        ("R07", {"mode": "off", "reason": "a\0b"}, {"reason"}),
        ("R17", {"parameter": "a few"}, {"parameter"}),
        ("R17", {"parameter": ""}, {"parameter"}),
        ("R22", {"parameter": "25:00"}, {"parameter"}),
        ("R07", {"spaces": "XX-99"}, {"spaces"}),
        ("R07", {"places": ["XX"]}, {"places"}),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(code, typed, wrong, signed_in, rule):
    page = send(signed_in(FARID), f"/manage/rules/{code}", **{"reason": "Trial", **typed})
    invalid = page.wrong_fields() | {each["id"] for each in page.soup.select("fieldset.field-invalid")}
    assert (page.status, invalid) == (400, wrong)
    assert rule(code).version == 1


@pytest.mark.parametrize(
    ("code", "who", "status"),
    [
        ("R02", FARID, 403),
        ("R01", NORA, 403),
        ("R06", FARID, 403),
        ("R18", FARID, 403),
        ("R07", ANN, 403),
        ("R16", ELS, 403),  # not one head of service for the whole house
        ("R99", FARID, 404),
    ],
)
def test_only_whoever_owns_a_rule_sets_it(code, who, status, signed_in):
    page = signed_in(who).post(
        f"/manage/rules/{code}", {"mode": "off", "reason": "Mine", "seen": "99999", "parameter": "24", "spaces": ""}
    )
    assert page.status in ({303, 409} if status == 303 else {status})


def test_the_second_of_two_sees_what_the_first_set(signed_in, rule):
    farid, other = signed_in(FARID), signed_in(FARID)  # at two desks
    page = farid.open("/manage/rules/R16")
    assert send(other, "/manage/rules/R16", parameter="12", reason="Half a day is enough").status == 303
    refused = send(farid, "/manage/rules/R16", page, parameter="48", reason="Mine")
    assert (refused.status, rule("R16").parameter) == (409, "12")
    [notice] = [each for each in refused.notices() if "before you" in each]
    assert "12 hours before" in notice
    assert "Half a day is enough" in notice
    assert send(farid, "/manage/rules/R16", refused).status == 303
    assert rule("R16").parameter == "48"


def test_a_rule_that_warned_is_counted(signed_in, booked, clock):
    booked(ANN, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=5)
    clock.instant = clock.instant.replace(day=20)
    assert "warned about 1 booking in the last 30 days" in signed_in(ANN).open("/manage/rules").rows("Rules")[6]


def test_a_rule_that_is_off_lets_through_what_it_refused(signed_in, booked):
    with pytest.raises(Refused):
        booked(ANN, "OR-04", f"{MONDAY}T12:00", "13:00", attendees=10, exclusive=True)
    assert send(signed_in(FARID), "/manage/rules/R15", mode="off", valid_to="2027-03-12", reason="Fair").status == 303
    assert booked(ANN, "OR-04", f"{MONDAY}T12:00", "13:00", attendees=10, exclusive=True)
    with pytest.raises(Refused):
        booked(ANN, "OR-04", "2027-03-15T12:00", "13:00", attendees=10, exclusive=True)


def test_a_rule_may_be_planned_first(signed_in, booked, rule):
    booked(ANN, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=5)
    sent = send(signed_in(FARID), "/manage/rules/R07", mode="enforce", reason="Fair", step="plan")
    assert sent.status == 303
    assert sent.location.startswith("/manage/plans/")
    assert rule("R07").in_force == "warn"
    page = send(signed_in(FARID), "/manage/rules/R07", mode="enforce", valid_from="2027-03-02", reason="F", step="plan")
    assert (page.status, page.wrong_fields()) == (400, {"valid_from"})


def test_whoever_sets_limits_reads_how_many_were_refused_and_nobody_else_does(signed_in, booked, clock):
    for who in (ANN, DORA):
        with suppress(Refused):
            booked(who, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=80)
    told = "2 bookings that somebody asked for were refused in the last 30 days."
    assert {who: told in signed_in(who).open("/manage/rules").text for who in (FARID, NORA, ANN, ELS)} == {
        FARID: True,
        NORA: True,
        ANN: False,
        ELS: False,
    }
    clock.instant += timedelta(days=31)
    assert "refused in the last" not in signed_in(FARID).open("/manage/rules").text

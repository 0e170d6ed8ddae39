"""Who comes before whom, and from when on even the higher one must ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.changes.claims import Claim, as_others_read
from models.rules.changes.precedence import (
    claimable_by,
    comes_first,
    may_claim,
    may_displace,
    needs_consent,
    outranks,
    rank_of,
)
from models.rules.changes.reading import read_changes
from models.rules.house.house import Names, Precedence
from models.rules.people.discretion import Booked
from models.rules.refusals import BadRequest
from models.rules.times.interval import Interval
from tests.models.rules.builders import ANN, KAAT, house, person

BRUSSELS = ZoneInfo("Europe/Brussels")
COUNCIL = Precedence("RAAD", Names(nl="Gemeenteraad"), 1, "protocol_officer", 14)
COLLEGE = Precedence("COLLEGE", Names(nl="College"), 2, "protocol_officer", 7)
ELECTIONS = Precedence("KIES", Names(nl="Verkiezingen"), 3, "elected", 0)
HOUSE = replace(house(), precedence=(COUNCIL, COLLEGE, ELECTIONS))
HUGO = person("hugo", roles="staff protocol_officer")
NOW = datetime(2027, 3, 3, 8, 0, tzinfo=UTC)


def booking(precedence: str | None = None, start: datetime = NOW + timedelta(days=30), **more) -> Booked:
    during = Interval(start, start + timedelta(hours=1))
    return Booked(
        **{
            "id": 1,
            "space": "R1",
            "kind": "meeting_room",
            "during": during,
            "status": "confirmed",
            "organisation": "GEM",
            "privacy": "title",
            "title": None,
            "layout": "boardroom",
            "persons": 1,
            "organiser": "ann",
            "booked_by": "ann",
            "precedence": precedence,
        }
        | more
    )


def test_the_lowest_rank_comes_first_and_what_nobody_claimed_last():
    holders = [booking("RAAD"), booking("COLLEGE"), booking("KIES"), booking(), booking("NO-LONGER-IN-THE-TABLE")]
    ranks = [rank_of(each, HOUSE) for each in holders]
    assert ranks == sorted(ranks)
    assert ranks[3] == ranks[4]
    assert [outranks(COLLEGE, each, HOUSE) for each in holders] == [False, False, True, True, True]


def test_whoever_sits_there_or_comes_first_keeps_every_other_from_being_displaced_too():
    free, sitting = booking(), booking(start=NOW - timedelta(minutes=5))
    assert may_displace(COLLEGE, [free, booking("KIES")], HOUSE, NOW)
    assert not may_displace(COLLEGE, [free, booking("RAAD")], HOUSE, NOW)
    assert not may_displace(COUNCIL, [free, sitting], HOUSE, NOW)
    assert not may_displace(COUNCIL, [booking(status="checked_in")], HOUSE, NOW)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (HUGO, ["RAAD", "COLLEGE"]),
        (person("els", roles="staff elected"), ["KIES"]),
        (ANN, []),
        (KAAT, []),
        (None, []),
        (person("hugo", roles="staff protocol_officer", active=False), []),
        (person("hugo", roles="staff protocol_officer", scope="read"), []),
        (person("farid", roles="staff facility_manager"), []),
    ],
)
def test_only_who_holds_its_role_claims_in_a_name(who, may):
    assert [each.code for each in claimable_by(who, HOUSE)] == may
    assert may_claim(who, COUNCIL) is ("RAAD" in may)


@pytest.mark.parametrize(
    ("start", "asked"),
    [
        ("2027-03-09T23:30", True),  # six days of the calendar before
        ("2027-03-10T00:30", False),  # seven, though fewer hours than seven times twenty-four
        ("2027-03-10T09:00", False),
        ("2027-03-03T18:00", True),
    ],
)
def test_the_notice_period_counts_days_of_the_calendar(start, asked):
    held = booking(start=datetime.fromisoformat(start).replace(tzinfo=BRUSSELS).astimezone(UTC))
    assert needs_consent(COLLEGE, held, NOW, BRUSSELS) is asked
    assert not needs_consent(ELECTIONS, held, NOW, BRUSSELS)


def test_the_reason_names_the_rule_and_the_rank():
    reason = comes_first(COLLEGE)
    assert (reason.code, reason.scope, reason.limit, reason.clash) == (
        "claimed_by_precedence",
        "precedence:COLLEGE",
        2,
        True,
    )


WISH = {"precedence": "COLLEGE", "start": "2027-03-22T09:00:00+01:00", "end": "2027-03-22T10:00:00+01:00"}


def read(claim: dict) -> Claim:
    [found] = read_changes([{"scope": "space:ROOM", "set": {"claim": claim}}])
    return found


def test_a_claim_is_written_as_it_was_read():
    whole = WISH | {
        "attendees": 12,
        "title": "College",
        "layout": "theatre",
        "equipment": ["scherm"],
        "note": "a\nb",
        "exclusive": True,
        "privacy": "title",
        "on_behalf_of": "hugo",
    }
    claim = read(whole)
    assert (claim.precedence, claim.request.space, claim.request.attendees) == ("COLLEGE", "ROOM", 12)
    assert claim.said() == {"claim": whole}
    assert read(WISH).said() == {"claim": WISH}


def test_others_read_no_more_of_a_claim_than_its_body_and_its_time():
    change = {"scope": "space:R1", "set": {"claim": WISH | {"title": "Tucht", "service": "X"}}}
    assert as_others_read(change) == {"scope": "space:R1", "set": {"claim": WISH}}
    other = {"scope": "space:R1", "set": {"capacity": 3}}
    assert as_others_read(other) == other


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("precedence", "KONING"),
        ("precedence", 3),
        ("precedence", None),
        ("start", "2027-03-22T09:00"),
        ("start", 9),
        ("start", "9999-03-22T09:00:00+01:00"),
        ("start", "2027-02-30T09:00:00Z"),
        ("end", "2027-03-22T09:00:00+01:00"),
        ("end", None),
        ("attendees", 0),
        ("attendees", True),
        ("attendees", "12"),
        ("title", "a\nb"),
        ("title", "x" * 201),
        ("note", "\x00"),
        ("exclusive", "yes"),
        ("privacy", "secret"),
        ("equipment", "scherm"),
        ("equipment", [1]),
        ("recurrence", "FREQ=DAILY;COUNT=2"),
        ("layout", ["x"]),
    ],
)
def test_what_cannot_be_read_is_named(field, value):
    with pytest.raises(BadRequest) as wrong:
        read(WISH | {field: value}).checked(HOUSE, HUGO, NOW.date())
    assert wrong.value.field.removeprefix("changes.0.set.claim.").partition(".")[0] == field

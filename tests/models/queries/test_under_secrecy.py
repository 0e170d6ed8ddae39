"""Of others' bookings under secrecy a change tells how many lie in it, whatever number or hour is tried."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.actions.bookings.book import book
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.bookings.fields import Caller
from models.rules.changes.change import Change
from models.rules.changes.closing import Close
from models.rules.changes.hours import SetHours, WeekRow
from models.rules.changes.limits import SetLimit
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity, SetPolicy, SetUse
from models.rules.values import Scope
from tests.cast import ANN, DORA, ELS, FARID, GERDA, INES, NORA, NOW, ask
from tests.changing import put, space, tried

MONDAY, TUESDAY = date(2027, 3, 8), date(2027, 3, 9)


def booked(who: str, place: str, start: str, end: str, day: date = MONDAY, **more) -> None:
    book(ask(place, f"{day}T{start}", end, **more), person_by_username(who), NOW)


def capacity(number: int, **more) -> Change:
    return SetCapacity(space("SK-05"), number, **more)


def policy(**values) -> Change:
    return SetPolicy(space("SK-05"), values)


def zone_limit(number: int) -> Change:
    return SetLimit(Scope("zone", the_house().spaces["SK-05"].zone), number)


def closed_from(hour: float) -> Change:
    return Close(
        Scope("municipality", the_house().code),
        {"nl": "Verhuis"},
        first=MONDAY,
        kind="half_day",
        opens=7 * 60,
        closes=int(hour * 60),
    )


def hours_until(hour: int) -> Change:
    return SetHours(space("SK-05"), tuple(WeekRow(day, 8 * 60, hour * 60, "public") for day in range(1, 6)))


def half(percent: int) -> Change:
    return SetRule(Scope("rule", "R09"), {"parameter": str(percent), "mode": "enforce"})


@pytest.fixture
def talks(demo):
    """Three of the social-welfare centre in a booth, of one, two and three people, and one of the welfare service."""
    booked(ELS, "SK-05", "09:00", "09:30", service="OCMW-SCH", attendees=2)
    booked(ELS, "SK-05", "10:00", "10:45", service="OCMW-SCH", attendees=3)
    booked(ELS, "SK-05", "11:00", "11:30", TUESDAY, service="OCMW-SCH", attendees=2)


@pytest.mark.parametrize(
    ("change", "values", "number"),
    [
        (capacity, (1, 2, 3), 3),
        (lambda minutes: policy(max_minutes=minutes), (30, 45), 3),
        (lambda places: policy(wheelchair_places=places), (0, 1), 3),
        (lambda has_one: policy(panic_button=has_one), (False, True), 3),
        (zone_limit, (1, 2, 100), 3),
        (half, (30, 90), 3),
        (closed_from, (9, 10.5, 10.75, 11, 12), 2),
        (hours_until, (9, 11, 17), 3),
    ],
)
def test_the_number_is_the_same_whatever_value_is_tried(talks, change, values, number):
    who = NORA if change is zone_limit or change is half else FARID
    numbers = [tried(change(value), who=who).apart for value in values]
    assert numbers == [{"OCMW": number}] * len(values)


def test_it_counts_whole_days_of_the_change_and_what_still_holds_a_place(talks):
    assert tried(capacity(1, first=MONDAY, last=MONDAY)).apart == {"OCMW": 2}
    assert tried(capacity(1, first=TUESDAY)).apart == {"OCMW": 1}
    assert tried(capacity(1, first=TUESDAY + timedelta(days=1))).apart == {}


def test_a_real_change_answers_the_same_number_as_its_preview(talks):
    assert [put(capacity(number)).apart for number in (3, 2, 1)] == [{"OCMW": 3}] * 3
    assert put(SetUse(space("SK-05"), False)).apart == {"OCMW": 3}
    assert put(SetUse(space("SK-05"), True)).apart == {}


def test_ones_own_are_listed_and_not_among_the_number(demo):
    booked(ANN, "VZ-101", "09:00", "10:00", attendees=14)
    booked(DORA, "VZ-101", "13:00", "14:00", attendees=3)
    booked(INES, "SK-08", "09:00", "09:30")
    found = tried(SetCapacity(space("VZ-101"), 12))
    assert (len(found.above), found.apart) == (1, {"OCMW": 1})


def test_a_callers_talk_in_confidence_is_of_the_organisation_of_its_service(demo):
    more = {"attendees": 4, "caller": Caller("Wim Vos"), "service": "OCMW-HVK"}
    booked(GERDA, "OR-02", "13:00", "14:00", **more)
    assert tried(SetUse(space("OR-02"), False)).apart == {"OCMW": 1}

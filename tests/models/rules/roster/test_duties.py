"""Who is on duty on a date: by the weeks' pattern and single dates, and never where nobody comes."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.roster.clashes import clashes, in_two_places
from models.rules.roster.duties import DayDuty, Duty, Roster, WeeklyDuty, at_work, duties_on
from models.rules.times.hours import Closure, HoursRow
from tests.models.rules.builders import MONDAY, USUAL_HOURS, at, during, hours, house, minute

ANN, BEA = 1, 2
SATURDAY = date(2027, 3, 6)  # the first of its month
THURSDAY = date(2027, 3, 11)
SPLIT = (
    *(row for row in USUAL_HOURS if row.kind != "public"),
    *hours("zone", "HAL", "09:00", "12:30", "public"),
    *hours("zone", "HAL", "13:30", "16:00", "public"),
    *hours("zone", "HAL", "17:00", "19:00", "public", days=[4]),
    HoursRow("zone", "HAL", 6, 1, minute("09:00"), minute("12:00"), "public", None, None),
)


def weekly(weekday: int, half_day: str = "am", person_id: int | None = ANN, **more) -> WeeklyDuty:
    return WeeklyDuty(weekday, half_day, more.pop("counter", "COUNTER"), "PERMITS", person_id, **more)


def on(day: date, *weekly: WeeklyDuty, days: tuple[DayDuty, ...] = (), **more) -> list[Duty]:
    return duties_on(day, Roster(weekly, days), house(rows=SPLIT, **more))


@pytest.mark.parametrize(
    ("day", "duty", "stretches"),
    [
        (MONDAY, weekly(1), [("09:00", "12:30")]),
        (MONDAY, weekly(1, "pm"), [("13:30", "16:00")]),
        (MONDAY, weekly(2), []),  # another weekday
        (MONDAY, weekly(1, weeks="even"), [("09:00", "12:30")]),  # 8 March 2027 lies in week 10
        (MONDAY, weekly(1, weeks="odd"), []),
        (MONDAY, weekly(1, valid_to=date(2027, 3, 7)), []),
        (MONDAY, weekly(1, valid_from=MONDAY, valid_to=MONDAY), [("09:00", "12:30")]),
        (THURSDAY, weekly(4, "pm"), [("13:30", "16:00"), ("17:00", "19:00")]),  # the evening goes with the afternoon
        (SATURDAY, weekly(6), [("09:00", "12:00")]),
        (date(2027, 3, 13), weekly(6), []),  # open on the first Saturday of a month alone
        (MONDAY, weekly(1, counter="ROOM"), []),  # residents never come there
    ],
)
def test_a_duty_lasts_as_long_as_residents_come(day, duty, stretches):
    wanted = [during(f"{day}T{start}", f"{day}T{end}") for start, end in stretches]
    assert [each for found in on(day, duty) for each in found.during] == wanted


@pytest.mark.parametrize(
    ("closed", "stretches"),
    [
        (Closure(MONDAY, "local_closure", None, None, frozenset({"GEM"}), ""), []),
        (Closure(MONDAY, "local_closure", None, None, frozenset({"OCMW"}), ""), [("09:00", "12:30")]),
        (Closure(MONDAY, "half_day", minute("09:00"), minute("11:00"), frozenset(), ""), [("09:00", "11:00")]),
    ],
)
def test_there_is_no_duty_while_the_services_organisation_is_closed(closed, stretches):
    found = on(MONDAY, weekly(1), closures=[closed])
    assert [each for duty in found for each in duty.during] == [during(*each) for each in stretches]


def test_what_is_said_of_a_date_comes_before_the_pattern():
    pattern = weekly(1), weekly(1, "pm")
    gap, none = DayDuty(MONDAY, "am", "COUNTER", "SOCIAL"), DayDuty(MONDAY, "pm", "COUNTER", None)
    assert [(duty.half_day, duty.person_id) for duty in on(MONDAY, *pattern)] == [("am", ANN), ("pm", ANN)]
    assert [(duty.service, duty.person_id) for duty in on(MONDAY, *pattern, days=(gap, none))] == [("SOCIAL", None)]


def test_who_is_away_or_has_no_duty_at_that_moment_is_not_at_work():
    duties = on(MONDAY, weekly(1), weekly(1, "pm", None))
    assert at_work(duties, "PERMITS", at("12:29"), frozenset()) == [ANN]
    assert at_work(duties, "PERMITS", at("12:30"), frozenset()) == []
    assert at_work(duties, "PERMITS", at("14:00"), frozenset()) == []
    assert at_work(duties, "PERMITS", at("12:29"), frozenset({ANN})) == []
    assert at_work(duties, "SOCIAL", at("12:29"), frozenset()) == []


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (weekly(1), weekly(1, counter="OTHER"), "roster_clash"),
        (weekly(1), weekly(1, person_id=BEA), "counter_taken"),
        (weekly(1), weekly(1, "pm", counter="OTHER"), None),  # another half-day
        (weekly(1), weekly(2, counter="OTHER"), None),
        (weekly(1, weeks="odd"), weekly(1, weeks="even", counter="OTHER"), None),
        (weekly(1, weeks="odd"), weekly(1, counter="OTHER"), "roster_clash"),  # all weeks are odd ones too
        (weekly(1, person_id=None), weekly(1, person_id=None, counter="OTHER"), None),  # nobody is in two places
        (weekly(1, valid_to=MONDAY), weekly(1, valid_from=THURSDAY, person_id=BEA), None),  # one after the other
        (weekly(1, valid_to=MONDAY), weekly(1, valid_from=MONDAY, person_id=BEA), "counter_taken"),
    ],
)
def test_nobody_is_in_two_places_and_no_counter_has_two(one, other, why):
    for pair in ((one, other), (other, one)):
        assert [clash.code for clash in clashes(pair)] == ([why] if why else [])


def test_a_long_morning_in_one_hall_meets_an_afternoon_in_another():
    long, afternoon = Duty("A", "PERMITS", ANN, (during("09:00", "15:00"),)), during("13:30", "16:00")
    assert in_two_places([long, Duty("B", "PERMITS", ANN, (afternoon,))]) == [
        (long, Duty("B", "PERMITS", ANN, (afternoon,)))
    ]
    assert in_two_places([long, Duty("B", "PERMITS", BEA, (afternoon,))]) == []
    assert in_two_places([long, Duty("B", "PERMITS", ANN, (during("15:00", "16:00"),))]) == []

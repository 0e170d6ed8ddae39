"""Opening hours: which scope decides, which dates count, and the clock changes, against a walk minute by minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.times.hours import Closure, HoursBook, HoursRow, closed_for
from models.rules.times.interval import Interval, civil_day

BRUSSELS = ZoneInfo("Europe/Brussels")
ROOM, ZONE, BUILDING = ("space", "VZ-101"), ("zone", "Z1-VER"), ("building", "AC")
CHAIN = (ROOM, ZONE, BUILDING)
MONDAY, FIRST_SATURDAY, SECOND_SATURDAY = date(2027, 1, 4), date(2027, 1, 2), date(2027, 1, 9)
LAST_SATURDAY = date(2027, 1, 30)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
MINUTE = timedelta(minutes=1)


def row(scope, weekday, opens, closes, kind="staff_access", nth=None, since=None, until=None):
    return HoursRow(*scope, weekday, nth, clock(opens), clock(closes), kind, since, until)


def clock(text):
    return int(text[:2]) * 60 + int(text[3:])


def book(*rows):
    return HoursBook(rows, BRUSSELS)


def local(day, start, end):
    """A stretch of a date without a clock change, as people would say it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)
    return Interval(midnight + clock(start) * MINUTE, midnight + clock(end) * MINUTE)


def test_the_nearest_scope_that_has_hours_decides():
    hours = book(row(BUILDING, 1, "07:00", "19:00"), row(ZONE, 1, "08:00", "18:00"), row(ROOM, 1, "09:00", "17:00"))
    assert hours.of_kind("staff_access", CHAIN, MONDAY) == (local(MONDAY, "09:00", "17:00"),)
    assert hours.of_kind("staff_access", CHAIN[1:], MONDAY) == (local(MONDAY, "08:00", "18:00"),)
    assert hours.of_kind("staff_access", (("space", "VZ-102"), BUILDING), MONDAY) == (local(MONDAY, "07:00", "19:00"),)


def test_a_scope_with_hours_on_another_weekday_only_is_closed():
    hours = book(row(BUILDING, 1, "07:00", "19:00"), row(ROOM, 2, "09:00", "17:00"))
    assert hours.of_kind("staff_access", CHAIN, MONDAY) == ()


def test_hours_of_another_kind_do_not_decide():
    hours = book(row(BUILDING, 1, "07:00", "19:00"), row(ROOM, 1, "09:00", "17:00", "public"))
    assert hours.of_kind("staff_access", CHAIN, MONDAY) == (local(MONDAY, "07:00", "19:00"),)


def test_hours_that_touch_or_overlap_are_one_stretch():
    hours = book(
        row(BUILDING, 1, "07:00", "12:00"), row(BUILDING, 1, "12:00", "15:00"), row(BUILDING, 1, "14:00", "19:00")
    )
    assert hours.of_kind("staff_access", CHAIN, MONDAY) == (local(MONDAY, "07:00", "19:00"),)


@pytest.mark.parametrize(
    ("since", "until", "is_open"),
    [
        (None, None, True),
        (MONDAY, MONDAY, True),  # the last day is still one
        (MONDAY + timedelta(days=1), None, False),
        (None, MONDAY - timedelta(days=1), False),
    ],
)
def test_hours_hold_from_their_first_to_their_last_day(since, until, is_open):
    hours = book(row(BUILDING, 1, "07:00", "19:00", since=since, until=until))
    assert bool(hours.of_kind("staff_access", CHAIN, MONDAY)) == is_open


def test_a_scope_whose_hours_have_ended_leaves_it_to_the_next():
    hours = book(row(BUILDING, 1, "07:00", "19:00"), row(ROOM, 1, "09:00", "17:00", until=MONDAY - timedelta(days=1)))
    assert hours.of_kind("staff_access", CHAIN, MONDAY) == (local(MONDAY, "07:00", "19:00"),)


@pytest.mark.parametrize(
    ("nth", "open_on"),
    [
        (1, {FIRST_SATURDAY}),
        (2, {SECOND_SATURDAY}),
        (5, {LAST_SATURDAY}),
        (-1, {LAST_SATURDAY}),
        (None, {FIRST_SATURDAY, SECOND_SATURDAY, LAST_SATURDAY}),
    ],
)
def test_a_week_of_the_month_means_that_occurrence_of_the_weekday_only(nth, open_on):
    hours = book(row(BUILDING, 6, "08:30", "12:30", nth=nth))
    asked = (FIRST_SATURDAY, SECOND_SATURDAY, LAST_SATURDAY)
    assert {day for day in asked if hours.of_kind("staff_access", CHAIN, day)} == open_on


def test_residents_are_let_in_by_the_zone_never_by_the_building():
    hours = book(row(BUILDING, 1, "07:00", "19:00", "public"))
    assert hours.of_kind("public", CHAIN, MONDAY) == ()
    hours = book(row(BUILDING, 1, "07:00", "19:00", "public"), row(ZONE, 1, "09:00", "12:00", "public"))
    assert hours.of_kind("public", CHAIN, MONDAY) == (local(MONDAY, "09:00", "12:00"),)


def test_protected_breaks_of_all_scopes_add_up():
    hours = book(
        row(BUILDING, 1, "12:00", "12:30", "protected_break"), row(ROOM, 1, "10:00", "10:30", "protected_break")
    )
    assert hours.of_kind("protected_break", CHAIN, MONDAY) == (
        local(MONDAY, "10:00", "10:30"),
        local(MONDAY, "12:00", "12:30"),
    )


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["staff_access"], [("07:00", "19:00")]),
        (["staff_access", "after_hours"], [("07:00", "23:00")]),
        (["public"], [("09:00", "12:00")]),
        (["public", "after_hours"], [("09:00", "12:00"), ("18:00", "23:00")]),
    ],
)
def test_hours_of_several_kinds_make_one_stretch_where_they_meet(kinds, expected):
    hours = book(
        row(BUILDING, 1, "07:00", "19:00"),
        row(BUILDING, 1, "18:00", "23:00", "after_hours"),
        row(ZONE, 1, "09:00", "12:00", "public"),
    )
    talk = local(MONDAY, "10:00", "11:00")
    assert hours.stretches(CHAIN, talk, kinds) == tuple(local(MONDAY, *pair) for pair in expected)


def test_open_until_and_from_midnight_is_one_stretch_over_midnight():
    hours = book(*(row(BUILDING, weekday, "00:00", "24:00") for weekday in (1, 2)))
    night = Interval(datetime(2027, 1, 4, 22, tzinfo=BRUSSELS), datetime(2027, 1, 5, 2, tzinfo=BRUSSELS))
    assert hours.stretches(CHAIN, night, ["staff_access"]) == (
        Interval(datetime(2027, 1, 4, tzinfo=BRUSSELS), datetime(2027, 1, 6, tzinfo=BRUSSELS)),
    )
    evening = Interval(night.start, night.start + timedelta(hours=1))
    assert hours.stretches(CHAIN, evening, ["staff_access"])[0].covers(night)


@pytest.mark.parametrize(
    ("day", "opens", "closes", "start", "end"),
    [
        (SPRING, "01:00", "02:30", "00:00", "01:00"),  # closes in the hour that is skipped: at the jump
        (SPRING, "02:30", "04:00", "01:00", "02:00"),  # opens in it: at the jump
        (SPRING, "02:10", "02:50", None, None),
        (SPRING, "00:00", "24:00", "23:00", "22:00"),  # 23 hours
        (AUTUMN, "02:00", "03:00", "00:00", "02:00"),  # the hour that comes twice, twice
        (AUTUMN, "01:00", "02:30", "23:00", "00:30"),  # until the first 02:30
        (AUTUMN, "00:00", "24:00", "22:00", "23:00"),  # 25 hours
    ],
)
def test_opening_hours_survive_the_clock_changes(day, opens, closes, start, end):
    open_then = book(row(BUILDING, 7, opens, closes)).of_kind("staff_access", CHAIN, day)
    assert [(f"{span.start:%H:%M}", f"{span.end:%H:%M}") for span in open_then] == ([(start, end)] if start else [])


def closure(day, kind="public_holiday", opens=None, closes=None, organisations=()):
    return Closure(day, kind, opens, closes, frozenset(organisations), "Feestdag")


def test_only_the_organisations_listed_are_closed():
    talk = local(MONDAY, "10:00", "11:00")
    assert closed_for([closure(MONDAY, organisations=["GEM", "OCMW"])], "CAW", talk, BRUSSELS) == ()
    assert closed_for([closure(MONDAY, organisations=["GEM"])], "GEM", talk, BRUSSELS) == (civil_day(MONDAY, BRUSSELS),)
    assert closed_for([closure(MONDAY)], "CAW", talk, BRUSSELS) == (civil_day(MONDAY, BRUSSELS),)


def test_a_half_day_is_open_between_its_hours_only():
    christmas_eve = date(2026, 12, 24)
    half = closure(christmas_eve, "half_day", 8 * 60 + 30, 12 * 60)
    assert closed_for([half], "GEM", local(christmas_eve, "10:00", "11:00"), BRUSSELS) == (
        local(christmas_eve, "00:00", "08:30"),
        local(christmas_eve, "12:00", "24:00"),
    )


@pytest.mark.parametrize(
    ("opens", "closes", "closed"),
    [
        (None, 720, [("12:00", "24:00")]),
        (510, None, [("00:00", "08:30")]),
        (None, None, [("00:00", "24:00")]),
        (720, 720, [("00:00", "24:00")]),
    ],
)
def test_a_half_day_with_hours_not_set_is_open_from_or_to_midnight(opens, closes, closed):
    half = closure(MONDAY, "half_day", opens, closes)
    assert closed_for([half], "GEM", local(MONDAY, "10:00", "11:00"), BRUSSELS) == tuple(
        local(MONDAY, *pair) for pair in closed
    )


def test_only_a_half_day_is_open_between_its_hours():
    holiday = closure(MONDAY, "public_holiday", 510, 720)
    assert closed_for([holiday], "GEM", local(MONDAY, "10:00", "11:00"), BRUSSELS) == (civil_day(MONDAY, BRUSSELS),)


def test_closures_of_dates_that_are_not_touched_do_not_count_and_neighbours_join():
    days = [closure(MONDAY + timedelta(days=n)) for n in (-1, 1, 2)]
    assert closed_for(days, "GEM", local(MONDAY, "10:00", "24:00"), BRUSSELS) == ()
    over_midnight = Interval(datetime(2027, 1, 5, 22, tzinfo=BRUSSELS), datetime(2027, 1, 6, 2, tzinfo=BRUSSELS))
    assert closed_for(days, "GEM", over_midnight, BRUSSELS) == (
        Interval(datetime(2027, 1, 5, tzinfo=BRUSSELS), datetime(2027, 1, 7, tzinfo=BRUSSELS)),
    )


# The naive building: a caretaker who looks at the wall clock every minute, opens the first time it
# shows `opens` or later, and closes the first time it shows `closes` or later, or another date.


def minutes_of(day):
    """Each UTC minute of a local date with the wall-clock minute it shows."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    walls = [(noon + n * MINUTE, (noon + n * MINUTE).astimezone(BRUSSELS)) for n in range(-16 * 60, 16 * 60)]
    return [(instant, wall.hour * 60 + wall.minute) for instant, wall in walls if wall.date() == day]


def attended(minutes, opens, closes):
    first_open = next((n for n, (_, shown) in enumerate(minutes) if shown >= opens), len(minutes))
    first_closed = next((n for n, (_, shown) in enumerate(minutes) if shown >= closes), len(minutes))
    return {instant for instant, _ in minutes[first_open:first_closed]}


def holds(one, day):
    return (one.valid_from or date.min) <= day <= (one.valid_to or date.max)


def is_its_day(one, day):
    if one.weekday != day.weekday() + 1:
        return False
    same = [n for n in range(1, 32) if _exists(day, n) and day.replace(day=n).weekday() == day.weekday()]
    return one.week_of_month is None or (
        len(same) >= abs(one.week_of_month) and same[one.week_of_month - (one.week_of_month > 0)] == day.day
    )


def _exists(day, number):
    return number <= 28 or (day.replace(day=1) + timedelta(days=number - 1)).month == day.month


def naive_open_minutes(rows, kind, day):
    minutes = minutes_of(day)
    for scope in [scope for scope in CHAIN if kind != "public" or scope != BUILDING]:
        its_rows = [one for one in rows if one.kind == kind and (one.scope_type, one.scope_code) == scope]
        valid = [one for one in its_rows if holds(one, day)]
        if valid:
            return set().union(*(attended(minutes, one.opens, one.closes) for one in valid if is_its_day(one, day)))
    return set()


def minutes_in(intervals):
    return {one.start + n * MINUTE for one in intervals for n in range(one.length // MINUTE)}


KINDS = ["staff_access", "public", "after_hours"]
days = st.one_of(
    st.sampled_from([SPRING, SPRING - timedelta(days=1), AUTUMN, AUTUMN + timedelta(days=1), FIRST_SATURDAY]),
    st.dates(date(2027, 1, 1), date(2027, 12, 31)),
)
wall_minutes = st.one_of(st.integers(0, 1440), st.sampled_from([0, 119, 120, 121, 150, 179, 180, 181, 1440]))
rows_of_hours = st.lists(
    st.builds(
        lambda scope, weekday, nth, pair, kind, since, until: HoursRow(
            *scope, weekday, nth, *sorted(pair), kind, since, until
        ),
        st.sampled_from(CHAIN),
        st.sampled_from([1, 6, 7, 7]),
        st.sampled_from([None, None, 1, 2, 4, 5, -1]),
        st.tuples(wall_minutes, wall_minutes),
        st.sampled_from(KINDS),
        st.none() | days,
        st.none() | days,
    ),
    max_size=8,
)


@given(rows_of_hours, days)
def test_the_book_says_what_a_caretaker_with_a_wall_clock_would_do(rows, day):
    hours = book(*rows)
    for kind in KINDS:
        assert minutes_in(hours.of_kind(kind, CHAIN, day)) == naive_open_minutes(rows, kind, day)
        assert hours.of_kind(kind, CHAIN, day) == hours.of_kind(kind, CHAIN, day)


@given(rows_of_hours, days, st.integers(0, 1439), st.integers(1, 1800), st.sets(st.sampled_from(KINDS), min_size=1))
def test_stretches_are_the_hours_of_all_days_around(rows, day, start_minute, length, kinds):
    start = civil_day(day, BRUSSELS).start + start_minute * MINUTE
    during = Interval(start, start + length * MINUTE)
    first = during.start.astimezone(BRUSSELS).date() - timedelta(days=1)
    last = (during.end - MINUTE).astimezone(BRUSSELS).date() + timedelta(days=1)
    around = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    expected = set().union(*(naive_open_minutes(rows, kind, one) for kind in kinds for one in around))
    found = book(*rows).stretches(CHAIN, during, kinds)
    assert minutes_in(found) == expected
    assert all(one.end < other.start for one, other in pairwise(found))


@given(days, wall_minutes, wall_minutes)
def test_a_half_day_closes_exactly_the_minutes_nobody_attends(day, opens, closes):
    opens, closes = sorted((opens, closes))
    closed = closed_for([closure(day, "half_day", opens, closes)], "GEM", civil_day(day, BRUSSELS), BRUSSELS)
    minutes = minutes_of(day)
    assert minutes_in(closed) == {instant for instant, _ in minutes} - attended(minutes, opens, closes)

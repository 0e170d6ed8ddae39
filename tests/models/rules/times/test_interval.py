"""Stretches of time against a set of minutes, and civil days on the two nights the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.times.interval import (
    Interval,
    LocalTimeMissing,
    civil_date,
    civil_dates,
    civil_day,
    joined,
    minus,
    nearest_utc,
    wall_span,
    wall_to_utc,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
EPOCH = datetime(2027, 3, 27, 12, tzinfo=UTC)


def stretch(start_minute, end_minute):
    return Interval(EPOCH + timedelta(minutes=start_minute), EPOCH + timedelta(minutes=end_minute))


def minutes_in(intervals):
    return {
        minute
        for interval in intervals
        for minute in range(
            (interval.start - EPOCH) // timedelta(minutes=1), (interval.end - EPOCH) // timedelta(minutes=1)
        )
    }


stretches = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: stretch(pair[0], pair[0] + pair[1])), max_size=8
)


def assert_tidy(intervals):
    assert all(one.end < other.start for one, other in pairwise(intervals))


@given(stretches)
def test_joining_keeps_every_minute_in_as_few_stretches_as_possible(intervals):
    together = joined(intervals)
    assert minutes_in(together) == minutes_in(intervals)
    assert_tidy(together)


@given(stretches, stretches)
def test_taking_away_leaves_exactly_the_minutes_not_taken(intervals, taken):
    left = minus(intervals, taken)
    assert minutes_in(left) == minutes_in(intervals) - minutes_in(taken)
    assert_tidy(left)


@given(stretches, stretches)
def test_overlap_cover_and_common_mean_what_they_mean_for_minutes(some, others):
    for one in some:
        for other in others:
            mine, theirs = minutes_in([one]), minutes_in([other])
            common = one.common(other)
            assert one.overlaps(other) == bool(mine & theirs)
            assert one.covers(other) == (theirs <= mine)
            assert (minutes_in([common]) if common else set()) == mine & theirs


def test_back_to_back_is_no_overlap():
    morning, afternoon = stretch(0, 30), stretch(30, 60)
    assert not morning.overlaps(afternoon)
    assert morning.common(afternoon) is None
    assert not morning.has(morning.end)
    assert afternoon.has(morning.end)


def test_widening_adds_before_and_after():
    assert stretch(10, 20).widened(timedelta(minutes=5), timedelta(minutes=15)) == stretch(5, 35)


def test_an_interval_is_kept_in_utc_whatever_zone_it_came_in():
    local = Interval(datetime(2027, 7, 1, 9, tzinfo=BRUSSELS), datetime(2027, 7, 1, 10, tzinfo=BRUSSELS))
    assert local.start == datetime(2027, 7, 1, 7, tzinfo=UTC)
    assert local.start.tzinfo is UTC
    assert local.length == timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2027, 1, 4, 9), datetime(2027, 1, 4, 10)),  # naive
        (datetime(2027, 1, 4, 9, tzinfo=UTC), datetime(2027, 1, 4, 9, tzinfo=UTC)),  # empty
        (datetime(2027, 1, 4, 9, tzinfo=UTC), datetime(2027, 1, 4, 8, tzinfo=UTC)),  # backwards
    ],
)
def test_a_stretch_that_is_none_is_not_made(start, end):
    with pytest.raises(ValueError, match="an interval"):
        Interval(start, end)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (SPRING - timedelta(days=1), 24),
        (SPRING, 23),
        (SPRING + timedelta(days=1), 24),
        (AUTUMN - timedelta(days=1), 24),
        (AUTUMN, 25),
        (AUTUMN + timedelta(days=1), 24),
    ],
)
def test_a_civil_day_has_as_many_hours_as_the_clocks_give_it(day, hours):
    assert civil_day(day, BRUSSELS).length == timedelta(hours=hours)


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_civil_days_follow_each_other_without_gap(day):
    today, tomorrow = civil_day(day, BRUSSELS), civil_day(day + timedelta(days=1), BRUSSELS)
    assert today.end == tomorrow.start
    assert civil_dates(today, BRUSSELS) == (day,)
    assert civil_date(today.end, BRUSSELS) == day + timedelta(days=1)


def test_a_night_across_midnight_touches_two_dates():
    night = Interval(datetime(2027, 3, 27, 22, tzinfo=BRUSSELS), datetime(2027, 3, 28, 4, tzinfo=BRUSSELS))
    assert civil_dates(night, BRUSSELS) == (date(2027, 3, 27), SPRING)


def test_a_skipped_wall_time_is_no_instant():
    with pytest.raises(LocalTimeMissing) as missing:
        wall_to_utc(datetime(2027, 3, 28, 2, 30), BRUSSELS)
    assert missing.value.wall == datetime(2027, 3, 28, 2, 30)


def test_a_wall_time_that_comes_twice_means_the_first():
    assert wall_to_utc(datetime(2027, 10, 31, 2, 30), BRUSSELS) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert wall_to_utc(datetime(2027, 10, 31, 3), BRUSSELS) == datetime(2027, 10, 31, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        (datetime(2027, 3, 28, 1, 59), "Europe/Brussels", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (datetime(2027, 3, 28, 2, 0), "Europe/Brussels", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (datetime(2027, 3, 28, 2, 30), "Europe/Brussels", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (datetime(2027, 3, 28, 2, 59, 59, 7), "Europe/Brussels", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (datetime(2027, 3, 28, 3, 0), "Europe/Brussels", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (datetime(2011, 12, 30, 12), "Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),  # a whole day skipped
    ],
)
def test_for_opening_hours_a_skipped_time_is_the_instant_of_the_jump(wall, zone, instant):
    assert nearest_utc(wall, ZoneInfo(zone)) == instant


@given(st.datetimes(datetime(2027, 3, 27), datetime(2027, 3, 29)), st.timedeltas(timedelta(0), timedelta(hours=4)))
def test_a_later_wall_time_is_never_an_earlier_instant(wall, later):
    assert nearest_utc(wall, BRUSSELS) <= nearest_utc(wall + later, BRUSSELS)


@pytest.mark.parametrize(
    ("day", "opens", "closes", "hours"),
    [
        (date(2027, 1, 4), 0, 1440, 24),
        (date(2027, 1, 4), 540, 540, None),
        (date(2027, 1, 4), 600, 540, None),
        (SPRING, 0, 1440, 23),
        (SPRING, 120, 180, None),  # 02:00-03:00 does not happen
        (SPRING, 150, 195, 0.25),  # 02:30-03:15: only from 03:00
        (AUTUMN, 0, 1440, 25),
        (AUTUMN, 120, 180, 2),  # from the first 02:00 to the one 03:00
    ],
)
def test_a_span_of_the_wall_clock_lasts_as_long_as_it_really_does(day, opens, closes, hours):
    span = wall_span(day, opens, closes, BRUSSELS)
    assert (span and span.length) == (None if hours is None else timedelta(hours=hours))

"""Repeats keep to the wall clock: across clock changes, through skipped and repeated hours, up to their end."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.times.recurrence import BadRecurrence, Occurrence, Skipped, occurrences

BRUSSELS = ZoneInfo("Europe/Brussels")
HOUR = timedelta(hours=1)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def walls(value, start, length=HOUR, **limits):
    found, _ = occurrences(value, start, length, BRUSSELS, **limits)
    return [one.wall_start for one in found]


def shown(instant):
    return instant.astimezone(BRUSSELS).replace(tzinfo=None)


def test_a_weekly_meeting_stays_at_nine_across_both_clock_changes():
    found, skipped = occurrences("FREQ=WEEKLY;COUNT=52", datetime(2027, 1, 4, 9), timedelta(minutes=90), BRUSSELS)
    assert not skipped
    assert {(shown(one.start).time().isoformat(), shown(one.end).time().isoformat()) for one in found} == {
        ("09:00:00", "10:30:00")
    }
    assert {one.start.hour for one in found} == {7, 8}
    assert found[0] == Occurrence(
        datetime(2027, 1, 4, 8, tzinfo=UTC), datetime(2027, 1, 4, 9, 30, tzinfo=UTC), datetime(2027, 1, 4, 9)
    )


@pytest.mark.parametrize(
    ("start_hour", "start_minute", "length", "is_skipped"),
    [
        (1, 0, HOUR, True),  # ends at 02:00, which does not come
        (2, 0, HOUR, True),
        (2, 30, HOUR, True),
        (1, 30, 2 * HOUR, False),  # 01:30 to 03:30: an hour on the clock, two on the wall
        (3, 0, HOUR, False),
    ],
)
def test_a_date_in_the_skipped_hour_is_left_out_and_named(start_hour, start_minute, length, is_skipped):
    start = datetime(2027, 3, 26, start_hour, start_minute)
    found, skipped = occurrences("FREQ=DAILY;COUNT=4", start, length, BRUSSELS)
    that_night = start.replace(day=28)
    assert skipped == ((Skipped(that_night, "local_time_missing"),) if is_skipped else ())
    assert len(found) + len(skipped) == 4  # a skipped date is one of the four
    if not is_skipped:
        assert shown(found[2].end) == that_night + length


def test_a_start_in_the_skipped_hour_is_itself_skipped():
    found, skipped = occurrences("FREQ=DAILY;COUNT=2", datetime(2027, 3, 28, 2, 30), HOUR, BRUSSELS)
    assert skipped == (Skipped(datetime(2027, 3, 28, 2, 30)),)
    assert [(shown(one.start), shown(one.end)) for one in found] == [
        (datetime(2027, 3, 29, 2, 30), datetime(2027, 3, 29, 3, 30))
    ]
    only, skipped = occurrences("FREQ=DAILY;COUNT=1", datetime(2027, 3, 28, 2, 30), HOUR, BRUSSELS)
    assert (only, len(skipped)) == ((), 1)


def test_in_the_hour_that_comes_twice_the_first_is_meant():
    found, skipped = occurrences("FREQ=DAILY;COUNT=3", datetime(2027, 10, 30, 2, 30), HOUR, BRUSSELS)
    assert not skipped
    assert found[1].start == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert found[1].end == datetime(2027, 10, 31, 2, 30, tzinfo=UTC)  # 03:30 on the wall, two hours later


@pytest.mark.parametrize(
    ("start", "length", "next_length"),
    [
        (datetime(2027, 3, 28, 1, 30), HOUR, 2 * HOUR),  # ends at 03:30 on the wall
        (datetime(2027, 10, 30, 22), 9 * HOUR, 8 * HOUR),  # until 06:00 on the wall
        (datetime(2027, 10, 31, 2, 30), timedelta(minutes=45), timedelta(minutes=45)),  # ends at the second 02:15
    ],
)
def test_a_first_date_on_the_night_itself_keeps_its_length_and_gives_its_wall_length_to_the_rest(
    start, length, next_length
):
    found, _ = occurrences("FREQ=WEEKLY;COUNT=2", start, length, BRUSSELS)
    assert [one.end - one.start for one in found] == [length, next_length]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20270118", datetime(2027, 1, 18, 9)),  # a date: the whole of it
        ("20270117", datetime(2027, 1, 11, 9)),
        ("20270118T090000", datetime(2027, 1, 18, 9)),
        ("20270118T085959", datetime(2027, 1, 11, 9)),
        ("20270118T080000Z", datetime(2027, 1, 18, 9)),  # 09:00 in Brussels
        ("20270118T075959Z", datetime(2027, 1, 11, 9)),
        ("20270104", datetime(2027, 1, 4, 9)),
    ],
)
def test_until_is_the_last_moment_at_which_a_date_may_start(until, last):
    assert walls(f"FREQ=WEEKLY;UNTIL={until}", datetime(2027, 1, 4, 9))[-1] == last


def test_until_in_utc_tells_the_two_hours_of_autumn_apart():
    night = datetime(2027, 10, 30, 2, 30)
    assert len(walls("FREQ=DAILY;UNTIL=20271031T003000Z", night)) == 2
    assert len(walls("FREQ=DAILY;UNTIL=20271031T002959Z", night)) == 1


def test_the_start_counts_only_if_the_rule_gives_it():
    monday = datetime(2027, 1, 4, 9)
    assert walls("FREQ=WEEKLY;BYDAY=TU;COUNT=2", monday) == [datetime(2027, 1, 5, 9), datetime(2027, 1, 12, 9)]


def test_four_hundred_dates_or_two_years_are_the_most():
    monday = datetime(2027, 1, 4, 9)
    assert len(walls("FREQ=DAILY;COUNT=400", monday)) == 400
    assert len(walls("FREQ=WEEKLY;COUNT=105", monday)) == 105
    assert walls("FREQ=YEARLY;COUNT=3", monday)[-1] == datetime(2029, 1, 4, 9)  # 24 months later is within them
    assert walls("FREQ=MONTHLY;UNTIL=20290104", monday)[-1] == datetime(2029, 1, 4, 9)
    assert len(walls("FREQ=DAILY;COUNT=5", monday, most=5)) == 5
    for value, limits, reason in [
        ("FREQ=DAILY;COUNT=6", {"most": 5}, "too_many"),
        ("FREQ=DAILY;UNTIL=20270109", {"most": 5}, "too_many"),
        ("FREQ=MONTHLY;COUNT=3", {"months": 1}, "too_long"),
    ]:
        with pytest.raises(BadRecurrence) as refused:
            occurrences(value, monday, HOUR, BRUSSELS, **limits)
        assert refused.value.reason == reason


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 3),
    st.integers(1, 20),
    st.datetimes(datetime(2027, 3, 1), datetime(2027, 10, 31)).map(lambda wall: wall.replace(microsecond=0)),
    st.integers(5, 600),
)
def test_every_date_is_at_its_wall_time_or_said_to_be_missing(frequency, interval, count, start, minutes):
    value = f"FREQ={frequency};INTERVAL={interval};COUNT={count}"
    length = timedelta(minutes=minutes)
    try:
        found, skipped = occurrences(value, start, length, BRUSSELS)
    except BadRecurrence as refused:
        assert (refused.reason, frequency) == ("too_long", "MONTHLY")
        return
    assert len(found) + len(skipped) == count
    assert {one.wall_start.date() for one in skipped} <= {SPRING, SPRING - timedelta(days=1)}
    for one in found:
        assert shown(one.start) == one.wall_start
        assert one.wall_start.time() == start.time()
        assert one.start < one.end
        if one.wall_start.date() not in (SPRING, AUTUMN) and start.date() not in (
            SPRING,
            AUTUMN,
            SPRING - timedelta(days=1),
            AUTUMN - timedelta(days=1),
        ):
            assert (shown(one.end) - one.wall_start) == length

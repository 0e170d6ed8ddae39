"""Three calendar programs read our feeds as we meant them."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.ical.write import Recurring
from tests.models.ical.agenda import BRUSSELS, at, event, feed
from tests.models.ical.judges import JUDGES

pytestmark = pytest.mark.parametrize("judge", JUDGES)


def walls(seen, zone=BRUSSELS):
    return [f"{each.start.astimezone(zone):%Y-%m-%d %H:%M}" for each in seen]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2027-03-14 09:00", ["2027-03-14 09:00", "2027-03-21 09:00", "2027-03-28 09:00", "2027-04-04 09:00"]),
        ("2027-10-17 09:00", ["2027-10-17 09:00", "2027-10-24 09:00", "2027-10-31 09:00", "2027-11-07 09:00"]),
    ],
)
def test_a_weekly_nine_o_clock_stays_nine_o_clock_when_the_clocks_change(judge, first, expected):
    seen = judge(feed(event(at(first), recurrence=Recurring("FREQ=WEEKLY;COUNT=4"))))
    assert walls(seen) == expected
    assert {each.end - each.start for each in seen} == {timedelta(hours=1)}


def test_single_bookings_are_seen_at_their_hour_in_winter_and_summer_of_many_years(judge):
    starts = [at(f"{year}-{day} 09:00") for year in range(2026, 2036) for day in ("01-15", "03-30", "07-15", "10-25")]
    seen = judge(feed(*(event(start, uid=f"{start:%Y%m%d}@trefpunt") for start in starts)))
    assert [each.start for each in seen] == starts


def test_a_date_left_out_of_a_series_is_not_seen(judge):
    series = Recurring("FREQ=WEEKLY;COUNT=4", left_out=(at("2027-03-28 09:00"), at("2027-03-21 09:00")))
    assert walls(judge(feed(event(at("2027-03-14 09:00"), recurrence=series)))) == [
        "2027-03-14 09:00",
        "2027-04-04 09:00",
    ]


def test_a_changed_date_of_a_series_takes_the_place_of_the_old_one(judge):
    series = event(at("2027-03-14 09:00"), recurrence=Recurring("FREQ=WEEKLY;COUNT=3"))
    moved = event(at("2027-03-29 14:00"), recurrence_id=at("2027-03-28 09:00"), summary="Elders", sequence=1)
    seen = judge(feed(moved, series))
    assert walls(seen) == ["2027-03-14 09:00", "2027-03-21 09:00", "2027-03-29 14:00"]
    assert [each.summary for each in seen] == ["Overleg", "Overleg", "Elders"]


def test_a_cancelled_booking_is_seen_as_cancelled(judge):
    kept = event(at("2027-05-03 09:00"))
    cancelled = event(at("2027-05-04 09:00"), uid="af@trefpunt", status="cancelled")
    assert [each.status for each in judge(feed(kept, cancelled))] == ["confirmed", "cancelled"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at("2027-10-31 02:15"), at("2027-10-31 02:45")),  # within the first pass
        (at("2027-10-31 02:15"), at("2027-10-31 02:15", second_time=True)),  # from one to the other
        (at("2027-10-31 02:15", second_time=True), at("2027-10-31 02:45", second_time=True)),  # within the second
        (at("2027-10-31 01:30"), at("2027-10-31 02:30", second_time=True)),  # ends in the second
        (at("2027-10-31 02:30", second_time=True), at("2027-10-31 03:30")),  # begins in the second
        (at("2027-10-31 01:30"), at("2027-10-31 03:30")),  # spans both
        (at("2027-03-28 01:30"), at("2027-03-28 03:30")),  # spans the missing hour
    ],
)
def test_a_booking_in_the_night_of_a_clock_change_is_seen_at_its_own_instants(judge, start, end):
    (seen,) = judge(feed(event(start, end - start)))
    assert (seen.start, seen.end) == (start, end)


@pytest.mark.parametrize(
    "summary",
    [
        "Zaal; tafel, stoel",
        r"C:\New\naam",
        "een\ntwee",
        "café 😀 " * 30,
        'zei "ja"',
        "A:B",
        "x" * 300,
    ],
)
def test_a_title_is_read_as_it_was_written(judge, summary):
    (seen,) = judge(feed(event(at("2027-05-03 09:00"), summary=summary)))
    assert seen.summary == summary


@pytest.mark.parametrize(
    "key",
    [
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Tokyo",
        "UTC",  # a rule each year, or none
        "Asia/Jerusalem",
        "America/Santiago",
        "Africa/Casablanca",  # dates no yearly rule can say
    ],
)
def test_any_zone_is_read_right_through_the_year(judge, key):
    zone = ZoneInfo(key)
    starts = [
        at(f"{year}-{month:02}-{day} 13:30", zone)
        for year in (2026, 2027, 2028)
        for month in range(1, 13)
        for day in ("04", "14", "24")
    ]
    seen = judge(feed(*(event(start, uid=f"{start:%Y%m%d}@trefpunt") for start in starts), zone=zone))
    assert [each.start for each in seen] == [start.astimezone(UTC) for start in starts]

"""A zone's VTIMEZONE says when its clocks change, in rules where there are rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from models.ical.timezone import clock_changes, timezone_lines

YEARLY = ["Europe/Brussels", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"]
STANDING = ["Asia/Tokyo", "Asia/Kathmandu", "Europe/Istanbul", "Etc/GMT+5"]
IRREGULAR = ["Asia/Jerusalem", "America/Santiago", "Africa/Casablanca", "Africa/Cairo"]


def starting(key: str, word: str) -> list[str]:
    return [line for line in timezone_lines(ZoneInfo(key), 2027, 2028) if line.startswith(word)]


def test_brussels_has_two_yearly_rules():
    assert timezone_lines(ZoneInfo("Europe/Brussels"), 2027, 2027) == (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Brussels",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
    )


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("America/New_York", ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"]),
        ("Pacific/Auckland", ["BYMONTH=4;BYDAY=1SU", "BYMONTH=9;BYDAY=-1SU"]),
        ("Europe/Dublin", ["BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU"]),
    ],
)
def test_a_rule_is_the_nth_or_last_weekday_of_a_month(key, rules):
    assert starting(key, "RRULE") == [f"RRULE:FREQ=YEARLY;{rule}" for rule in rules]


def test_irish_summer_is_daylight_time_though_its_law_calls_it_standard():
    told = timezone_lines(ZoneInfo("Europe/Dublin"), 2027, 2027)
    assert told[told.index("TZNAME:IST") - 4] == "BEGIN:DAYLIGHT"


@pytest.mark.parametrize("key", STANDING)
def test_a_zone_that_never_changes_its_clocks_has_one_standard_time(key):
    assert starting(key, "BEGIN") == ["BEGIN:VTIMEZONE", "BEGIN:STANDARD"]
    assert starting(key, "RRULE") == []


@pytest.mark.parametrize("key", IRREGULAR)
def test_a_zone_without_a_yearly_rule_lists_every_change_of_the_needed_years(key):
    zone = ZoneInfo(key)
    changes = [f"DTSTART:{change.onset:%Y%m%dT%H%M%S}" for change in clock_changes(zone, 2026, 2029)]
    assert starting(key, "DTSTART") == ["DTSTART:20260101T000000", *changes]
    assert starting(key, "RRULE") == []


def test_a_rule_that_changed_in_the_needed_years_is_no_rule():
    assert not [line for line in timezone_lines(ZoneInfo("America/New_York"), 2006, 2008) if "RRULE" in line]


@pytest.mark.parametrize("key", YEARLY + STANDING + IRREGULAR)
def test_every_noon_has_the_offset_that_the_zone_gives_it(key):
    zone = ZoneInfo(key)
    read = tzical(StringIO("\n".join(timezone_lines(zone, 2027, 2030)))).get()
    noons = [datetime(2027, 1, 1, 12) + timedelta(days=n) for n in range(4 * 365)]
    assert [noon.replace(tzinfo=read).utcoffset() for noon in noons] == [
        noon.replace(tzinfo=zone).utcoffset() for noon in noons
    ]

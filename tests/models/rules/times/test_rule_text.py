"""Which repeat rules are read, which are refused and under which code, and the one form they are stored in."""

import itertools
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.times.recurrence import BadRecurrence, occurrences, read_rule

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2027, 1, 4, 9)


@pytest.mark.parametrize(
    ("value", "canonical"),
    [
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
        ("RRULE:FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
        ("rrule:freq=weekly;byday=mo,we;count=3", "FREQ=WEEKLY;COUNT=3;BYDAY=MO,WE"),
        ("COUNT=03;INTERVAL=1;FREQ=DAILY", "FREQ=DAILY;COUNT=3"),
        ("FREQ=WEEKLY;BYDAY=FR,MO,FR;INTERVAL=2;UNTIL=20270601", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270601;BYDAY=MO,FR"),
        ("FREQ=WEEKLY;COUNT=3;WKST=MO", "FREQ=WEEKLY;COUNT=3"),
        ("FREQ=WEEKLY;COUNT=3;WKST=SU", "FREQ=WEEKLY;COUNT=3;WKST=SU"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=+1MO", "FREQ=MONTHLY;COUNT=3;BYDAY=1MO"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO,-1FR", "FREQ=MONTHLY;COUNT=3;BYDAY=-1FR,MO"),
        ("FREQ=MONTHLY;BYSETPOS=1;COUNT=3;BYDAY=MO", "FREQ=MONTHLY;COUNT=3;BYDAY=MO;BYSETPOS=1"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=15,-1,1", "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1,1,15"),
        ("FREQ=YEARLY;BYMONTHDAY=21;BYMONTH=7;COUNT=2", "FREQ=YEARLY;COUNT=2;BYMONTH=7;BYMONTHDAY=21"),
        ("FREQ=DAILY;UNTIL=20270110T120000", "FREQ=DAILY;UNTIL=20270110T120000"),
        ("FREQ=DAILY;UNTIL=20270110t120000z", "FREQ=DAILY;UNTIL=20270110T120000Z"),
    ],
)
def test_a_rule_has_one_written_form(value, canonical):
    assert read_rule(value).canonical == canonical
    assert read_rule(canonical) == read_rule(value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "unreadable"),
        ("RRULE:", "unreadable"),
        ("every monday", "unreadable"),
        ("FREQ=DAILY;COUNT=3;", "unreadable"),
        ("FREQ=DAILY;;COUNT=3", "unreadable"),
        ("FREQ=DAILY; COUNT=3", "unreadable"),
        ("FREQ=DAILY;COUNT=3\n", "unreadable"),
        ("FREQ=DAILY\r\n ;COUNT=3", "unreadable"),
        ("FREQ=DAILY;COUNT=3\x00", "unreadable"),
        ("FREQ=DAILY;COUNT=3\nDTSTART:20270101", "unreadable"),
        ("RRULE:RRULE:FREQ=DAILY;COUNT=3", "unreadable"),
        ("FREQ=DAILY;COUNT=\u0663", "unreadable"),  # an Arabic 3
        ("FREQ=DA\u0131LY;COUNT=3", "unreadable"),  # a dotless i, whose capital is I
        ("FREQ=DAILY;COUNT=3;" + "A" * 10_000, "unreadable"),
        ("FREQ=DAILY;COUNT=3;BYMONTH=" + ",".join(["1"] * 5_000), "unreadable"),
        ("FREQ=DAILY;COUNT=3;COUNT=4", "unreadable"),
        ("FREQ=DAILY;FREQ=DAILY;COUNT=3", "unreadable"),
        ("FREQ=DAILY;COUNT=-3", "unreadable"),
        ("FREQ=DAILY;COUNT=three", "unreadable"),
        ("FREQ=DAILY;COUNT=", "unreadable"),
        ("FREQ=DAILY;UNTIL=20270230", "unreadable"),
        ("FREQ=DAILY;UNTIL=2027011", "unreadable"),
        ("FREQ=DAILY;UNTIL=2027011T090000", "unreadable"),
        ("FREQ=DAILY;UNTIL=20270110T240000", "unreadable"),
        ("FREQ=DAILY;UNTIL=20270110T120060", "unreadable"),
        ("FREQ=DAILY;UNTIL=20270110Z", "unreadable"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=XX", "unreadable"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=MO,", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=0MO", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=54MO", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=1-MO", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=0", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=32", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-32", "unreadable"),
        ("FREQ=YEARLY;COUNT=2;BYMONTH=13", "unreadable"),
        ("FREQ=YEARLY;COUNT=2;BYMONTH=-1", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO;BYSETPOS=0", "unreadable"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO;BYSETPOS=367", "unreadable"),
        ("FREQ=WEEKLY;COUNT=3;WKST=1MO", "unreadable"),
        ("COUNT=3", "frequency"),
        ("FREQ=HOURLY;COUNT=3", "frequency"),
        ("FREQ=MINUTELY;COUNT=3", "frequency"),
        ("FREQ=SECONDLY;COUNT=3", "frequency"),
        ("FREQ=FORTNIGHTLY;COUNT=3", "frequency"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=0", "interval"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=-1", "interval"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=1.5", "unreadable"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=1000", "interval"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=" + "9" * 400, "interval"),
        ("FREQ=DAILY", "count_or_until"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270110", "count_or_until"),
        ("FREQ=DAILY;COUNT=0", "no_dates"),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", "no_dates"),
        ("FREQ=DAILY;UNTIL=99991231", "too_long"),
        ("FREQ=DAILY;COUNT=3;BYHOUR=9", "not_supported"),
        ("FREQ=DAILY;COUNT=3;BYMINUTE=0", "not_supported"),
        ("FREQ=DAILY;COUNT=3;BYSECOND=0", "not_supported"),
        ("FREQ=YEARLY;COUNT=2;BYEASTER=1", "not_supported"),
        ("FREQ=YEARLY;COUNT=2;BYWEEKNO=20", "not_supported"),
        ("FREQ=YEARLY;COUNT=2;BYYEARDAY=100", "not_supported"),
        ("FREQ=DAILY;COUNT=3;RSCALE=GREGORIAN", "not_supported"),
        ("FREQ=DAILY;COUNT=3;X-OURS=1", "not_supported"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=1MO", "not_supported"),  # the first Monday of which week?
        ("FREQ=DAILY;COUNT=3;BYDAY=-1MO", "not_supported"),
        ("FREQ=WEEKLY;COUNT=3;BYMONTHDAY=1", "not_supported"),
        ("FREQ=MONTHLY;COUNT=3;BYSETPOS=1", "not_supported"),  # a position in no list
    ],
)
def test_a_rule_that_is_not_followed_is_refused_by_its_code(value, reason):
    with pytest.raises(BadRecurrence) as refused:
        read_rule(value)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("FREQ=DAILY;COUNT=1000000000", "too_many"),
        ("FREQ=DAILY;COUNT=" + "9" * 450, "too_many"),
        ("FREQ=DAILY;COUNT=401", "too_many"),
        ("FREQ=DAILY;UNTIL=20290104", "too_many"),  # 732 dates
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "no_dates"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20280101", "no_dates"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=2;COUNT=3", "no_dates"),
        ("FREQ=DAILY;BYDAY=MO;COUNT=3;BYSETPOS=" + ",".join(map(str, range(2, 120))), "no_dates"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=3;UNTIL=20280101", "no_dates"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2MO;COUNT=3", "no_dates"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=5;COUNT=3", "no_dates"),
        ("FREQ=YEARLY;INTERVAL=999;BYMONTH=1;BYMONTHDAY=3;COUNT=3", "no_dates"),
        ("FREQ=MONTHLY;INTERVAL=999;COUNT=3", "too_long"),
        ("FREQ=WEEKLY;COUNT=106", "too_long"),
        ("FREQ=YEARLY;COUNT=4", "too_long"),
        ("FREQ=WEEKLY;UNTIL=20290105", "too_long"),
        ("FREQ=WEEKLY;UNTIL=20290105T000000", "too_long"),
        ("FREQ=WEEKLY;UNTIL=20290104T230000Z", "too_long"),  # midnight of the 5th in Brussels
        ("FREQ=WEEKLY;UNTIL=20270103", "no_dates"),
        ("FREQ=WEEKLY;UNTIL=20270104T085959", "no_dates"),
        ("FREQ=WEEKLY;UNTIL=20270104T075959Z", "no_dates"),
    ],
)
def test_a_rule_without_end_or_hope_is_refused_at_once(value, reason):
    calls = itertools.count()
    sys.setprofile(lambda _frame, event, _what: next(calls) if event == "call" else None)
    try:
        with pytest.raises(BadRecurrence) as refused:
            occurrences(value, START, timedelta(hours=1), BRUSSELS)
    finally:
        sys.setprofile(None)
    assert refused.value.reason == reason
    # A few for each day of three years. Stepping on to the year 9999, as other readers do, takes millions.
    assert next(calls) < 10 * 3 * 366


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (datetime(1, 1, 1), timedelta(hours=1)),
        (datetime(9999, 12, 31, 23), timedelta(hours=1)),
        (START, timedelta(days=2_000_000)),
    ],
)
def test_a_start_or_length_at_the_end_of_the_calendar_is_refused(start, length):
    with pytest.raises(BadRecurrence) as refused:
        occurrences("FREQ=WEEKLY;COUNT=3", start, length, BRUSSELS)
    assert refused.value.reason == "too_long"


pieces = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
        "COUNT=3",
        "COUNT=400",
        "UNTIL=20280101",
        "UNTIL=20270601T000000Z",
        "INTERVAL=2",
        "INTERVAL=999",
        "BYDAY=MO,-1FR",
        "BYDAY=TU,TH",
        "BYDAY=53SU",
        "BYMONTH=2",
        "BYMONTHDAY=29,30,31",
        "BYMONTHDAY=-31",
        "BYSETPOS=-1,2",
        "BYSETPOS=366",
        "WKST=SU",
        "BYHOUR=3",
        "=",
        "",
        "X",
    ]
)


@given(st.lists(pieces, max_size=6).map(";".join) | st.text(max_size=60))
def test_whatever_is_sent_gives_dates_or_a_code(value):
    try:
        found, skipped = occurrences(value, START, timedelta(hours=1), BRUSSELS)
    except BadRecurrence as refused:
        assert refused.reason in {
            "unreadable",
            "frequency",
            "interval",
            "count_or_until",
            "not_supported",
            "too_many",
            "too_long",
            "no_dates",
        }
    else:
        assert 1 <= len(found) + len(skipped) <= 400
        assert read_rule(read_rule(value).canonical) == read_rule(value)

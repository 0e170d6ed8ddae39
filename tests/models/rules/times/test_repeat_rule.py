"""The dates of a rule, against a plain walk over the days and, where it is right, dateutil's rrule."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from models.rules.times.repeat_rule import WEEKDAYS, Rule, months_on
from models.rules.times.rule_text import read_rule

FIRST, LAST = date(2027, 1, 4), date(2028, 12, 31)


def dates(value, first=FIRST, last=LAST):
    return list(read_rule(value).dates(first, last))


def written(texts):
    return [date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}") for text in texts.split()]


@pytest.mark.parametrize(
    ("value", "first_few"),
    [
        ("FREQ=DAILY;COUNT=3", "20270104 20270105 20270106"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=10", "20270104 20270114 20270124"),
        ("FREQ=DAILY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYMONTH=2", "20270201 20270202 20270203"),
        ("FREQ=WEEKLY;COUNT=3", "20270104 20270111 20270118"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH", "20270105 20270107 20270112"),  # the start, a Monday, is no date
        ("FREQ=MONTHLY;COUNT=3", "20270104 20270204 20270304"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=31", "20270131 20270331 20270531"),  # short months are left out
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1", "20270131 20270228 20270331"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=1MO", "20270104 20270201 20270301"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO;BYSETPOS=1", "20270104 20270201 20270301"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=-1FR", "20270129 20270226 20270326"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=5MO", "20270329 20270531 20270830"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "20270129 20270226 20270331"),
        ("FREQ=MONTHLY;COUNT=4;BYDAY=MO,1TU", "20270104 20270105 20270111 20270118"),  # dateutil: never
        ("FREQ=MONTHLY;COUNT=2;BYDAY=FR;BYMONTHDAY=13", "20270813 20281013"),
        ("FREQ=YEARLY;COUNT=2", "20270104 20280104"),
        ("FREQ=YEARLY;COUNT=2;BYMONTH=7;BYMONTHDAY=21", "20270721 20280721"),
        ("FREQ=YEARLY;COUNT=2;BYDAY=1TU", "20270105 20280104"),
        ("FREQ=YEARLY;COUNT=2;BYDAY=-1SU;BYMONTH=3,10", "20270328 20271031"),
        ("FREQ=YEARLY;COUNT=1;BYMONTH=2;BYMONTHDAY=29", "20280229"),
    ],
)
def test_a_rule_gives_these_dates(value, first_few):
    assert dates(value)[: len(first_few.split())] == written(first_few)


def test_a_position_in_a_week_counts_from_its_first_day_even_in_the_first_week():
    wednesday = date(2027, 1, 6)
    value = "FREQ=WEEKLY;COUNT=2;BYDAY=MO,TH;BYSETPOS=1"  # dateutil adds Thursday the 7th
    assert dates(value, wednesday)[:2] == written("20270111 20270118")


def test_the_first_day_of_the_week_decides_which_weeks_alternate():
    tuesday = date(1997, 8, 5)  # the example of RFC 5545, 3.8.5.3
    monday_weeks = dates("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", tuesday, date(1998, 1, 1))
    sunday_weeks = dates("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", tuesday, date(1998, 1, 1))
    assert monday_weeks[:4] == written("19970805 19970810 19970819 19970824")
    assert sunday_weeks[:4] == written("19970805 19970817 19970819 19970831")


# The naive model: walk over all days and ask of each whether its day, week, month or year is one
# of those the interval takes, and whether the date passes each part.


def is_date(rule, first, day):
    monday = timedelta(days=1) * ((first.weekday() - rule.week_start) % 7)
    apart = {
        "DAILY": (day - first).days,
        "WEEKLY": (day - (first - monday)).days // 7,
        "MONTHLY": (day.year - first.year) * 12 + day.month - first.month,
        "YEARLY": day.year - first.year,
    }[rule.frequency]
    in_month = monthrange(day.year, day.month)[1]
    nth = (day.day - 1) // 7 + 1
    nth_from_end = (in_month - day.day) // 7 + 1
    plain = rule.frequency != "DAILY" and not rule.weekdays and not rule.month_days
    return (
        apart % rule.interval == 0
        and (not rule.months or day.month in rule.months)
        and (not rule.month_days or any(day.day == (n if n > 0 else in_month + 1 + n) for n in rule.month_days))
        and (
            not rule.weekdays
            or any(day.weekday() == weekday and n in (0, nth, -nth_from_end) for n, weekday in rule.weekdays)
        )
        and (not plain or (day.weekday() == first.weekday() if rule.frequency == "WEEKLY" else day.day == first.day))
        and (not plain or rule.frequency != "YEARLY" or bool(rule.months) or day.month == first.month)
    )


plain_weekdays = st.lists(st.tuples(st.just(0), st.integers(0, 6)), max_size=3)
nth_weekdays = st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 6)), max_size=3)
months = st.lists(st.integers(1, 12), max_size=3)
month_days = st.lists(st.integers(-31, 31).filter(bool), max_size=3)
whole_rules = st.one_of(
    st.builds(
        Rule, st.just("DAILY"), st.integers(1, 40), months=months, month_days=month_days, weekdays=plain_weekdays
    ),
    st.builds(
        Rule, st.just("WEEKLY"), st.integers(1, 5), months=months, weekdays=plain_weekdays, week_start=st.integers(0, 6)
    ),
    st.builds(Rule, st.just("MONTHLY"), st.integers(1, 7), months=months, month_days=month_days, weekdays=nth_weekdays),
    st.builds(
        Rule, st.just("YEARLY"), st.integers(1, 2), months=months, month_days=month_days, weekdays=plain_weekdays
    ),
)
firsts = st.dates(date(2026, 12, 1), date(2028, 3, 1))


@given(whole_rules, firsts)
def test_a_rule_gives_the_dates_that_a_walk_over_all_days_finds(rule, first):
    last = first + timedelta(days=730)
    walked = [day for day in (first + timedelta(days=n) for n in range(731)) if is_date(rule, first, day)]
    assert list(rule.dates(first, last)) == walked


weekday_lists = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(sorted).map(",".join)
known_to_dateutil = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST={}".format, st.integers(1, 4), weekday_lists, st.sampled_from(WEEKDAYS)
    ),
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYDAY={};BYSETPOS={}".format,
        st.integers(1, 4),
        weekday_lists,
        st.sampled_from([1, 2, -1, "1,-1"]),
    ),
    st.builds(
        "FREQ=MONTHLY;BYDAY={}{},{}{}".format,
        st.sampled_from([1, 2, 4, -1]),
        st.sampled_from(WEEKDAYS),
        st.sampled_from([1, 3, 5, -2]),
        st.sampled_from(WEEKDAYS),
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from([1, 28, 31, -1, "1,15", "30,-3"])),
    st.builds("FREQ=YEARLY;BYDAY={}{}".format, st.sampled_from([1, 20, 52, -1, -30]), st.sampled_from(WEEKDAYS)),
    st.builds(
        "FREQ=YEARLY;BYMONTH={};BYDAY={}{}".format,
        st.integers(1, 12),
        st.sampled_from([1, 4, -1]),
        st.sampled_from(WEEKDAYS),
    ),
    st.builds("FREQ=YEARLY;BYDAY={};BYSETPOS={}".format, weekday_lists, st.sampled_from([1, 50, -1])),
)


@given(known_to_dateutil, firsts)
def test_dateutil_gives_the_same_dates_where_it_follows_the_standard(value, first):
    ours = list(read_rule(value + ";COUNT=1").dates(first, first + timedelta(days=730)))
    theirs = islice(rrulestr(value, dtstart=datetime(first.year, first.month, first.day)), len(ours))
    assert ours == [day.date() for day in theirs]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2027-01-31", 1, "2027-02-28"),  # a month without that day: its last
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-12-15", 1, "2028-01-15"),  # over the end of the year
        ("2027-11-01", 26, "2030-01-01"),
        ("2027-03-31", 0, "2027-03-31"),
    ],
)
def test_so_many_months_on_is_the_same_day_or_the_last_of_that_month(day, months, then):
    assert months_on(date.fromisoformat(day), months) == date.fromisoformat(then)

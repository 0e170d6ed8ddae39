"""A series written as one event that repeats is read as exactly our dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.ical.series import series_events
from models.rules.times.interval import Interval, wall_to_utc
from models.rules.times.recurrence import occurrences
from tests.models.ical.agenda import BRUSSELS, at, event, feed, lines
from tests.models.ical.judges import JUDGES, Seen, seen_by_recurring_ical_events

HOUR = timedelta(hours=1)


def dates_of(rule, start, length=HOUR, **content):
    """Every date of a rule as it was booked."""
    wall = start.astimezone(BRUSSELS).replace(tzinfo=None)
    found, _skipped = occurrences(rule, wall, length, BRUSSELS)
    return [replace(event(each.start, **content), end=each.end, recurrence_id=each.start) for each in found]


def written(rule, start, dates, length=HOUR, sequence=0):
    return series_events(
        rule,
        Interval(start, start + length),
        dates,
        BRUSSELS,
        sequence=sequence,
        changed_at=max(date.changed_at for date in dates),
    )


def wanted(dates):
    return sorted(Seen(each.start, each.end, each.uid, each.summary, each.status) for each in dates)


WEEKLY_OVER_MARCH = ("FREQ=WEEKLY;COUNT=6", at("2027-03-07 09:00"))


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize(
    ("rule", "start"),
    [
        WEEKLY_OVER_MARCH,
        ("FREQ=WEEKLY;COUNT=6", at("2027-10-10 09:00")),
        ("FREQ=WEEKLY;UNTIL=20270411", at("2027-03-07 09:00")),
        ("FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2;COUNT=9", at("2027-03-08 14:00")),
        ("FREQ=DAILY;UNTIL=20270402T220000Z", at("2027-03-22 09:00")),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=5", at("2027-01-29 10:00")),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=5", at("2027-01-31 10:00")),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=5", at("2027-02-01 10:00")),
    ],
)
def test_a_rule_is_read_as_the_dates_we_booked(judge, rule, start):
    dates = dates_of(rule, start)
    events = written(rule, start, dates)
    assert len(events) == 1
    assert judge(feed(*events)) == wanted(dates)


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("until", ["20270328", "20270328T090000", "20270328T070000Z"])
def test_a_series_runs_until_its_last_date_however_that_was_said(judge, until):
    start = at("2027-03-14 09:00")
    dates = dates_of(f"FREQ=WEEKLY;UNTIL={until}", start)
    assert [date.start for date in dates] == [at("2027-03-14 09:00"), at("2027-03-21 09:00"), at("2027-03-28 09:00")]
    assert judge(feed(*written(f"FREQ=WEEKLY;UNTIL={until}", start, dates))) == wanted(dates)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20270630", "20270628T070000Z"),  # to the end of that day, the last Monday before it in summer
        ("20270628T090000", "20270628T070000Z"),  # nine on the wall
        ("20270118T090000", "20270118T080000Z"),  # and in winter
        ("20270328T023000", "20270322T080000Z"),  # an hour that does not exist
        ("20270628T070000Z", "20270628T070000Z"),  # already in UTC
    ],
)
def test_the_end_of_a_series_is_written_in_utc(until, last):
    rule, start = f"FREQ=WEEKLY;UNTIL={until};BYDAY=MO", at("2027-01-04 09:00")
    told = feed(*written(rule, start, dates_of(rule, start)))
    assert f"RRULE:FREQ=WEEKLY;UNTIL={last};BYDAY=MO" in lines(told)


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("gone", [{0}, {2}, {5}, {0, 1}, {1, 3, 5}, {0, 1, 2, 3, 4}])
def test_dates_that_were_refused_are_left_out_first_and_last_ones_too(judge, gone):
    rule, start = WEEKLY_OVER_MARCH
    dates = [date for number, date in enumerate(dates_of(rule, start)) if number not in gone]
    assert judge(feed(*written(rule, start, dates))) == wanted(dates)


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("number", [0, 3])  # the first, and that of the clock change
@pytest.mark.parametrize(
    "change",
    [
        {"start": at("2027-05-05 13:00"), "end": at("2027-05-05 14:30")},
        {"summary": "Elders"},
        {"location": "De Sluis"},
        {"status": "tentative"},
    ],
)
def test_a_changed_date_stands_alone_and_the_others_as_they_were(judge, number, change):
    rule, start = WEEKLY_OVER_MARCH
    dates = dates_of(rule, start)
    dates[number] = replace(dates[number], sequence=1, **change)
    events = written(rule, start, dates, sequence=1)
    assert len(events) == 2
    assert judge(feed(*events)) == wanted(dates)


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize(
    ("rule", "by"),
    [
        ("FREQ=WEEKLY;COUNT=6", HOUR),
        ("FREQ=WEEKLY;COUNT=6", timedelta(days=2)),
        ("FREQ=WEEKLY;BYDAY=MO,SU;UNTIL=20270411", timedelta(days=-1)),  # to Sundays and Saturdays
        ("FREQ=MONTHLY;BYMONTHDAY=7;COUNT=3", HOUR),
    ],
)
def test_a_series_moved_whole_is_one_event_that_repeats_at_its_new_hours(judge, rule, by):
    start = at("2027-03-07 09:00")
    dates = [moved(date, by) for date in dates_of(rule, start)]
    dates[1] = replace(dates[1], summary="Elders")
    events = written(rule, start, dates)
    assert len(events) == 2
    assert events[1].recurrence_id == events[1].start
    assert judge(feed(*events)) == wanted(dates)


def moved(date, by):
    """On the wall, as a series is moved."""
    start = wall_to_utc(date.start.astimezone(BRUSSELS).replace(tzinfo=None) + by, BRUSSELS)
    return replace(date, start=start, end=start + HOUR)


@pytest.mark.parametrize("judge", JUDGES)
def test_a_series_moved_to_where_no_rule_leads_keeps_its_dates_by_name(judge):
    """The first Saturday of each month, and all went to the day before: that is not always the first Friday."""
    rule, start = "FREQ=MONTHLY;BYDAY=1SA;COUNT=4", at("2027-05-01 09:00")
    dates = [moved(date, timedelta(days=-1)) for date in dates_of(rule, start)]
    assert judge(feed(*written(rule, start, dates))) == wanted(dates)


def test_a_link_of_its_own_makes_no_date_a_changed_one_and_a_changed_one_has_its_own():
    rule, start = WEEKLY_OVER_MARCH
    dates = [
        replace(each, url=f"https://town/{n}", description=f"For Ann.\nhttps://town/{n}")
        for n, each in enumerate(dates_of(rule, start))
    ]
    dates[3] = replace(dates[3], start=dates[3].start + HOUR, end=dates[3].end + HOUR)
    master, changed = written(rule, start, dates)
    assert (master.url, changed.url) == ("https://town/0", "https://town/3")
    assert changed.description.endswith("/3")


@pytest.mark.parametrize("judge", JUDGES)
def test_a_date_that_takes_an_hour_less_by_the_clock_change_keeps_its_own_end(judge):
    """A night long booking: 23:00 to 04:00 on the wall lasts four hours in the night of 28 March."""
    rule, start = "FREQ=DAILY;COUNT=4", at("2027-03-26 23:00")
    dates = dates_of(rule, start, timedelta(hours=5))
    assert {date.end - date.start for date in dates} == {timedelta(hours=5), timedelta(hours=4)}
    assert judge(feed(*written(rule, start, dates, timedelta(hours=5)))) == wanted(dates)


def test_a_series_with_an_hour_that_the_clocks_skip_is_written_date_by_date():
    """No two programs agree on what a rule gives in that hour; some ask for a master all the same."""
    rule, start = "FREQ=WEEKLY;COUNT=4", at("2027-03-14 02:30")
    dates = dates_of(rule, start)
    events = written(rule, start, dates)
    assert [each.recurrence for each in events] == [None] * 3
    assert seen_by_recurring_ical_events(feed(*events)) == wanted(dates)


@pytest.mark.parametrize("judge", JUDGES)
def test_a_series_cancelled_whole_is_read_as_cancelled(judge):
    """As a mail that cancels it has it; in a feed it is absent."""
    rule, start = WEEKLY_OVER_MARCH
    dates = [replace(date, status="cancelled") for date in dates_of(rule, start)]
    events = written(rule, start, dates)
    assert len(events) == 1
    assert judge(feed(*events)) == wanted(dates)


def test_the_master_repeats_what_most_dates_share():
    rule, start = WEEKLY_OVER_MARCH
    dates = dates_of(rule, start)
    dates[:2] = [replace(date, status="tentative") for date in dates[:2]]
    master, *others = written(rule, start, dates)
    assert (master.status, len(others)) == ("confirmed", 2)


def test_the_master_carries_the_highest_sequence_of_all_its_dates():
    rule, start = WEEKLY_OVER_MARCH
    assert written(rule, start, dates_of(rule, start), sequence=7)[0].sequence == 7

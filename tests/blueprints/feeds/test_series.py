"""A series in a feed, read by calendar programs: one event that repeats, and what became of each date."""

from __future__ import annotations

from datetime import UTC, timedelta

import icalendar
import pytest

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from tests.cast import ANN, BRAM, BRUSSELS, DORA, at
from tests.models.ical.judges import JUDGES

TUESDAYS = ["2027-03-09", "2027-03-16", "2027-03-23", "2027-03-30", "2027-04-06", "2027-04-13"]


def weekly(town, who=ANN, space="VZ-101", **more):
    return town.book(
        who,
        space,
        f"{TUESDAYS[0]}T09:00",
        "10:00",
        **({"attendees": 8, "title": "Teamoverleg", "recurrence": "FREQ=WEEKLY;COUNT=6"} | more),
    )


def walls(seen):
    return [f"{each.start.astimezone(BRUSSELS):%Y-%m-%d %H:%M}" for each in seen]


@pytest.mark.parametrize("judge", JUDGES)
def test_a_weekly_nine_o_clock_stays_nine_o_clock_across_the_28th_of_march(town, judge):
    weekly(town)
    seen = judge(town.octets(ANN))
    assert walls(seen) == [f"{day} 09:00" for day in TUESDAYS]
    assert {each.end - each.start for each in seen} == {timedelta(hours=1)}
    assert len({each.uid for each in seen}) == 1


@pytest.mark.parametrize("judge", JUDGES)
def test_a_moved_date_is_seen_as_such_a_cancelled_one_is_absent_and_the_others_stay(town, judge):
    dates = weekly(town)
    with town.acting(ANN) as (ann, now):
        change(dates[1].id, {"start": at("2027-03-17T11:00"), "end": at("2027-03-17T12:30")}, ann, now)
        cancel(dates[4].id, ann, now)
    seen = judge(town.octets(ANN))
    left = [f"{day} 09:00" for day in (*TUESDAYS[2:4], TUESDAYS[5])]
    assert walls(seen) == ["2027-03-09 09:00", "2027-03-17 11:00", *left]
    assert {each.status for each in seen} == {"confirmed"}
    assert seen[1].end - seen[1].start == timedelta(minutes=90)


@pytest.mark.parametrize("judge", JUDGES)
def test_a_refused_date_is_not_in_the_series(town, judge):
    town.book(BRAM, "VZ-101", f"{TUESDAYS[2]}T09:00", "10:00", attendees=8)
    weekly(town, on_conflict="skip")
    assert walls(judge(town.octets(ANN))) == [f"{day} 09:00" for day in TUESDAYS if day != TUESDAYS[2]]


def test_a_series_is_one_event_that_repeats_and_one_for_each_changed_date(town):
    dates = weekly(town)
    with town.acting(ANN) as (ann, now):
        change(dates[1].id, {"title": "Elders"}, ann, now)
        change(dates[1].id, {"title": "Nog elders"}, ann, now)
    master, changed = town.events(ANN)
    assert "RRULE" in master
    assert "RRULE" not in changed
    assert master["UID"] == changed["UID"] == dates[0].uid
    assert changed["RECURRENCE-ID"].dt.astimezone(UTC) == dates[1].during.start
    assert (changed["SUMMARY"], changed["SEQUENCE"], master["SEQUENCE"]) == ("Nog elders", 2, 2)


@pytest.mark.parametrize("judge", JUDGES)
def test_a_series_moved_whole_is_seen_at_its_new_hour(town, judge):
    dates = weekly(town)
    with town.acting(ANN) as (ann, now):
        change(
            dates[0].id, {"start": at(f"{TUESDAYS[0]}T14:00"), "end": at(f"{TUESDAYS[0]}T15:00")}, ann, now, scope="all"
        )
    assert walls(judge(town.octets(ANN))) == [f"{day} 14:00" for day in TUESDAYS]


@pytest.mark.parametrize("judge", JUDGES)
def test_a_rooms_feed_has_the_dates_of_a_series_that_take_place_there(town, judge):
    dates = weekly(town)
    with town.acting(ANN) as (ann, now):
        change(dates[3].id, {"space": "VZ-103"}, ann, now)
    assert walls(judge(town.octets(BRAM, "space:VZ-101"))) == [f"{day} 09:00" for day in TUESDAYS if day != TUESDAYS[3]]
    assert walls(judge(town.octets(BRAM, "space:VZ-103"))) == [f"{TUESDAYS[3]} 09:00"]


def test_each_cancelled_date_is_an_exdate_of_a_series_whose_sequence_grows(town):
    dates, address = weekly(town), town.address(ANN)
    sequences = []
    for date in (dates[1], dates[3]):
        with town.acting(ANN) as (ann, now):
            cancel(date.id, ann, now)
        (series,) = icalendar.Calendar.from_ical(town.get(address).data).walk("VEVENT")
        sequences.append(series["SEQUENCE"])
    left_out = {each.dt.astimezone(UTC) for exdate in series["EXDATE"] for each in exdate.dts}
    assert left_out == {dates[1].during.start, dates[3].during.start}
    assert sequences == [1, 2]


@pytest.mark.parametrize("judge", JUDGES)
def test_a_series_cancelled_whole_is_absent(town, judge):
    dates = weekly(town)
    town.book(ANN, "VZ-103", f"{TUESDAYS[0]}T14:00", "15:00", attendees=4, title="Iets anders")
    with town.acting(ANN) as (ann, now):
        cancel(dates[0].id, ann, now, scope="all")
    assert [each.summary for each in judge(town.octets(ANN))] == ["Iets anders"]


def test_whoever_sees_only_that_a_place_is_taken_does_not_learn_which_dates_belong_together(town):
    dates = weekly(town, DORA, title="Leefloonoverleg")
    events = town.events(ANN, "space:VZ-101")
    assert len(events) == len({event["UID"] for event in events}) == 6
    assert dates[0].uid not in {event["UID"] for event in events}
    assert not any({"RRULE", "RECURRENCE-ID"} & set(event) for event in events)
    assert {event["SUMMARY"] for event in events} == {"Bezet"}


def test_a_series_is_none_in_a_feed_that_its_own_party_made_to_show_less(town):
    """Whoever was given that address learns when, and not that it is the same thing each week."""
    dates = weekly(town)
    events = town.events(ANN, "mine", "busy")
    assert len(events) == len({event["UID"] for event in events}) == 6
    assert dates[0].uid not in {event["UID"] for event in events}
    assert not any({"RRULE", "RECURRENCE-ID"} & set(event) for event in events)


@pytest.mark.parametrize("judge", JUDGES)
def test_a_date_of_a_series_that_its_colleagues_see_only_as_taken_is_apart_for_them(town, judge):
    dates = weekly(town)
    with town.acting(ANN) as (ann, now):
        change(dates[2].id, {"privacy": "busy"}, ann, now)
    seen = judge(town.octets(BRAM, "space:VZ-101"))
    assert walls(seen) == [f"{day} 09:00" for day in TUESDAYS]
    assert [each.summary for each in seen] == ["Teamoverleg"] * 2 + ["Bezet"] + ["Teamoverleg"] * 3
    assert [each.uid == dates[0].uid for each in seen] == [True] * 2 + [False] + [True] * 3

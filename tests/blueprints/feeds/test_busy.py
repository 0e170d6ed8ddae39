"""A feed that tells only when a space is taken: the same octets for the same taken time, whoever made it so and how."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import icalendar
import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import text

from blueprints.feeds.events import Reading, feed_events, taken_events
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.ical.write import calendar_text
from models.queries.feeds import OpenFeed
from models.queries.house import the_house
from models.rules.bookings.attendance import HELD_PLACE
from models.rules.bookings.fields import Booked
from models.rules.people.feed_scope import FeedScope, FeedWindow
from models.rules.times.interval import Interval, joined
from models.tables.booking import Booking
from models.tables.db import db
from tests.cast import ANN, BRAM, BRUSSELS, DORA, ELS, at
from tests.models.ical.judges import JUDGES

MONDAY = "2027-03-08"
TELLING = {
    "CREATED",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "DESCRIPTION",
    "URL",
    "ORGANIZER",
    "ATTENDEE",
    "CATEGORIES",
}


@pytest.fixture(autouse=True)
def _no_buffers(town):
    """In rooms that need no airing bookings may touch."""
    with town.app.app_context():
        db.session.execute(text("UPDATE space_policy SET buffer_before = 0, buffer_after = 0"))
        db.session.commit()


def walls(events):
    return sorted(
        tuple(f"{event[edge].dt.astimezone(BRUSSELS):%d %H:%M}" for edge in ("DTSTART", "DTEND")) for event in events
    )


def test_bookings_that_touch_are_one_stretch_and_a_gap_is_told(town):
    for start, end in (("09:00", "10:00"), ("10:00", "11:30"), ("13:00", "14:00")):
        town.book(DORA, "VZ-104", f"{MONDAY}T{start}", end, attendees=4)
    assert walls(town.events(ANN, "space:VZ-104")) == [("08 09:00", "08 11:30"), ("08 13:00", "08 14:00")]


def test_an_event_at_busy_says_its_time_its_space_and_nothing_that_moves(town):
    (booking,) = town.book(DORA, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Leefloon")
    town.clock.instant += timedelta(days=1, hours=3)
    with town.acting(DORA) as (dora, now):
        change(booking.id, {"title": "Nog iets"}, dora, now)
        change(booking.id, {"attendees": 7}, dora, now)
    address = town.address(ANN, "space:VZ-103")
    answer = town.get(address)
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    midnight = datetime(2027, 3, 3, 23, tzinfo=UTC)
    assert (event["SUMMARY"], event["LOCATION"], event["SEQUENCE"]) == ("Bezet", "De Brug (VZ-103)", 0)
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (midnight, midnight)
    assert answer.last_modified == midnight
    assert not TELLING & set(event)


def test_the_name_of_a_stretch_stays_in_one_feed_and_is_another_in_each(town):
    town.book(DORA, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6)
    addresses = [town.address(who, scope) for who in (ANN, BRAM) for scope in ("space:VZ-103", "zone:Z1-VER")]
    names = [
        [str(event["UID"]) for event in icalendar.Calendar.from_ical(town.get(each).data).walk("VEVENT")]
        for each in addresses * 2
    ]
    assert names[:4] == names[4:]
    assert len({name for (name,) in names[:4]}) == 4


def test_in_a_feed_that_tells_titles_each_booking_is_told_by_its_own_detail(town):
    town.book(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6, title="Teamoverleg")
    town.book(DORA, "VZ-103", f"{MONDAY}T10:00", "11:00", attendees=6)
    town.book(ELS, "VZ-103", f"{MONDAY}T11:00", "12:00", attendees=6)
    town.book(ELS, "VZ-104", f"{MONDAY}T11:00", "12:00", attendees=6)
    events = town.events(BRAM, "zone:Z1-VER")
    assert {(str(event["SUMMARY"]), *walls([event])[0], str(event["LOCATION"])) for event in events} == {
        ("Teamoverleg", "08 09:00", "08 10:00", "De Brug (VZ-103)"),
        ("Bezet", "08 10:00", "08 12:00", "De Brug (VZ-103)"),
        ("Bezet", "08 11:00", "08 12:00", "De Kaai (VZ-104)"),
    }


def test_a_room_is_taken_by_the_larger_room_as_by_a_booking_of_its_own(town):
    """Which of the two it was is not told; a feed of the room has no other place in it."""
    town.book(DORA, "VZ-102", f"{MONDAY}T09:00", "10:00", attendees=6)
    town.book(DORA, "VZ-101-102", f"{MONDAY}T10:00", "11:00", attendees=40)
    (event,) = town.events(ANN, "space:VZ-102")
    assert (walls([event]), event["LOCATION"]) == ([("08 09:00", "08 11:00")], "De Sluis (VZ-102)")


def test_the_tag_of_a_feed_moves_only_with_what_its_reader_may_know(town):
    (booking,) = town.book(DORA, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6)
    address = town.address(ANN, "space:VZ-103")
    first = town.get(address)
    with town.acting(DORA) as (dora, now):
        change(booking.id, {"title": "Iets anders", "attendees": 8}, dora, now)
        cancel(booking.id, dora, now)
    assert town.get(address).data != first.data
    town.book(ELS, "VZ-103", f"{MONDAY}T09:00", "09:30", attendees=5)
    town.book(DORA, "VZ-103", f"{MONDAY}T09:30", "10:00", attendees=4, title="Nog iets")
    town.book(ANN, "VZ-104", f"{MONDAY}T09:30", "10:00", attendees=4)
    again = town.get(address, If_None_Match=first.headers["ETag"])
    assert again.status_code == 304
    assert town.get(address).data == first.data


@pytest.mark.parametrize("judge", JUDGES)
def test_every_calendar_program_reads_a_stretch_over_several_midnights(town, judge):
    """Two whole dates in the hall, of which the second has 23 hours."""
    for start, end in (("2027-03-27T00:00", "2027-03-28T00:00"), ("2027-03-28T00:00", "2027-03-29T00:00")):
        a_night(town, start, end)
    (seen,) = judge(town.octets(ANN, "space:VZ-103"))
    assert (seen.start, seen.end) == (at("2027-03-27T00:00"), at("2027-03-29T00:00"))
    assert seen.end - seen.start == timedelta(hours=47)


def a_night(town, start, end):
    """As if the house had been open: what is booked is moved there."""
    (booking,) = town.book(DORA, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6)
    with town.app.app_context():
        row = db.session.get(Booking, booking.id)
        row.starts_at, row.ends_at = at(start), at(end)
        db.session.commit()


SPACES, QUARTER = ("VZ-103", "VZ-104"), timedelta(minutes=15)
SATURDAY = at("2027-03-27T00:00").astimezone(UTC)
some_hours = some.sets(some.integers(0, 187), max_size=40)  # quarters of a weekend with a date of 23 hours


@some.composite
def two_histories(draw):
    """Two lists of bookings that take the same time of two rooms, each in pieces, overlaps and repeats of its own."""
    taken = {space: draw(some_hours) for space in SPACES}
    return taken, draw(a_history(taken)), draw(a_history(taken))


@some.composite
def a_history(draw, taken):
    found = []
    for space, quarters in taken.items():
        for stretch in joined(span(each, each + 1) for each in quarters):
            start, length = stretch.start, (stretch.end - stretch.start) // QUARTER
            cuts = [0, *sorted(draw(some.sets(some.integers(0, length), max_size=4))), length]
            pieces = [(first, last) for first, last in pairwise(cuts) if first < last]
            pieces += draw(some.lists(some.sampled_from(pieces), max_size=2))
            found += [(space, Interval(start + a * QUARTER, start + b * QUARTER)) for a, b in pieces]
    return [
        a_booking(number, *each, draw(some.sampled_from(HELD_PLACE)))
        for number, each in enumerate(draw(some.permutations(found)))
    ]


def span(first: int, last: int) -> Interval:
    return Interval(SATURDAY + first * QUARTER, SATURDAY + last * QUARTER)


def a_booking(number: int, space: str, during: Interval, status: str) -> Booked:
    return Booked(
        number,
        space,
        "meeting_room",
        during,
        status=status,
        attendees=number,
        persons=number,
        layout="boardroom",
        uid=str(uuid.UUID(int=number + 1)),
        title=f"Gesprek {number}",
        organisation="OCMW",
        organiser=DORA,
        booked_by=ELS,
        privacy="public",
        series="weekly" if number % 2 else None,
        occurrence_at=during.start,
        sequence=number,
        created_at=during.start - timedelta(days=number),
        updated_at=during.start - timedelta(days=1),
        service_is_private=False,
    )


def test_the_same_taken_time_gives_the_same_octets_and_each_minute_of_it_is_there(town):
    """Whatever bookings it is made of, how often they changed, and whether they repeat."""
    with town.acting(ANN) as (ann, now), force_locale("nl"):
        house = the_house()
        feed = OpenFeed(7, FeedScope.read("zone:Z1-VER"), "title", ann)
        reading = Reading.of(feed, house, FeedWindow.at(now, house.zone))

        def octets_of(bookings):
            taken, hour = defaultdict(list), timedelta(hours=1)
            events = [*feed_events(reading, bookings, {}, taken), *taken_events(reading, taken)]
            return calendar_text(events, name="x", zone=house.zone, product_id="x", refresh=hour)

        @given(two_histories())
        def holds(drawn):
            taken, one, other = drawn
            octets = octets_of(one)
            assert octets_of(other) == octets
            told = defaultdict(list)
            for event in icalendar.Calendar.from_ical(octets).walk("VEVENT"):
                times = (event[edge].dt.astimezone(UTC) for edge in ("DTSTART", "DTEND"))
                told[event["LOCATION"].rpartition("(")[2].rstrip(")")].append(Interval(*times))
            assert {space: tuple(sorted(told[space])) for space in SPACES} == {
                space: joined(span(each, each + 1) for each in quarters) for space, quarters in taken.items()
            }

        holds()

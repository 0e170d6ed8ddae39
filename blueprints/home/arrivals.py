"""For reception: who is about to arrive anywhere in the building, and where somebody who stands here has to go.

Every line is what seen_by() leaves of a booking, and only what stands on a line is searched: of a talk in confidence
that is its place and time. Who gives the visitor code of a talk is shown its line, for they know of it already.
"""

from __future__ import annotations

from datetime import timedelta

from blueprints.booking.day import Day
from blueprints.booking.messages import length_words
from blueprints.booking.show import Look, booking_row
from blueprints.find.form import LENGTHS, next_hour
from models.queries.bookings import bookings_page
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import seen_by
from models.rules.people.visitor_code import is_meant_by
from models.rules.times.interval import Interval

SINCE, HOURS_AHEAD = timedelta(minutes=15), timedelta(hours=2)
MOST_READ, MOST_SHOWN = 500, 12
LONGEST_SEARCH = 60


def arrivals(text: str, look: Look, day: Day) -> dict[str, object]:
    """Two queries, for the rest of today."""
    until = max(day.during.end, look.now + SINCE)
    found = bookings_page(
        during=Interval(look.now - SINCE, until),
        space_ids=_where_people_are_received(day),
        statuses=HOLDS_PLACE,
        limit=MOST_READ,
    )
    text = text.strip()[:LONGEST_SEARCH]
    if text:
        shown = [each for each in found if _is_meant(each, text, look)]
    else:
        shown = [each for each in found if look.now - SINCE <= each.during.start < look.now + HOURS_AHEAD]
    shown.sort(key=lambda each: (each.during.start, each.space))
    return {
        "text": text,
        "more": max(len(shown) - MOST_SHOWN, 0),
        "rows": [booking_row(each, look, date=False, actions=()) for each in shown[:MOST_SHOWN]],
    }


def ringing(look: Look) -> dict[str, object]:
    """What somebody at the telephone asks first: from the next whole hour in which the house is open."""
    first = next_hour(look.person, look.house, look.now)
    return {
        "date": first.date().isoformat(),
        "start": f"{first:%H:%M}",
        "lengths": [(minutes, length_words(minutes)) for minutes in LENGTHS],
    }


def _where_people_are_received(day: Day) -> list[int]:
    """Not at desks or counters: those are their own people's."""
    house: House = day.house
    home = house.zones.get(day.person.home_zone or "")
    return [
        space.id
        for space in house.spaces.values()
        if not day.policy(space).traits.one_person and (home is None or space.building == home.building)
    ]


def _is_meant(booking: Booked, text: str, look: Look) -> bool:
    if booking.visitor_code and is_meant_by(text, booking.visitor_code):
        return True
    seen, house = seen_by(look.viewer, booking), look.house
    organisation = house.organisations.get(seen.organisation or "")
    said = [
        seen.title,
        seen.organiser_name,
        seen.booked_by_name,
        seen.caller and seen.caller.association,
        seen.space,
        *house.spaces[seen.space].names.values(),
        *(organisation.names.values() if organisation else ()),
    ]
    return any(text.casefold() in each.casefold() for each in said if each)

"""Bookings that are somebody's task though not their own: halls to watch over, evenings to lock up."""

from __future__ import annotations

from datetime import timedelta

from blueprints.booking.day import Day
from blueprints.booking.show import Look, booking_row
from models.queries.bookings import bookings_page
from models.queries.today import evenings_of
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.times.interval import Interval

MOST_SHOWN = 6
HALLS_AHEAD, EVENINGS_AHEAD = timedelta(days=28), timedelta(days=14)


def hall_rows(look: Look, day: Day) -> list[dict]:
    """What is settled in the halls about which the protocol officer decides. Two queries."""
    halls = [space.id for space in day.house.spaces.values() if day.policy(space).approval_role == "protocol_officer"]
    found = bookings_page(
        during=Interval(look.now, look.now + HALLS_AHEAD),
        space_ids=halls,
        statuses=[each for each in HOLDS_PLACE if each != "pending"],
        limit=MOST_SHOWN,
    )
    return [booking_row(each, look) for each in found]


def evening_rows(look: Look) -> list[dict]:
    """Where this person opens and locks up. Two queries."""
    found = evenings_of(look.person.id, Interval(look.now, look.now + EVENINGS_AHEAD))
    return [booking_row(each, look, actions=()) for each in found[:MOST_SHOWN]]

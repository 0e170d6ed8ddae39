"""To whom a row of spaces looks the same, and for how long: what is made of it once is shown to all of them."""

from __future__ import annotations

from collections.abc import Sequence

from blueprints.booking.day import Day
from blueprints.web.language import language
from models.rules.bookings.fields import Booked
from models.rules.finding.untaken import last_start
from models.rules.house.house import Space
from models.rules.house.policy import SpacePolicy
from models.rules.people.discretion import Viewer, detail_for
from models.rules.people.outsiders import is_on_duty
from models.rules.people.rights import DESK_STAFF

GRID = 5  # minutes: nothing is open, free or over from one minute to the next but on it
Clock = tuple[int, ...]


def kind_of_viewer(day: Day, spaces: Sequence[Space]) -> tuple:
    """All that what is free and what is open to somebody depends on, and the words it is told in."""
    person = day.person
    has_neighbourhoods = any(day.policy(space).traits.one_at_a_time for space in spaces)
    return (
        person.organisation,
        (person.home_zone, person.service) if has_neighbourhoods else None,
        person.is_outside,
        bool(person.roles & DESK_STAFF),
        is_on_duty(person),
        language(),
    )


def clock(day: Day, policy: SpacePolicy) -> Clock:
    """How far the date is over, on the grid; where not all of it can be booked by now, the very moment."""
    if last_start(policy, day) < day.length:
        return day.gone(day.now) // GRID, int(day.now.timestamp()) // (60 * GRID)
    return (day.gone(day.now) // GRID,)


def looks(viewer: Viewer, bookings: Sequence[Booked]) -> tuple:
    """Which bookings they may know of, each with how it looks to them."""
    return tuple((each.id, seen_as(each, viewer)) for each in bookings)


def seen_as(booking: Booked, viewer: Viewer) -> str:
    """How a cell looks to this viewer, as one letter: two for whom it is the same may be shown the same cell."""
    detail = detail_for(viewer, booking)
    if detail == "full" and viewer.person and viewer.person.username in (booking.organiser, booking.booked_by):
        return "m"
    return detail[0]

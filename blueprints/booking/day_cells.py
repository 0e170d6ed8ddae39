"""Each date of each space as one cell: worked out once for all to whom it looks the same, until something is written on
these dates in that space."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from blueprints.booking.alike import Clock, clock, kind_of_viewer
from blueprints.booking.day import Day
from models.queries.space_days import Taken, taken_in, times_in
from models.rules.bookings.fields import Booked
from models.rules.house.house import Space
from models.rules.judging.facts import Taken as Held
from models.rules.people.discretion import told_of
from models.rules.people.outsiders import may_book_in


class Cell(NamedTuple):
    """As HTML, safe to write as it stands; whether something is free on that date."""

    html: str
    is_free: bool


Draw = Callable[[Space, Day, Sequence[Booked | Held]], Cell]


def cells_of(view: str, spaces: Sequence[Space], days: Sequence[Day], draw: Draw) -> Iterator[tuple[Space, list[Cell]]]:
    """`draw`: tells when the space is taken and nothing else of a booking; one name of a view, one way to draw."""
    alike = kind_of_viewer(days[0], spaces)
    for space, here, told in _told(spaces, days):
        whose = () if may_book_in(days[0].person, space) else tuple(each.id for each in told)
        drawn: list[tuple[Clock, Cell]] = here.once((view, alike, whose), list)
        clocks = [clock(day, day.policy(space)) for day in days]
        if [moment for moment, _cell in drawn] != clocks:
            near = by_day(told, days)
            drawn[:] = [
                drawn[nth] if nth < len(drawn) and drawn[nth][0] == moment else (moment, draw(space, day, near[nth]))
                for nth, (day, moment) in enumerate(zip(days, clocks, strict=True))
            ]
        yield space, [cell for _moment, cell in drawn]


def _told(
    spaces: Sequence[Space], days: Sequence[Day]
) -> Iterator[tuple[Space, Taken[Booked] | Taken[Held], Sequence[Booked | Held]]]:
    """Of each space, what is kept of it and which of that the viewer may know of. Where they may book, no more is read
    than when it is taken."""
    viewer, now = days[0].viewer, days[0].now
    times = times_in([space for space in spaces if may_book_in(viewer.person, space)], days)
    taken = taken_in([space for space in spaces if space.code not in times], days)
    for space in spaces:
        if space.code in times:
            yield space, times[space.code], times[space.code].bookings
        else:
            yield space, taken[space.code], told_of(viewer, taken[space.code].bookings, space, now)


def by_day(bookings: Sequence[Booked | Held], days: Sequence[Day]) -> list[list[Booked | Held]]:
    """For each of consecutive dates what is on it or near it."""
    found: list[list[Booked | Held]] = [[] for _day in days]
    starts, ends = [day.near.start for day in days], [day.near.end for day in days]
    for booking in bookings:
        for near in range(bisect_right(ends, booking.during.start), bisect_left(starts, booking.during.end)):
            found[near].append(booking)
    return found

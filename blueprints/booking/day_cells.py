"""Each date of each space as one cell: worked out once for all to whom it looks the same, until something is written on
these dates in that space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from blueprints.booking.alike import Clock, clock, kind_of_viewer
from blueprints.booking.day import Day
from models.queries.space_days import taken_in
from models.rules.bookings.fields import Booked
from models.rules.house.house import Space
from models.rules.people.discretion import told_of
from models.rules.people.outsiders import may_book_in


class Cell(NamedTuple):
    """As HTML, safe to write as it stands; whether something is free on that date."""

    html: str
    is_free: bool


Draw = Callable[[Space, Day, Sequence[Booked]], Cell]


def cells_of(view: str, spaces: Sequence[Space], days: Sequence[Day], draw: Draw) -> Iterator[tuple[Space, list[Cell]]]:
    """`draw`: tells when the space is taken and nothing else of a booking; one name of a view, one way to draw."""
    taken, alike, viewer, now = taken_in(spaces, days), kind_of_viewer(days[0], spaces), days[0].viewer, days[0].now
    for space in spaces:
        here = taken[space.code]
        told = told_of(viewer, here.bookings, space, now)
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


def by_day(bookings: Sequence[Booked], days: Sequence[Day]) -> list[list[Booked]]:
    """For each of consecutive dates what is on it or near it."""
    found: list[list[Booked]] = [[] for _day in days]
    first = days[0].during.start
    for booking in bookings:
        nth, last = ((each - first).days for each in (booking.during.start, booking.during.end))
        for near in range(max(nth - 1, 0), min(last + 2, len(days))):
            if booking.during.overlaps(days[near].near):
                found[near].append(booking)
    return found

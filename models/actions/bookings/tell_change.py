"""Who hears that a booking was changed or handed on, and what their calendar must know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from models.actions.record import tell_each
from models.queries.bookings import bookings_in_series
from models.rules.bookings.attendance import GONE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.person import Person


def tell_of_change(
    changed: Iterable[tuple[Booked, Booked]], people: Mapping[str, Person], house: House, now: datetime
) -> None:
    """`changed`: each booking as it stood and as it is. A calendar program takes dates of a series only with the whole
    of it: whoever gets some is told of all that are theirs, one query for each series and person."""
    told = [news for standing, booking in changed for news in _news(standing, booking)]
    heirs = {(booking.series, name) for kind, name, booking in told if kind == "taken_over" and booking.series}
    handed = {booking.id for kind, _name, booking in told if kind == "taken_over"}
    beside = {
        each.id: each
        for series, heir in sorted(heirs)
        for each in bookings_in_series(series)
        if each.organiser == heir and each.id not in handed and each.status not in GONE
    }
    told += [("taken_over", each.organiser, each) for each in beside.values()]
    tell_each(told, people, house, now, beside=beside.keys())


def _news(standing: Booked, booking: Booked) -> Iterator[tuple[str, str, Booked]]:
    """Out of the calendar of whoever had it, as they knew it; into the calendar of whoever has it now."""
    kind = "changed"
    if booking.organiser != standing.organiser:
        kind = "taken_over"
        yield "handed_on", standing.organiser, standing._replace(sequence=booking.sequence)
    yield kind, booking.organiser, booking
    if booking.booked_by != booking.organiser:
        yield "changed", booking.booked_by, booking

"""Who hears that a booking was changed or handed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from models.actions.record import tell_each
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.callers import organiser_of
from models.rules.people.person import Person


def tell_of_change(
    changed: Iterable[tuple[Booked, Booked]], people: Mapping[str, Person], house: House, now: datetime
) -> None:
    """`changed`: each booking as it stood and as it is."""
    tell_each((news for standing, booking in changed for news in _news(standing, booking, people, house)), house, now)


def _news(
    standing: Booked, booking: Booked, people: Mapping[str, Person], house: House
) -> Iterator[tuple[str, Person, Booked]]:
    """Out of the calendar of whoever had it, as they knew it; into the calendar of whoever has it now. A caller whose
    name is no longer kept, because it became a talk in confidence, is not written to: a letter would keep it."""
    kind, is_nameless = "changed", booking.whose is None
    if booking.whose != standing.whose and not (is_nameless and standing.caller):
        kind = "taken_over"
        yield "handed_on", organiser_of(standing, people, house), standing._replace(sequence=booking.sequence)
    yield kind, organiser_of(booking, people, house), booking
    if booking.booked_by != booking.organiser:
        yield "changed", people[booking.booked_by], booking

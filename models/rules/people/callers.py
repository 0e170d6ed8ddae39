"""Whoever the front desk books for and has no account. To the rules a caller is a resident, or an association, who is
nobody in particular: what binds one person does not bind two callers to each other. A caller is party to nothing."""

from __future__ import annotations

from collections.abc import Mapping

from models.rules.bookings.fields import Booked, Caller
from models.rules.house.house import House
from models.rules.people.person import NOBODY, Person


def stand_in(caller: Caller | None, organisation: str, house: House) -> Person:
    """The caller as one whom rules judge and letters reach. None: a name that was not kept, or was taken away.
    `organisation`: in whose name it is booked."""
    return Person(
        id=NOBODY,
        username="",
        name=caller.name if caller else "",
        organisation=organisation,
        roles=frozenset({"association" if caller and caller.association else "resident"}),
        language=(caller and caller.language) or house.languages[0],
        email=caller.email if caller else None,
    )


def caller_in(person: Person) -> Caller:
    """stand_in() backwards, as far as a letter needs it."""
    return Caller(person.name, email=person.email, language=person.language)


def organiser_of(booking: Booked, people: Mapping[str, Person], house: House) -> Person:
    """For whom it is. `people`: whoever bookings name, by username."""
    if booking.organiser:
        return people[booking.organiser]
    return stand_in(booking.caller, booking.organisation, house)


def is_for(person: Person, booking: Booked) -> bool:
    """Whether this person organises or booked it, or is the caller it is for: whoever has it in a calendar. Whether
    they still may is not asked here."""
    if person.has_account:
        return person.username in (booking.organiser, booking.booked_by)
    return booking.caller is not None and (booking.caller.name, booking.caller.email) == (person.name, person.email)

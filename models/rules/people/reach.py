"""How far a change of the house reaches for whoever makes it: over the bookings of spaces that they may change. Those
of another organisation under secrecy are one of a number to them, and no more: no place, no hour, no person, no reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.people.rights import LIMIT_SETTERS, holds


def may_change_space(person: Person | None, space: str, house: House) -> bool:
    """Facility manager and prevention adviser every one of the building; a partner's administrator those of their own
    organisation, and what nobody else owns in a zone of it."""
    if person is None or not holds(person, "see_management"):
        return False
    if person.roles & LIMIT_SETTERS:
        return True
    found = house.spaces[space]
    return person.organisation == (found.owner or house.zones[found.zone].owner)


def spaces_to_change(person: Person | None, house: House) -> frozenset[str]:
    """The codes of all that they may change."""
    return frozenset(code for code in house.spaces if may_change_space(person, code, house))


def is_under_secrecy(booking: Booked, house: House) -> bool:
    """That it stands there at all says that somebody is a client, or tells of one."""
    return booking.service_is_private or house.organisations[booking.organisation].professional_secrecy


def kept_by(booking: Booked, house: House) -> str:
    """The organisation whose people keep it under secrecy: of a talk in confidence that of its service, in whoever's
    name it stands. A caller's stands in the public's, where nobody may know of it."""
    service = house.services.get(booking.service or "") if booking.service_is_private else None
    return service.organisation if service else booking.organisation


def is_kept_apart(viewer: Viewer, booking: Booked) -> bool:
    """Whether it is one of a number to this viewer, who changes the house: another organisation's under secrecy."""
    return not viewer.is_inside(kept_by(booking, viewer.house)) and is_under_secrecy(booking, viewer.house)


def number_apart(bookings: Iterable[Booked], viewer: Viewer) -> dict[str, int]:
    """How many of them are kept apart, by organisation; one that is there twice, above two limits, counts once."""
    found = {each.id: kept_by(each, viewer.house) for each in bookings if is_kept_apart(viewer, each)}
    return dict(sorted(Counter(found.values()).items()))

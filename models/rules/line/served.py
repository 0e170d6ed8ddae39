"""Which services have a line in a zone, and who works for them there."""

from __future__ import annotations

from collections.abc import Collection

from models.rules.house.house import House, Service, Space
from models.rules.house.policy import is_for
from models.rules.people.person import Person
from models.rules.people.rights import services_coordinated_by

QUICK_DESK = "quick_desk"  # the channel of services whose people are mostly helped without a number
# By kind of space where people are received: the channels of the services that receive them there.
RECEIVED_AT = {"booth": frozenset({"booth"}), "counter": frozenset({"counter", QUICK_DESK})}


def places_in(zone: str, house: House) -> list[Space]:
    """Where people are received in a zone, in order of code."""
    return [each for each in house.spaces.values() if each.zone == zone and each.kind in RECEIVED_AT]


def places_to_call_to(zone: str, person: Person, house: House) -> list[Space]:
    """Those of a zone where this person may sit: that their organisation may book."""
    return [each for each in places_in(zone, house) if is_for(each, person.organisation)]


def services_in(zone: str, house: House) -> frozenset[str]:
    """Those that receive people at some place of a zone, so that they have a line there."""
    places = places_in(zone, house)
    return frozenset(
        service.code
        for service in house.services.values()
        if any(service.channel in RECEIVED_AT[place.kind] and is_for(place, service.organisation) for place in places)
    )


def services_without_appointment(zone: str, house: House) -> list[Service]:
    """Those of a zone's line for which a number may be taken without one, in the order of the house."""
    here = services_in(zone, house)
    return [each for each in house.services.values() if each.code in here and not each.appointment_required]


def services_served_by(person: Person | None, zone: str, house: House, on_duty: Collection[str] = ()) -> frozenset[str]:
    """Whose line in a zone somebody sees and calls from: of their own service, of those that they coordinate, and of
    those for which they are on duty there today."""
    if person is None or not person.active or person.is_outside:
        return frozenset()
    theirs = {code for code in (person.service, *on_duty) if code is not None and code in house.services}
    own = {code for code in theirs if house.services[code].organisation == person.organisation}
    return services_in(zone, house) & (own | services_coordinated_by(person, house))


def zones_served_by(person: Person | None, house: House) -> tuple[str, ...]:
    """The zones in whose line somebody works, in the order of the house."""
    return tuple(zone for zone in house.zones if services_served_by(person, zone, house))

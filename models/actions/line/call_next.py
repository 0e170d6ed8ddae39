"""Call whoever is next. Nobody picks."""

from __future__ import annotations

from typing import NamedTuple

from models.actions.line.stamps import step
from models.queries.house import the_house
from models.queries.line import at_somebody, line_of, party_numbered, served_by, visit_row
from models.queries.line_places import is_in_use
from models.rules.house.house import House
from models.rules.line.order import Turn, next_of, turn_of
from models.rules.line.party import Party
from models.rules.line.served import places_to_call_to
from models.rules.people.person import By
from models.rules.refusals import BadRequest, NotFound, Refused, refusal
from models.tables.line import Visit
from models.tables.transaction import writes


class Called(NamedTuple):
    party: Party
    turn: Turn


@writes
def call_next(zone: str, place: str, by: By) -> Called | None:
    """The next of the services that this person works for in a zone, called to a place there; None where nobody waits
    whose time has come. Whoever has called somebody already has them still, so that a double press calls one.

    With the lock of all writers: of two colleagues in the same instant each gets another party. Raises NotFound for
    whoever is not of the zone, BadRequest for a place that is not theirs there, and Refused while a talk goes on, or
    somebody else is at the place.
    """
    house = the_house()
    services = served_by(by.person, zone, by.now, house)
    if not services:
        raise NotFound
    check_place(place, zone, by, house)
    mine = at_somebody(by.person.id, by.now, house)
    settings = house.zones[zone].line
    if mine is not None:
        check_is_free(mine, zone)
        return Called(mine, turn_of(mine, settings, by.now))
    found = next_of(line_of(zone, by.now, house), services, settings, by.now)
    if found is None:
        return None
    row = visit_row(found[0].handle)
    assert row is not None, "it was found with the lock in hand"
    check_is_empty(place, row, by, house)
    return Called(called_to(place, row, by, house, "call"), found[1])


def check_place(place: str, zone: str, by: By, house: House) -> None:
    if place not in {each.code for each in places_to_call_to(zone, by.person, house)}:
        raise BadRequest("place", "unknown_code")


def check_is_empty(place: str, row: Visit, by: By, house: House) -> None:
    """Whoever is refused hears nothing of what is there."""
    if is_in_use(place, by, house, own_talk=row.booking_id):
        raise Refused([refusal("place_in_use", scope=f"space:{place}")])


def check_is_free(mine: Party, zone: str | None = None) -> None:
    """Of whoever has one already: a talk that goes on is finished or interrupted first. `zone`: whose page shows no
    call in another line."""
    if mine.state == "called" and zone not in (None, mine.zone):
        raise Refused([refusal("called_elsewhere", scope=f"zone:{mine.zone}", actual=mine.state)])
    if mine.state == "begun":
        raise Refused([refusal("talk_goes_on", actual=mine.state)])


def called_to(place: str, row: Visit, by: By, house: House, verb: str, *, reason: str | None = None) -> Party:
    row.place_id, row.person_id = house.spaces[place].id, by.person.id
    row.calls, row.called_at = 1, by.now
    row.first_called_at = row.first_called_at or by.now
    step(verb, row, by.person, by.now, reason=reason)
    return party_numbered(row.id)

"""Whose line somebody looks at, and where they sit: to whoever does not work there the page is not there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask import abort, request

from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from models.queries.house import the_house
from models.queries.line import last_place_of, line_of, place_on_duty, served_by
from models.rules.house.house import House, Space, Zone
from models.rules.line.party import Party
from models.rules.line.served import places_to_call_to
from models.rules.line.states import AT_SOMEBODY
from models.rules.people.person import By, Person


@dataclass(frozen=True, slots=True)
class Here:
    """A zone whose line somebody works in, with what they work for."""

    zone: Zone
    house: House
    person: Person
    services: Collection[str]
    now: datetime

    @property
    def by(self) -> By:
        return By(self.person, self.now)

    @property
    def places(self) -> list[Space]:
        return places_to_call_to(self.zone.code, self.person, self.house)

    def parties(self) -> list[Party]:
        """Of the services that one works for alone. One query."""
        line = line_of(self.zone.code, self.now, self.house)
        return [each for each in line if each.service in self.services]

    def mine(self, parties: Collection[Party]) -> Party | None:
        """Whom one has called, or talks with."""
        return next((each for each in parties if each.state in AT_SOMEBODY and each.by == self.person.username), None)

    def place(self) -> str | None:
        """Where one sits: as was just said, else where one called somebody to last, else by the roster."""
        asked, known = request.values.get("place", ""), {each.code for each in self.places}
        if asked in known:
            return asked
        last = last_place_of(self.person.id, self.now, self.house)
        if last in known:
            return last
        rostered = place_on_duty(self.person, self.zone.code, self.now, self.house)
        return rostered if rostered in known else None


def here(code: str) -> Here:
    """404 for a zone that is not, and for whoever works for no service with a line there."""
    house, person, moment = the_house(), signed_in(), now()
    services = served_by(person, code, moment, house) if code in house.zones else frozenset()
    if not services:
        abort(404)
    return Here(house.zones[code], house, person, services, moment)

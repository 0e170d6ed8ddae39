"""What every verb of the line shares: who may, whether it can be done, and the stamp that tells it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from models.actions.record import record
from models.queries.house import the_house
from models.queries.line import last_begun, party_numbered, served_by, visit_row
from models.rules.house.house import House
from models.rules.line.party import Party
from models.rules.line.states import WITH_SOMEBODY, state_after
from models.rules.people.person import By, Person
from models.rules.people.rights import services_coordinated_by
from models.rules.refusals import NotFound, Refused, refusal
from models.tables.db import db
from models.tables.line import Visit, VisitStamp


class Held(NamedTuple):
    """A visit that somebody works on within a write transaction, and what of it is known outside."""

    row: Visit
    party: Party
    house: House


def held(handle: str, by: By, *, by_coordinator: bool = False, by_all: Collection[str] = ()) -> Held:
    """Found by whoever works for its service in its zone; to all others it is as if it had never been. Refused while a
    colleague has it, but for a coordinator of its service where `by_coordinator`, and for all in the states `by_all`.
    """
    house, row = the_house(), visit_row(handle)
    if row is None:
        raise NotFound
    party = party_numbered(row.id)
    if party.service not in served_by(by.person, party.zone, by.now, house):
        raise NotFound
    if row.person_id != by.person.id and party.by is not None and party.state in WITH_SOMEBODY:
        may = party.state in by_all or (by_coordinator and party.service in services_coordinated_by(by.person, house))
        if not may:
            raise Refused([refusal("with_a_colleague", actual=party.state)])
    return Held(row, party, house)


def step(verb: str, row: Visit, person: Person | None, now: datetime, *, reason: str | None = None) -> None:
    """Into the state that the verb leads to; Refused where it cannot be done (any more). What ran of a talk until now
    is added to what was handled."""
    after = state_after(verb, row.state)
    if after is None:
        raise Refused([refusal("wrong_status", actual=row.state)])
    if row.state == "begun" and after != "begun":
        began = last_begun(row.id)
        row.handled_seconds += max(0, round((now - began).total_seconds())) if began else 0
    row.state, row.state_at = after, now
    stamp(verb, row, person, now, reason=reason)


def stamp(verb: str, row: Visit, person: Person | None, now: datetime, *, reason: str | None = None) -> None:
    db.session.flush()
    db.session.add(
        VisitStamp(
            visit_id=row.id,
            verb=verb,
            state=row.state,
            at=now,
            person_id=person.id if person else None,
            place_id=row.place_id,
            service_id=row.service_id,
            reason=reason,
        )
    )
    db.session.flush()


def noted(verb: str, row: Visit, by: By) -> None:
    """In the log, where a colleague did what the order does not say by itself."""
    record(verb, "visit", row.handle, *by)

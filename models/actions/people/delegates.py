"""Whom a person lets book for them: colleagues of the same organisation."""

from __future__ import annotations

from sqlalchemy import delete, insert, update

from models.actions.record import record
from models.queries.people import person_by_username
from models.rules.people.person import By, Person
from models.rules.people.rights import holds, may_be_delegate_of
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.tables.db import db
from models.tables.person import PersonDelegate, PersonRow
from models.tables.transaction import touched, writes

MOST_DELEGATES = 20
_TABLE = PersonDelegate.__table__


@writes
def name_delegate(username: str, by: By) -> str:
    """Let them book for this person, and return their name. BadRequest in the same words for whoever there is not and
    whoever may not be one: nobody learns here who works elsewhere."""
    person, delegate = _as_known(by), person_by_username(username)
    if delegate is None or not may_be_delegate_of(person, delegate):
        raise BadRequest("delegate", "no_colleague")
    if username not in person.delegates:
        if len(person.delegates) >= MOST_DELEGATES:
            raise BadRequest("delegate", "too_many", most=MOST_DELEGATES)
        db.session.execute(insert(_TABLE).values(person_id=person.id, delegate_id=delegate.id))
        _note("name_delegate", delegate.id, by)
    return delegate.name


@writes
def withdraw_delegate(username: str, by: By) -> str:
    """From now on they book for this person no more; what they booked stays. NotFound for whoever may not already."""
    person, delegate = _as_known(by), person_by_username(username)
    if delegate is None or not touched(
        delete(_TABLE).where(_TABLE.c.person_id == person.id, _TABLE.c.delegate_id == delegate.id)
    ):
        raise NotFound
    _note("withdraw_delegate", delegate.id, by)
    return delegate.name


def _as_known(by: By) -> Person:
    """As the database has them under the lock."""
    person = person_by_username(by.person.username)
    if person is None or not holds(by.person, "name_delegates"):
        raise NotAllowed("name_delegates")
    return person


def _note(action: str, delegate: int, by: By) -> None:
    db.session.execute(update(PersonRow).where(PersonRow.id == by.person.id).values(version=PersonRow.version + 1))
    record(action, "person", by.person.username, *by, delegate=delegate)

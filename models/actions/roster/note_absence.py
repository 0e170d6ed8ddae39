"""Note that somebody is away, and that they are back: the days, never why."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.actions.record import record
from models.queries.house import the_house
from models.queries.people import people_by_username
from models.queries.roster import absences_of, absences_over, forget_absences
from models.rules.people.person import By, Person
from models.rules.people.rights import holds
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.roster.placing import may_place
from models.rules.times.interval import civil_date
from models.tables.db import db
from models.tables.roster import Absence
from models.tables.transaction import writes

KEPT = timedelta(days=31)  # after it is over
LONGEST = timedelta(days=366)


@writes
def note_absence(username: str, first: date, last: date, by: By) -> None:
    """From the first to the last day, both included; days that were noted before are one stretch with them. BadRequest
    with the field: person, first or last."""
    person, today = _own_colleague(username, by), civil_date(by.now, the_house().zone)
    if last < first:
        raise BadRequest("last", "ends_before_start")
    if last < today:
        raise BadRequest("last", "in_the_past")
    if last - first > LONGEST:
        raise BadRequest("last", "away_too_long", most=LONGEST.days)
    forget_absences(today - KEPT)
    for row in absences_of(person.id, first - timedelta(days=1), last + timedelta(days=1)):
        first, last = min(first, row.first_day), max(last, row.last_day)
        db.session.delete(row)
    db.session.add(Absence(person_id=person.id, first_day=first, last_day=last))
    record("note_absence", "person", person.id, *by)


@writes
def end_absence(username: str, first: date, by: By) -> None:
    """The stretch that begins on that day never was, or ended yesterday where it has begun. Nothing where there is
    none, or it is over: somebody else was there before."""
    person, today = _own_colleague(username, by), civil_date(by.now, the_house().zone)
    for row in absences_of(person.id, first, first):
        if row.first_day == first and row.last_day >= today:
            if first < today:
                row.last_day = today - timedelta(days=1)
            else:
                db.session.delete(row)
            record("end_absence", "person", person.id, *by)


def forget_away(now: datetime) -> int:
    """What has been over for a month, though nobody notes anything new. How many; safe to run twice."""
    before = civil_date(now, the_house().zone) - KEPT
    due = absences_over(before)
    db.session.rollback()
    return _forget(before) if due else 0  # an idle worker never takes the writers' lock


@writes
def _forget(before: date) -> int:
    return forget_absences(before)


def _own_colleague(username: str, by: By) -> Person:
    if not holds(by.person, "set_roster"):
        raise NotAllowed("set_roster")
    person = people_by_username([username]).get(username)
    if person is None or not may_place(by.person, person, the_house()):
        raise BadRequest("person", "not_in_your_services")
    return person

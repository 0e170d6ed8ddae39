"""Set how a rule holds, from a date on or for a while. Earlier rows stay: they are the register of what held when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import update

from models.actions.change_capacity import check_unchanged_since, checked_date, checked_reason
from models.actions.record import record
from models.queries.house import the_house
from models.queries.rules import bookings_of_unknown_attendance, rows_of_rule
from models.rules.house import House, Rule
from models.rules.interval import civil_date
from models.rules.person import Person
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.rights import holds, may_set_rule
from models.rules.rule_change import changed_timeline, checked_change, checked_last_day
from models.rules.rule_parameters import is_fixed
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import OccupancyRule
from models.tables.transaction import retried, write_transaction

THING = "rule"
CHANGES_PLACES = frozenset({"R09"})
KEPT = ("severity", "scope", "rule")


def set_rule(code: str, values: Mapping[str, object], person: Person, now: datetime, *, reason: str,
             valid_from: date | None = None, valid_to: date | None = None, legal_basis: str | None = None,
             seen: int | None = None) -> None:
    """`values`: any of mode, parameter and applies_to. From its date on (today when none is given); with a last day
    `valid_to`, on the day after comes back what would have held anyway.

    Only whoever owns the rule sets it, and the facility manager those that are not the prevention adviser's or the
    data protection officer's own. `seen`: the last_change(THING, code) that the editor saw.
    """
    retried(lambda: _set(code, values, person, now, reason, valid_from, valid_to, legal_basis, seen))


def checked_rule(code: str, values: Mapping[str, object], person: Person, house: House, now: datetime, reason: str,
                 valid_from: date | None, valid_to: date | None) -> tuple[dict[str, object], date, date | None]:
    """The values as they are kept, and the first and last day. Raises what set_rule() would raise."""
    if not holds(person, "set_rules"):
        raise NotAllowed("set_rules")
    today = civil_date(now, house.zone)
    rule = house.rule(code, today)
    if is_fixed(code, rule.owner_role):
        raise BadRequest("code", "not_changeable")
    kept = checked_change(house, code, values)
    if not may_set_rule(person, code, rule.owner_role):
        raise NotAllowed("set_rules")
    checked_reason(reason)
    first = checked_date(valid_from, today)
    return kept, first, checked_last_day(first, valid_to)


def _set(code, values, person, now, reason, valid_from, valid_to, legal_basis, seen) -> None:
    with write_transaction():
        house = the_house()
        kept, first, last = checked_rule(code, values, person, house, now, reason, valid_from, valid_to)
        check_unchanged_since(seen, THING, code)
        before = house.rule(code, first)
        _write(code, changed_timeline(house, code, kept, first, last), first, person, now, reason, legal_basis)
        db.session.flush()
        house = the_house()
        record("set_rule", THING, code, person, now, reason=reason, valid_from=first.isoformat(),
               valid_to=last.isoformat() if last else None, legal_basis=legal_basis, before=_told(before),
               after=_told(house.rule(code, first)))
        if code in CHANGES_PLACES:
            _recount(house, now)


def _write(code: str, timeline: tuple[tuple[date, Rule], ...], first: date, person: Person, now: datetime, reason: str,
           legal_basis: str | None) -> None:
    """Make the rows say what the timeline says. Those from `first` on that say something else are this person's."""
    rows = {row.valid_from: row for row in rows_of_rule(code)}
    text = {name: getattr(next(iter(rows.values())), name) for name in KEPT} if rows else {}
    for since, rule in timeline:
        row = rows.get(since)
        says = {"mode": rule.mode, "parameter": rule.parameter, "applies_to": ";".join(sorted(rule.applies_to))}
        if row is None:
            row = OccupancyRule(code=code, valid_from=since, owner_role=rule.owner_role,
                                override_allowed=rule.override_allowed, **{**text, "severity": rule.severity})
            db.session.add(row)
        elif since != first and all(getattr(row, name) == value for name, value in says.items()):
            continue
        for name, value in says.items():
            setattr(row, name, value)
        row.version = (row.version or 0) + 1
        if since >= first:
            row.reason, row.legal_basis, row.set_by_id, row.set_at = reason, legal_basis, person.id, now


def _told(rule: Rule) -> dict[str, object]:
    return {"mode": rule.in_force, "parameter": rule.parameter, "applies_to": sorted(rule.applies_to)}


def _recount(house: House, now: datetime) -> None:
    """Bookings of unknown attendance count for their layout's places, so they count anew when these change."""
    rooms = [space.id for space in house.spaces.values() if not house.policies[space.code][0][1].traits.one_person]
    for booking in bookings_of_unknown_attendance(rooms, now):
        policy = house.policy(booking.space, civil_date(booking.during.start, house.zone))
        persons = policy.persons(None, booking.layout)
        if persons != booking.persons:
            db.session.execute(update(Booking).where(Booking.id == booking.id).values(persons=persons))

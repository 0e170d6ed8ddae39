"""Change a closing day, or take it back, while it lies ahead."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete

from models.actions.places.close import columns, facts, link
from models.actions.record import check_as_seen, record
from models.queries.effects import Effects, closing_effects, in_reach
from models.queries.hours import KeptClosure, kept_closure
from models.queries.house import the_house
from models.rules.changes.closing import Close, if_closed
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.people.rights import may_close
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.times.interval import civil_date
from models.tables.db import db
from models.tables.hours import Closure as ClosureRow
from models.tables.hours import closure_organisation
from models.tables.transaction import writes


def change_closure(closure_id: int, change: Close, by: By, *, seen: int | None = None) -> Effects:
    """One closing day otherwise. `seen`: the version that its editor saw; after another's change, changed_meanwhile."""
    effects = _change(closure_id, change, by, seen)
    return replace(effects, closed=(closure_id,))


def effects_of_closure(closure_id: int, change: Close, by: By) -> Effects:
    """What change_closure() would answer, writing nothing. Raises what it would raise."""
    house = the_house()
    old, change = _checked(closure_id, change, house, by)
    return _effects(house, old, change, by)


@writes
def remove_closure(closure_id: int, by: By, *, seen: int | None = None) -> None:
    """Take a closing day back: whoever it closed is open again that day."""
    old = _checked_old(closure_id, the_house(), by)
    check_as_seen(old.version, seen)
    db.session.execute(delete(closure_organisation).where(closure_organisation.c.closure_id == closure_id))
    db.session.execute(delete(ClosureRow).where(ClosureRow.id == closure_id))
    record("remove_closure", "closure", closure_id, *by, was=facts(old.day))


@writes
def _change(closure_id: int, change: Close, by: By, seen: int | None) -> Effects:
    house = the_house()
    old, change = _checked(closure_id, change, house, by)
    check_as_seen(old.version, seen)
    row, [closure] = db.session.get_one(ClosureRow, closure_id), change.closures()
    for name, value in columns(closure, change).items():
        setattr(row, name, value)
    row.version += 1
    db.session.execute(delete(closure_organisation).where(closure_organisation.c.closure_id == closure_id))
    link(closure_id, closure, house)
    record("change_closure", "closure", closure_id, *by, was=facts(old.day), **facts(closure))
    return _effects(house, old, change, by)


def _checked(closure_id: int, change: Close, house: House, by: By) -> tuple[KeptClosure, Close]:
    old = _checked_old(closure_id, house, by)
    change = change.checked(house, by.person, civil_date(by.now, house.zone))
    if len(change.days) > 1:
        raise BadRequest("to", "one_day")
    return old, change


def _checked_old(closure_id: int, house: House, by: By) -> KeptClosure:
    old = kept_closure(closure_id)
    if old is None:
        raise NotFound
    if not may_close(by.person, old.day.organisations):
        raise NotAllowed("set_closures")
    if old.day.day < civil_date(by.now, house.zone):
        raise BadRequest("from", "closure_over")
    return old


def _effects(house: House, old: KeptClosure, change: Close, by: By) -> Effects:
    added = change.closures()
    after = if_closed(house, added, old.day)
    found = Effects(unfit=closing_effects(added, house, after, by.now), apart=in_reach([change], house, after, by))
    return found.within_reach_of(by.person, house)

"""Close the house, or organisations in it, on some days; change such a day or take it back while it lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert

from models.actions.record import record
from models.queries.hours import KeptClosure, closures_by_id, kept_closure
from models.queries.house import the_house
from models.queries.unfit import bookings_no_longer_fitting
from models.rules.closing import ClosureWish, closure_faults, if_closed, news_among
from models.rules.hours import Closure
from models.rules.house import House
from models.rules.interval import civil_date, civil_day, joined
from models.rules.names import name_columns
from models.rules.person import Person
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, refusal
from models.rules.rights import may_close
from models.rules.unfit import Unfit
from models.tables.db import db
from models.tables.hours import Closure as ClosureRow
from models.tables.hours import closure_organisation
from models.tables.transaction import retried, write_transaction


@dataclass(frozen=True, slots=True)
class Closed:
    """The closing days as they now stand, and the bookings that no longer fit."""

    closures: tuple[KeptClosure, ...]
    unfit: tuple[Unfit, ...]


def close(wishes: Sequence[ClosureWish], person: Person, now: datetime) -> Closed:
    """All these closures, a row for each day, or none of them. A day on which everyone meant is closed already gets no
    second row; where none is left, BadRequest says already_closed."""
    house, added, ids = retried(lambda: _close(wishes, person, now))
    return Closed(tuple(closures_by_id(ids)), _effects(house, added, None, now))


def effects_of_closing(wishes: Sequence[ClosureWish], person: Person, now: datetime) -> tuple[Unfit, ...]:
    """Which bookings would no longer fit after close(), writing nothing. Raises what it would raise."""
    house = the_house()
    return _effects(house, [closure for closure, _wish in checked_closures(wishes, person, house, now)], None, now)


def change_closure(closure_id: int, wish: ClosureWish, person: Person, now: datetime, *,
                   seen: int | None = None) -> Closed:
    """One closing day otherwise. `seen`: the version that its editor saw; after another's change, changed_meanwhile."""
    house, old = retried(lambda: _change(closure_id, wish, person, now, seen))
    kept = kept_closure(closure_id)
    return Closed((kept,) if kept else (), _effects(house, wish.closures(), old, now))


def effects_of_change(closure_id: int, wish: ClosureWish, person: Person, now: datetime) -> tuple[Unfit, ...]:
    """Which bookings would no longer fit after change_closure(), writing nothing. Raises what it would raise."""
    house = the_house()
    old = _checked_change(closure_id, wish, person, house, now)
    return _effects(house, wish.closures(), old.day, now)


def remove_closure(closure_id: int, person: Person, now: datetime, *, seen: int | None = None) -> None:
    """Take a closing day back: whoever it closed is open again that day."""
    retried(lambda: _remove(closure_id, person, now, seen))


def _close(wishes, person, now) -> tuple[House, list[Closure], list[int]]:
    with write_transaction():
        house = the_house()
        added = checked_closures(wishes, person, house, now)
        rows = [ClosureRow(**_columns(closure, wish)) for closure, wish in added]
        db.session.add_all(rows)
        db.session.flush()
        for row, (closure, _wish) in zip(rows, added, strict=True):
            _link(row.id, closure, house)
            record("close", "closure", row.id, person, now, **_facts(closure))
    return house, [closure for closure, _wish in added], [row.id for row in rows]


def _change(closure_id, wish, person, now, seen) -> tuple[House, Closure]:
    with write_transaction():
        house = the_house()
        old = _checked_change(closure_id, wish, person, house, now)
        _check_version(old, seen)
        row, [closure] = db.session.get(ClosureRow, closure_id), wish.closures()
        for name, value in _columns(closure, wish).items():
            setattr(row, name, value)
        row.version += 1
        db.session.execute(delete(closure_organisation).where(closure_organisation.c.closure_id == closure_id))
        _link(closure_id, closure, house)
        record("change_closure", "closure", closure_id, person, now, was=_facts(old.day), **_facts(closure))
    return house, old.day


def _remove(closure_id, person, now, seen) -> None:
    with write_transaction():
        old = _checked_old(closure_id, person, the_house(), now)
        _check_version(old, seen)
        db.session.execute(delete(closure_organisation).where(closure_organisation.c.closure_id == closure_id))
        db.session.execute(delete(ClosureRow).where(ClosureRow.id == closure_id))
        record("remove_closure", "closure", closure_id, person, now, was=_facts(old.day))


def checked_closures(wishes: Sequence[ClosureWish], person: Person, house: House,
             now: datetime) -> list[tuple[Closure, ClosureWish]]:
    """The days that are to be written, each with the wish it comes from."""
    added: list[tuple[Closure, ClosureWish]] = []
    for wish in wishes:
        _check(wish, person, house, now)
        standing = if_closed(house, (closure for closure, _wish in added))
        added += [(closure, wish) for closure in news_among(wish.closures(), standing)]
    if not added:
        raise BadRequest("from", "already_closed")
    return added


def _check(wish: ClosureWish, person: Person, house: House, now: datetime) -> None:
    if not may_close(person, wish.organisations):
        raise NotAllowed("set_closures")
    for fault in closure_faults(wish, civil_date(now, house.zone), house):
        raise fault


def _checked_change(closure_id: int, wish: ClosureWish, person: Person, house: House, now: datetime) -> KeptClosure:
    old = _checked_old(closure_id, person, house, now)
    _check(wish, person, house, now)
    if wish.last != wish.first:
        raise BadRequest("to", "one_day")
    return old


def _checked_old(closure_id: int, person: Person, house: House, now: datetime) -> KeptClosure:
    old = kept_closure(closure_id)
    if old is None:
        raise NotFound
    if not may_close(person, old.day.organisations):
        raise NotAllowed("set_closures")
    if old.day.day < civil_date(now, house.zone):
        raise BadRequest("from", "closure_over")
    return old


def _check_version(old: KeptClosure, seen: int | None) -> None:
    if seen is not None and old.version != seen:
        raise Refused([refusal("changed_meanwhile")])


def _columns(closure: Closure, wish: ClosureWish) -> dict:
    return {"day": closure.day, "kind": closure.kind, "opens_minute": closure.opens, "closes_minute": closure.closes,
            **name_columns(wish.names)}


def _link(closure_id: int, closure: Closure, house: House) -> None:
    if closure.organisations:
        db.session.execute(insert(closure_organisation), [
            {"closure_id": closure_id, "organisation_id": house.organisations[code].id}
            for code in sorted(closure.organisations)])


def _facts(closure: Closure) -> dict:
    return {"day": closure.day.isoformat(), "kind": closure.kind, "opens": closure.opens, "closes": closure.closes,
            "organisations": sorted(closure.organisations)}


def _effects(house: House, added: Sequence[Closure], removed: Closure | None, now: datetime) -> tuple[Unfit, ...]:
    """Only bookings of those closed are looked at, on these days."""
    days = joined(civil_day(each.day, house.zone) for each in added)
    meant: set[str] = set() if any(not each.organisations for each in added) else {
        code for each in added for code in each.organisations}
    return bookings_no_longer_fitting(house, if_closed(house, added, removed), days, now, organisations=meant)

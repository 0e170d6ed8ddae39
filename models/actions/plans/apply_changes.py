"""Change the house: all of some changes, or none. No booking is deleted: those that no longer fit are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from models.actions.bookings.recount import recount
from models.actions.places.close import close
from models.actions.places.set_capacity import set_capacity
from models.actions.places.set_hours import set_hours
from models.actions.places.set_limit import set_limit
from models.actions.places.set_outage import end_outage, set_outage
from models.actions.places.set_policy import set_policy
from models.actions.places.set_rule import set_rule
from models.actions.places.set_use import set_use
from models.actions.record import check_unchanged_since
from models.queries.effects import Effects, effects
from models.queries.house import the_house
from models.rules.changes.change import Change
from models.rules.changes.checking import BadChanges, checked
from models.rules.changes.closing import Close
from models.rules.changes.hours import SetHours
from models.rules.changes.limits import SetLimit
from models.rules.changes.outages import Break, Mend
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity, SetPolicy, SetUse
from models.rules.house.crisis import CRISIS_RULE
from models.rules.house.house import House
from models.rules.people.person import By, Why
from models.rules.refusals import NotFound
from models.tables.db import db
from models.tables.patience import LONG, having
from models.tables.transaction import writes

WRITERS: Mapping[type[Change], Callable[..., Sequence[int] | None]] = {  # each writes its own sort
    SetCapacity: set_capacity,
    SetPolicy: set_policy,
    SetUse: set_use,
    Break: set_outage,
    Mend: end_outage,
    SetLimit: set_limit,
    SetHours: set_hours,
    Close: close,
    SetRule: set_rule,
}


def effects_of(changes: Sequence[Change], by: By, reason: str) -> Effects:
    """What apply_changes() would answer, writing nothing. Raises what it would raise, but for changed_meanwhile."""
    house = the_house()
    found, after = _checked(changes, house, by, reason)
    return effects(found, house, after, by)


def apply_changes(
    changes: Sequence[Change], by: By, *, reason: str, legal_basis: str | None = None, seen: int | None = None
) -> Effects:
    """The bookings to come that then do not fit, in spaces that this person may change.

    `seen`: the last_change() of their places that the editor saw; when somebody was there since, Refused says
    changed_meanwhile. NotFound for a place that does not exist, else as checked(). Some ten queries a change.
    """
    house, found, after, closed = _apply(changes, by, Why(reason, legal_basis), seen)
    return effects(found, house, after, by, closed)


@having(LONG)
@writes
def _apply(
    changes: Sequence[Change], by: By, why: Why, seen: int | None
) -> tuple[House, tuple[Change, ...], House, tuple[int, ...]]:
    house = the_house()
    found, after = _checked(changes, house, by, why.reason)
    check_unchanged_since(seen, [change.kept_as for change in found])
    closed = write_changes(found, house, by, why)
    return house, found, after, closed


def write_changes(changes: Iterable[Change], house: House, by: By, why: Why) -> tuple[int, ...]:
    """Checked ones, in their order, within a write transaction. The numbers of new closing days."""
    made: list[int] = []
    places_of: set[int] = set()
    for change in changes:
        made += WRITERS[type(change)](change, house, by, why) or ()
        house = change.imagined(house)
        if isinstance(change, SetCapacity | SetPolicy) or (isinstance(change, SetRule) and change.code == CRISIS_RULE):
            places_of |= {house.spaces[code].id for code in change.spaces(house)}
    db.session.flush()
    if places_of:
        recount(places_of, house, by.now)
    return tuple(made)


def _checked(changes: Sequence[Change], house: House, by: By, reason: str) -> tuple[tuple[Change, ...], House]:
    try:
        return checked(changes, house, by, reason)
    except BadChanges as wrong:
        if any(fault.field == "scope" for _number, fault in wrong.faults):
            raise NotFound from None
        raise

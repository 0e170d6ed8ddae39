"""A plan's changes, each by the action that anybody else would take; within the plan's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from models.actions.change_capacity import change_capacity, checked_capacity
from models.actions.change_policy import change_policy, checked_policy
from models.actions.close import checked_closures, close
from models.actions.retire_space import checked_stretch, restore_space, retire_space
from models.actions.set_hours import checked_week, set_hours
from models.actions.set_limit import checked_limit, set_limit
from models.actions.set_outage import checked_outage, end_outage, set_outage
from models.actions.set_rule import checked_rule, set_rule
from models.actions.work_out_claim import checked_claim
from models.rules.house import House
from models.rules.person import Person
from models.rules.plan_change import (
    Active,
    Capacity,
    Change,
    Claim,
    Closing,
    Limit,
    Mended,
    Outages,
    Policy,
    RuleSet,
    Week,
)
from models.rules.refusals import BadRequest

A_DAY = timedelta(days=1)


def write_changes(changes: Iterable[Change], person: Person, now: datetime, reason: str) -> None:
    """In their order. Raises what each of these actions raises."""
    for number, change in enumerate(changes):
        with _at(number):
            _WRITE[type(change)](change, person, now, reason)


def check_changes(changes: Iterable[Change], person: Person, house: House, now: datetime, reason: str) -> House:
    """The house once they hold. Raises what write_changes() would raise: rights, reason and values."""
    for number, change in enumerate(changes):
        with _at(number):
            _CHECK[type(change)](change, person, house, now, reason)
        house = change.imagined(house)
    return house


@contextmanager
def _at(number: int) -> Iterator[None]:
    """A fault says in which change it is."""
    try:
        yield
    except BadRequest as fault:
        if fault.field == "reason":
            raise
        raise BadRequest(f"changes.{number}.set.{fault.field}", fault.code, **fault.facts) from None


def _write_active(change: Active, person: Person, now: datetime, reason: str) -> None:
    if change.active:
        restore_space(change.code, person, now, reason=reason, valid_from=change.first)
    else:
        retire_space(change.code, person, now, reason=reason, valid_from=change.first,
                     back_on=change.last + A_DAY if change.last else None)


_WRITE: Mapping[type, Callable[[Change, Person, datetime, str], object]] = {
    Capacity: lambda c, person, now, why: change_capacity(c.code, c.wish(why), person, now),
    Policy: lambda c, person, now, why: change_policy(c.code, c.wish(why), person, now),
    Active: _write_active,
    Outages: lambda c, person, now, why: set_outage(*c.place, c.items, person, now, reason=why, valid_from=c.first,
                                                    valid_to=c.last),
    Mended: lambda c, person, now, why: end_outage(*c.place, c.items, person, now, reason=why, works_from=c.first),
    Limit: lambda c, person, now, why: set_limit(*c.place, c.max_persons, person, now, reason=why, valid_from=c.first,
                                                 valid_to=c.last),
    Week: lambda c, person, now, why: set_hours(c.wish(why), person, now),
    Closing: lambda c, person, now, _why: close([c.wish], person, now),
    RuleSet: lambda c, person, now, why: set_rule(c.code, c.values, person, now, reason=why, valid_from=c.first,
                                                  valid_to=c.last),
    Claim: lambda _c, _person, _now, _why: None,     # once its holders have moved: see apply_plan.py
}
_CHECK: Mapping[type, Callable[[Change, Person, House, datetime, str], object]] = {
    Capacity: lambda c, person, house, now, why: checked_capacity(c.code, c.wish(why), person, house, now),
    Policy: lambda c, person, house, now, why: checked_policy(c.code, c.wish(why), person, house, now),
    Active: lambda c, person, house, now, why: checked_stretch(c.code, person, house, now, why, c.first,
                                                               c.last + A_DAY if c.last else None),
    Outages: lambda c, person, house, now, why: checked_outage(*c.place, c.items, person, house, now, why, c.first,
                                                               c.last),
    Mended: lambda c, person, house, now, why: checked_outage(*c.place, c.items, person, house, now, why, c.first),
    Limit: lambda c, person, house, now, why: checked_limit(*c.place, c.max_persons, person, house, now, why, c.first),
    Week: lambda c, person, house, now, why: checked_week(c.wish(why), person, house, now),
    Closing: lambda c, person, house, now, _why: checked_closures([c.wish], person, house, now),
    RuleSet: lambda c, person, house, now, why: checked_rule(c.code, c.values, person, house, now, why, c.first,
                                                             c.last),
    Claim: lambda c, person, house, _now, why: checked_claim(c, person, house, why),
}

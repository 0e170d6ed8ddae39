"""When a plan waits for the part of it that another organisation sees to, how long, and for what nobody waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.rules.changes.change import Change
from models.rules.changes.closing import Close
from models.rules.changes.limits import SetLimit
from models.rules.changes.outages import Break, Mend
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SAFETY, UNCHANGED, SetCapacity, SetPolicy, SetUse
from models.rules.house.crisis import CRISIS_RULE
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.times.hours import closed_for
from models.rules.times.interval import civil_date, civil_day, nearest_utc

WORKING_DAYS = 3
AT_ONCE = timedelta(hours=48)
A_DAY = timedelta(days=1)
MOST_DAYS = 60  # a house that is closed for longer than that has nobody who could answer
WEEKEND = 6


@dataclass(frozen=True, slots=True)
class Part:
    """How many bookings of one organisation, which only its own people see, lie in a plan. Whether one of them must
    move shows only in a plan that waits for them: `is_ready` then, None in any other."""

    organisation: str
    bookings: int
    is_ready: bool | None = None


def waits_for_nobody(changes: Iterable[Change], maker: Person | None, house: House, now: datetime) -> bool:
    """Safety: what is out of order or works again, the crisis switch, a closure that begins within 48 hours, a limit
    that the prevention adviser lowers. All of a plan's changes: what else is changed is a plan of its own."""
    return all(_is_urgent(each, maker, house, now) for each in changes)


def _is_urgent(change: Change, maker: Person | None, house: House, now: datetime) -> bool:
    if isinstance(change, Break | Mend):
        return True
    if isinstance(change, SetRule):
        return change.code == CRISIS_RULE
    if isinstance(change, Close) or (isinstance(change, SetUse) and not change.active):
        return civil_day(change.since, house.zone).start < now + AT_ONCE
    return maker is not None and "prevention_adviser" in maker.roles and _lowers(change, house)


def _lowers(change: Change, house: House) -> bool:
    if isinstance(change, SetLimit):
        return _is_lower(change.max_persons, house.limit(*change.place, change.since))
    if isinstance(change, SetPolicy):
        return change.values.keys() <= SAFETY
    if not isinstance(change, SetCapacity):
        return False
    held = house.policy(change.code, change.since)
    lower = change.ceiling is UNCHANGED or _is_lower(change.ceiling, held.ceiling)
    return lower and all(
        places is None or (layout in held.capacities and places <= held.capacities[layout])
        for layout, places in change.capacities.items()
    )


def _is_lower(number: int | None, held: int | None) -> bool:
    return number is not None and (held is None or number <= held)


def answer_due(organisations: Iterable[str], house: House, now: datetime) -> datetime:
    """The same hour three working days on, of whichever of these organisations is closed the most."""
    return max(_three_days_on(code, house, now) for code in organisations)


def _three_days_on(organisation: str, house: House, now: datetime) -> datetime:
    day, worked = civil_date(now, house.zone), 0
    for _step in range(MOST_DAYS):
        day += A_DAY
        worked += _is_working_day(day, organisation, house)
        if worked == WORKING_DAYS:
            break
    return nearest_utc(datetime.combine(day, now.astimezone(house.zone).time()), house.zone)


def _is_working_day(day: date, organisation: str, house: House) -> bool:
    whole = civil_day(day, house.zone)
    closed = closed_for(house.closures, organisation, whole, house.zone)
    return day.isoweekday() < WEEKEND and not any(each.covers(whole) for each in closed)

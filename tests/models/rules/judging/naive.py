"""What the judge should say, walked minute by minute from the rules' own words: slow, plain, and without its tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Taken, Wanted
from models.rules.times.hours import Closure, HoursRow
from models.rules.times.interval import Interval

MINUTE = timedelta(minutes=1)


def walk(during: Interval) -> list[datetime]:
    return [during.start + n * MINUTE for n in range(int((during.end - during.start) / MINUTE))]


def wall_minute(instant: datetime, house: House) -> tuple[datetime, float]:
    """The wall's date and minute. The second pass of an hour that comes twice lies after all of its first."""
    wall = instant.astimezone(house.zone)
    return wall, wall.hour * 60 + 59.5 if wall.fold else wall.hour * 60 + wall.minute


def is_open(
    instant: datetime, kinds: Iterable[str], policy: SpacePolicy, rows: Sequence[HoursRow], house: House
) -> bool:
    wall, minute = wall_minute(instant, house)
    for kind in kinds:
        scopes = [("space", policy.space), ("zone", policy.zone), ("building", policy.building)]
        for scope in scopes[:2] if kind == "public" else scopes:
            here = [row for row in rows if row.kind == kind and (row.scope_type, row.scope_code) == scope]
            if any(row.weekday == wall.isoweekday() and row.opens <= minute < row.closes for row in here):
                return True
            if here:
                break  # the nearest scope with hours decides
    return False


def is_closed(instant: datetime, organisation: str, closures: Iterable[Closure], house: House) -> bool:
    wall, minute = wall_minute(instant, house)
    return any(
        closure.day == wall.date()
        and organisation in closure.organisations
        and not (closure.kind == "half_day" and closure.opens <= minute < closure.closes)
        for closure in closures
    )


def hours_refusals(wish: Wanted, policy: SpacePolicy, rows: Sequence[HoursRow], house: House) -> set[str]:
    """For a space without evenings and without half-days."""
    outside = policy.traits.receives_public or "association" in wish.organiser.roles
    minutes = walk(wish.during)
    if any(is_closed(minute, wish.organisation, house.closures, house) for minute in minutes):
        return {"organisation_closed"}
    kinds = ["public" if outside else "staff_access"]
    return set() if all(is_open(minute, kinds, policy, rows, house) for minute in minutes) else {"outside_hours"}


def takes(code: str, house: House) -> set[str]:
    return set(house.spaces[code].parts)


def stands_in_the_way(wish: Wanted, other: Taken, house: House) -> bool:
    """Whether they cannot both be: they share a physical space, one of them keeps it for itself, and they overlap or
    leave less than the buffers between them."""
    mine, theirs = house.policies[wish.space][0][1], house.policies[other.space][0][1]
    if not takes(wish.space, house) & takes(other.space, house):
        return False
    if not (mine.exclusive or wish.exclusive or other.apart):
        return False
    if set(walk(wish.during)) & set(walk(other.during)):
        return True
    if not (mine.exclusive and theirs.exclusive):
        return False
    if other.during.end <= wish.during.start:
        return wish.during.start - other.during.end < max(theirs.buffer_after, mine.buffer_before)
    return other.during.start - wish.during.end < max(mine.buffer_after, theirs.buffer_before)


def people_at(minute: datetime, bookings: Iterable[Taken]) -> int:
    return sum(each.persons for each in bookings if each.during.start <= minute < each.during.end)


def crowding(wish: Wanted, persons: int, standing: Sequence[Taken], house: House) -> dict[str, int]:
    """The largest number of people that would be in its space, zone, floor and building at any minute of the wish."""
    here = house.spaces[wish.space]
    inside = {
        "space": [each for each in standing if takes(each.space, house) & takes(wish.space, house)],
        **{
            scope: [each for each in standing if getattr(house.spaces[each.space], scope) == getattr(here, scope)]
            for scope in ("zone", "floor", "building")
        },
    }
    return {
        scope: persons + max(people_at(minute, bookings) for minute in walk(wish.during))
        for scope, bookings in inside.items()
    }


def people_refusals(wish: Wanted, persons: int, standing: Sequence[Taken], house: House) -> set[str]:
    policy, crowd = house.policies[wish.space][0][1], crowding(wish, persons, standing, house)
    places, found = policy.capacities[wish.layout or policy.default_layout], set()
    if persons > places:
        found.add("too_many_people")
    elif not policy.exclusive and not wish.exclusive and crowd["space"] > places:
        found.add("shared_space_full")
    for scope, code in (("zone", policy.zone), ("floor", policy.floor), ("building", policy.building)):
        timeline = house.limits.get((scope, code))
        if timeline and crowd[scope] > timeline[0][1]:
            found.add(f"{scope}_full")
    if any(stands_in_the_way(wish, other, house) for other in standing):
        found.add("space_taken")
    return found

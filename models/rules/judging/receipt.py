"""On what a decision was taken: the rulebook of its space, the wish, and every count it met. No name stands in it.

A receipt is enough to judge again: judge_again() gives the same verdict, whatever became of the house and its bookings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from models.rules.house.house import Building, Floor, House, Names, Organisation, Outage, Rule, Service, Space, Zone
from models.rules.house.policy import TRAITS, SpacePolicy
from models.rules.house.quota import Quota
from models.rules.house.timeline import Timeline, held_or_first
from models.rules.judging.facts import Facts, Key, Taken, Wanted
from models.rules.judging.how_much import quotas_for
from models.rules.judging.judge import Verdict, judge
from models.rules.people.person import Person
from models.rules.times.hours import Closure, HoursBook, HoursRow
from models.rules.times.interval import civil_date, civil_dates

SOMEBODY, SOMEBODY_ELSE = 0, -1
HALF_A_DAY = timedelta(hours=12)
HEAD_COUNTED = ("zone", "floor", "building")
Named = TypeVar("Named", Building, Floor, Service, Space, Zone)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What held for one space at one revision of the house, on whichever date: with every space that it shares a wall
    or a part with, for their buffers count too."""

    timezone: str
    zone: Zone
    floor: Floor
    building: Building
    spaces: tuple[Space, ...]
    policies: Mapping[str, Timeline[SpacePolicy]]
    limits: tuple[tuple[str, str, Timeline[int | None]], ...]
    hours: tuple[HoursRow, ...]
    rules: Mapping[str, Timeline[Rule]]
    quotas: tuple[Quota, ...]
    outages: tuple[Outage, ...]
    neighbours: tuple[str, ...]  # services at home in its zone
    zone_rules: tuple[tuple[str, str, Timeline[Rule | None]], ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """What the wish met on its day. `policy` None: as the rulebook has it. `counts`: people in zone, floor and
    building, wheelchairs in the refuge, the fewest staff, all without this booking. `used`: of each quota, by its
    number. `own`: what else its organiser holds that day, `sorts`: of those spaces."""

    wanted: Wanted
    policy: SpacePolicy | None
    now: datetime
    taken: tuple[Taken, ...]
    own: tuple[Taken, ...]
    sorts: Mapping[str, str]
    closures: tuple[Closure, ...]
    counts: Mapping[str, int]
    used: Mapping[str, float]
    waived: frozenset[str] = frozenset()


def rulebook_of(house: House, space: str) -> Rulebook:
    """What must be kept of the house to judge about this space again, without names and notes."""
    here = house.spaces[space]
    near = [each for each in house.spaces.values() if each.code == space or set(each.parts) & set(here.parts)]
    places = {("zone", here.zone), ("floor", here.floor), ("building", here.building)}
    scopes, zones = {("space", each.code) for each in near} | places, {each.zone for each in near}
    return Rulebook(
        str(house.zone),
        _nameless(house.zones[here.zone]),
        _nameless(house.floors[here.floor]),
        _nameless(house.buildings[here.building]),
        tuple(replace(_nameless(each), notes=None) for each in near),
        {each.code: house.policies[each.code] for each in near},
        tuple((*scope, house.limits[scope]) for scope in sorted(places) if scope in house.limits),
        tuple(row for row in house.hours.all_rows() if (row.scope_type, row.scope_code) in scopes),
        house.rules,
        house.quotas,
        house.outages,
        tuple(sorted(house.neighbourhoods.get(here.zone, ()))),
        tuple((*where, timeline) for where, timeline in house.zone_rules.items() if where[1] in zones),
    )


def met(
    wanted: Wanted,
    policy: SpacePolicy,
    facts: Facts,
    verdict: Verdict,
    now: datetime,
    waived: frozenset[str] = frozenset(),
) -> Met:
    """To be asked right after judge(): the counts are those that it worked out."""
    house, settled = facts.house, replace(wanted, during=verdict.during)
    day, without = facts.date_of(verdict.during), wanted.replaces
    buffer = house.widest_buffer
    around, that_day = verdict.during.widened(buffer, buffer), wanted.during.widened(HALF_A_DAY, HALF_A_DAY)
    taken = {each.id: each for each in facts.in_places(policy.parts) if each.during.overlaps(around)}
    own = tuple(each for each in facts.of_organiser(wanted.organiser.id) if each.during.overlaps(that_day))
    counts = {
        scope: facts.most_people(scope, getattr(policy, scope), verdict.during, without=without)
        for scope in HEAD_COUNTED
    }
    counts["refuge"] = facts.most_in_refuge(policy.floor, verdict.during, without=without)
    if policy.traits.is_talk:
        counts["staff"] = facts.fewest_staff(policy.zone, verdict.during, wanted.organiser, without=without)
    days, kept = set(civil_dates(wanted.during, house.zone)), held_or_first(house.policies[policy.space], day)
    return Met(
        replace(wanted.with_each(_unnamed), service=_nameless(wanted.service) if wanted.service else None),
        None if policy == kept else policy,
        now,
        tuple(taken.values()),
        own,
        {each.space: house.spaces[each.space].sort for each in own},
        tuple(replace(each, name="") for each in house.closures if each.day in days),
        counts,
        {
            str(quota.id): facts.used(_key(quota, settled, day), lambda: 0)
            for quota in _quotas(house, settled, policy, day)
        },
        waived,
    )


def judge_again(rulebook: Rulebook, kept: Met) -> Verdict:
    """The verdict that was given, from nothing but its receipt."""
    house, wanted, policy = house_of(rulebook, kept), kept.wanted, policy_in(rulebook, kept)
    facts = Facts(house, kept.taken, kept.own)
    first = judge(wanted, policy, facts, kept.now)  # only to know the time that is booked
    settled, day = replace(wanted, during=first.during), civil_date(first.during.start, house.zone)
    facts = Facts(house, kept.taken, kept.own)
    for scope in HEAD_COUNTED:
        key = (scope, getattr(policy, scope), first.during, wanted.replaces)
        facts.remembered(key, partial(kept.counts.__getitem__, scope))
    facts.remembered(("refuge", policy.floor, first.during, wanted.replaces), lambda: kept.counts["refuge"])
    facts.remembered(
        ("staff", policy.zone, first.during, wanted.organiser.id, wanted.replaces), lambda: kept.counts.get("staff", 0)
    )
    used = defaultdict(float, kept.used)
    for quota in _quotas(house, settled, policy, day):
        facts.used(_key(quota, settled, day), partial(used.__getitem__, str(quota.id)))
    return without_waived(judge(wanted, policy, facts, kept.now), kept.waived)


def policy_in(rulebook: Rulebook, kept: Met) -> SpacePolicy:
    """The space's policy of the day, as the receipt has it."""
    day = civil_date(kept.wanted.during.start, ZoneInfo(rulebook.timezone))
    return kept.policy or held_or_first(rulebook.policies[kept.wanted.space], day)


def forgetting_who(kept: Met) -> Met:
    """The same wish of nobody in particular: what was asked for in vain stays demand, whoever asked."""
    wanted = kept.wanted
    numbers = {wanted.booker.id: SOMEBODY_ELSE, wanted.organiser.id: SOMEBODY}
    taken, own = (
        tuple(replace(each, organiser=numbers.get(each.organiser, each.organiser)) for each in known)
        for known in (kept.taken, kept.own)
    )
    organiser, booker = (replace(who, id=numbers[who.id], username="") for who in (wanted.organiser, wanted.booker))
    return replace(kept, taken=taken, own=own, wanted=wanted.of_two(organiser, booker))


def without_waived(verdict: Verdict, waived: frozenset[str]) -> Verdict:
    """The verdict once these rules have been set aside: what they refused is remarked."""
    return replace(
        verdict,
        refusals=tuple(each for each in verdict.refusals if each.rule not in waived),
        warnings=verdict.warnings + tuple(each for each in verdict.refusals if each.rule in waived),
    )


def as_json(value: Rulebook | Met) -> dict[str, object]:
    """As the database keeps it; rulebook_from() and met_from() read it back."""
    shape = _shape(Rulebook) if isinstance(value, Rulebook) else _shape(Met)
    kept: dict[str, object] = shape.dump_python(value, mode="json")
    return kept


def rulebook_from(json: dict[str, object]) -> Rulebook:
    """as_json() backwards; ValidationError for what is no rulebook."""
    rulebook: Rulebook = _shape(Rulebook).validate_python(json)
    return rulebook


def met_from(json: dict[str, object]) -> Met:
    """as_json() backwards; ValidationError for what is no Met."""
    met: Met = _shape(Met).validate_python(json)
    return met


@cache
def _shape(kind: type[object]) -> TypeAdapter[Any]:  # Any: cache() forgets which of the two it was asked for
    return TypeAdapter(kind)


def _quotas(house: House, wanted: Wanted, policy: SpacePolicy, day: date) -> list[Quota]:
    return list(quotas_for(house, wanted.organiser, wanted.service, (policy.kind,), day, policy.zone))


def _key(quota: Quota, wanted: Wanted, day: date) -> Key:
    return ("quota", quota, day, wanted.organiser.id, wanted.replaces)


def house_of(rulebook: Rulebook, kept: Met) -> House:
    """As much of the house as the receipt needs to be judged by."""
    zone = ZoneInfo(rulebook.timezone)
    policies = {
        code: tuple((since, policy) for since, policy in timeline) for code, timeline in rulebook.policies.items()
    }
    spaces = {each.code: each for each in rulebook.spaces}
    here = spaces[kept.wanted.space]
    usual = policy_in(rulebook, kept)
    for code, sort in kept.sorts.items():
        if code not in policies:
            spaces[code] = replace(here, code=code, sort=sort, parts=(code,))
            policies[code] = ((date.min, replace(usual, space=code, traits=TRAITS[sort], parts=(code,))),)
    organisation = kept.wanted.organisation
    return House(
        0,
        "",
        Names(nl=""),
        ("nl",),
        zone,
        {organisation: Organisation(organisation, Names(nl=""))},
        {code: Service(code, organisation, Names(nl=""), home_zone=rulebook.zone.code) for code in rulebook.neighbours},
        {rulebook.building.code: rulebook.building},
        {rulebook.floor.code: rulebook.floor},
        {
            rulebook.zone.code: rulebook.zone,
            **{
                each.zone: replace(rulebook.zone, code=each.zone)
                for each in rulebook.spaces
                if each.zone != rulebook.zone.code
            },
        },
        spaces,
        policies,
        {(scope, code): tuple(timeline) for scope, code, timeline in rulebook.limits},
        HoursBook(rulebook.hours, zone),
        kept.closures,
        rulebook.rules,
        rulebook.quotas,
        (),
        rulebook.outages,
        zone_rules={(code, zone): tuple(timeline) for code, zone, timeline in rulebook.zone_rules},
    )


def _nameless(thing: Named) -> Named:
    return replace(thing, names=Names(nl=thing.code))


def _unnamed(person: Person) -> Person:
    return replace(
        person,
        name="",
        email=None,
        service_since=None,
        preferred_equipment=None,
        coordinates=frozenset(),
        heads=frozenset(),
        delegates=frozenset(),
    )

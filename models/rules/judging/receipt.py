"""On what a decision was taken: the rulebook of its space, the wish, and every count it met. Nobody stands in it; who
it was stands in the booking alone.

A receipt is enough to judge again: judge_again() gives the same verdict, whatever became of the house and its bookings.
"""

from __future__ import annotations

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
from models.rules.judging.nameless import (
    ITS_SERVICE,
    SOMEBODY,
    nameless_policies,
    nameless_quotas,
    nameless_space,
    nameless_wish,
    numbered,
    own_day,
)
from models.rules.times.hours import Closure, HoursBook, HoursRow
from models.rules.times.interval import Interval, civil_date, civil_dates

HALF_A_DAY = timedelta(hours=12)
HEAD_COUNTED = ("zone", "floor", "building")
# Codes that nothing has: a slash stands in none.
SOME_SPACE, ANOTHER_SERVICE = "/", "/"
Named = TypeVar("Named", Building, Floor, Zone)


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
    outages: tuple[Outage, ...]
    is_neighbourhood: bool  # services are at home in its zone
    zone_rules: tuple[tuple[str, str, Timeline[Rule | None]], ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """What the wish met on its day. `policy` None: as the rulebook has it. `taken`, `own`: of numbered(), own_day().
    `counts`: people in zone, floor and building, wheelchairs in the refuge, the fewest staff, all without this booking.
    `quotas`: those that concern it, each with what was used. `at_home`: its organiser's service has its home there."""

    wanted: Wanted
    policy: SpacePolicy | None
    now: datetime
    taken: tuple[Taken, ...]
    own: tuple[tuple[str, Interval], ...]
    closures: tuple[Closure, ...]
    counts: Mapping[str, int]
    quotas: tuple[tuple[Quota, float], ...]
    at_home: bool
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
        tuple(map(nameless_space, near)),
        {each.code: nameless_policies(house.policies[each.code]) for each in near},
        tuple((*scope, house.limits[scope]) for scope in sorted(places) if scope in house.limits),
        tuple(row for row in house.hours.all_rows() if (row.scope_type, row.scope_code) in scopes),
        house.rules,
        house.outages,
        here.zone in house.neighbourhoods,
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
    taken = (each for each in facts.in_places(policy.parts) if each.during.overlaps(around))
    own = [each for each in facts.of_organiser(wanted.organiser.id) if each.during.overlaps(that_day)]
    counts = {
        scope: facts.most_people(scope, getattr(policy, scope), verdict.during, without=without)
        for scope in HEAD_COUNTED
    }
    counts["refuge"] = facts.most_in_refuge(policy.floor, verdict.during, without=without)
    if policy.traits.is_talk:
        counts["staff"] = facts.fewest_staff(policy.zone, verdict.during, wanted.organiser, without=without)
    days, kept = set(civil_dates(wanted.during, house.zone)), held_or_first(house.policies[policy.space], day)
    return Met(
        nameless_wish(wanted),
        None if policy == kept else replace(policy, reason=""),
        now,
        numbered(taken, without=without),
        own_day(own, {each.space: house.spaces[each.space].sort for each in own}, without=without),
        tuple(replace(each, name="") for each in house.closures if each.day in days),
        counts,
        nameless_quotas(
            (quota, facts.used(_key(quota, settled, day), lambda: 0)) for quota in _quotas(house, settled, policy, day)
        ),
        wanted.organiser.service in house.neighbourhoods.get(policy.zone, ()),
        waived,
    )


def judge_again(rulebook: Rulebook, kept: Met) -> Verdict:
    """The verdict that was given, from nothing but its receipt; a service in it is ITS_SERVICE."""
    house, wanted, policy = house_of(rulebook, kept), kept.wanted, policy_in(rulebook, kept)
    own = tuple(
        Taken(number, SOME_SPACE + sort, during, 0, False, SOMEBODY)
        for number, (sort, during) in enumerate(kept.own, start=1)
    )
    facts = Facts(house, kept.taken, own)
    first = judge(wanted, policy, facts, kept.now)  # only to know the time that is booked
    settled, day = replace(wanted, during=first.during), civil_date(first.during.start, house.zone)
    facts = Facts(house, kept.taken, own)
    for scope in HEAD_COUNTED:
        key = (scope, getattr(policy, scope), first.during, wanted.replaces)
        facts.remembered(key, partial(kept.counts.__getitem__, scope))
    facts.remembered(("refuge", policy.floor, first.during, wanted.replaces), lambda: kept.counts["refuge"])
    facts.remembered(
        ("staff", policy.zone, first.during, wanted.organiser.id, wanted.replaces), lambda: kept.counts.get("staff", 0)
    )
    for quota, amount in kept.quotas:
        facts.used(_key(quota, settled, day), partial(float, amount))
    return without_waived(judge(wanted, policy, facts, kept.now), kept.waived)


def policy_in(rulebook: Rulebook, kept: Met) -> SpacePolicy:
    """The space's policy of the day, as the receipt has it."""
    day = civil_date(kept.wanted.during.start, ZoneInfo(rulebook.timezone))
    return kept.policy or held_or_first(rulebook.policies[kept.wanted.space], day)


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
    for sort in {sort for sort, _during in kept.own}:
        code = SOME_SPACE + sort
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
        {
            code: Service(code, organisation, Names(nl=""), home_zone=rulebook.zone.code)
            for code, is_at_home in ((ITS_SERVICE, kept.at_home), (ANOTHER_SERVICE, rulebook.is_neighbourhood))
            if is_at_home
        },
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
        tuple(quota for quota, _used in kept.quotas if quota.id),
        (),
        rulebook.outages,
        zone_rules={(code, zone): tuple(timeline) for code, zone, timeline in rulebook.zone_rules},
    )


def _nameless(thing: Named) -> Named:
    return replace(thing, names=Names(nl=thing.code))

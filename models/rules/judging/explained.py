"""A receipt in lines: each rule that had a say, its limit, what was counted, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.house.quota import measured
from models.rules.judging.judge import Verdict
from models.rules.judging.receipt import Met, Rulebook, house_of, policy_in
from models.rules.judging.rejudging import as_asked
from models.rules.refusals import Refusal
from models.rules.times.interval import civil_date

KEPT, REFUSED, WARNED, WAIVED = "kept", "refused", "warned", "waived"


@dataclass(frozen=True, slots=True)
class Line:
    """`limit` and `actual` None: the rule has no number. `per`: as in a Refusal. `outcome`: kept, refused, warned, or
    waived by somebody who may.."""

    rule: str
    scope: str
    outcome: str
    limit: float | str | None = None
    actual: float | str | None = None
    per: str | None = None


def lines_of(rulebook: Rulebook, kept: Met, verdict: Verdict) -> tuple[Line, ...]:
    """Every rule that was asked, in the order of their codes; `verdict`: judge_again() of the same receipt."""
    policy, house = policy_in(rulebook, kept), house_of(rulebook, kept)
    day = civil_date(kept.wanted.during.start, house.zone)
    told = {
        **dict.fromkeys((_about(each) for each in verdict.warnings), WARNED),
        **dict.fromkeys((_about(each) for each in verdict.refusals), REFUSED),
    }
    waived = {_about(each) for each in verdict.warnings if each.rule in kept.waived}
    found = []
    for line in (
        *_of_the_space(kept, policy, verdict),
        *_head_counts(house, kept, policy, verdict, day),
        *_of_the_party(house, kept, policy, verdict, day),
        *_quotas(house, kept, policy, verdict),
    ):
        about = (line.rule, line.scope)
        found.append(replace(line, outcome=WAIVED if about in waived else told.get(about, KEPT)))
    return tuple(sorted(found, key=lambda line: (line.rule, line.scope)))


def _about(refusal: Refusal) -> tuple[str | None, str | None]:
    return refusal.rule, refusal.scope


def _of_the_space(kept: Met, policy: SpacePolicy, verdict: Verdict) -> Iterator[Line]:
    scope, wanted = f"space:{policy.space}", kept.wanted
    for places in policy.limits(verdict.layout):
        yield Line(places.rule, scope, KEPT, places.limit, max(verdict.persons, 1))
    yield Line("R06", scope, KEPT)
    if wanted.attendees is not None and policy.min_attendees > 1:
        yield Line("R07", scope, KEPT, policy.min_attendees, wanted.attendees)
    if any(closure.is_for(wanted.organisation) for closure in kept.closures):
        yield Line("R14", f"organisation:{wanted.organisation}", KEPT)
    yield Line("R14", scope, KEPT)
    if verdict.apart and policy.traits.never_exclusive:
        yield Line("R15", scope, KEPT)
    if verdict.approvals or policy.approval_role:
        yield Line("R19", scope, KEPT, actual=";".join(sorted(verdict.approvals)))


def _head_counts(house: House, kept: Met, policy: SpacePolicy, verdict: Verdict, day: date) -> Iterator[Line]:
    for rule, scope in (("R03", "zone"), ("R04", "floor"), ("R05", "building")):
        place = getattr(policy, scope)
        limit = house.limit(scope, place, day)
        if limit is not None:
            yield Line(rule, f"{scope}:{place}", KEPT, limit, verdict.persons + kept.counts[scope])


def _of_the_party(house: House, kept: Met, policy: SpacePolicy, verdict: Verdict, day: date) -> Iterator[Line]:
    scope, wanted, floor = f"space:{policy.space}", kept.wanted, house.floors[policy.floor]
    if policy.traits.one_at_a_time:
        yield Line("R10", "person", KEPT)
        if policy.zone in house.neighbourhoods:
            yield Line("R16", f"zone:{policy.zone}", KEPT)
    service = wanted.service
    if service and service.requires_panic_button:
        yield Line("R11", scope, KEPT)
    if policy.traits.is_talk:
        if service and service.max_party is not None:
            yield Line("R13", f"service:{service.code}", KEPT, service.max_party, wanted.visitors)
        needed = house.rule("R23", day, policy.zone).number
        yield Line("R23", f"zone:{policy.zone}", KEPT, needed, kept.counts.get("staff"))
    if wanted.wheelchair:
        yield Line("R21", scope, KEPT, policy.wheelchair_places, wanted.wheelchair)
        refuge = floor.refuge_wheelchair_places
        if refuge is not None and floor.level > 0 and wanted.in_refuge:
            yield Line("R20", f"floor:{policy.floor}", KEPT, refuge, wanted.in_refuge + kept.counts["refuge"])
    codes = {each.rule for each in (*verdict.refusals, *verdict.warnings)}
    if "R12" in codes:
        yield Line("R12", scope, KEPT)
    if wanted.key_holder or "R22" in codes:
        yield Line("R22", scope, KEPT)


def _quotas(house: House, kept: Met, policy: SpacePolicy, verdict: Verdict) -> Iterator[Line]:
    whole = as_asked(verdict.during, policy, house)
    for quota, used in kept.quotas:
        own = measured(quota.measure, whole if quota.measure == "half_days" else verdict.during, house.zone)
        yield Line("R17", quota.whose, KEPT, quota.amount, round(used + own, 2), quota.per)

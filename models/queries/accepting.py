"""Which of many spaces would accept a wish: asked of those that nobody holds then, in order, until enough are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from models.queries.near import facts_near, free_places
from models.rules.finding.bars import Alike, Bars, hours_alike
from models.rules.house.house import House, Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import judge
from models.rules.judging.when import booked_time
from models.rules.times.interval import civil_date


def accepting(wanted: Wanted, spaces: Sequence[Space], house: House, now: datetime) -> Iterator[Space]:
    """Those of these spaces of one building that would accept the wish, in their order; each is judged as it is asked
    for. Two queries, one more for each count or quota that matters."""
    day, cut = civil_date(wanted.during.start, house.zone), dict[Alike, bool]()
    policies = {each.code: house.policy(each.code, day) for each in spaces}
    alone = {code for code, policy in policies.items() if policy.exclusive and not _is_cut(wanted, policy, house, cut)}
    free = free_places(house, alone, wanted.during)
    left = [each for each in spaces if each.code in free or each.code not in alone]
    if not left:
        return
    facts = facts_near(house, [each.code for each in left], wanted.during, wanted.organiser, now)
    bars: dict[str, Bars] = {}
    for space in left:
        policy = policies[space.code]
        known = bars.setdefault(space.kind, Bars(wanted, wanted.during, facts))
        if known.stop(policy):
            continue
        verdict = judge(replace(wanted, space=space.code), policy, facts, now)
        if verdict.accepted:
            yield space
        else:
            known.learn(verdict.refusals, policy)


def _is_cut(wanted: Wanted, policy: SpacePolicy, house: House, known: dict[Alike, bool]) -> bool:
    """Whether it would be booked for less than was asked: somebody may have the rest."""
    if not policy.in_half_days:
        return False
    alike = hours_alike(policy, wanted, house, civil_date(wanted.during.start, house.zone))
    if alike not in known:
        known[alike] = booked_time(wanted, policy, Facts(house)).during != wanted.during
    return known[alike]

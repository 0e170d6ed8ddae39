"""Who answers for a limit, and since when it holds: a refusal that names nobody cannot be discussed with anyone."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from operator import itemgetter

from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.house.rule_parameters import RULES
from models.rules.house.timeline import Timeline
from models.rules.refusals import Refusal

SET_IN_A_SPACE = frozenset(
    {
        "layout_not_offered",
        "off_grid",
        "too_short",
        "too_long",
        "too_far_ahead",
        "not_for_your_organisation",
        "out_of_service",
        "equipment_missing",
        "shared_space_full",
    }
)
FROM_THE_FIRST_DAY = date.min  # what an import says holds since ever: nobody set it on a date


def with_authority(refusal: Refusal, policy: SpacePolicy, house: House, day: date) -> Refusal:
    """The same refusal with the role that owns its rule, and the date since which its limit holds."""
    if refusal.rule is None:
        if refusal.code not in SET_IN_A_SPACE:
            return refusal
        return _said(refusal, "facility_manager", policy.valid_from)
    rule, known = house.rule(refusal.rule, day, policy.zone), RULES[refusal.rule]
    if known.dated_by == "limit":
        limits = house.limits.get((known.counted, getattr(policy, known.counted)), ())
        return _said(refusal, rule.owner_role, _since(limits, day))
    return _said(refusal, rule.owner_role, policy.valid_from if known.dated_by == "policy" else rule.valid_from)


def _since(timeline: Timeline[int | None], day: date) -> date:
    at = bisect_right(timeline, day, key=itemgetter(0))
    return timeline[at - 1][0] if at else date.min


def _said(refusal: Refusal, role: str, since: date) -> Refusal:
    return replace(refusal, set_by=role, since=since.isoformat() if since > FROM_THE_FIRST_DAY else None)

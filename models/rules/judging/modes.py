"""How hard a rule holds at a place on a date: it refuses, it warns, or it does not apply there."""

from __future__ import annotations

from datetime import date

from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.house.rule_parameters import HARD_WIRED, PLACED_BY_HOURS

REFUSES, WARNS, SILENT = "refuses", "warns", "silent"


def mode_of(rule_code: str | None, policy: SpacePolicy, house: House, day: date) -> str:
    """REFUSES, WARNS or SILENT. A refusal without a rule, or of one that is hard-wired, always refuses."""
    if rule_code in (None, HARD_WIRED):
        return REFUSES
    rule = house.rule(rule_code, day, policy.zone)
    if rule.in_force == "off":
        return SILENT
    places = {policy.space, *policy.parts, policy.zone, policy.floor, policy.building}
    if rule.applies_to and rule_code != PLACED_BY_HOURS and not rule.applies_to & places:
        return SILENT
    return WARNS if rule.only_warns else REFUSES

"""How hard a rule holds at a place on a date: it refuses, it warns, or it does not apply there."""

from __future__ import annotations

from datetime import date

from models.rules.house import House
from models.rules.policy import SpacePolicy

REFUSES, WARNS, SILENT = "refuses", "warns", "silent"
ALWAYS_REFUSES = frozenset({None, "R06"})   # the database's own guard holds R06
PLACED_BY_HOURS = frozenset({"R15"})        # its own opening-hours rows say where it applies


def mode_of(rule_code: str | None, policy: SpacePolicy, house: House, day: date) -> str:
    if rule_code in ALWAYS_REFUSES:
        return REFUSES
    rule = house.rule(rule_code, day)
    if rule.in_force == "off":
        return SILENT
    places = {policy.space, *policy.parts, policy.zone, policy.floor, policy.building}
    if rule.applies_to and rule_code not in PLACED_BY_HOURS and not rule.applies_to & places:
        return SILENT
    return WARNS if rule.only_warns else REFUSES

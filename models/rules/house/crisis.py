"""The crisis measure (R09) as it stands: for a while only a share of the places may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.house.house import House, Rule
from models.rules.house.policy import KINDS
from models.rules.house.timeline import Timeline, held_on

CRISIS_RULE, ALL = "R09", 100


@dataclass(frozen=True, slots=True)
class Measure:
    """From `since` until and including `last`, None while no end is known. `percents`: what may be used, by kind."""

    percents: Mapping[str, int]
    since: date
    last: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.last is None or day <= self.last)


def percents_of(rule: Rule) -> dict[str, int]:
    """What may be used by a rule as it holds, by kind of space."""
    return {kind: rule.percent_for(kind) for kind in KINDS}


def percents_on(house: House, day: date) -> dict[str, int]:
    """What may be used in the house on a date, zones with a share of their own apart."""
    return percents_of(house.rule(CRISIS_RULE, day))


def measures(house: House, timeline: Timeline[Rule], today: date) -> list[Measure]:
    """Each stretch of `timeline` that is not over in which less than all may be used, in order."""
    found = []
    for at, (since, _rule) in enumerate(timeline):
        following = timeline[at + 1][0] if at + 1 < len(timeline) else None
        held = percents_on(house, since)
        if any(number < ALL for number in held.values()) and (following is None or following > today):
            found.append(Measure(held, since, following - timedelta(days=1) if following else None))
    return found


def measure_on(house: House, day: date) -> Measure | None:
    """The one that holds in the whole house. Quick where there is none, as on nearly every day."""
    if all(number == ALL for number in percents_on(house, day).values()):
        return None
    found = measures(house, house.rules.get(CRISIS_RULE, ()), day)
    return next((each for each in found if each.holds_on(day)), None)


def zones_apart(house: House, day: date) -> dict[str, dict[str, int]]:
    """What may be used in the zones that have less than all as a share of their own that day."""
    held = {zone: held_on(own, day) for (code, zone), own in house.zone_rules.items() if code == CRISIS_RULE}
    found = {zone: percents_of(rule) for zone, rule in held.items() if rule}
    return {zone: found[zone] for zone in house.zones if zone in found and min(found[zone].values()) < ALL}

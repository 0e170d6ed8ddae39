"""A rule as it is to hold from a day on, or for a while: history stays, what was planned goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from models.rules.changes.change import Change, spaces_in
from models.rules.house.crisis import ALL, CRISIS_RULE
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import RULES, RuleValues, check_values, is_fixed
from models.rules.house.timeline import Timeline, changed_from, held_on
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_set_rule, zones_for_rule
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.values import ALWAYS, Scope

LAST_DAY = date.max - timedelta(days=1)  # "until then" is for good


@dataclass(frozen=True, slots=True)
class SetRule(Change):
    """`values`: any of mode, parameter and applies_to. `zone`: the one zone that it is set for, None for the whole
    house. In a zone a mode of None lifts its own row: from then on the rule holds there as in the house.

    Only whoever owns the rule sets it, in their own scope, and the facility manager those that are not the prevention
    adviser's or the data protection officer's own.
    """

    values: Mapping[str, object]
    zone: str | None = field(default=None, kw_only=True)

    @property
    def lifts(self) -> bool:
        return self.zone is not None and self.values.get("mode", "") is None

    def check_may(self, house: House, person: Person) -> None:
        owner = house.rule(self.code, self.since).owner_role
        if holds(person, "set_rules") and is_fixed(self.code, owner):
            raise BadRequest("code", "not_changeable")
        self._check_zone(house)
        zones = () if self.zone is None else zones_for_rule(person, self.code, house, self.since)
        if self.zone not in zones and not may_set_rule(person, self.code, owner):
            raise BadRequest("zone", "not_your_zone") if zones else NotAllowed("set_rules")

    def check(self, house: House) -> None:
        self._check_zone(house)
        self.kept(house)
        if self.lifts and not self._has_own(house):
            raise BadRequest("zone", "nothing_changed")

    def _has_own(self, house: House) -> bool:
        """Whether its zone has a row of its own on one of its days."""
        own, last = own_timeline(house, self.code, self.zone), self.last or LAST_DAY
        return held_on(own, self.since) is not None or any(rule for since, rule in own if self.since < since <= last)

    def _check_zone(self, house: House) -> None:
        if self.zone is not None and self.zone not in house.zones:
            raise BadRequest("zone", "unknown_code")
        if self.zone is not None and not RULES[self.code].by_zone:
            raise BadRequest("zone", "house_wide")

    def kept(self, house: House) -> RuleValues:
        """The values as they are kept; BadRequest naming the field."""
        if self.lifts and len(self.values) == 1:
            return {}
        if self.zone is not None and "applies_to" in self.values:
            raise BadRequest("applies_to", "not_in_a_zone")
        return check_values(self.code, self.values, {*house.buildings, *house.floors, *house.zones, *house.spaces})

    def timeline(self, house: House) -> Timeline[Rule | None]:
        """What holds from when; of a zone None where it has nothing of its own."""
        last = None if self.last is not None and self.last >= LAST_DAY else self.last
        found = self._of_the_house(house, last) if self.zone is None else self._of_the_zone(house, last)
        return tuple((since, replace(rule, valid_from=since) if rule else None) for since, rule in found)

    def _of_the_house(self, house: House, last: date | None) -> Timeline[Rule]:
        kept = self.kept(house)
        return changed_from(timeline_of(house, self.code), self.since, last, lambda rule: replace(rule, **kept))

    def _of_the_zone(self, house: House, last: date | None) -> Timeline[Rule | None]:
        kept, usual = self.kept(house), replace(house.rule(self.code, self.since), applies_to=frozenset())

        def changed(own: Rule | None) -> Rule | None:
            return None if self.lifts else replace(own or usual, **kept)

        return changed_from(own_timeline(house, self.code, self.zone), self.since, last, changed, held=held_on)

    def imagined(self, house: House) -> House:
        timeline = self.timeline(house)
        if self.zone is not None:
            return replace(house, zone_rules={**house.zone_rules, (self.code, self.zone): timeline})
        return replace(
            house, rules={**house.rules, self.code: tuple((since, rule) for since, rule in timeline if rule)}
        )

    def spaces(self, house: House) -> frozenset[str]:
        return frozenset(house.spaces) if self.zone is None else spaces_in(Scope("zone", self.zone), house)

    def said(self) -> dict[str, object]:
        """Places are a set to the rules and a list to whoever reads a plan."""
        said = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in self.values.items()}
        return said if self.zone is None else {"zone": self.zone} | said


def measured_against(changes: Iterable[Change], house: House) -> House:
    """The house against which a plan tells whom its changes displace. A crisis measure that holds already is as if it
    were set now: a plan for it is for those who stand above it, whenever it was switched on."""
    for each in changes:
        if isinstance(each, SetRule) and each.code == CRISIS_RULE and each.zone is None:
            house = replace(each, values={"parameter": str(ALL)}).imagined(house)
    return house


def timeline_of(house: House, code: str) -> Timeline[Rule]:
    """As the house has it; one that no file names holds from the beginning as is usual."""
    return house.rules.get(code) or ((ALWAYS, replace(house.rule(code, ALWAYS), valid_from=ALWAYS)),)


def own_timeline(house: House, code: str, zone: str | None) -> Timeline[Rule | None]:
    """What a zone has of its own; None from when it has nothing any more."""
    return house.zone_rules.get((code, zone or ""), ())


def zones_of(house: House, code: str) -> tuple[str, ...]:
    """The zones that have, had or will have a row of their own of a rule, in the order of the house."""
    return tuple(zone for zone in house.zones if (code, zone) in house.zone_rules)


def zones_with_own(house: House, code: str, day: date) -> tuple[str, ...]:
    """Those in which a row of their own holds on a day, or will later."""
    return tuple(
        zone
        for zone in zones_of(house, code)
        if held_on(own := own_timeline(house, code, zone), day) or any(rule for since, rule in own if since > day)
    )


def next_change(house: House, code: str, day: date, zone: str | None = None) -> Rule | None:
    """The rule as it is planned to be next in the house or a zone, where it will not be then what it is on `day`."""
    held = house.rule(code, day, zone)
    days = {since for since, _rule in (*house.rules.get(code, ()), *own_timeline(house, code, zone)) if since > day}
    coming = (replace(house.rule(code, since, zone), valid_from=since) for since in sorted(days))
    return next((rule for rule in coming if _what_holds(rule) != _what_holds(held)), None)


def _what_holds(rule: Rule) -> tuple[object, ...]:
    return rule.in_force, rule.parameter, rule.applies_to

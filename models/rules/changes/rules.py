"""A rule as it is to hold from a day on, or for a while: history stays, what was planned goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.changes.change import Change
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import RuleValues, check_values, is_fixed
from models.rules.house.timeline import Timeline, changed_from
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_set_rule
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.values import ALWAYS

LAST_DAY = date.max - timedelta(days=1)  # "until then" is for good


@dataclass(frozen=True, slots=True)
class SetRule(Change):
    """`values`: any of mode, parameter and applies_to.

    Only whoever owns the rule sets it, and the facility manager those that are not the prevention adviser's or the
    data protection officer's own.
    """

    values: Mapping[str, object]

    def check_may(self, house: House, person: Person) -> None:
        owner = house.rule(self.code, self.since).owner_role
        if holds(person, "set_rules") and is_fixed(self.code, owner):
            raise BadRequest("code", "not_changeable")
        if not may_set_rule(person, self.code, owner):
            raise NotAllowed("set_rules")

    def check(self, house: House) -> None:
        self.kept(house)

    def kept(self, house: House) -> RuleValues:
        """The values as they are kept; BadRequest naming the field."""
        return check_values(self.code, self.values, {*house.buildings, *house.floors, *house.zones, *house.spaces})

    def timeline(self, house: House) -> Timeline[Rule]:
        timeline, values = timeline_of(house, self.code), self.kept(house)
        last = None if self.last is not None and self.last >= LAST_DAY else self.last
        changed = changed_from(timeline, self.since, last, lambda rule: replace(rule, **values))
        return tuple((since, replace(rule, valid_from=since)) for since, rule in changed)

    def imagined(self, house: House) -> House:
        return replace(house, rules={**house.rules, self.code: self.timeline(house)})

    def spaces(self, house: House) -> frozenset[str]:
        return frozenset(house.spaces)

    def said(self) -> dict[str, object]:
        """Places are a set to the rules and a list to whoever reads a plan."""
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in self.values.items()}


def timeline_of(house: House, code: str) -> Timeline[Rule]:
    """As the house has it; one that no file names holds from the beginning as is usual."""
    return house.rules.get(code) or ((ALWAYS, replace(house.rule(code, ALWAYS), valid_from=ALWAYS)),)


def next_change(house: House, code: str, day: date) -> Rule | None:
    """The rule as it is planned to be next, where it will not be then what it is on `day`."""
    held = house.rule(code, day)
    return next(
        (rule for since, rule in house.rules.get(code, ()) if since > day and _what_holds(rule) != _what_holds(held)),
        None,
    )


def _what_holds(rule: Rule) -> tuple[object, ...]:
    return rule.in_force, rule.parameter, rule.applies_to

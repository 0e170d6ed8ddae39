"""A rule as it would hold after a change from a date on, or for a while: history stays, what was planned goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from models.rules.csv_columns import ALWAYS, RULE_CODES
from models.rules.house import House, Rule
from models.rules.refusals import BadRequest, NotFound
from models.rules.rule_parameters import check_values

LAST_DAY = date.max - timedelta(days=1)    # "until then" is for good


def if_rule_changed(house: House, code: str, values: Mapping[str, object], first: date,
                    last: date | None = None) -> House:
    """The house with `values` (checked ones) of a rule from `first` on, through `last` where there is one."""
    return replace(house, rules={**house.rules, code: changed_timeline(house, code, values, first, last)})


def changed_timeline(house: House, code: str, values: Mapping[str, object], first: date,
                     last: date | None = None) -> tuple[tuple[date, Rule], ...]:
    """A rule's timeline with the change in it. What holds before `first` stays. What was planned for later days keeps
    everything but what is set here; on the day after `last` comes back what would have held anyway."""
    timeline = timeline_of(house, code)
    if last is not None and last >= LAST_DAY:
        last = None
    changed = {since: rule for since, rule in timeline if since < first}
    changed[first] = replace(_held_on(timeline, first), valid_from=first, **values)
    for since, rule in timeline:
        if since > first:
            changed[since] = replace(rule, **values) if last is None or since <= last else rule
    if last is not None:
        after = last + timedelta(days=1)
        changed.setdefault(after, replace(_held_on(timeline, after), valid_from=after))
    return tuple(sorted(changed.items()))


def timeline_of(house: House, code: str) -> tuple[tuple[date, Rule], ...]:
    """As the house has it; one that no file names holds from the beginning as is usual."""
    return house.rules.get(code) or ((ALWAYS, replace(house.rule(code, ALWAYS), valid_from=ALWAYS)),)


def checked_change(house: House, code: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values as they are kept; NotFound for a rule that does not exist, BadRequest naming the field."""
    if code not in RULE_CODES:
        raise NotFound
    return check_values(code, values, {*house.buildings, *house.floors, *house.zones, *house.spaces})


def checked_last_day(first: date, last: date | None) -> date | None:
    if last is not None and last < first:
        raise BadRequest("to", "ends_before_start")
    return last


def next_change(house: House, code: str, day: date) -> Rule | None:
    """The rule as it is planned to be next, where it will not be then what it is on `day`."""
    held = house.rule(code, day)
    return next((rule for since, rule in house.rules.get(code, ())
                 if since > day and _what_holds(rule) != _what_holds(held)), None)


def _held_on(timeline: tuple[tuple[date, Rule], ...], day: date) -> Rule:
    return next((rule for since, rule in reversed(timeline) if since <= day), timeline[0][1])


def _what_holds(rule: Rule) -> tuple:
    return rule.in_force, rule.parameter, rule.applies_to

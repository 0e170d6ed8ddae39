"""What keeps a wish out of one space at a time keeps it out of all that are alike in what it hangs on: they need not be
asked. What hangs on a reason stands beside its rule, in REASONS.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.modes import mode_of
from models.rules.judging.when import ordinary_kinds
from models.rules.refusals import REASONS, Refusal
from models.rules.times.interval import Interval

Alike = tuple[object, ...]


class Bars:
    """What was said so far of a wish at one time, in spaces of one kind and building."""

    def __init__(self, wanted: Wanted, during: Interval, facts: Facts):
        self._wanted, self._house, self._day = wanted, facts.house, facts.date_of(during)
        self._known: dict[tuple[str, str | None], set[Alike]] = {}
        self.is_final = False  # no space of the kind is without it

    def learn(self, refusals: Iterable[Refusal], policy: SpacePolicy) -> None:
        """What judge() refused there."""
        for each in refusals:
            if REASONS[each.code].hangs_on is not None:
                alike = self._alike(each.code, each.rule, policy)
                self._known.setdefault((each.code, each.rule), set()).add(alike)
                self.is_final = self.is_final or (alike == (None, None) and not self._are_cut(policy))

    def stop(self, policy: SpacePolicy) -> bool:
        """Whether judge() would refuse it there too, for something that it has said before."""
        return any(self._alike(*reason, policy) in known for reason, known in self._known.items())

    def _alike(self, code: str, rule: str | None, policy: SpacePolicy) -> Alike:
        """Where the rule holds in the same way, what the time would be cut to, and what the reason hangs on."""
        hangs_on = REASONS[code].hangs_on or ()
        block = hours_alike(policy, self._wanted, self._house, self._day) if policy.in_half_days else None
        return (
            rule and mode_alike(rule, policy, self._house, self._day),
            block,
            *(self._value(name, policy) for name in hangs_on),
        )

    def _are_cut(self, policy: SpacePolicy) -> bool:
        """Whether some of them would be booked for another time than was asked: the open part of a half day."""
        return (policy.building, policy.kind) in self._house.kinds_in_half_days

    def _value(self, name: str, policy: SpacePolicy) -> object:
        if name == "hours":
            return hours_alike(policy, self._wanted, self._house, self._day)
        if name == "persons":
            return policy.persons(self._wanted.attendees, self._wanted.layout or policy.default_layout)
        return getattr(policy, name)


def mode_alike(rule: str, policy: SpacePolicy, house: House, day: date) -> object:
    """None for all places in which the house's own row holds, whatever they are; else by zone, and whether the row is
    for this place where it is for some only."""
    zone = policy.zone if (rule, policy.zone) in house.zone_rules else None
    if house.rule(rule, day, policy.zone).applies_to:
        return zone, mode_of(rule, policy, house, day)
    return zone


def hours_alike(policy: SpacePolicy, wanted: Wanted, house: House, day: date) -> Alike:
    """Alike in it are spaces that are open to this booker at the same hours, evenings and breaks among them."""
    return (
        *(scope for scope in policy.scopes if house.hours.knows(scope)),
        policy.in_half_days,
        ordinary_kinds(wanted.organiser, policy),
        (policy.after_hours_allowed, policy.after_hours_allowed and mode_alike("R22", policy, house, day)),
    )

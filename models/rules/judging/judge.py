"""The one judgement of the house: what a wanted booking breaks, what is to be remarked, whose word it waits for.

The check while a form is filled in, a series' preview and the booking itself all ask judge(), and what lists call free
(free.py) is held to it; so what is offered can be booked and what is refused says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.authority import with_authority
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.for_whom import service_refusals
from models.rules.judging.how_many import people_refusals
from models.rules.judging.how_much import quota_refusals
from models.rules.judging.modes import REFUSES, WARNS, mode_of
from models.rules.judging.when import booked_time, time_refusals
from models.rules.people.outsiders import is_open_to
from models.rules.people.person import Person
from models.rules.refusals import Refusal, refusal, status_of
from models.rules.times.interval import Interval

FACILITY_MANAGER = "facility_manager"
ONLY_REMARKED = frozenset({"staff_busy"})
# No booking lasts longer than a day, and each day of a wish is looked at: until the year 2100 took half a minute.
LONGEST_JUDGED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`during`: the time that would be booked (a desk's block within the day's hours). `persons`: what it counts for.
    `approvals`: the roles whose word it waits for; none: it stands at once."""

    during: Interval
    layout: str
    persons: int
    apart: bool
    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...] = ()
    approvals: frozenset[str] = frozenset()

    @property
    def accepted(self) -> bool:
        return not self.refusals

    @property
    def status(self) -> int:
        return 201 if self.accepted else status_of(self.refusals)


def judge(wanted: Wanted, policy: SpacePolicy, facts: Facts, now: datetime) -> Verdict:
    """Every refusal and warning that applies, not only the first. Pure: the clock is `now`, the world is `facts`."""
    layout = wanted.layout or policy.default_layout
    apart = policy.exclusive or wanted.exclusive
    persons = policy.persons(wanted.attendees, layout)
    shut = closed_door(policy, wanted.organiser, facts.house, facts.date_of(wanted.during))
    if shut:
        told = with_authority(shut, policy, facts.house, facts.date_of(wanted.during))
        return Verdict(wanted.during, layout, persons, apart, (told,))
    if wanted.during.length > LONGEST_JUDGED:
        return Verdict(wanted.during, layout, persons, apart, (_beyond_measure(wanted, policy),))

    time = booked_time(wanted, policy, facts)
    settled = replace(wanted, during=time.during, layout=layout)
    found = [
        *time_refusals(settled, policy, facts, now, time),
        *service_refusals(settled, policy, facts, now),
        *people_refusals(settled, policy, facts, persons, time.blocks or time.during),
        *quota_refusals(settled, policy, facts, now, time.blocks or time.during),
    ]
    refusals, warnings = _by_mode(found, policy, facts, settled)
    return Verdict(
        time.during,
        layout,
        persons,
        apart,
        refusals,
        warnings,
        approvals_needed(settled, policy, is_evening=time.is_evening),
    )


def _beyond_measure(wanted: Wanted, policy: SpacePolicy) -> Refusal:
    scope = f"space:{policy.space}"
    if policy.in_half_days:
        return refusal("off_grid", scope=scope, limit=policy.slot_minutes)
    return refusal(
        "too_long", scope=scope, limit=policy.max_minutes, actual=wanted.during.length // timedelta(minutes=1)
    )


def approvals_needed(wanted: Wanted, policy: SpacePolicy, *, is_evening: bool) -> frozenset[str]:
    """R19. The roles whose word is needed, less those the booker holds: a person who has the role books at once."""
    roles = set()
    if policy.approval_role and (policy.approval_for == "all" or wanted.organiser.is_outside):
        roles.add(policy.approval_role)
    if wanted.exclusive and not policy.exclusive:
        roles.add(policy.approval_role or FACILITY_MANAGER)
    if is_evening:
        roles.add(FACILITY_MANAGER)
    return frozenset(roles) - wanted.booker.roles


def closed_door(policy: SpacePolicy, person: Person, house: House, day: date) -> Refusal | None:
    """Three refusals that are answered alone: whoever may not use the space learns nothing more of it."""
    scope = f"space:{policy.space}"
    if not is_open_to(person, policy, to_public=house.spaces[policy.space].public_bookable):
        return refusal("not_for_your_organisation", scope=scope)
    if not house.is_in_use(house.spaces[policy.space], day):
        return refusal("not_in_use", scope=scope)
    if not policy.active or not all([house.policy(part, day).active for part in policy.parts if part != policy.space]):
        return refusal("out_of_service", scope=scope)
    return None


def _by_mode(
    found: list[Refusal], policy: SpacePolicy, facts: Facts, wanted: Wanted
) -> tuple[tuple[Refusal, ...], tuple[Refusal, ...]]:
    """Sort what was found into refusals and warnings by the mode each rule has on the booking's date."""
    day = facts.date_of(wanted.during)
    sorted_out: dict[str, list[Refusal]] = {}
    for one in found:
        mode = WARNS if one.code in ONLY_REMARKED else mode_of(one.rule, policy, facts.house, day)
        sorted_out.setdefault(mode, []).append(with_authority(one, policy, facts.house, day))
    return tuple(sorted_out.get(REFUSES, ())), tuple(sorted_out.get(WARNS, ()))

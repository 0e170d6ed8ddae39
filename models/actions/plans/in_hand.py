"""A plan that somebody works on: loaded with the right to, its changes as they hold now, what its claim comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.actions.plans.work_out_claim import JudgedClaim, judged_claim
from models.actions.record import check_as_seen
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_effects import Prospect
from models.queries.plan_moves import KeptMove
from models.queries.plans import KeptPlan, kept_plan
from models.rules.changes.change import Change, imagined
from models.rules.changes.checking import BadChanges, checked
from models.rules.changes.claims import Claim, claim_in
from models.rules.changes.reading import read_changes
from models.rules.changes.rules import measured_against
from models.rules.house.house import House
from models.rules.people.person import By, Person
from models.rules.people.reach import spaces_to_change
from models.rules.people.rights import holds, may_see_plan
from models.rules.plans.displaced import Move
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, refusal
from models.rules.times.interval import civil_date


@dataclass(frozen=True, slots=True)
class PlanInHand:
    """A draft with its changes as they hold now, the houses before and after them, and what its claim comes to.
    `maker`: as the database knows them now."""

    plan: KeptPlan
    changes: tuple[Change, ...]
    ahead: Prospect
    maker: Person | None
    claim: JudgedClaim | None = None


def plan_in_hand(plan: KeptPlan, by: By) -> PlanInHand:
    """A day since the plan was made that is over counts as today. It reaches as far as whoever made it may change,
    whoever works on it. Raises what make_plan() raises."""
    house = the_house()
    maker = by.person if by.person.username == plan.created_by else person_by_username(plan.created_by)
    if plan.part_of is not None:
        return PlanInHand(plan, *_as_made(plan, house, by), maker)
    changes, after = checked(
        read_changes(plan.changes), house, by, plan.reason, civil_date(plan.created_at, house.zone)
    )
    ahead, claim = Prospect(measured_against(changes, house), after, by), claim_in(changes)
    if claim is None:
        return PlanInHand(plan, changes, replace(ahead, within=spaces_to_change(maker, house)), maker)
    judged = judged_or_blamed(claim, ahead)
    return PlanInHand(plan, changes, judged.ahead(house, by), maker, judged)


def _as_made(plan: KeptPlan, house: House, by: By) -> tuple[tuple[Change, ...], Prospect]:
    """For whoever sees to a part of it: the change itself is its maker's business."""
    today, made_on = civil_date(by.now, house.zone), civil_date(plan.created_at, house.zone)
    changes: list[Change] = []
    for each in read_changes(plan.changes):
        changes.append(each.sound(imagined(changes, house), today, made_on))
    return tuple(changes), Prospect(measured_against(changes, house), imagined(changes, house), by)


def judged_or_blamed(claim: Claim, ahead: Prospect) -> JudgedClaim:
    try:
        return judged_claim(claim, ahead.house, ahead.by)
    except BadRequest as fault:
        raise BadChanges([(0, fault)]) from None


def open_plan(plan_id: int, person: Person, seen: int | None = None) -> KeptPlan:
    """A draft that this person may change; raises otherwise. `seen`: the version that its editor saw."""
    plan = plan_to_work_on(plan_id, person)
    check_is_draft(plan)
    check_as_seen(plan.version, seen)
    return plan


def open_whole(plan_id: int, person: Person, seen: int | None = None) -> KeptPlan:
    """As open_plan(), of a plan with all its parts: a part by itself is neither applied nor thrown away."""
    plan = open_plan(plan_id, person, seen)
    if plan.part_of is not None:
        raise NotFound
    return plan


def plan_to_work_on(plan_id: int, person: Person) -> KeptPlan:
    plan = kept_plan(plan_id)
    if plan is None or not may_see_plan(person, plan, the_house()) or not holds(person, "work_on_plan"):
        raise NotFound if holds(person, "make_plans") else NotAllowed("make_plans")
    return plan


def check_is_draft(plan: KeptPlan) -> None:
    if plan.status != "draft":
        raise Refused([refusal("plan_applied_before" if plan.status == "applied" else "plan_discarded")])


def planned_moves(moves: Iterable[KeptMove]) -> list[Move]:
    return [Move(each.booking, each.to_space, each.layout, each.during) for each in moves if each.to_space]

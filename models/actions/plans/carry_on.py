"""Plans that waited for their parts go on: once the last of these is ready, or when their time is over."""

from __future__ import annotations

import logging
from datetime import datetime

from models.actions.bookings.may_change import as_known_now
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.in_hand import open_plan
from models.actions.plans.make_plan import refresh_plan
from models.actions.plans.tell_parts import tell_stopped
from models.actions.record import record
from models.queries.people import person_by_id
from models.queries.plan_parts import waiting_plans
from models.queries.plans import kept_plan, plan_row
from models.rules.people.person import By, Person
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.tables.transaction import writes

logger = logging.getLogger(__name__)


def apply_waiting(now: datetime) -> int:
    """Apply every plan that has waited, and return how many there were. Safe on several machines: each plan is judged
    under the lock, and one that is applied already is none of them. One query where none has."""
    return sum(_carry_on(plan, person, now) for plan, person in waiting_plans(now))


@writes
def _say_ready(part_id: int, by: By, seen: int | None) -> int:
    part = open_plan(part_id, by.person, seen)
    if part.part_of is None:
        raise NotFound
    row = plan_row(part_id)
    row.ready_at, row.version = by.now, row.version + 1
    record("ready_part", "plan", part_id, *by)
    return part.part_of


def say_ready(part_id: int, by: By, *, seen: int | None = None) -> None:
    """Its people have looked at their part of a plan, and it may be applied as it is; where that was all it waited for,
    it is applied now."""
    whole = _say_ready(part_id, by, seen)
    for plan, person in waiting_plans(by.now):
        if plan == whole:
            _carry_on(plan, person, by.now)


def _carry_on(plan_id: int, wanted_by: int, now: datetime) -> bool:
    """Whether it is applied. Days have passed: what is over, or went elsewhere by itself, is in nobody's way. Where
    more than that is otherwise, whoever wanted it looks at it again."""
    person = person_by_id(wanted_by)
    if person is None:
        return False
    try:
        by = By(as_known_now(person, "work_on_plan"), now)
        refresh_plan(plan_id, by)
        if _is_as_wanted(plan_id):
            return apply_plan(plan_id, by, leaving=True)
    except (Refused, BadRequest, NotAllowed, NotFound) as stopped:
        logger.info("plan %s waits no longer: %s", plan_id, type(stopped).__name__)
    _stop_waiting(plan_id, person, now)
    return False


def _is_as_wanted(plan_id: int) -> bool:
    plan = kept_plan(plan_id)
    return plan is not None and all(each.what == "gone" for each in plan.news)


@writes
def _stop_waiting(plan_id: int, person: Person, now: datetime) -> None:
    plan = kept_plan(plan_id)
    if plan is None or not plan.is_waiting:
        return  # somebody else was quicker
    row = plan_row(plan_id)
    row.applied_by_id, row.version = None, row.version + 1
    record("stop_waiting", "plan", plan_id, person, now)
    tell_stopped(plan, person, now)

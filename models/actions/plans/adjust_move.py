"""Send one booking of a plan elsewhere than the plan proposes, or leave it where it is; judged at once."""

from __future__ import annotations

from datetime import datetime

from models.actions.plans.ask_holders import ask_holders
from models.actions.plans.in_hand import PlanInHand, open_plan, plan_in_hand, planned_moves
from models.actions.plans.work_out_claim import ASKED, consent_for
from models.actions.record import record
from models.queries.house import the_house
from models.queries.plan_effects import scene_around
from models.queries.plan_moves import KeptMove, move_for, move_rows, moves_with_parts
from models.queries.plans import plan_row
from models.rules.house.house import House
from models.rules.judging.rejudging import judged_again
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.rules.plans.displaced import Move, accepted_places, hurdles_of, verdict_on
from models.rules.plans.new_places import Place, places_for
from models.rules.refusals import BadRequest, NotFound, Refused, refusal
from models.rules.times.interval import Interval, civil_date
from models.tables.plan import PlanMove
from models.tables.transaction import writes

MOST_OFFERED = 8


@writes
def adjust_move(
    plan_id: int,
    booking_id: int,
    to_space: str | None,
    by: By,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    layout: str | None = None,
    seen: int | None = None,
) -> None:
    """`to_space` None leaves it where it is. Without `start` and `end` it keeps its time. Raises Refused with what
    keeps it from there, in the house that is to be and with the plan's other moves done."""
    plan = open_plan(plan_id, by.person, seen)
    house = the_house()
    kept = move_for(Viewer.of(by.person, house), plan_id, booking_id)
    if kept is None:
        raise NotFound
    booking = kept.booking
    if booking.version != kept.booking_version:
        raise Refused([refusal("plan_outdated")])
    row, plan_kept = move_rows(plan_id, booking_id)[0], plan_row(plan_id)
    if to_space is None:
        row.to_space_id, row.starts_at, row.ends_at = None, booking.during.start, booking.during.end
        row.layout, row.waits, row.hurdles, row.nearest_id = booking.layout, False, [], None
        row.consent = None
    else:
        _check_space(to_space, kept, house)
        _send(row, kept, (to_space, layout, _time(booking.during, start, end)), plan_in_hand(plan, by))
    row.by_hand = True
    plan_kept.version, plan_kept.ready_at = plan_kept.version + 1, None
    record("adjust_plan", "plan", plan_id, *by, booking=booking_id, space=to_space)


def offered_places(plan_id: int, booking_id: int, by: By, *, most: int = MOST_OFFERED) -> list[Place]:
    """What accepts a plan's booking at its own time, the best first; writes nothing."""
    plan, move = open_plan(plan_id, by.person), move_for(Viewer.of(by.person, the_house()), plan_id, booking_id)
    if move is None:
        raise NotFound
    ahead = plan_in_hand(plan, by).ahead
    scene = scene_around(move.booking, planned_moves(moves_with_parts(plan.part_of or plan.id)), ahead)
    return accepted_places(places_for(move.booking, scene, ahead.after), move.booking, scene, most)


def _check_space(space: str, kept: KeptMove, house: House) -> None:
    if space not in house.spaces:
        raise BadRequest("space", "unknown_code")
    if house.spaces[space].building != house.spaces[kept.booking.space].building:
        raise BadRequest("space", "other_building")


def _send(row: PlanMove, kept: KeptMove, to: tuple[str, str | None, Interval], in_hand: PlanInHand) -> None:
    booking, ahead, claim = kept.booking, in_hand.ahead, in_hand.claim
    space, layout, during = to
    whole = in_hand.plan.part_of or in_hand.plan.id
    scene = scene_around(booking, planned_moves(moves_with_parts(whole)), ahead, during)
    offered = {each.space: each.layout for each in places_for(booking, scene, ahead.after)}
    policy = ahead.after.policy(space, civil_date(during.start, ahead.house.zone))
    own = booking.layout if booking.layout in policy.capacities else policy.default_layout
    move = Move(booking, space, layout or offered.get(space, own), during)
    hurdles = hurdles_of(move, scene)
    if hurdles:
        raise Refused(hurdles)
    verdict = verdict_on(move, scene)
    needed_now = judged_again(booking, scene, scene.before).approvals
    row.to_space_id, row.starts_at, row.ends_at = (
        ahead.house.spaces[space].id,
        verdict.during.start,
        verdict.during.end,
    )
    row.layout, row.waits, row.hurdles, row.nearest_id = verdict.layout, not verdict.approvals <= needed_now, [], None
    if claim:
        row.consent = consent_for(claim, ahead, booking, (space, verdict.during), kept)
        if row.consent == ASKED and (kept.consent, kept.to_space, kept.during) != (ASKED, space, verdict.during):
            ask_holders([(booking, space, verdict.during, kept.reasons)], ahead.by.now)


def _time(during: Interval, start: datetime | None, end: datetime | None) -> Interval:
    start = start or during.start
    end = end or start + during.length
    if end <= start:
        raise BadRequest("end", "not_after_start")
    return Interval(start, end)

"""Send one booking of a plan elsewhere than the plan proposes, or leave it where it is; judged at once."""

from __future__ import annotations

from datetime import datetime

from models.actions.ask_holders import ask_holders
from models.actions.make_plan import changes_of, open_plan, planned_moves
from models.actions.record import record
from models.actions.work_out_claim import ASKED, beside_of, consent_for, judged_claim
from models.actions.write_changes import check_changes
from models.queries.house import the_house
from models.queries.plan_effects import scene_around
from models.queries.plans import move_of, move_rows, moves_of, plan_row
from models.rules.displaced import Move, accepted_places, hurdles_of, verdict_on
from models.rules.interval import Interval, civil_date
from models.rules.new_places import Place, places_for
from models.rules.person import Person
from models.rules.plan_change import claim_in
from models.rules.refusals import BadRequest, NotFound, Refused, refusal
from models.rules.rejudging import judged_again
from models.tables.transaction import retried, write_transaction

MOST_OFFERED = 8


def adjust_move(plan_id: int, booking_id: int, to_space: str | None, person: Person, now: datetime, *,
                start: datetime | None = None, end: datetime | None = None, layout: str | None = None,
                seen: int | None = None) -> None:
    """`to_space` None leaves it where it is. Without `start` and `end` it keeps its time. Raises Refused with what
    keeps it from there, in the house that is to be and with the plan's other moves done."""
    retried(lambda: _adjust(plan_id, booking_id, to_space, person, now, start, end, layout, seen))


def offered_places(plan_id: int, booking_id: int, person: Person, now: datetime, *,
                   most: int = MOST_OFFERED) -> list[Place]:
    """What accepts a plan's booking at its own time, the best first; writes nothing."""
    plan, move = open_plan(plan_id, person), move_of(plan_id, booking_id)
    if move is None:
        raise NotFound
    house = the_house()
    changes = changes_of(plan, house, now)
    after = check_changes(changes, person, house, now, plan.reason)
    scene = scene_around(move.booking, planned_moves(moves_of(plan_id)), house, after, person, now,
                         beside=beside_of(changes, person, house, now))
    return accepted_places(places_for(move.booking, scene, after), move.booking, scene, most)


def _adjust(plan_id, booking_id, to_space, person, now, start, end, layout, seen) -> None:
    with write_transaction():
        plan = open_plan(plan_id, person, seen)
        kept = move_of(plan_id, booking_id)
        if kept is None:
            raise NotFound
        booking, house = kept.booking, the_house()
        if booking.version != kept.booking_version:
            raise Refused([refusal("plan_outdated")])
        row, plan_kept = move_rows(plan_id, booking_id)[0], plan_row(plan_id)
        if to_space is None:
            row.to_space_id, row.starts_at, row.ends_at = None, booking.during.start, booking.during.end
            row.layout, row.waits, row.hurdles, row.nearest_id = booking.layout, False, [], None
            row.consent = None
        else:
            _send(row, kept, to_space, _time(booking.during, start, end), layout, plan, house, person, now)
        row.by_hand = True
        plan_kept.version += 1
        record("adjust_plan", "plan", plan_id, person, now, booking=booking_id, space=to_space)


def _send(row, kept, to_space, during, layout, plan, house, person, now) -> None:
    booking = kept.booking
    if to_space not in house.spaces:
        raise BadRequest("space", "unknown_code")
    if house.spaces[to_space].building != house.spaces[booking.space].building:
        raise BadRequest("space", "other_building")
    changes = changes_of(plan, house, now)
    claim = claim_in(changes)
    after = check_changes(changes, person, house, now, plan.reason)
    judged = judged_claim(claim, person, house, now) if claim else None
    scene = scene_around(booking, planned_moves(moves_of(plan.id)), house, after, person, now, during,
                         beside=judged.beside if judged else {})
    offered = {each.space: each.layout for each in places_for(booking, scene, after)}
    policy = after.policy(to_space, civil_date(during.start, house.zone))
    own = booking.layout if booking.layout in policy.capacities else policy.default_layout
    move = Move(booking, to_space, layout or offered.get(to_space, own), during)
    hurdles = hurdles_of(move, scene)
    if hurdles:
        raise Refused(hurdles)
    verdict = verdict_on(move, scene)
    needed_now = judged_again(booking, scene, scene.before).approvals
    row.to_space_id, row.starts_at, row.ends_at = house.spaces[to_space].id, verdict.during.start, verdict.during.end
    row.layout, row.waits, row.hurdles, row.nearest_id = verdict.layout, not verdict.approvals <= needed_now, [], None
    if judged:
        row.consent = consent_for(judged, booking, to_space, verdict.during, kept, house, now)
        if row.consent == ASKED and (kept.consent, kept.to_space, kept.during) != (ASKED, to_space, verdict.during):
            ask_holders([(booking, to_space, verdict.during, kept.reasons)], now)


def _time(during: Interval, start: datetime | None, end: datetime | None) -> Interval:
    start = start or during.start
    end = end or start + during.length
    if end <= start:
        raise BadRequest("end", "not_after_start")
    return Interval(start, end)

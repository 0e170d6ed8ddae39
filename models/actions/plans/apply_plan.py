"""Apply a plan: the change and every move of it, or nothing at all, however many others book meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from models.actions.bookings.keep_receipt import keep_receipts_of
from models.actions.bookings.may_change import as_known_now
from models.actions.plans.apply_changes import write_changes
from models.actions.plans.book_claim import book_claim
from models.actions.plans.drafts import kept_reasons
from models.actions.plans.in_hand import PlanInHand, open_whole, plan_in_hand, planned_moves
from models.actions.plans.make_plan import refresh_plan
from models.actions.plans.tell_parts import tell_part
from models.actions.plans.wait_for_parts import is_over, let_stay, unready, wait_for
from models.actions.plans.work_out_claim import ASKED, JudgedClaim, hold_back, unasked
from models.actions.plans.write_moves import write_moves
from models.actions.record import parties_of, record, tell
from models.queries.bookings import bookings_by_id, people_of
from models.queries.house import the_house
from models.queries.plan_effects import Checked, Prospect, checked, reach_of
from models.queries.plan_moves import KeptMove, move_rows, moves_of, moves_with_parts
from models.queries.plans import parts_of, plan_row
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, is_written_to
from models.rules.people.person import By, Person, Why
from models.rules.plans.displaced import Move
from models.rules.refusals import Refused, refusal
from models.tables.patience import LONG, having
from models.tables.transaction import writes


class _Outdated(Exception):
    """Something that the plan counts on is not so any more. `code`: of the refusal that says so."""

    code = "plan_outdated"


class _NotAskedYet(_Outdated):
    """The notice period began since: whoever must be asked is asked now."""

    code = "consent_awaited"


def apply_plan(plan_id: int, by: By, *, seen: int | None = None, leaving: bool = False) -> bool:
    """All of it in one transaction, its parts too, judged again under its lock. Each person concerned gets one mail
    with all moves. False: nothing is done yet, for it waits for the people of a part, three working days at most; then
    their bookings stay where they are. Safety waits for nobody.

    `leaving`: those without a place stay where they are, and the applier knows; otherwise Refused says bookings_left.
    Where something became untrue meanwhile nothing is written: the plan is worked out anew, its news say what changed,
    and Refused says plan_outdated. `seen`: the version that its applier saw. A claim leaves nobody without a place, nor
    moves who must agree and has not; its booking stands once they have gone.
    """
    try:
        return _apply(plan_id, by, seen, leaving)
    except _Outdated as outdated:
        refresh_plan(plan_id, by)
        number = sum(each.consent == ASKED for each in moves_of(plan_id)) or None
        raise Refused([refusal(outdated.code, actual=number)]) from None


@having(LONG)
@writes
def _apply(plan_id: int, by: By, seen: int | None, leaving: bool) -> bool:
    by = by._replace(person=as_known_now(by.person, "work_on_plan"))
    plan = open_whole(plan_id, by.person, seen)
    kept, parts = moves_of(plan_id), parts_of(plan_id)
    own_left = sum(each.to_space is None for each in kept)
    if own_left and not leaving and not plan.claims_for:
        raise Refused([refusal("bookings_left", actual=own_left)])
    in_hand = plan_in_hand(plan, by)
    late = unready(in_hand, parts, by.now)
    if late and not is_over(plan, by.now):
        everybody = moves_with_parts(plan_id)
        _judged(in_hand, everybody, planned_moves(everybody), [e.booking.id for e in everybody if e.to_space is None])
        wait_for(late, plan, by)
        return False
    for part in late:
        let_stay(part)
    kept += [each for part in parts for each in moves_of(part.id)]
    left = [each.booking.id for each in kept if each.to_space is None]
    claim, moves = in_hand.claim, planned_moves(kept)
    if claim:
        _check_claim(claim, kept, in_hand.ahead)
    found = _judged(in_hand, kept, moves, left)
    if not claim:  # it stands once its holders have moved
        write_changes(in_hand.changes, in_hand.ahead.house, by, Why(plan.reason))
    house = the_house()
    if plan.mends is None:
        keep_receipts_of(
            "displaced", [each.booking for each in kept], house, *by, beside=[claim.taken] if claim else ()
        )
    write_moves(moves, found.verdicts, house, by.now)
    moved = bookings_by_id([each.booking.id for each in moves])
    keep_receipts_of("moved", moved, house, *by)
    _log(moves, moved, plan_id, by)
    _tell([plan_id, *(part.id for part in parts)], moved, kept if claim else (), house, by.now)
    plan_row(plan_id).booking_id = book_claim(claim, plan_id, house, by) if claim else None
    for each in (plan, *parts):
        row = plan_row(each.id)
        row.status, row.applied_by_id, row.applied_at, row.version = "applied", by.person.id, by.now, row.version + 1
        row.news = []
    for part in parts:
        tell_part("plan_part_applied", part, by.now)
    record("apply_plan", "plan", plan_id, *by, reason=plan.reason, moves=len(moves), left=len(left))
    return True


def _check_claim(claim: JudgedClaim, kept: Iterable[KeptMove], ahead: Prospect) -> None:
    """Once more, under the lock: the same holders, all of them with a place, and whoever must agree has."""
    if {each.booking.id for each in kept} != {each.id for each in claim.holders}:
        raise _Outdated
    if unasked(claim, kept, ahead):
        raise _NotAskedYet
    hold_back(kept)


def _judged(in_hand: PlanInHand, kept: Iterable[KeptMove], moves: list[Move], left: list[int]) -> Checked:
    for each in kept:
        booking = each.booking
        if (
            booking.status not in HOLDS_PLACE
            or booking.during.end <= in_hand.ahead.by.now
            or booking.version != each.booking_version
        ):
            raise _Outdated
    others: tuple[Booked, ...] = ()
    if in_hand.plan.mends is None and in_hand.claim is None:
        planned = {each.booking.id for each in kept}
        others = tuple(each for each in reach_of(in_hand.changes, in_hand.ahead).bookings if each.id not in planned)
    found = checked(moves, left, others, in_hand.ahead)
    if found.hindered or found.added:
        raise _Outdated
    return found


def _log(moves: Iterable[Move], moved: Iterable[Booked], plan_id: int, by: By) -> None:
    was = {each.booking.id: each.booking for each in moves}
    for each in moved:
        old = was[each.id]
        record(
            "move_by_plan",
            "booking",
            each.id,
            *by,
            plan=plan_id,
            space=each.space,
            was=old.space,
            start=each.during.start.isoformat(),
            end=each.during.end.isoformat(),
            status=each.status,
        )


def _tell(plans: Iterable[int], moved: list[Booked], claimed: Iterable[KeptMove], house: House, now: datetime) -> None:
    """One mail for each person, with all their moves. Where the organiser has no address, somebody must tell them.
    `claimed`: the moves of a claim; their mail names the rule."""
    why = {each.booking.id: {"why": kept_reasons(each.reasons)} for each in claimed}
    people = people_of(moved)
    concerned: dict[Person, list[Booked]] = defaultdict(list)
    for each in moved:
        for person in parties_of(each, people, house):
            concerned[person].append(each)
    for person, theirs in concerned.items():
        tell("moved", theirs, [person], house, now, more=why)
    ways = {each.id: _how_told(each, people, house) for each in moved}
    for row in (row for plan_id in plans for row in move_rows(plan_id)):
        if row.booking_id in ways:
            row.told = ways[row.booking_id]


def _how_told(booking: Booked, people: Mapping[str, Person], house: House) -> str | None:
    """By what its organiser is told, or where they have left whoever booked it; None where nobody is party to it."""
    organiser, *booker = parties_of(booking, people, house)
    if is_written_to(Viewer.of(organiser, house), booking):
        return "mail" if organiser.email else "to_tell"
    return "mail" if any(each.email and is_written_to(Viewer.of(each, house), booking) for each in booker) else None

"""Make a plan of changes, and work it out anew: nothing of the house is otherwise until it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from models.actions.plans.drafts import Drafted, drafted, returning, write_draft
from models.actions.plans.in_hand import judged_or_blamed, open_whole, plan_in_hand, planned_moves
from models.actions.plans.rewrite_draft import rewrite_draft
from models.actions.plans.work_out_claim import JudgedClaim, consent_for, displaced_by
from models.queries.house import the_house
from models.queries.plan_effects import Progress, Prospect, returns, scene_around, worked_out
from models.queries.plan_moves import KeptMove, moves_with_parts
from models.rules.changes.change import Change
from models.rules.changes.checking import checked
from models.rules.changes.claims import Claim, claim_in
from models.rules.changes.rules import measured_against
from models.rules.people.person import By
from models.rules.people.reach import spaces_to_change
from models.rules.people.rights import holds
from models.rules.plans.displaced import Displaced, Move, hurdles_of
from models.rules.refusals import NotAllowed
from models.tables.patience import LONG, having


@having(LONG)
def make_plan(changes: Sequence[Change], reason: str, by: By, *, progress: Progress | None = None) -> int:
    """The number of a draft: every booking that would no longer fit, why, and the best place that accepts it.

    Worked out on a snapshot, without a lock: `progress` hears how many of the bookings in reach are done. Raises
    BadRequest, and NotAllowed for a change that this person could not make alone. A claim of a taken space asks whoever
    must be asked, and raises Refused as the wish would be without those whom it may send elsewhere.
    """
    claim = claim_in(changes)
    verb = "work_on_plan" if claim and len(changes) == 1 else "make_plans"
    if not holds(by.person, verb):
        raise NotAllowed(verb)
    if claim:
        changes = [_for_its_maker(each, by) for each in changes]
    house = the_house()
    found, after = checked(changes, house, by, reason)
    claim = claim_in(found)
    if claim:
        judged = judged_or_blamed(claim, Prospect(house, after, by))
        moves, is_partial = _moves_of_claim(judged, (), judged.ahead(house, by)), False
    else:
        ahead = Prospect(measured_against(found, house), after, by, within=spaces_to_change(by.person, house))
        displaced, is_partial = worked_out(found, ahead, progress)
        moves = [drafted(each) for each in displaced]
    return write_draft(changes, reason.strip(), by, moves, is_partial=is_partial)


@having(LONG)
def refresh_plan(plan_id: int, by: By, *, progress: Progress | None = None) -> None:
    """Work a draft out anew, and keep what changed as its news. What was set by hand stays where that is still
    accepted."""
    in_hand = plan_in_hand(open_whole(plan_id, by.person), by)
    plan, ahead, kept = in_hand.plan, in_hand.ahead, moves_with_parts(plan_id)
    is_partial = plan.is_partial
    if in_hand.claim:
        moves, is_partial = _moves_of_claim(in_hand.claim, kept, ahead), False
    elif plan.mends is None:
        displaced, is_partial = worked_out(in_hand.changes, ahead, progress)
        moves = _with_what_was_set_by_hand(displaced, kept, ahead)
    else:
        moves = [returning(each) for each in returns(planned_moves(kept), ahead)]
    rewrite_draft(in_hand, by, moves, kept, is_partial=is_partial)


def _for_its_maker(change: Change, by: By) -> Change:
    """Whoever applies a claim later, it is for whom it was made."""
    if not isinstance(change, Claim) or change.request.on_behalf_of is not None:
        return change
    return replace(change, request=replace(change.request, on_behalf_of=by.person.username))


def _moves_of_claim(judged: JudgedClaim, kept: Iterable[KeptMove], ahead: Prospect) -> list[Drafted]:
    was = {each.booking.id: each for each in kept}
    moves = _with_what_was_set_by_hand(displaced_by(judged, ahead), was.values(), ahead)
    return [
        replace(
            each, consent=consent_for(judged, ahead, each.booking, (each.space, each.during), was.get(each.booking.id))
        )
        for each in moves
    ]


def _with_what_was_set_by_hand(
    displaced: Iterable[Displaced], kept: Iterable[KeptMove], ahead: Prospect
) -> list[Drafted]:
    moves = {each.booking.id: each for each in map(drafted, displaced)}
    for each in kept:
        number = each.booking.id
        if not each.by_hand or number not in moves or each.booking.version != each.booking_version:
            continue
        booking, proposed = each.booking, moves[number]
        if each.to_space is None:
            moves[number] = Drafted(booking, proposed.reasons, None, booking.during, booking.layout, by_hand=True)
            continue
        wish = Move(booking, each.to_space, each.layout, each.during)
        others = [Move(one.booking, one.space, one.layout, one.during) for one in moves.values() if one.space]
        if not hurdles_of(wish, scene_around(booking, others, ahead, wish.during)):
            moves[number] = Drafted(
                booking, proposed.reasons, wish.space, wish.during, wish.layout, each.waits, by_hand=True
            )
    return list(moves.values())

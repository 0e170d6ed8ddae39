"""Make a plan of changes, and work it out anew: nothing of the house is otherwise until it is applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from models.actions.plans.ask_holders import ask_holders
from models.actions.plans.work_out_claim import ASKED, JudgedClaim, consent_for, displaced_by, judged_claim
from models.actions.record import check_as_seen, record
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_effects import Progress, Prospect, returns, scene_around, worked_out
from models.queries.plans import KeptMove, KeptPlan, kept_plan, move_rows, moves_of, plan_row
from models.rules.bookings.fields import Booked
from models.rules.changes.change import Change
from models.rules.changes.checking import BadChanges, checked
from models.rules.changes.claims import Claim, claim_in
from models.rules.changes.reading import read_changes, written
from models.rules.people.person import By, Person
from models.rules.people.reach import spaces_to_change
from models.rules.people.rights import holds, may_see_plan
from models.rules.plans.displaced import Displaced, Move, hurdles_of
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refusal, Refused, refusal
from models.rules.times.interval import Interval, civil_date
from models.tables.db import db
from models.tables.plan import PlanMove, PlanRow
from models.tables.transaction import writes

MOST_NEWS = 500


@dataclass(frozen=True, slots=True)
class Drafted:
    """A move as it is to be written. Without `space` the booking stays where it is."""

    booking: Booked
    reasons: tuple[Refusal, ...]
    space: str | None
    during: Interval
    layout: str
    waits: bool = False
    hurdles: tuple[Refusal, ...] = ()
    nearest: str | None = None
    by_hand: bool = False
    consent: str | None = None


@dataclass(frozen=True, slots=True)
class PlanInHand:
    """A draft with its changes as they hold now, the houses before and after them, and what its claim comes to."""

    plan: KeptPlan
    changes: tuple[Change, ...]
    ahead: Prospect
    claim: JudgedClaim | None = None


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
        judged = _judged(claim, Prospect(house, after, by))
        moves, is_partial = _moves_of_claim(judged, (), judged.ahead(house, by)), False
    else:
        ahead = Prospect(house, after, by, within=spaces_to_change(by.person, house))
        displaced, is_partial = worked_out(found, ahead, progress)
        moves = [drafted(each) for each in displaced]
    return write_draft(changes, reason.strip(), by, moves, is_partial=is_partial)


def refresh_plan(plan_id: int, by: By, *, progress: Progress | None = None) -> None:
    """Work a draft out anew, and keep what changed as its news. What was set by hand stays where that is still
    accepted."""
    in_hand = plan_in_hand(open_plan(plan_id, by.person), by)
    plan, ahead, kept = in_hand.plan, in_hand.ahead, moves_of(plan_id)
    is_partial = plan.is_partial
    if in_hand.claim:
        moves, is_partial = _moves_of_claim(in_hand.claim, kept, ahead), False
    elif plan.mends is None:
        displaced, is_partial = worked_out(in_hand.changes, ahead, progress)
        moves = _with_what_was_set_by_hand(displaced, kept, ahead)
    else:
        moves = [returning(each) for each in returns(planned_moves(kept), ahead)]
    _write_anew(plan, by, moves, news_between(kept, moves), is_partial)


def plan_in_hand(plan: KeptPlan, by: By) -> PlanInHand:
    """A day since the plan was made that is over counts as today. It reaches as far as whoever made it may change,
    whoever works on it. Raises what make_plan() raises."""
    house = the_house()
    changes, after = checked(
        read_changes(plan.changes), house, by, plan.reason, civil_date(plan.created_at, house.zone)
    )
    ahead, claim = Prospect(house, after, by), claim_in(changes)
    if claim is None:
        maker = by.person if by.person.username == plan.created_by else person_by_username(plan.created_by)
        return PlanInHand(plan, changes, replace(ahead, within=spaces_to_change(maker, house)))
    judged = _judged(claim, ahead)
    return PlanInHand(plan, changes, judged.ahead(house, by), judged)


def _for_its_maker(change: Change, by: By) -> Change:
    """Whoever applies a claim later, it is for whom it was made."""
    if not isinstance(change, Claim) or change.request.on_behalf_of is not None:
        return change
    return replace(change, request=replace(change.request, on_behalf_of=by.person.username))


def _judged(claim: Claim, ahead: Prospect) -> JudgedClaim:
    try:
        return judged_claim(claim, ahead.house, ahead.by)
    except BadRequest as fault:
        raise BadChanges([(0, fault)]) from None


def drafted(found: Displaced) -> Drafted:
    to = found.to
    if to.place is None:
        return Drafted(
            to.booking,
            found.reasons,
            None,
            to.booking.during,
            to.booking.layout,
            hurdles=to.hurdles,
            nearest=to.nearest,
        )
    assert to.during is not None, "a place is offered with its time"
    return Drafted(to.booking, found.reasons, to.place.space, to.during, to.place.layout, to.place.waits)


def returning(move: Move) -> Drafted:
    return Drafted(move.booking, (), move.space, move.during, move.layout)


@writes
def write_draft(
    changes: Iterable[Change],
    reason: str,
    by: By,
    moves: Iterable[Drafted],
    *,
    is_partial: bool = False,
    mends: int | None = None,
) -> int:
    row = PlanRow(
        changes=written(changes),
        reason=reason,
        status="draft",
        created_by_id=by.person.id,
        created_at=by.now,
        is_partial=is_partial,
        mends_id=mends,
        news=[],
    )
    db.session.add(row)
    db.session.flush()
    number = _write_moves(row.id, moves, by.now)
    record("make_plan", "plan", row.id, *by, reason=reason, moves=number)
    return row.id


def open_plan(plan_id: int, person: Person, seen: int | None = None) -> KeptPlan:
    """A draft that this person may change; raises otherwise. `seen`: the version that its editor saw."""
    plan = plan_to_work_on(plan_id, person)
    check_is_draft(plan)
    check_as_seen(plan.version, seen)
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


def news_between(before: Iterable[KeptMove], after: Iterable[Drafted]) -> list[dict]:
    old, new = {each.booking.id: each for each in before}, {each.booking.id: each for each in after}
    news = []
    for number, move in new.items():
        was = old.get(number)
        if was is None:
            news.append({"booking": number, "what": "added"})
        elif was.booking_version != move.booking.version:
            news.append({"booking": number, "what": "changed"})
        elif (was.to_space, was.during) != (move.space, move.during):
            news.append({"booking": number, "what": "place_taken"})
    news += [{"booking": number, "what": "gone"} for number in old if number not in new]
    return news[:MOST_NEWS]


@writes
def _write_anew(plan: KeptPlan, by: By, moves: Sequence[Drafted], news: list[dict], is_partial: bool) -> None:
    open_plan(plan.id, by.person, plan.version)
    row = plan_row(plan.id)
    rows = move_rows(plan.id)
    asked = {(row.booking_id, row.to_space_id, row.starts_at) for row in rows if row.consent == ASKED}
    for old in rows:
        db.session.delete(old)
    db.session.flush()
    row.news, row.is_partial, row.version = news, is_partial, row.version + 1
    number = _write_moves(plan.id, moves, by.now, asked)
    record("refresh_plan", "plan", plan.id, *by, moves=number, news=len(news))


def _write_moves(plan_id: int, moves: Iterable[Drafted], now: datetime, asked: Collection[tuple] = frozenset()) -> int:
    """`asked`: whom this plan has asked before for the same place; the others whose word it needs are asked now."""
    spaces, moves = the_house().spaces, list(moves)
    rows = [
        PlanMove(
            plan_id=plan_id,
            booking_id=each.booking.id,
            booking_version=each.booking.version,
            reasons=kept_reasons(each.reasons),
            from_space_id=spaces[each.booking.space].id,
            from_layout=each.booking.layout,
            to_space_id=spaces[each.space].id if each.space else None,
            starts_at=each.during.start,
            ends_at=each.during.end,
            layout=each.layout,
            waits=each.waits,
            hurdles=kept_reasons(each.hurdles),
            nearest_id=spaces[each.nearest].id if each.nearest else None,
            by_hand=each.by_hand,
            consent=each.consent,
        )
        for each in moves
    ]
    db.session.add_all(rows)
    db.session.flush()
    ask_holders(
        (
            (each.booking, each.space, each.during, each.reasons)
            for each, row in zip(moves, rows, strict=True)
            if each.space and each.consent == ASKED and (row.booking_id, row.to_space_id, row.starts_at) not in asked
        ),
        now,
    )
    return len(rows)


def kept_reasons(reasons: Iterable[Refusal]) -> list[Mapping]:
    return [asdict(each) for each in reasons]

"""A draft as it is written: its changes, and where each booking would go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from models.actions.plans.ask_holders import ask_holders
from models.actions.plans.work_out_claim import ASKED
from models.actions.record import record
from models.queries.house import the_house
from models.queries.plan_moves import KeptMove
from models.rules.bookings.fields import Booked
from models.rules.changes.change import Change
from models.rules.changes.claims import claim_in
from models.rules.changes.reading import written
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.rules.people.reach import is_kept_apart, kept_by
from models.rules.plans.displaced import Displaced, Move
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval
from models.tables.db import db
from models.tables.plan import PlanMove, PlanRow
from models.tables.transaction import writes

MOST_NEWS = 500


class _OfABooking(Protocol):
    @property
    def booking(self) -> Booked: ...


AnyMove = TypeVar("AnyMove", bound=_OfABooking)


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
    changes: Sequence[Change],
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
    own, theirs = shared_out(moves, Viewer.of(by.person, the_house()), changes)
    number = write_moves_of(row.id, own, by.now)
    for organisation, bookings in theirs.items():
        write_part(row, organisation, bookings, by.now)
    record("make_plan", "plan", row.id, *by, reason=reason, moves=number)
    return row.id


def write_part(whole: PlanRow, organisation: str, moves: Iterable[Drafted], now: datetime) -> int:
    """The number of a new part of a plan, for the people of that organisation. Call within the plan's transaction."""
    row = PlanRow(
        changes=whole.changes,
        reason=whole.reason,
        status="draft",
        created_by_id=whole.created_by_id,
        created_at=whole.created_at,
        part_of_id=whole.id,
        for_organisation_id=the_house().organisations[organisation].id,
        news=[],
    )
    db.session.add(row)
    db.session.flush()
    write_moves_of(row.id, moves, now)
    return row.id


def shared_out(
    moves: Iterable[AnyMove], maker: Viewer, changes: Iterable[Change]
) -> tuple[list[AnyMove], dict[str, list[AnyMove]]]:
    """The moves that are the maker's to see to, and those of the organisations that see to their own. A claim is asked
    of those who hold the place themselves, and has no parts."""
    own: list[AnyMove] = []
    theirs: dict[str, list[AnyMove]] = {}
    has_parts = claim_in(changes) is None
    for each in moves:
        if has_parts and is_kept_apart(maker, each.booking):
            theirs.setdefault(kept_by(each.booking, maker.house), []).append(each)
        else:
            own.append(each)
    return own, theirs


def write_moves_of(
    plan_id: int, moves: Iterable[Drafted], now: datetime, asked: Collection[tuple] = frozenset()
) -> int:
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

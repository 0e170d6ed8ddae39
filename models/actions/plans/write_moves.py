"""Bookings put where a plan has them: all of them, in whatever order, for they may change places with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, update

from models.actions.bookings.booking_row import ask_roles, guarded
from models.queries.approvals import roles_asked
from models.queries.reading import pages
from models.rules.house.house import House
from models.rules.judging.holding import hold_until
from models.rules.judging.judge import Verdict
from models.rules.plans.displaced import Move
from models.tables.booking import Approval, Booking
from models.tables.db import UtcDateTime, db

A_PAGE = 500
OUT_OF_THE_WAY = "released"  # a status that holds no place, for the moment between two places
_MOVED = ("space_id", "starts_at", "ends_at", "layout", "persons", "exclusive", "warnings", "status", "hold_until")
_TABLE = Booking.__table__
_UPDATE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("number"))
    .values(
        {name: bindparam(f"new_{name}", type_=_TABLE.c[name].type) for name in _MOVED}
        | {
            "updated_at": bindparam("moment", type_=UtcDateTime()),
            "sequence": _TABLE.c.sequence + 1,
            "version": _TABLE.c.version + 1,
        }
    )
)


def write_moves(
    moves: Sequence[Move], verdicts: Mapping[int, tuple[Verdict, frozenset[str]]], house: House, now: datetime
) -> None:
    """Call within a write transaction, once every move was judged. `verdicts`: with the roles whose word each booking
    needed where it was. A word that was given holds in the new place; one that only the new place asks for is asked."""
    ids = [move.booking.id for move in moves]
    ever = roles_asked(ids)
    connection = db.session.connection()
    for page in pages(ids, A_PAGE):
        connection.execute(update(_TABLE).where(_TABLE.c.id.in_(page)).values(status=OUT_OF_THE_WAY))
    for move in moves:
        booking, (verdict, needed_before) = move.booking, verdicts[move.booking.id]
        asked = (verdict.approvals - needed_before) | (verdict.approvals & booking.awaited_roles)
        status, holds = booking.status, booking.hold_until
        if status != "checked_in":
            status = "pending" if asked else "confirmed"
            if asked != booking.awaited_roles or not asked:
                _ask(booking.id, asked, booking.awaited_roles, ever.get(booking.id, frozenset()))
                holds = hold_until(verdict.during, now, house) if asked else None
        with guarded():
            connection.execute(
                _UPDATE,
                {
                    "number": booking.id,
                    "moment": now,
                    "new_space_id": house.spaces[move.space].id,
                    "new_starts_at": verdict.during.start,
                    "new_ends_at": verdict.during.end,
                    "new_layout": verdict.layout,
                    "new_persons": verdict.persons,
                    "new_exclusive": verdict.apart,
                    "new_warnings": [asdict(each) for each in verdict.warnings],
                    "new_status": status,
                    "new_hold_until": holds,
                },
            )
    db.session.expire_all()


def _ask(booking_id: int, asked: frozenset[str], awaited: frozenset[str], ever: frozenset[str]) -> None:
    """Nobody is asked any more for what the new place does not need; a role that gave its word before another place
    needed it again is asked anew."""
    gone = (awaited - asked) | (asked & (ever - awaited))
    if gone:
        db.session.connection().execute(
            delete(Approval.__table__).where(
                Approval.__table__.c.booking_id == booking_id, Approval.__table__.c.role.in_(sorted(gone))
            )
        )
    ask_roles({booking_id: asked - awaited})

"""Ask those who hold a place whether they leave it to a body that comes first: it is so near that they have a say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from models.actions.record import parties_of, tell
from models.queries.bookings import people_of
from models.queries.house import the_house
from models.rules.bookings.fields import Booked
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval

ASKED_TO_MOVE = "asked_to_move"


def ask_holders(moves: Iterable[tuple[Booked, str, Interval, tuple[Refusal, ...]]], now: datetime) -> None:
    """One mail about each: where it would go, when, and why; for a caller whoever booked it answers. Call within the
    write transaction of the plan."""
    moves = list(moves)
    if not moves:
        return
    house, people = the_house(), people_of(booking for booking, *_rest in moves)
    for booking, space, during, reasons in moves:
        tell(
            ASKED_TO_MOVE,
            [booking],
            [each for each in parties_of(booking, people, house) if each.has_account],
            house,
            now,
            more={
                booking.id: {
                    "to": {"space": space, "start": during.start.isoformat(), "end": during.end.isoformat()},
                    "why": [asdict(each) for each in reasons],
                }
            },
        )

"""A place kept for a moment, while somebody types what it is for: a booking of which nobody hears, and that ends by
itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import delete

from models.queries.holds import holds_to_end
from models.rules.people.person import Person
from models.rules.refusals import IsKept, Refused
from models.tables.booking import Booking
from models.tables.transaction import touched, writes

HELD_FOR = timedelta(seconds=90)
CAUSED_BY_A_HOLD = frozenset(
    {
        "space_taken",
        "shared_space_full",
        "zone_full",
        "floor_full",
        "building_full",
        "refuge_places_full",
        "person_busy",
        "quota_reached",
    }
)
T = TypeVar("T")


def end_holds(now: datetime, person: Person | None = None) -> int:
    """Those whose time is over, and that person's own: deleted, and how many there were. Where there is none it is one
    query over the few holds there are, and takes no lock."""
    return _end(now, person) if holds_to_end(now, person) else 0


@writes
def _end(now: datetime, person: Person | None) -> int:
    """Asked again with the lock in hand: SQLite may have given the number of one that is gone to the next."""
    return let_go(holds_to_end(now, person))


def let_go(numbers: list[int]) -> int:
    """Within a write transaction, before something else takes their places; how many there were."""
    return touched(delete(Booking).where(Booking.id.in_(numbers), Booking.hold.is_not(None))) if numbers else 0


def past_holds(work: Callable[[], T], person: Person, now: datetime) -> T:
    """What `work` comes to; where that is refused and holds are over by now, or the person's own may stand in the way,
    once more without them: a hold no longer takes its place the second it is over, whenever the worker comes round.
    What is refused for another reason costs nobody the place that they keep."""
    try:
        return work()
    except IsKept:
        raise
    except Refused as refused:
        in_the_way = any(each.clash and each.code in CAUSED_BY_A_HOLD for each in refused.refusals)
        if not end_holds(now, person if in_the_way else None):
            raise
        return work()

"""Close the bookings at which people were until the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.actions.bookings.status import claim_status
from models.actions.record import record
from models.queries.due import over_while_checked_in
from models.queries.reading import pages
from models.rules.bookings.fields import Booked
from models.tables.transaction import writes

TOGETHER = 50  # so that nobody waits long for the writers' lock


def complete_past(now: datetime) -> int:
    """Whoever checked in and stayed until the end has left: their bookings are completed. How many there were.

    Those to which nobody checked in, in a space that waits for nobody, stay as they are. Safe to run twice or on two
    machines.
    """
    return sum(_complete_together(page, now) for page in pages(over_while_checked_in(now), TOGETHER))


@writes
def _complete_together(bookings: Sequence[Booked], now: datetime) -> int:
    done = [each for each in bookings if claim_status(each, "completed", now)]
    for each in done:
        record("complete", "booking", each.id, None, now, space=each.space, status="completed")
    return len(done)

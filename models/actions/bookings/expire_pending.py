"""Give back the place of a request that nobody answered in time."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from models.actions.bookings.keep_receipt import keep_receipts_of
from models.actions.bookings.status import claim_status
from models.actions.record import record, tell_parties
from models.queries.bookings import bookings_by_id
from models.queries.due import requests_out_of_time
from models.queries.house import the_house
from models.rules.bookings.fields import Booked
from models.rules.judging.holding import NOT_ANSWERED
from models.tables.transaction import writes


def expire_pending(now: datetime) -> int:
    """Decline every request whose time to be answered is over, tell who asked, and return how many there were.

    Safe to run twice, on two machines, and while somebody decides: a request is claimed by a conditional UPDATE. The
    dates of a series are told in one mail. An idle round is one query and takes no lock.
    """
    found = sorted(requests_out_of_time(now), key=lambda each: (each.uid, each.during.start))
    return sum(_expire_together(list(dates), now) for _uid, dates in groupby(found, key=lambda each: each.uid))


@writes
def _expire_together(dates: list[Booked], now: datetime) -> int:
    gone = [each for each in dates if claim_status(each, "declined", now, reason=NOT_ANSWERED)]
    for each in gone:
        record("expire", "booking", each.id, None, now, space=each.space, status="declined")
    house, lapsed = the_house(), bookings_by_id([each.id for each in gone])
    keep_receipts_of("declined", lapsed, house, None, now)
    tell_parties("declined", lapsed, house, now)
    return len(gone)

"""For which bookings somebody is here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, case, cast, null, select, union_all

from models.rules.line.states import BY_NUMBER
from models.tables.arrival import Arrival
from models.tables.db import db
from models.tables.line import Visit


class Arrived(NamedTuple):
    """Since when somebody is here, and by which number of a line they will be called; None where they are not."""

    since: datetime
    number: int | None


_SAID = [
    select(each.booking_id, each.arrived_at, number).where(each.booking_id.in_(bindparam("bookings", expanding=True)))
    for each, number in (
        (Arrival, cast(null(), Integer)),
        (Visit, case((Visit.state.in_(BY_NUMBER), Visit.number))),
    )
]
_AMONG = union_all(*_SAID)


def arrived_among(booking_ids: Collection[int]) -> dict[int, datetime]:
    """Since when, by number, whoever said so: reception, a kiosk, or a colleague of the service. Cost as
    arrived_with_number()."""
    return {booking: arrived.since for booking, arrived in arrived_with_number(booking_ids).items()}


def arrived_with_number(booking_ids: Collection[int]) -> dict[int, Arrived]:
    """As arrived_among(), with what they are called by. One query; none where none is asked about."""
    if not booking_ids:
        return {}
    said = db.session.execute(_AMONG, {"bookings": list(booking_ids)}).all()
    earliest_last = sorted(said, key=lambda each: each[1], reverse=True)
    numbers = {booking: number for booking, _since, number in said if number is not None}
    return {booking: Arrived(since, numbers.get(booking)) for booking, since, _number in earliest_last}


def arrival_row(booking_id: int) -> Arrival | None:
    """For whoever changes it, within a write transaction."""
    return db.session.get(Arrival, booking_id)

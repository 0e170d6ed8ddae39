"""For which bookings somebody is here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, union_all

from models.tables.arrival import Arrival
from models.tables.db import db
from models.tables.line import Visit

_SAID = [
    select(each.booking_id, each.arrived_at).where(each.booking_id.in_(bindparam("bookings", expanding=True)))
    for each in (Arrival, Visit)
]
_AMONG = union_all(*_SAID)


def arrived_among(booking_ids: Collection[int]) -> dict[int, datetime]:
    """Since when, by number, whoever said so: reception, a kiosk, or a colleague of the service. One query; none where
    none is asked about."""
    if not booking_ids:
        return {}
    said = db.session.execute(_AMONG, {"bookings": list(booking_ids)}).all()
    earliest_last = sorted(said, key=lambda each: each[1], reverse=True)
    return {number: since for number, since in earliest_last if number is not None}


def arrival_row(booking_id: int) -> Arrival | None:
    """For whoever changes it, within a write transaction."""
    return db.session.get(Arrival, booking_id)

"""Which screens are paired, and which of them asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from models.queries.revisions import note_revisions
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.codes import same_code
from models.rules.people.pairing import SILENT_AFTER, STEP, Spot
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import UtcDateTime, db
from models.tables.device import Device
from models.tables.municipality import Municipality, Zone
from models.tables.space import Space

MOST_LISTED = 500
SEEN_WITHIN = SILENT_AFTER / 5  # how exactly it is kept when one last asked


@dataclass(frozen=True, slots=True)
class Paired:
    """A screen that asks. `handle`: what it is called outside."""

    id: int
    handle: str
    kind: str
    zone: str
    last_used_at: datetime | None

    def is_at(self, spot: Spot) -> bool:
        return (self.kind, same_code(self.zone)) == (spot.kind, same_code(spot.code))


@dataclass(frozen=True, slots=True)
class Listed:
    """A screen as it stands in the list of whoever pairs them. `last_used_at` None: it has not come back since its code
    was typed."""

    handle: str
    kind: str
    zone: str
    name: str
    paired_at: datetime
    last_used_at: datetime | None

    def is_silent(self, now: datetime) -> bool:
        """Whether for five minutes nothing was heard of it. What is kept of that lies behind by as much as a minute."""
        return self.last_used_at is not None and self.last_used_at <= now - SILENT_AFTER - SEEN_WITHIN


def device_of(token_hash: str) -> Paired | None:
    """Whose token this is. One query, which reads at which revisions everything is as well."""
    row = db.session.connection().execute(_OF_TOKEN, {"token_hash": token_hash}).one_or_none()
    if row is None:
        return None
    note_revisions(row.house, row.bookings)
    return Paired(row.id, row.handle, row.kind, row.code, row.last_used_at)


def awaited_screen(pairing_hash: str, now: datetime) -> int | None:
    """The number of a screen whose code was typed a while ago, and which has not come for its place yet."""
    return db.session.execute(_AWAITED, {"pairing_hash": pairing_hash, "since": now - 2 * STEP}).scalar_one_or_none()


def codes_of_talks(during: Interval) -> list[tuple[int, str, str]]:
    """Number, visitor code and space of the talks that begin within this time and hold a place. One query."""
    rows = db.session.execute(
        select(Booking.id, Booking.visitor_code, Space.code)
        .join(Space, Space.id == Booking.space_id)
        .where(
            Booking.starts_at >= during.start,
            Booking.starts_at < during.end,
            Booking.status.in_(HOLDS_PLACE),
            Booking.visitor_code.is_not(None),
        )
        .order_by(Booking.starts_at, Booking.id)
    )
    return [(number, code or "", space) for number, code, space in rows]


def is_paired_by(pairing_hash: str) -> bool:
    """Whether a code was typed already."""
    found = db.session.execute(select(Device.id).where(Device.pairing_hash == pairing_hash))
    return found.scalar_one_or_none() is not None


def number_of(handle: str, zones: Collection[str]) -> int | None:
    """The number of a screen, where it stands in one of these zones."""
    found = select(Device.id).join(Zone, Zone.id == Device.zone_id)
    return db.session.execute(found.where(Device.handle == handle, Zone.code.in_(zones))).scalar_one_or_none()


def devices_in(zones: Collection[str]) -> list[Listed]:
    """The screens of these zones, by zone and name."""
    rows = db.session.execute(
        select(Device.handle, Device.kind, Zone.code, Device.name, Device.paired_at, Device.last_used_at)
        .join(Zone, Zone.id == Device.zone_id)
        .where(Zone.code.in_(zones))
        .order_by(Zone.code, Device.name, Device.id)
        .limit(MOST_LISTED)
    )
    return [Listed(*row) for row in rows]


_MUNICIPALITY = select(Municipality).order_by(Municipality.id).limit(1)
_OF_TOKEN = (
    select(
        Device.id,
        Device.handle,
        Device.kind,
        Zone.code,
        Device.last_used_at,
        _MUNICIPALITY.with_only_columns(Municipality.revision).scalar_subquery().label("house"),
        _MUNICIPALITY.with_only_columns(Municipality.bookings_revision).scalar_subquery().label("bookings"),
    )
    .join(Zone, Zone.id == Device.zone_id)
    .where(Device.token_hash == bindparam("token_hash"))
)
_AWAITED = select(Device.id).where(
    Device.pairing_hash == bindparam("pairing_hash"),
    Device.token_hash.is_(None),
    Device.paired_at > bindparam("since", type_=UtcDateTime()),
)

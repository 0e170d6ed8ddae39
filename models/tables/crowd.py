"""How many people each booking brings to a building while it holds its place: what a limit of building, floor or zone
is held to, in rows that lie together by building and time.

Written only by triggers, from the booking and where its space lies, so that raw SQL cannot evade it and nobody needs to
remember it. A part of the guard: see guard.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.rules.bookings.attendance import HOLDS_PLACE  # as Python writes this tuple, SQL reads it
from models.tables.booking import IN_REFUGE
from models.tables.db import Base, UtcDateTime


class CrowdRow(Base):
    """`in_refuge`: of its people, those who would have to wait on the stairs."""

    __tablename__ = "crowd"

    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    floor_id: Mapped[int]
    zone_id: Mapped[int]
    persons: Mapped[int]
    in_refuge: Mapped[int]

    __table_args__ = {"sqlite_with_rowid": False}


_JOIN = """
    INSERT INTO crowd (building_id, starts_at, booking_id, ends_at, floor_id, zone_id, persons, in_refuge)
    SELECT floor.building_id, {starts_at}, NEW.id, {ends_at}, space.floor_id, space.zone_id, NEW.persons, {in_refuge}
    FROM space JOIN floor ON floor.id = space.floor_id WHERE space.id = NEW.space_id
"""
_LEAVE = "DELETE FROM crowd WHERE booking_id = OLD.id"
# As in `occupation`: however raw SQL writes an instant, it stands here as SQLAlchemy would write it.
_AS_TEXT = "strftime('%Y-%m-%d %H:%M:%f', NEW.{column}) || '000'"
_HERE = f"NEW.status IN {HOLDS_PLACE}"
_OF_NEW = IN_REFUGE.format(row="NEW")
_SQLITE_JOIN = _JOIN.format(
    starts_at=_AS_TEXT.format(column="starts_at"), ends_at=_AS_TEXT.format(column="ends_at"), in_refuge=_OF_NEW
)
_SPACE_MOVES = """
    UPDATE crowd SET floor_id = NEW.floor_id, zone_id = NEW.zone_id,
        building_id = (SELECT building_id FROM floor WHERE id = NEW.floor_id)
    WHERE booking_id IN (SELECT id FROM booking WHERE space_id = NEW.id)
"""
_FLOOR_MOVES = "UPDATE crowd SET building_id = NEW.building_id WHERE floor_id = NEW.id"
SQLITE = {
    "booking_joins_the_crowd": f"AFTER INSERT ON booking WHEN {_HERE} BEGIN {_SQLITE_JOIN}; END",
    "booking_changes_its_crowd": f"AFTER UPDATE ON booking BEGIN {_LEAVE}; {_SQLITE_JOIN} AND {_HERE}; END",
    "booking_leaves_the_crowd": f"AFTER DELETE ON booking BEGIN {_LEAVE}; END",
    "space_takes_its_crowd_along": f"AFTER UPDATE OF floor_id, zone_id ON space BEGIN {_SPACE_MOVES}; END",
    "floor_takes_its_crowd_along": f"AFTER UPDATE OF building_id ON floor BEGIN {_FLOOR_MOVES}; END",
}
_POSTGRESQL_JOIN = _JOIN.format(starts_at="NEW.starts_at", ends_at="NEW.ends_at", in_refuge=_OF_NEW)
# By function: what it does, and when.
POSTGRESQL = {
    "booking_joins_the_crowd": (
        f"IF TG_OP = 'UPDATE' THEN {_LEAVE}; END IF; IF {_HERE} THEN {_POSTGRESQL_JOIN}; END IF;",
        "INSERT OR UPDATE ON booking",
    ),
    "space_takes_its_crowd_along": (f"{_SPACE_MOVES};", "UPDATE OF floor_id, zone_id ON space"),
    "floor_takes_its_crowd_along": (f"{_FLOOR_MOVES};", "UPDATE OF building_id ON floor"),
}


def statements(dialect: str) -> Iterator[str]:
    """What puts these triggers in place."""
    if dialect == "sqlite":
        yield from (f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items())
        return
    for name, (body, when) in POSTGRESQL.items():
        yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
        yield f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW EXECUTE FUNCTION {name}()"

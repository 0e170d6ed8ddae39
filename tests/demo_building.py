"""The demo building in a database: loaded whole, and a space of it opened day and night."""

from __future__ import annotations

from sqlalchemy import select, update

from models.actions.files.import_building import import_building
from models.tables.db import db
from models.tables.hours import OpeningHours
from models.tables.space import Space, SpacePolicyRow
from models.tables.transaction import write_transaction
from tests.cast import DEMO_FILES, NOW


def load_demo_building() -> None:
    import_building({file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}, "demo", NOW)


def open_day_and_night(space: str) -> None:
    """Let it be had for a whole day, a year ahead, without anything around it: call with an app context."""
    with write_transaction():
        here = select(Space.id).where(Space.code == space).scalar_subquery()
        db.session.execute(
            update(SpacePolicyRow)
            .where(SpacePolicyRow.space_id == here)
            .values(max_minutes=24 * 60, advance_days=366, buffer_before=0, buffer_after=0)
        )
        db.session.add_all(
            [
                OpeningHours(
                    scope_type="space",
                    scope_code=space,
                    weekday=weekday,
                    opens_minute=0,
                    closes_minute=24 * 60,
                    kind="staff_access",
                )
                for weekday in range(1, 8)
            ]
        )

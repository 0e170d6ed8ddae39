"""The cast: people of the demo building, one role each, and the Monday on which most tests play."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from models.actions.files.import_building import import_building
from models.rules.bookings.fields import BookingRequest
from models.tables.db import db
from models.tables.hours import OpeningHours
from models.tables.space import Space, SpacePolicyRow
from models.tables.transaction import write_transaction

BRUSSELS = ZoneInfo("Europe/Brussels")
DEMO_FILES = Path(__file__).parent.parent / "blueprints" / "commands" / "demo"
NOW = datetime(2027, 3, 3, 8, 0, tzinfo=UTC)

ANN = "medewerker.burgerzaken.01"  # staff of the municipality, neighbourhood Z1-BUR
BRAM = "medewerker.burgerzaken.02"  # her colleague
CHRIS = "loketcoordinator.burgerzaken"  # counter coordinator of the municipality
DORA = "loketcoordinator.socialedienst"  # counter coordinator of the social-welfare centre
ELS = "hoofdmaatschappelijk.werker"  # head of service of the social-welfare centre
FARID = "facilitair.beheerder"  # facility manager
GERDA = "onthaal.voormiddag"  # receptionist
HUGO = "secretariaat.protocol"  # protocol officer
INES = "beheerder"  # administrator and coordinator of the welfare house CAW
JEF = "consulent.werkwinkel.01"  # staff of the job shop
KAAT = "harmonie"  # an association
LIEN = "bewoner.nl"  # a resident
MARC = "conciergerie"  # caretaker and key holder
NORA = "preventieadviseur"  # prevention adviser
OLGA = "oud.medewerker"  # no longer in service


def at(wall: str) -> datetime:
    """A wall time of the building, such as 2027-03-08T09:00."""
    return datetime.fromisoformat(wall).replace(tzinfo=BRUSSELS)


def ask(space: str, start: str, end: str, **more) -> BookingRequest:
    """A request from one wall time to another; the end may leave out the date."""
    return BookingRequest(space, at(start), at(end if "T" in end else f"{start[:10]}T{end}"), **more)


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

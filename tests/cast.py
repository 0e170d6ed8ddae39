"""The cast: people of the demo building, one role each, and the Monday on which most tests play."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from models.rules.bookings.fields import BookingRequest

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
ROOS = "ict.beheerder"  # IT administrator


def at(wall: str) -> datetime:
    """A wall time of the building, such as 2027-03-08T09:00."""
    return datetime.fromisoformat(wall).replace(tzinfo=BRUSSELS)


def ask(space: str, start: str, end: str, **more) -> BookingRequest:
    """A request from one wall time to another; the end may leave out the date."""
    return BookingRequest(space, at(start), at(end if "T" in end else f"{start[:10]}T{end}"), **more)

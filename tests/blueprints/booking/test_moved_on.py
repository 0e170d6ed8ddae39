"""Whoever came to another service finds what they booked before for the old one nowhere among what is theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.cast import ELS, NOW

TOMORROW = "2027-03-04"


@pytest.fixture
def talks(demo_app, booked):
    """Of the old service and of the new one, booked before she moved."""
    made = [
        booked(ELS, "SK-05", f"{TOMORROW}T{start}", end, attendees=2, service=service).handle
        for service, start, end in (("OCMW-SCH", "09:15", "10:00"), ("OCMW-INT", "14:15", "15:00"))
    ]
    with demo_app.app_context(), write_transaction():
        moved = update(PersonRow).where(PersonRow.username == ELS)
        db.session.execute(moved.values(service_since=NOW + timedelta(hours=1)))
    return made


@pytest.mark.parametrize("path", ["/", "/mine"])
def test_own_bookings_are_those_of_the_service_one_works_for(signed_in, talks, path):
    left, kept = talks
    told = str(signed_in(ELS).open(path).soup.main)
    assert (left in told, kept in told) == (False, True)

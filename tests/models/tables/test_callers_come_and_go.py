"""The migration that brings callers: who stands for the public is read from whose people they are, and without callers
a booking is for whoever made it."""

from __future__ import annotations

import flask_migrate
import pytest
from sqlalchemy import text

from models.actions.bookings.book import book
from models.queries.bookings import booked
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.bookings.fields import Caller
from models.tables.db import db
from tests.cast import GERDA, NOW, ask


@pytest.mark.usefixtures("demo")
def test_a_house_from_before_callers_knows_who_stands_for_the_public_and_keeps_its_bookings():
    wish = ask("OR-01", "2027-03-08T13:00", "14:00", attendees=4, caller=Caller("Wim Vos", email="wim@example.org"))
    [booking] = book(wish, person_by_username(GERDA), NOW).bookings
    db.session.commit()
    db.session.remove()
    flask_migrate.downgrade(revision="0013")
    whose = text("SELECT person.username FROM booking JOIN person ON person.id = booking.organiser_id")
    assert db.session.scalars(whose).all() == [GERDA]
    db.session.remove()
    flask_migrate.upgrade()
    assert the_house().public_organisation == "VER"
    kept = booked(booking.id)
    assert (kept.organiser, kept.caller) == (GERDA, None)

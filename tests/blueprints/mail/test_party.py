"""A letter goes to whoever is party to a booking when it is written, as its page does, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.make_plan import make_plan
from models.rules.bookings.fields import Caller
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from models.tables.db import db
from models.tables.municipality import Organisation
from models.tables.person import PersonRow
from models.tables.plan import PlanMove
from models.tables.transaction import write_transaction
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, NOW

MONDAY = "2027-03-08"
SOCIAL_SERVICE = select(Organisation.id).where(Organisation.code == "OCMW").scalar_subquery()
ANOTHER_ORGANISATION = {"organisation_id": SOCIAL_SERVICE, "service_id": None}
ANOTHER_SERVICE = {"service_since": NOW + timedelta(hours=1)}


@pytest.fixture(autouse=True)
def everyone_reads_english(town):
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET language = 'en'"))
        db.session.commit()


def leave_for(town, who: str, where: dict) -> None:
    with town.app.app_context(), write_transaction():
        db.session.execute(update(PersonRow).where(PersonRow.username == who).values(**where))


def address_of(town, who: str) -> str:
    with town.app.app_context():
        return db.session.scalars(select(PersonRow.email).where(PersonRow.username == who)).one()


def told(town, who: str) -> list[str]:
    """What the subjects of their letters begin with."""
    whose = address_of(town, who)
    letters = [each for each in town.post() if each["To"].addresses[0].addr_spec == whose]
    return sorted(each["Subject"].partition(":")[0] for each in letters)


def cancelled(town, booking, who):
    with town.acting(who) as (person, now):
        cancel(booking.id, person, now)


def changed(town, booking, who):
    with town.acting(who) as (person, now):
        change(booking.id, {"attendees": 3}, person, now)


def moved(town, booking, _who):
    with town.acting(FARID) as (manager, now):
        by = By(manager, now)
        closed = {"scope": f"space:{booking.space}", "set": {"active": False}, "from": MONDAY}
        apply_plan(make_plan(read_changes([closed]), "painting", by), by)


@pytest.mark.parametrize(("what", "word"), [(cancelled, "Cancelled"), (changed, "Changed"), (moved, "Moved")])
def test_whoever_went_to_another_organisation_hears_nothing_of_what_they_left_behind(town, what, word):
    (booking,) = town.book(CHRIS, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=2, on_behalf_of=ANN)
    leave_for(town, ANN, ANOTHER_ORGANISATION)
    what(town, booking, CHRIS)
    assert told(town, ANN) == ["Booked"]
    assert told(town, CHRIS) == sorted(["Booked", word])  # who booked it is there still


@pytest.mark.parametrize(("what", "word"), [(cancelled, "Cancelled"), (changed, "Changed")])
def test_whoever_came_to_another_service_hears_nothing_of_the_talks_of_the_old_one(town, what, word):
    talks = [
        town.book(DORA, "SK-05", f"{MONDAY}T{start}", end, attendees=2, service=service, on_behalf_of=ELS)[0]
        for service, start, end in (("OCMW-SCH", "09:15", "10:00"), ("OCMW-INT", "14:15", "15:00"))
    ]
    leave_for(town, ELS, ANOTHER_SERVICE)
    for booking in talks:
        what(town, booking, DORA)
    assert told(town, ELS) == sorted(["Booked", "Booked", word])  # of the service that is theirs
    assert told(town, DORA) == sorted(["Booked", "Booked", word, word])


def test_who_came_back_hears_of_it_again(town):
    (booking,) = town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=2)
    with town.app.app_context():
        stays = select(PersonRow.organisation_id, PersonRow.service_id).where(PersonRow.username == ANN)
        was = db.session.execute(stays).one()._asdict()
    leave_for(town, ANN, ANOTHER_ORGANISATION)
    leave_for(town, ANN, was)
    changed(town, booking, ANN)
    assert told(town, ANN) == ["Booked", "Changed"]


def test_a_place_that_is_freed_is_told_to_nobody_who_left_it_behind(town, clock):
    (booking,) = town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=2)
    leave_for(town, ANN, ANOTHER_ORGANISATION)
    clock.instant = booking.during.start + timedelta(minutes=40)
    with town.app.app_context():
        assert release_no_shows(clock.instant) == 1
    assert told(town, ANN) == ["Booked"]


def test_a_plan_has_nobody_to_tell_of_a_booking_that_everybody_left_behind(town):
    town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=2)
    town.book(BRAM, "VZ-104", f"{MONDAY}T11:00", "12:00", attendees=2)
    town.book(CHRIS, "VZ-104", f"{MONDAY}T14:00", "15:00", attendees=2, on_behalf_of=ANN)
    leave_for(town, ANN, ANOTHER_ORGANISATION)
    moved(town, town.book(FARID, "VZ-104", f"{MONDAY}T16:00", "16:30", attendees=2)[0], FARID)
    with town.app.app_context():
        ways = db.session.scalars(select(PlanMove.told).order_by(PlanMove.starts_at)).all()
    assert ways == [None, "mail", "mail", "mail"]
    assert told(town, ANN) == ["Booked", "Booked"]


def test_reception_that_booked_a_talk_in_confidence_has_no_letter_of_it(town):
    caller = Caller("Wim Vos", phone="+32 3 555 01 02")
    (booking,) = town.book(GERDA, "OR-02", f"{MONDAY}T13:00", "13:30", attendees=2, service="OCMW-HVK", caller=caller)
    changed(town, booking, DORA)
    cancelled(town, booking, DORA)
    assert town.post() == []


def test_whoever_handed_it_on_hears_of_that_and_of_nothing_more(town):
    (booking,) = town.book(CHRIS, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=2)
    with town.acting(CHRIS) as (chris, now):
        change(booking.id, {"on_behalf_of": ANN}, chris, now)
    changed(town, booking, ANN)
    assert told(town, CHRIS) == ["Booked", "Handed on"]

"""A booth is kept for a moment while somebody types: taken for all others, known to nobody, and gone by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.actions.bookings.book import book
from models.actions.bookings.hold import HELD_FOR, end_holds
from models.actions.people.create_token import create_token
from models.queries.people import person_by_username
from models.rules.refusals import Refused
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.log import AuditEntry, OutboxRow
from models.tables.receipt import ReceiptRow
from models.tables.transaction import on_condition
from tests.blueprints.api.asking import codes
from tests.blueprints.api.conftest import Program
from tests.cast import ANN, CHRIS, DORA, FARID, GERDA, NOW, ask

ONE_BOOTH = ("SK-01", "SK-02", "SK-03", "SK-04", "SK-06", "SK-07")
TODAY, COLLEAGUE = "2027-03-03", "maatschappelijk.werker.07"


@pytest.fixture
def held(signed_in, booked, all_bookings):
    """All of Dora's booths but one are taken; what she types keeps that one for her."""
    for booth in ONE_BOOTH:
        booked(COLLEAGUE, booth, f"{TODAY}T09:00", "11:00", service="OCMW-INT")
    said = signed_in(DORA).send("/booths/now/hold", typed="living w")
    assert "Interview booth 5 until 09:30" in said.source

    return said


@pytest.fixture
def count(demo_app):
    def rows(table, *conditions) -> int:
        with demo_app.test_request_context():
            return db.session.scalar(select(func.count()).select_from(table).where(*conditions))

    return rows


def test_it_takes_its_place_for_everybody_else_until_its_second_is_over(held, signed_in, clock, count):
    other = signed_in("maatschappelijk.werker.01")
    assert other.send("/booths/now", service="OCMW-INT", key="0f0f0f0f-1").status == 409
    clock.instant += HELD_FOR - timedelta(seconds=1)
    assert other.send("/booths/now", service="OCMW-INT", key="0f0f0f0f-2").status == 409
    clock.instant += timedelta(seconds=1)
    assert other.send("/booths/now", service="OCMW-INT", key="0f0f0f0f-3").status == 303
    assert count(Booking, Booking.hold.is_not(None)) == 0


def test_enter_makes_it_the_booking_and_it_is_one_at_most(held, signed_in, kept, count):
    dora = signed_in(DORA)
    assert "Interview booth 5" in dora.send("/booths/now/hold", typed="debt").source
    assert count(Booking, Booking.hold.is_not(None)) == 1
    done = dora.send("/booths/now", typed="debt", key="0f0f0f0f-1")
    talk = kept(done.location.rpartition("/")[2])
    assert (talk.space, talk.status, talk.service, talk.hold) == ("SK-05", "confirmed", "OCMW-SCH", None)
    assert count(Booking, Booking.hold.is_not(None)) == 0


def test_what_comes_after_enter_keeps_no_second_booth(signed_in, count):
    dora = signed_in(DORA)
    assert dora.send("/booths/now", typed="debt med", key="0f0f0f0f-1").status == 303
    assert dora.send("/booths/now/hold", typed="debt").source == ""
    assert count(Booking) == 1


def test_nobody_hears_of_it_and_it_stands_in_nobodys_list_but_its_owners(
    held, signed_in, all_bookings, count, demo_app
):
    assert all(each.hold is None for each in all_bookings())
    with demo_app.test_request_context():
        handle = db.session.scalar(select(Booking.handle).where(Booking.hold.is_not(None)))
    assert handle in signed_in(DORA).open("/mine").source
    for table, *about in ((OutboxRow,), (AuditEntry, AuditEntry.thing == "booking"), (ReceiptRow,)):
        assert count(table, *about) == len(ONE_BOOTH)  # those of the bookings beside it
    for who in (ANN, CHRIS, FARID, GERDA, "loketcoordinator.caw"):
        reader = signed_in(who)
        for address in ("/", "/mine", "/board"):
            page = reader.open(address)
            assert page.status in (200, 403, 404)
            assert handle not in page.source, (who, address)


def test_what_is_refused_for_another_reason_costs_nobody_the_place_that_they_keep(held, demo_app, clock, count):
    with demo_app.test_request_context():
        with pytest.raises(Refused):
            book(ask("VZ-104", f"{TODAY}T13:00", "14:00", attendees=500), person_by_username(DORA), clock.instant)
        assert count(Booking, Booking.hold.is_not(None)) == 1
        itself = ask("SK-05", f"{TODAY}T09:00", "09:30", service="OCMW-SCH")
        assert book(itself, person_by_username(DORA), clock.instant).bookings
    assert count(Booking, Booking.hold.is_not(None)) == 0


def test_the_worker_takes_away_what_is_over(held, demo_app, clock, count):
    with demo_app.test_request_context():
        assert end_holds(clock.instant) == 0
        assert end_holds(clock.instant + HELD_FOR) == 1
        assert end_holds(clock.instant + HELD_FOR) == 0
    assert count(Booking, Booking.hold.is_not(None)) == 0


def test_one_that_was_kept_anew_before_the_lock_was_had_stays(held, demo_app, clock, count):
    def kept_anew():
        db.session.execute(update(Booking).where(Booking.hold.is_not(None)).values(hold_until=over + HELD_FOR))

    over = clock.instant + HELD_FOR
    with demo_app.test_request_context(), on_condition(kept_anew):
        assert end_holds(over) == 0
    assert count(Booking, Booking.hold.is_not(None)) == 1


@pytest.mark.parametrize("typed", ["", "e", "nothing we know"])
def test_what_may_mean_several_services_keeps_nothing(typed, signed_in, count):
    assert signed_in(DORA).send("/booths/now/hold", typed=typed).source == ""
    assert count(Booking) == 0


@pytest.fixture
def handle(held, demo_app) -> str:
    with demo_app.test_request_context():
        return db.session.scalar(select(Booking.handle).where(Booking.hold.is_not(None)))


def test_its_page_leads_to_the_form_and_no_press_changes_it(handle, signed_in, kept):
    dora, stands = signed_in(DORA), kept(handle)
    for page in ("", "/change", "/cancel"):
        assert dora.open(f"/bookings/{handle}{page}").location == "/booths/now", page
    for verb in ("change", "longer", "later", "take-over"):
        page = dora.send(f"/bookings/{handle}/{verb}", wished="09:45")
        assert page.location == "/booths/now" or page.status in (403, 404), verb
    for verb in ("check-in", "release"):
        assert dora.send(f"/bookings/{handle}/{verb}").location == f"/bookings/{handle}"
    assert "Waiting for approval" not in dora.open("/mine").text
    for word in ("Nobody came", "Give back", "Check in"):
        assert dora.open("/mine").buttons(word) == []
    assert kept(handle) == stands
    for verb in ("here", "not-here"):
        assert signed_in(GERDA).send(f"/board/{handle}/{verb}").status == 404


def test_a_program_cannot_change_it_and_lets_it_go(handle, demo_app, kept, count):
    with demo_app.app_context():
        dora, stands = Program(demo_app.test_client(), create_token(DORA, "write", NOW)), kept(handle)
    for answer in (
        dora.patch(f"/bookings/{handle}", {"title": "Mine"}),
        dora.patch(f"/bookings/{handle}?scope=group", {"attendees": 3}),
        *(dora.post(f"/bookings/{handle}/{verb}") for verb in ("check-in", "release")),
    ):
        assert (answer.status_code, codes(answer)) == (422, ["wrong_status"])
    assert kept(handle) == stands
    assert dora.delete(f"/bookings/{handle}").status_code == 200
    assert count(Booking, Booking.hold.is_not(None)) == 0


def test_nobody_keeps_a_booth_for_ever_by_typing(signed_in, clock, count):
    dora, words = signed_in(DORA), []
    for _minute in range(7):
        words.append(bool(dora.send("/booths/now/hold", typed="debt").source))
        clock.instant += timedelta(minutes=1)
    assert words == [True] * 5 + [False] * 2
    clock.instant += timedelta(minutes=2)
    assert dora.send("/booths/now/hold", typed="debt").source
    assert dora.send("/booths/now", typed="debt med", key="0f0f0f0f-1").status == 303
    clock.instant += timedelta(minutes=1)
    assert dora.send("/booths/now/hold", typed="debt").source

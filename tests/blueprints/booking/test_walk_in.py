"""A walk-in is told the truth: the whole of it from now on, the soonest there is, and where to go in the largest
letters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.tables.db import db
from models.tables.log import OutboxRow
from models.tables.person import PersonRow
from tests.cast import ANN, BRAM, CHRIS, DORA, GERDA

TODAY = "2027-03-03"
STAFF = "medewerker.burgerzaken."
OF_THE_CENTRE = ("SK-01", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06", "SK-07")


@pytest.fixture
def given(signed_in, kept):
    """Chris asks for a booth at a minute past nine; the booking that she was given."""

    def ask(service: str, **more):
        done = signed_in(CHRIS).send("/booths/now", service=service, key="0f0f0f0f-9", **more)
        return kept(done.location.rpartition("/")[2]) if done.status == 303 else done

    return ask


@pytest.fixture
def letters(demo_app):
    """Of the outbox: what each is about, and to whom."""

    def read() -> set[tuple[str, str]]:
        with demo_app.test_request_context():
            rows = db.session.execute(
                select(OutboxRow.kind, PersonRow.username).join(PersonRow, PersonRow.id == OutboxRow.recipient_id)
            )
            return {tuple(row) for row in rows}

    return read


@pytest.fixture
def all_taken(booked):
    """Each of Dora's booths is taken from eight on until an hour of its own."""

    def take(until: dict[str, str]) -> None:
        for booth in OF_THE_CENTRE:
            booked(DORA, booth, f"{TODAY}T09:00", until.get(booth, "11:00"), service="OCMW-LEE")

    return take


@pytest.mark.parametrize(
    ("service", "quantity", "minute", "until"),
    [
        ("GEM-BST", "1", 0, "09:30"),  # half an hour, from nine
        ("GEM-BST", "3", 0, "10:00"),  # and ten minutes for each further one: 50, up to the next quarter
        ("GEM-VRE", "5", 0, "10:15"),  # 70 minutes
        ("GEM-BST", "1", 14, "09:45"),  # in the running quarter, and half an hour from now on
        ("GEM-BST", "", 1, "09:45"),  # nothing said: one
    ],
)
def test_the_place_is_theirs_until_the_whole_of_it_is_over(service, quantity, minute, until, given, clock):
    clock.instant += timedelta(minutes=minute)
    booking = given(service, quantity=quantity)
    assert f"{booking.during.start:%H:%M}" == "08:00"
    assert f"{booking.during.end + timedelta(hours=1):%H:%M}" == until


@pytest.mark.parametrize(
    ("quantity", "status"),
    [("1", 303), ("3", 422)],  # half an hour before lunch is enough for one, not for three
)
def test_the_last_start_is_counted_from_the_whole(quantity, status, signed_in, clock):
    clock.instant = clock.instant.replace(hour=11, minute=0)  # 12:00 on the wall, and they close at 12:30
    done = signed_in(CHRIS).send("/booths/now", service="GEM-BST", quantity=quantity, key="0f0f0f0f-9")
    assert done.status == status
    if status == 422:
        assert "Wednesday 3 March, 13:30–14:30" in done.soup.select_one(".alternatives").text


@pytest.mark.parametrize(
    ("quantity", "said"),
    [("4", "At most 3"), ("0", "from 1 to 100"), ("-2", "from 1 to 100"), ("two", "whole number")],
)
def test_how_many_that_cannot_be_is_said_at_its_field_and_nothing_is_booked(quantity, said, given, all_bookings):
    page = given("GEM-BST", quantity=quantity)
    assert page.status == 400
    assert said in page.soup.select_one("#quantity-error").text
    assert not all_bookings()


def test_where_none_is_free_the_three_soonest_are_offered_each_in_another_booth(signed_in, all_taken, clock):
    all_taken({"SK-01": "09:45", "SK-03": "10:30", "SK-06": "10:00"})
    clock.instant += timedelta(minutes=2)
    dora = signed_in(DORA)
    page = dora.send("/booths/now", service="OCMW-LEE", key="0f0f0f0f-9")
    assert page.status == 409
    offered = [
        (each.select_one(".alternative-when").text, each.select_one(".space-code").text)
        for each in page.soup.select(".alternative")
    ]
    assert offered == [  # five minutes are kept clear after each
        ("Wednesday 3 March, 10:00–10:30", "SK-01"),
        ("Wednesday 3 March, 10:15–10:45", "SK-06"),
        ("Wednesday 3 March, 10:45–11:15", "SK-03"),
    ]
    assert dora.press(page.buttons("Book this")[0]).status == 303


def test_the_answer_says_the_booth_then_until_when_then_the_code_and_not_what_for(signed_in, kept):
    dora = signed_in(DORA)
    done = dora.send("/booths/now", service="OCMW-SCH", key="0f0f0f0f-9")
    page, booking = dora.follow(done), kept(done.location.rpartition("/")[2])
    said = " ".join(page.soup.select_one(".given").text.split())
    place, code = page.soup.h1.text, booking.visitor_code
    assert said.startswith(f"{place} until 10:00 Visitor code {code}")
    assert "mediation" not in page.soup.main.text


def test_whoever_is_not_party_to_it_reads_of_the_answer_what_they_may_read_of_the_booking(signed_in):
    dora = signed_in(DORA)
    address = dora.send("/booths/now", service="OCMW-SCH", key="0f0f0f0f-9").location
    assert signed_in(ANN).open(address).status == 404
    assert signed_in(CHRIS).open(address).status == 404


def test_a_colleague_of_the_service_who_is_in_no_talk_is_proposed_and_gets_it_by_one_press(
    signed_in, booked, kept, letters
):
    booked(CHRIS, "SK-01", f"{TODAY}T09:00", "10:00", service="GEM-BST", on_behalf_of=BRAM)  # in a talk
    booked(CHRIS, "VZ-104", f"{TODAY}T09:00", "10:00", on_behalf_of=f"{STAFF}06", attendees=5)  # in a meeting
    booked(f"{STAFF}14", "WP-1BUR-01", f"{TODAY}T07:00", "12:30")  # has come
    chris = signed_in(CHRIS)
    done = chris.send("/booths/now", service="GEM-BST", key="0f0f0f0f-9")
    page = chris.follow(done)
    offered = [each["value"] for each in page.soup.select("[name=colleague]")]
    assert offered == [f"{STAFF}14", f"{STAFF}10", f"{STAFF}18", f"{STAFF}22"]
    talk = kept(done.location.rpartition("/")[2])
    said = chris.follow(chris.send(f"{done.location}/colleague", colleague=offered[0]))
    assert "With Medewerker" in said.soup.select_one(".given").text
    assert kept(talk.id).organiser == f"{STAFF}14"
    assert ("booked", f"{STAFF}14") in letters()


@pytest.mark.parametrize(("who", "status"), [("", 400), (CHRIS, 403), ("nobody.known", 403)])
def test_a_talk_goes_to_nobody_whom_a_coordinator_may_not_name(who, status, signed_in, kept):
    dora = signed_in(DORA)
    address = dora.send("/booths/now", service="OCMW-LEE", key="0f0f0f0f-9").location
    assert dora.send(f"{address}/colleague", colleague=who).status == status
    assert kept(address.rpartition("/")[2]).organiser == DORA


@pytest.mark.parametrize(("who", "leads"), [(CHRIS, ["/line/Z0-LOK"]), (GERDA, [])])  # who does not call there reads it
def test_a_service_of_the_counters_is_said_to_be_helped_there_with_the_way_to_its_line(who, leads, signed_in):
    page = signed_in(who).send("/booths/now", typed="passport", key="0f0f0f0f-9")
    assert page.status == 400
    said = page.soup.select_one("#typed-error").text
    assert "Population (eID, passport, address) is helped at the counter, by a number:" in said
    assert [each["href"] for each in page.soup.select("main a[href^='/line/']")] == leads


def test_a_service_that_nobody_has_is_still_to_be_chosen_from_the_list(signed_in):
    page = signed_in(CHRIS).send("/booths/now", typed="unheard of", key="0f0f0f0f-9")
    assert "Choose a service from the list." in page.soup.select_one("#typed-error").text


def test_the_answer_to_a_second_walk_in_does_not_warn_of_the_first_which_is_a_colleagues_to_take(signed_in, kept):
    dora = signed_in(DORA)
    dora.send("/booths/now", service="OCMW-LEE", key="0f0f0f0f-9")
    done = dora.send("/booths/now", service="OCMW-LEE", key="0f0f0f0f-8")
    talk = kept(done.location.rpartition("/")[2])
    assert "staff_busy" in {each.code for each in talk.warnings}
    page = dora.follow(done)
    assert "The same person has another talk" not in page.text
    assert page.soup.select(".notice-info") == []

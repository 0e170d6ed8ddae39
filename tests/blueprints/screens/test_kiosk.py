"""At a kiosk somebody says by a code that they are there, or takes a number, in their language. It knows nobody, and
its ticket tells neither service nor zone."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update

from blueprints.screens.ticket import wait_words
from models.actions.bookings.book_parts import book_parts
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.queries.line import line_of
from models.queries.people import person_by_username
from models.rules.line.outcomes import BOOKED
from models.rules.line.waiting import Waiting
from models.rules.people.person import By
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.blueprints.screens.calling import COUNTERS, call, join
from tests.blueprints.screens.conftest import HALL
from tests.browser.sound_page import faults
from tests.cast import CHRIS, DORA, ask, at

KIOSK = f"/kiosk/{COUNTERS}"
TODAY, TOMORROW = "2027-03-03", "2027-03-04"


@pytest.fixture
def kiosk(paired):
    return paired("kiosk", COUNTERS)


def page_of(answer) -> BeautifulSoup:
    assert faults(answer.text) == []
    return BeautifulSoup(answer.data, "html.parser")


def words(answer) -> str:
    return page_of(answer).main.get_text(" ", strip=True)


def number_for(kiosk, which=1, lang="nl", press=None):
    """The ticket that comes of pressing one of the services."""
    form = page_of(kiosk.get(f"{KIOSK}?lang={lang}")).select(".keys form")[which - 1]
    sent = {each["name"]: each["value"] for each in form.find_all(["input", "button"]) if each["name"] != "csrf_token"}
    return kiosk.post(form["action"], data=sent | ({"press": press} if press else {}))


def arrived(kiosk, code, address=KIOSK, lang="fr"):
    return kiosk.post(f"{address}/code", data={"code": code, "lang": lang})


def waiting(demo_app, clock, zone=COUNTERS):
    with demo_app.test_request_context():
        return line_of(zone, clock.instant)


def test_first_comes_the_language_and_all_else_is_in_it(kiosk):
    links = page_of(kiosk.get(KIOSK)).select(".keys a")
    assert [(each["lang"], each.get_text()) for each in links] == [
        ("nl", "Nederlands"),
        ("fr", "Français"),
        ("en", "English"),
        ("de", "Deutsch"),
    ]
    page = page_of(kiosk.get(links[1]["href"]))
    assert (page.html["lang"], page.h1.get_text()) == ("fr", "Pourquoi venez-vous ?")
    assert page_of(kiosk.get(f"{KIOSK}?lang=tlh")).h1.get_text() == "Kies je taal"


def test_it_offers_what_needs_no_appointment(kiosk):
    shown = [each.get_text() for each in page_of(kiosk.get(f"{KIOSK}?lang=en")).select(".keys button")]
    assert "Mobility and public works" in shown
    assert not [each for each in shown if "Population" in each]  # by appointment alone
    refused = kiosk.post(f"{KIOSK}/number", data={"service": "GEM-BEV", "press": "a", "lang": "en"})
    assert (refused.status_code, "That cannot be chosen here any more." in words(refused)) == (400, True)
    for press in ("", "\0", "a b", "x" * 65):
        sent = {"service": "GEM-MOB", "lang": "en", "press": press}
        assert kiosk.post(f"{KIOSK}/number", data=sent).status_code == 400, press


def test_a_double_press_is_one_number_and_another_visitor_has_another(kiosk, demo_app, clock):
    tickets = [number_for(kiosk, press="same").location, number_for(kiosk, press="same").location]
    assert len(set(tickets)) == 1
    assert number_for(kiosk).location not in tickets
    assert number_for(kiosk).location != number_for(kiosk).location  # each page has a word of its own
    assert len(waiting(demo_app, clock)) == 4


def test_a_ticket_says_the_number_and_how_many_are_before_and_leads_to_the_place(kiosk, demo_app, clock):
    number_for(kiosk)
    ticket = kiosk.get(number_for(kiosk, lang="en").location)
    number = waiting(demo_app, clock)[-1].number
    assert f"Your number is {number}" in words(ticket)
    assert "1 party is before you." in words(ticket)
    handle = urlsplit(number_for(kiosk, press="x").location).path.rpartition("/")[2]
    phone = demo_app.test_client().get(f"/line/place/{handle}", headers={"Accept-Language": "en"})
    assert "2 parties are before you." in words(phone)
    for answer in (ticket, phone):
        assert not [each for each in ("Mobility", "Counter square", COUNTERS, "GEM-") if each in words(answer)]
    assert page_of(ticket).select_one(".ticket-code svg path")


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (None, None, ""),  # too little is known: only how many are before
        (7, 21, "Nine times of ten it takes 5 to 25 minutes."),
        (0, 1, "Nine times of ten it takes 0 to 5 minutes."),
        (10, 20, "Nine times of ten it takes 10 to 20 minutes."),
    ],
)
def test_a_wait_is_told_as_a_range_and_never_narrower_than_it_is(least, most, said, demo_app):
    told = [None if each is None else timedelta(minutes=each) for each in (least, most)]
    with demo_app.test_request_context(headers={"Accept-Language": "en"}):
        assert wait_words(Waiting(3, *told)) == said


def test_the_place_in_line_says_where_to_go_and_is_gone_on_the_next_day(kiosk, demo_app, clock):
    with demo_app.test_request_context():
        handle = join(clock.instant).handle
        call(1, clock.instant)
    phone = demo_app.test_client()
    assert "It is your turn: Counter 1." in words(phone.get(f"/line/place/{handle}", headers={"Accept-Language": "en"}))
    clock.instant += timedelta(days=1)
    gone, unknown = phone.get(f"/line/place/{handle}"), phone.get("/line/place/nobodys")
    assert (gone.status_code, unknown.status_code) == (404, 404)
    assert kiosk.get(f"{KIOSK}/ticket/{handle}").location == KIOSK


def test_whoever_types_the_code_of_a_talk_of_today_is_in_the_line_of_its_zone(kiosk, booked, demo_app, clock):
    talk = booked(DORA, "SK-05", f"{TODAY}T09:30", "10:00", attendees=2, service="OCMW-LEE")
    answer = arrived(kiosk, talk.visitor_code.lower().replace("-", " "))
    assert (answer.status_code, parse_qs(urlsplit(answer.location).query)["lang"]) == (303, ["fr"])
    [party] = waiting(demo_app, clock, "Z0-SPR")
    assert f"Votre numéro est le {party.number}" in words(kiosk.get(answer.location))
    assert talk.visitor_code not in kiosk.get(answer.location).text
    assert arrived(kiosk, talk.visitor_code).location == answer.location  # once more: the same number


def test_whoever_comes_for_two_talks_under_one_code_gets_another_number_once_the_first_is_done(
    kiosk, booked, demo_app, clock
):
    one, two = (
        booked(DORA, "SK-05", f"{TODAY}T{start}", end, attendees=2, service="OCMW-LEE")
        for start, end in (("09:30", "10:00"), ("10:30", "11:00"))
    )
    with demo_app.test_request_context(), write_transaction():
        db.session.execute(update(Booking).where(Booking.id == two.id).values(visitor_code=one.visitor_code))
    first = arrived(kiosk, one.visitor_code).location
    clock.instant += timedelta(minutes=65)  # the first took longer than it was booked for
    with demo_app.test_request_context():
        by = By(person_by_username(DORA), clock.instant)
        called = call_next("Z0-SPR", "SK-05", by)
        finish(called.party.handle, by, BOOKED)
    second = arrived(kiosk, one.visitor_code).location
    assert second != first
    assert waiting(demo_app, clock, "Z0-SPR")[0].handle in second


def test_a_code_that_opens_nothing_today_is_answered_alike_whatever_it_is(kiosk, booked):
    tomorrow = booked(DORA, "SK-05", f"{TOMORROW}T09:30", "10:00", attendees=2, service="OCMW-LEE").visitor_code
    refused = arrived(kiosk, tomorrow), arrived(kiosk, "K7F-2M")
    assert {each.status_code for each in refused} == {400}
    assert len({re.sub(f"{tomorrow}|K7F-2M", "", words(each)) for each in refused}) == 1
    assert "Typ de code van je afspraak." in words(arrived(kiosk, " ", lang="nl"))


def test_one_code_is_here_for_each_part_of_a_visit_and_leads_from_one_to_the_next(kiosk, demo_app, clock):
    with demo_app.test_request_context():
        chris = person_by_username(CHRIS)
        hours = (("11:30", "11:45", "GEM-VRE"), ("12:00", "12:15", "GEM-BST"))
        parts = [ask("SK-02", f"{TODAY}T{start}", end, service=service) for start, end, service in hours]
        one, other = book_parts(parts, chris, clock.instant).bookings

    def helped(booking, wall: str) -> None:
        clock.instant = at(f"{TODAY}T{wall}")
        with demo_app.test_request_context():
            called = call_next("Z0-SPR", "SK-02", By(chris, clock.instant)).party
            assert called.due_at == booking.during.start
            finish(called.handle, By(chris, clock.instant), BOOKED)

    clock.instant = at(f"{TODAY}T11:25")
    first = arrived(kiosk, one.visitor_code, lang="en").location
    assert arrived(kiosk, one.visitor_code, lang="en").location == first
    assert [each.due_at for each in waiting(demo_app, clock, "Z0-SPR")] == [one.during.start, other.during.start]
    helped(one, "11:31")
    over = words(kiosk.get(first))
    assert ("Your turn has come." in over, "You are called by this number" in over) == (True, False)
    second = arrived(kiosk, one.visitor_code, lang="en").location
    assert second != first
    assert "You are called by this number" in words(kiosk.get(second))
    with demo_app.test_request_context():
        assert release_no_shows(at(f"{TODAY}T12:14")) == 0
    helped(other, "12:01")
    assert arrived(kiosk, one.visitor_code).status_code == 400  # nothing of it is left


def test_whoever_guesses_codes_at_a_kiosk_waits_longer_each_time_but_never_long(kiosk, booked, clock):
    """Also with a right code at hand: that one was found lifts nothing, and whoever comes next waits some seconds."""
    own = booked(DORA, "SK-05", f"{TODAY}T09:30", "10:00", attendees=2, service="OCMW-LEE").visitor_code
    waited = []
    for sign in "ABCDEFGHJKLM":
        while (answer := arrived(kiosk, f"K7F-2{sign}", lang="en")).status_code == 429:
            seconds = int(answer.headers["Retry-After"])
            assert f"Just a moment: try again in {seconds} seconds, or ask somebody." in words(answer)
            assert arrived(kiosk, own).status_code == 429
            waited.append(seconds)
            clock.instant += timedelta(seconds=seconds)
            assert arrived(kiosk, own).status_code == 303
        assert answer.status_code == 400
    assert waited == [2, 4, 8, 16, 30, 30, 30]
    clock.instant += timedelta(minutes=16)
    assert [arrived(kiosk, f"K7F-2{sign}").status_code for sign in "ABCDE"] == [400] * 5


def test_a_kiosk_gives_ten_numbers_a_minute_and_the_next_after_a_friendly_wait(kiosk, demo_app, clock):
    first = number_for(kiosk, press="first").location
    clock.instant += timedelta(seconds=20)
    for _each in range(9):
        assert number_for(kiosk).status_code == 303
    too_soon = number_for(kiosk, lang="en")
    assert (too_soon.status_code, too_soon.headers["Retry-After"]) == (429, "40")
    assert "Just a moment: try again in 40 seconds, or ask somebody." in words(too_soon)
    assert number_for(kiosk, press="first").location == first  # the same press has its number
    clock.instant += timedelta(seconds=40)
    assert (number_for(kiosk).status_code, number_for(kiosk).status_code) == (303, 429)
    assert len(waiting(demo_app, clock)) == 11


@pytest.mark.parametrize(
    ("address", "seconds"),
    [
        ("?lang=nl", 10),
        ("?lang=nl&more=1", 60),
        ("/code?lang=nl", 10),
        ("/code?lang=nl&more=1", 60),
        ("/ask?lang=nl", 30),
    ],
)
def test_what_is_left_alone_goes_back_to_the_beginning_and_more_time_is_to_be_had(address, seconds, kiosk):
    page = page_of(kiosk.get(f"{KIOSK}{address}"))
    assert page.select_one("noscript meta")["content"] == f"{seconds}; url={KIOSK}"
    assert int(page.find(id="kiosk")["data-leave"]) == seconds
    assert bool(page.find(id="more")) == ("more" not in address)


def test_without_being_paired_for_its_zone_it_does_nothing(kiosk, demo_app):
    stranger = demo_app.test_client()
    for address, zone in ((f"/kiosk/{HALL}", HALL), (KIOSK, COUNTERS)):
        client = kiosk if zone == HALL else stranger
        assert 'id="code"' in client.get(address).text
        for answer in (
            client.get(f"{address}/code"),
            client.get(f"{address}/ask"),
            client.post(f"{address}/code", data={"code": "K7F-2M"}),
            client.post(f"{address}/number", data={"service": "GEM-MOB", "press": "a"}),
        ):
            assert (answer.status_code, answer.location) == (303, address)

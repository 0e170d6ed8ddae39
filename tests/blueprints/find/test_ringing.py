"""Somebody rings: first who they are, then only what they may have, booked at one press."""

from __future__ import annotations

import pytest

from models.queries.bookings import bookings_page
from models.rules.bookings.fields import Caller
from tests.blueprints.booking.reading import Reader
from tests.cast import ANN, GERDA, KAAT, LIEN

PAGE = "/ringing"
WHEN = {"date": "2027-03-04", "start": "14:00", "minutes": "60", "attendees": "12"}
WIM = {"caller_name": "Wim Vos", "caller_association": "De Zon", "caller_phone": "+32 3 555 01 02"}
FOR_THE_PUBLIC = {"VZ-001", "OR-01", "OR-02", "PZ-01"}


@pytest.fixture
def gerda(browser_of) -> Reader:
    return Reader(browser_of(GERDA))


@pytest.fixture
def all_bookings(demo_app):
    def read() -> list:
        with demo_app.test_request_context():
            return bookings_page(limit=10)

    return read


def places(page) -> set[str]:
    return {each.text for each in page.soup.select("#found .proposal .space-code")}


@pytest.mark.parametrize("who", [WIM, {"caller_name": "Wim Vos"}, {"on_behalf_of": KAAT}, {"on_behalf_of": LIEN}])
def test_whoever_rings_is_offered_what_they_may_have_and_never_a_room_of_the_staff(gerda, who):
    page = gerda.fill_in(PAGE, **WHEN, **who)
    assert "VZ-001" in places(page)
    assert places(page) <= FOR_THE_PUBLIC


def test_three_presses_from_home_it_is_booked_for_whoever_rang(gerda, all_bookings):
    page = gerda.open(gerda.open("/").link("Book for them"))
    page = gerda.send(page.form("/ringing")["action"], **WHEN, **WIM)
    assert "Wim" not in gerda.client.get(PAGE).request.url  # no address says who it is
    assert "After approval" not in page.text  # it is her own word
    sent = gerda.press(next(each for each in page.buttons("Book") if "VZ-001" in each.text))
    assert sent.status == 303
    [booking] = all_bookings()
    assert (booking.space, booking.status, booking.organisation) == ("VZ-001", "confirmed", "VER")
    assert booking.caller == Caller("Wim Vos", "De Zon", "+32 3 555 01 02")
    assert (booking.channel, booking.attendees) == ("phone", 12)


def test_an_account_is_booked_for_in_its_own_name(gerda, all_bookings):
    page = gerda.fill_in(PAGE, **WHEN, on_behalf_of="Harmonie")
    gerda.press(next(each for each in page.buttons("Book") if "VZ-001" in each.text))
    assert [(each.organiser, each.booked_by) for each in all_bookings()] == [(KAAT, GERDA)]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"caller_name"}),
        (WIM | {"on_behalf_of": KAAT}, {"caller_name"}),  # for one of them
        ({"on_behalf_of": ANN}, {"on_behalf_of"}),  # who books for herself
        (WIM | {"caller_phone": "bel me"}, {"caller_phone"}),
        (WIM | {"date": "31/31"}, {"date"}),
        (WIM | {"start": ""}, {"start"}),
        (WIM | {"attendees": "0"}, {"attendees"}),
        (WIM | {"minutes": "7"}, {"minutes"}),
    ],
)
def test_what_is_wrong_stands_at_its_field(gerda, said, wrong):
    page = gerda.fill_in(PAGE, **(WHEN | said))
    assert (page.status, page.wrong_fields()) == (400, wrong)


def test_at_an_hour_at_which_nothing_is_open_another_one_is_offered(gerda):
    page = gerda.fill_in(PAGE, **(WHEN | {"start": "05:00"}), **WIM)
    assert "No place fits all of this" in page.text
    assert places(page) <= FOR_THE_PUBLIC
    assert page.buttons("Book")


@pytest.mark.parametrize("who", [ANN, KAAT])
def test_only_the_front_desk_is_asked(browser_of, who):
    reader = Reader(browser_of(who))
    assert reader.open(PAGE).status == reader.send(PAGE, **WHEN, **WIM).status == 403


def test_all_of_it_in_french(browser_of):
    gilles = Reader(browser_of("onthaal.namiddag"))
    gilles.client.post("/language", data={"language": "fr", "next": "/"})
    page = gilles.fill_in(PAGE, **WHEN, **WIM)
    assert page.title == "Quelqu'un appelle"
    assert page.buttons("Réserver")

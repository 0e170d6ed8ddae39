"""The day of the house in one list: every organisation, as far as its reader may see. It is Wednesday 3 March 2027."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.line.begin import begin
from models.actions.line.call_next import call_next
from models.queries.house import the_house
from models.queries.line import line_of
from models.queries.people import person_by_username
from models.rules.bookings.fields import Caller
from models.rules.people.person import By
from models.rules.people.probing import Probes
from tests.benchmarks.big_house import book_rows
from tests.blueprints.home.conftest import rows
from tests.cast import ANN, DORA, ELS, FARID, GERDA, INES, JEF, KAAT, NOW, at

TODAY, LIST = "2027-03-03", "The day of the house"
WIM = Caller("Wim Vos", "De Zon", "+32 3 555 01 02")


@pytest.fixture
def day(booked) -> dict:
    return {
        "early": booked(ANN, "VZ-104", f"{TODAY}T09:00", "09:30", attendees=5, title="Street plan"),
        "caller": booked(GERDA, "OR-01", f"{TODAY}T10:00", "11:00", attendees=5, caller=WIM),
        "talk": booked(DORA, "SK-05", f"{TODAY}T10:00", "11:00", attendees=2, service="OCMW-SCH"),
        "other": booked(ELS, "VZ-103", f"{TODAY}T10:00", "11:00", attendees=4, title="Case Peeters"),
        "job": booked(JEF, "VZ-106", f"{TODAY}T15:00", "16:00", attendees=3, title="Job market"),
        "victim": booked(INES, "SK-08", f"{TODAY}T11:15", "12:00", attendees=2, service="CAW-SLA"),
        "desk": booked(ANN, "WP-1BUR-03", f"{TODAY}T07:00", "12:30"),
    }


def test_reception_reads_every_organisation_and_no_more_of_each_than_it_may(signed_in, day):
    page = signed_in(GERDA).open("/board")
    lines = rows(page, LIST)
    assert [next(code for code in CODES if code in line) for line in lines] == [
        "VZ-104",
        "OR-01",
        "SK-05",
        "VZ-103",
        "SK-08",
        "VZ-106",
    ]
    assert "Street plan" in lines[0]
    assert "Municipality" in lines[0]  # the colour beside it is said in words
    assert "Wim Vos" in lines[1]
    for secret in ("Peeters", "OCMW", day["talk"].visitor_code, "Slachtoffer", "WP-1BUR"):
        assert secret not in page.source
    assert len(page.buttons("Is here")) == 4  # not of what is hours away


CODES = ("VZ-104", "OR-01", "SK-05", "VZ-103", "VZ-106", "SK-08")


@pytest.mark.parametrize(
    ("who", "places"),
    [
        (ANN, ["VZ-104", "OR-01", "VZ-103", "VZ-106"]),  # an outsider of both booths
        (DORA, ["VZ-104", "OR-01", "SK-05", "VZ-103", "VZ-106"]),
        (KAAT, ["OR-01"]),
    ],
)
def test_whoever_does_not_receive_people_reads_it_as_far_as_they_may_and_says_of_nobody_that_they_are_here(
    who, places, signed_in, day
):
    signed_in(GERDA).send(f"/board/{day['early'].handle}/here")
    page = signed_in(who).open("/board")
    assert [next(code for code in CODES if code in line) for line in rows(page, LIST)] == places
    assert page.buttons("Is here") == page.buttons("Undo") == []
    assert ("Here since" in page.text) is (who == ANN)  # it is her meeting
    assert "Wim" not in page.source


def test_whoever_is_said_to_be_here_is_told_the_number_that_calls_them_of_a_talk_read_as_busy_too(
    signed_in, day, demo_app, clock
):
    gerda = signed_in(GERDA)
    page = gerda.follow(gerda.send(f"/board/{day['talk'].handle}/here"))
    with demo_app.test_request_context():
        [party] = line_of("Z0-SPR", clock.instant)
    assert f"They are called with number {party.number}." in page.text
    [line] = [line for line in rows(page, LIST) if "SK-05" in line]
    assert f"Here since 09:00, called with number {party.number}" in line
    again = gerda.follow(gerda.send(f"/board/{day['talk'].handle}/here"))
    assert f"They are called with number {party.number}." in again.text
    page = gerda.follow(gerda.send(f"/board/{day['early'].handle}/here"))  # a meeting has no line
    assert "called with number" not in next(line for line in rows(page, LIST) if "VZ-104" in line)
    with demo_app.test_request_context():
        talking(party.handle)
    assert "called with number" not in gerda.open("/board").text  # nobody calls them any more


def talking(handle: str) -> None:
    dora = By(person_by_username(DORA), at(f"{TODAY}T10:00"))
    call_next("Z0-SPR", "SK-05", dora)
    begin(handle, dora)


def test_what_is_over_folds_away_and_a_search_finds_it(signed_in, day, clock):
    gerda = signed_in(GERDA)
    clock.instant = at(f"{TODAY}T11:30")
    page = gerda.open("/board")
    assert len(rows(page, LIST)) == 2
    assert (
        len(rows(gerda.open(page.link("earlier today")), LIST)) == 4
    )  # what is over and only busy is nothing any more
    assert ["Street plan" in line for line in rows(gerda.open("/board?find=street"), LIST)] == [True]
    assert rows(gerda.open("/board?date=2027-03-04"), LIST) == []
    assert gerda.open("/board?date=nonsense").status == 200
    old = gerda.open("/board?view=week&floor=F1")
    assert (old.status, old.location) == (301, "/board/timeline?view=week&floor=F1")


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        (GERDA, True),  # they receive people
        (DORA, True),  # it is hers
        (ANN, False),
        (FARID, False),  # may book every booth
        ("medewerker.burgerzaken.01", False),
        ("maatschappelijk.werker.07", False),  # of the same organisation, and of another service
    ],
)
def test_a_visitor_code_is_found_by_its_party_and_by_whoever_receives_people(who, finds, signed_in, day):
    page, wrong = (signed_in(who).open(f"/board?find={code}") for code in (day["talk"].visitor_code, "Z9Z-9Z"))
    assert page.status == 200
    assert [day["talk"].handle in page.source or "SK-05" in page.source, len(rows(page, LIST))] == [finds, finds]
    if not finds:
        assert page.soup.main.text.replace(day["talk"].visitor_code, "Z9Z-9Z") == wrong.soup.main.text


def test_wrong_codes_come_to_an_end_and_right_ones_do_not(signed_in, day, demo_app, clock):
    demo_app.config["TREFPUNT_PROBES"], demo_app.extensions["codes"] = 3, Probes()
    gerda, right = signed_in(GERDA), day["talk"].visitor_code
    for _number in range(5):
        assert gerda.open(f"/board?find={right}").status == gerda.open(f"/?find={right}").status == 200
    assert [gerda.open(f"{page}?find=Z9Z-9Z").status for page in ("/board", "/", "/board", "/", "/board")] == [
        *[200] * 3,
        *[429] * 2,
    ]
    assert gerda.open(f"/board?find={right}").status == 429
    assert gerda.open("/board?find=street").status == gerda.open("/").status == 200
    clock.instant += timedelta(minutes=10)
    assert gerda.open(f"/board?find={right}").status == 200


def test_the_next_receptionist_has_it_in_french(browser_of, signed_in, day):
    gilles = signed_in("onthaal.namiddag")
    gilles.client.post("/language", data={"language": "fr", "next": "/board"})
    page = gilles.open("/board")
    assert page.title == "La journée de la maison"
    assert len(page.buttons("Est là")) == 4


def test_five_hundred_bookings_take_as_many_questions_as_ten(signed_in, demo_app, counted_queries):
    def book(number: int, first: int) -> None:
        with demo_app.test_request_context():
            house = the_house()
            spaces = [each for each in house.spaces.values() if each.kind == "meeting_room" and len(each.parts) == 1]
            slots = [(each, NOW.date(), 540 + 15 * nth, 15) for nth in range(50) for each in spaces[:11]]
            book_rows(slots[first : first + number])

    gerda = signed_in(GERDA)

    def questions() -> int:
        gerda.open("/board")
        with counted_queries() as counted:
            page = gerda.open("/board")
        found.append(len(rows(page, LIST)))
        return counted.number

    found: list[int] = []
    book(10, 0)
    few = questions()
    book(490, 10)
    assert questions() == few <= 6
    assert found == [10, 500]

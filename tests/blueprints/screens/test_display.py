"""The screen in the hall calls by a number of the day and a place: each call, the last four until somebody is there,
and nothing else of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from models.actions.line.begin import begin
from models.actions.line.call_again import call_again
from models.queries.people import person_by_username
from models.rules.people.person import By
from tests.blueprints.screens.calling import CLERKS, COUNTERS, call, join
from tests.blueprints.screens.conftest import HALL
from tests.browser.sound_page import faults

CALLS = f"/display/{COUNTERS}/calls"
SECONDS, MINUTE = timedelta(seconds=13), timedelta(minutes=1)


@pytest.fixture
def screen(paired):
    return paired("display", COUNTERS)


@pytest.fixture
def line(demo_app, clock):
    """`line(call, 1)`: something happens in the line, now."""

    def happens(what, *arguments):
        with demo_app.test_request_context():
            return what(*arguments, clock.instant)

    return happens


def told(screen) -> list[tuple[int, str, bool]]:
    return [(each["number"], each["places"][0], each["stays"]) for each in screen.get(CALLS).json["calls"]]


def test_a_call_is_a_number_and_a_place_in_dutch_and_then_in_french(screen, line):
    number = line(join).number
    line(call, 1)
    [call_told] = screen.get(CALLS).json["calls"]
    assert set(call_told) == {"key", "number", "at", "places", "said", "stays"}
    assert call_told["places"] == ["Loket 1", "Guichet 1"]
    assert call_told["said"] == [
        {"lang": "nl-BE", "text": f"Nummer {number}: Loket 1."},
        {"lang": "fr-BE", "text": f"Numéro {number} : Guichet 1."},
    ]


def test_the_last_four_stay_until_somebody_is_there_and_a_call_of_just_now_has_its_time(screen, line, clock, demo_app):
    parties = [line(join) for _each in range(6)]
    for counter in range(1, 6):
        clock.instant += MINUTE
        line(call, counter)
    assert [number for number, _place, _stays in told(screen)] == [each.number for each in parties[1:5]]
    with demo_app.test_request_context():
        begin(parties[4].handle, By(person_by_username(CLERKS[4]), clock.instant))
    assert told(screen)[-1] == (parties[4].number, "Loket 5", False)  # begun in the same second, and shown all the same
    clock.instant += SECONDS
    assert [number for number, *_rest in told(screen)] == [each.number for each in parties[:4]]


def test_who_is_called_again_is_called_anew_and_stands_there_once(screen, line, clock, demo_app):
    party = line(join)
    line(call, 1)
    before = screen.get(CALLS).json["calls"]
    clock.instant += MINUTE
    with demo_app.test_request_context():
        call_again(party.handle, By(person_by_username(CLERKS[0]), clock.instant))
    [again] = screen.get(CALLS).json["calls"]
    assert (again["number"], again["key"] != before[0]["key"]) == (party.number, True)


def test_a_screen_that_asks_in_vain_gets_304_with_the_time_for_two_queries(screen, line, clock, counted_queries):
    line(join)
    line(call, 1)
    clock.instant += SECONDS
    first = screen.get(CALLS)
    clock.instant += timedelta(seconds=3)
    with counted_queries() as counted:
        again = screen.get(CALLS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["X-Now"]) == (304, b"", "2027-03-03T08:00:16.000Z")
    assert counted.number == 2
    line(join)  # that somebody comes is no news for a screen
    assert screen.get(CALLS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    line(call, 2)
    assert screen.get(CALLS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_without_script_the_page_shows_the_same_and_comes_anew_by_itself(screen, line, clock):
    parties = [line(join) for _each in range(2)]
    line(call, 1)
    clock.instant += MINUTE
    line(call, 2)
    html = screen.get(f"/display/{COUNTERS}").text
    page = BeautifulSoup(html, "html.parser")
    assert faults(html) == []
    assert str(parties[1].number) in page.find(id="stage").get_text()
    shown = [each.get_text() for each in page.select(".staying-list .call-number")]
    assert shown == [str(parties[1].number), str(parties[0].number)]
    assert page.select_one("noscript meta[http-equiv=refresh]")["content"] == "3"
    assert page.html["lang"] == "nl"
    clock.instant += SECONDS
    page = BeautifulSoup(screen.get(f"/display/{COUNTERS}").data, "html.parser")
    assert page.find(id="stage").has_attr("hidden")


def test_calls_of_another_zone_are_none_of_its_business(screen, line, paired, demo_app):
    line(join)
    line(call, 1)
    hall = paired("display", HALL)
    assert hall.get(f"/display/{HALL}/calls").json["calls"] == []
    assert {client.get(CALLS).status_code for client in (hall, demo_app.test_client())} == {404}

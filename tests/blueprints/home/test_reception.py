"""Reception's page of today: who arrives, who is looked for, and whoever rings for a room."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from models.actions.bookings.release_no_shows import release_no_shows
from models.queries.arrivals import arrived_among
from models.rules.bookings.fields import Caller
from tests.blueprints.home.conftest import rows
from tests.cast import ANN, BRAM, DORA, ELS, GERDA, at

TODAY = "2027-03-03"


def search(reader, words: str):
    return reader.open(f"/?{urlencode({'find': words})}")


@pytest.fixture
def day(booked) -> dict:
    """Four at hand at nine o'clock, one later."""
    return {
        "meeting": booked(ANN, "VZ-104", f"{TODAY}T09:30", "10:30", attendees=5, title="Street plan"),
        "private": booked(BRAM, "VZ-105", f"{TODAY}T10:00", "11:00", attendees=3, title="Pay", privacy="busy"),
        "other": booked(ELS, "VZ-103", f"{TODAY}T10:00", "11:00", attendees=4, title="Case Peeters"),
        "talk": booked(DORA, "SK-05", f"{TODAY}T10:00", "11:00", attendees=2, service="OCMW-SCH"),
        "later": booked(ANN, "VZ-106", f"{TODAY}T15:00", "16:00", attendees=3, title="Late talk"),
        "desk": booked(BRAM, "WP-1BUR-03", f"{TODAY}T07:00", "12:30"),
    }


def test_the_arrivals_of_the_next_two_hours_are_those_of_everybody_as_far_as_they_may_be_seen(signed_in, day):
    page = signed_in(GERDA).open("/")
    lines = rows(page, "Arrivals")
    assert [
        code
        for line in lines
        for code in ("VZ-104", "VZ-105", "VZ-103", "SK-05", "VZ-106", "WP-1BUR-03")
        if code in line
    ] == ["VZ-104", "SK-05", "VZ-103", "VZ-105"]  # what begins together in the order of its places
    assert "Street plan" in lines[0]
    assert all("Busy" in line for line in lines[1:])
    for secret in ("Pay", "Case Peeters", "OCMW-SCH", "Schuldbemiddeling", day["talk"].visitor_code):
        assert secret not in page.source


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("street", ["VZ-104"]),
        ("vz-10", ["VZ-104", "VZ-103", "VZ-105", "VZ-106"]),
        ("late", ["VZ-106"]),
        ("kaai", ["VZ-104"]),
        ("Gemeente", ["VZ-104", "VZ-106"]),
        ("pay", []),
        ("Peeters", []),
        ("OCMW", []),
        ("wp-1", []),
        ("schuld", []),
        ("%", []),
        ("x" * 500, []),
        ("*", []),
    ],
)
def test_only_what_stands_on_a_line_is_searched(words, found, signed_in, day):
    page = search(signed_in(GERDA), words)
    lines = rows(page, "Arrivals")
    assert [
        next(code for code in ("VZ-104", "VZ-105", "VZ-103", "VZ-106", "SK-05") if code in line) for line in lines
    ] == found
    assert ("Nothing today has these words" in page.text) is (not found)


def test_who_tells_the_code_of_their_talk_is_shown_where_to_go_and_nothing_else(signed_in, day):
    code = day["talk"].visitor_code
    for typed in (code.replace("-", ""), code.replace("-", " ").lower(), code.lower()):
        [line] = rows(search(signed_in(GERDA), typed), "Arrivals")
        assert "SK-05" in line
    assert f"Talk {code}" in line
    assert "10:00–11:00" in line
    assert "Sociale" not in line
    assert rows(search(signed_in(GERDA), code[:4]), "Arrivals") == []


def test_only_reception_has_arrivals(signed_in, day):
    page = signed_in(ANN).open("/?find=street")
    assert page.status == 200
    assert rows(page, "Arrivals") == []
    assert not page.soup.find(id="find")


def test_who_is_here_is_said_in_two_clicks_and_taken_back_within_a_minute(signed_in, day, clock, kept):
    """Also of a talk that reception may not read; its host reads it at once, and never who it is."""
    gerda, dora, talk = signed_in(GERDA), signed_in(DORA), day["talk"]
    clock.instant = at(f"{TODAY}T09:50")
    assert "Somebody is here for" not in dora.open("/").text
    page = search(gerda, talk.visitor_code)
    [press] = page.buttons("Is here")
    assert gerda.press(press).location == "/"
    assert kept(talk.id).status == "checked_in"
    for page in (dora.open("/"), dora.open("/here")):
        assert f"Somebody is here for 10:00, Interview booth 5 {talk.visitor_code} , since 09:50" in " ".join(
            page.soup.find(id="here").get_text(" ").split()
        )
    assert "Somebody is here since 09:50." in dora.open(f"/bookings/{talk.handle}").text
    assert any("Here since 09:50" in line for line in rows(dora.open("/"), "Talks of my services"))
    clock.instant += timedelta(seconds=50)
    [undo] = gerda.open("/").buttons("Undo")
    gerda.press(undo)
    assert (kept(talk.id).status, kept(talk.id).checked_in_at) == ("confirmed", None)
    assert "Somebody is here for" not in dora.open("/").text
    gerda.send(f"/board/{talk.handle}/here")
    clock.instant += timedelta(seconds=61)
    assert gerda.open("/").buttons("Undo") == []
    gerda.send(f"/board/{talk.handle}/not-here")
    assert kept(talk.id).status == "checked_in"


def test_whoever_comes_before_check_in_opens_keeps_the_place(signed_in, booked, clock, kept, demo_app):
    meeting = booked(ANN, "VZ-104", f"{TODAY}T10:00", "11:00", attendees=5)
    signed_in(GERDA).send(f"/board/{meeting.handle}/here")  # at nine
    assert kept(meeting.id).status == "confirmed"
    with demo_app.test_request_context():
        assert release_no_shows(at(f"{TODAY}T10:40")) == 0


@pytest.mark.parametrize(
    ("who", "start", "status"),
    [
        (ANN, f"{TODAY}T10:00", 403),  # not even its host: that is checking in
        (GERDA, "2027-03-04T10:00", 303),  # tomorrow: says why, and notes nothing
    ],
)
def test_only_reception_says_who_is_here_and_only_of_today(who, start, status, signed_in, booked, demo_app):
    meeting = booked(ANN, "VZ-104", start, "11:00", attendees=5)
    assert signed_in(who).send(f"/board/{meeting.handle}/here").status == status
    with demo_app.test_request_context():
        assert arrived_among([meeting.id]) == {}


@pytest.mark.parametrize("words", ["Wim", "de zon", "555 0102", "+3235550102", "or-01", "ontmoetingsplein"])
def test_whoever_rings_is_found_in_the_coming_weeks_by_whatever_they_say(words, signed_in, booked):
    caller = Caller("Wim Vos", "De Zon", "+32 3 555.01.02")
    booked(GERDA, "OR-01", "2027-03-15T13:00", "14:00", attendees=4, caller=caller)
    booked(DORA, "SK-05", "2027-03-15T10:00", "11:00", attendees=2, service="OCMW-LEE")
    page = search(signed_in(GERDA), words)
    [line] = rows(page, "In the coming weeks")
    assert "OR-01" in line
    assert "Wim Vos" in line

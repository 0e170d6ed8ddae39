"""Reception's page of today: who arrives, who is looked for, and whoever rings for a room."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.blueprints.home.conftest import rows
from tests.cast import ANN, BRAM, DORA, ELS, GERDA

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
    assert "Busy" in line
    assert "10:00–11:00" in line
    assert rows(search(signed_in(GERDA), code[:4]), "Arrivals") == []


def test_whoever_rings_is_answered_by_the_finder(signed_in):
    gerda = signed_in(GERDA)
    form = gerda.open("/").soup.find("form", action="/find")
    assert {each["name"] for each in form.find_all(["input", "select"])} == {
        "near",
        "date",
        "start",
        "minutes",
        "attendees",
    }
    answer = gerda.open("/find?near=any&date=2027-03-04&start=10:00&minutes=60&attendees=12")
    assert answer.status == 200
    assert "VZ-001" in answer.source


def test_only_reception_has_arrivals(signed_in, day):
    page = signed_in(ANN).open("/?find=street")
    assert page.status == 200
    assert rows(page, "Arrivals") == []
    assert not page.soup.find(id="find")

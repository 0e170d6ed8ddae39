"""The page of a floor: charts that say in words and figures what they draw."""

from __future__ import annotations

import pytest
from bs4 import Tag

from models.rules.changes.limits import SetLimit
from models.rules.values import Scope
from tests.blueprints.booking.reading import Page, Reader
from tests.cast import ANN, BRAM, DORA, ELS, FARID, INES, KAAT, LIEN
from tests.changing import put

MONDAY = "2027-03-08"
FLOOR = f"/occupancy?date={MONDAY}&floor=F1"
MOST = 12


@pytest.fixture
def page_of(browser_of):
    return lambda username, address=FLOOR: Reader(browser_of(username)).open(address)


def said(page: Page, place: str) -> str:
    return " ".join(page.soup.find(id=place).get_text(" ").split())


def figures(page: Page, place: str) -> list[list[str]]:
    chart: Tag = page.soup.find(id=place)
    return [[cell.get_text(" ").strip() for cell in row.find_all(["th", "td"])] for row in chart.select("tbody tr")]


def test_each_place_of_the_floor_has_its_peak_and_the_room_that_is_left(page_of, booked):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    booked(BRAM, "VZ-102", f"{MONDAY}T09:30", "11:00", attendees=10)
    page = page_of(FARID, FLOOR)
    assert "Most people from 09:30 to 10:00: 24 people. Room for 86 more then." in said(page, "zone-Z1-VER")
    for place, people, room in (("building-AC", "24 to 32", 718), ("floor-F1", "24 to 28", 162)):
        assert f"Most people from 09:30 to 10:00: {people} people. Room for at least {room} more then." in said(
            page, place
        )  # whoever is in a zone of which only its own people learn how many they are counts in fives
    assert "Nobody is expected: room for 24." in said(page, "zone-Z1-BUR")
    assert figures(page, "zone-Z1-VER") == [
        ["09:00–09:30", "14", "96"],
        ["09:30–10:00", "24", "86"],
        ["10:00–11:00", "10", "100"],
    ]
    assert page.soup.find(id="zone-Z1-VER").select_one("svg .chart-limit")
    assert {each["id"] for each in page.soup.select("article")} == {
        "building-AC",
        "floor-F1",
        "zone-Z1-BUR",
        "zone-Z1-OMG",
        "zone-Z1-VER",
        "zone-Z1-KOF",
        "space-KH-01",
        "space-OR-06",
        "space-VZ-101",
        "space-VZ-101-102",
        "space-VZ-102",
    }


def test_others_read_steps_in_words_and_what_room_is_certain(page_of, booked):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    booked(BRAM, "VZ-102", f"{MONDAY}T09:30", "11:00", attendees=3)
    page = page_of(ANN)
    for place, room in (("building-AC", 731), ("floor-F1", 171), ("zone-Z1-VER", 91)):
        assert f"Most people from 09:30 to 10:00: 15 to 19 people. Room for at least {room} more then." in said(
            page, place
        )
    assert figures(page, "zone-Z1-VER") == [
        ["09:00–09:30", "10 to 14", "at least 96"],
        ["09:30–10:00", "15 to 19", "at least 91"],
        ["10:00–11:00", "fewer than five", "at least 106"],
    ]
    assert "Nobody is expected: room for 24." in said(page, "zone-Z1-BUR")


def test_a_zone_of_one_organisation_with_secrecy_is_shown_to_its_own_people_alone(page_of, booked):
    booked(ELS, "WP-1OCM-01", f"{MONDAY}T07:00", "12:30")
    page = page_of(FARID)
    assert page.soup.find(id="zone-Z1-OCM") is None
    kept = "Only counted with the whole floor, and in whole fives: Social service neighbourhood."
    assert f"{kept} Up to 4 more people may be there." in page.soup.main.get_text()
    assert said(page, "floor-F1").endswith("At most 4 people are expected: room for at least 186.")
    assert "Only counted with the whole floor: Social service neighbourhood." in page_of(ANN).soup.main.get_text()
    page = page_of(ELS)
    assert figures(page, "zone-Z1-OCM") == [["07:00–12:30", "1", "19"]]
    assert "Only counted with the whole floor" not in page.soup.main.get_text()


@pytest.mark.parametrize(("attendees", "word"), [(9, None), (10, "Nearly full"), (11, "Nearly full"), (12, "Full")])
def test_near_and_at_the_limit_is_said_in_words(attendees, word, page_of, booked):
    booked(ANN, "OR-06", f"{MONDAY}T09:00", "10:00", attendees=attendees)
    page = page_of(ANN)
    badge = page.soup.find(id="space-OR-06").select_one(".badge")
    assert (badge.get_text(" ").strip() if badge else None) == word
    assert bool(page.soup.select("a[href='#space-OR-06']")) is bool(word)  # and it is one jump away


def test_above_a_limit_that_was_lowered_is_said_with_how_many_too_many(page_of, booked, demo_app):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    with demo_app.test_request_context():
        put(SetLimit(Scope("zone", "Z1-VER"), 10))
    text = said(page_of(FARID), "zone-Z1-VER")
    assert "Above the limit" in text
    assert "That is 4 too many." in text
    assert page_of(FARID).soup.find(id="zone-Z1-VER").select_one("svg .chart-over")


def test_of_a_party_that_is_only_busy_to_the_viewer_no_number_stands_anywhere(page_of, booked):
    booked(ELS, "VZ-101", f"{MONDAY}T13:00", "15:00", attendees=22, title="Case Peeters")
    page = page_of(ANN)
    assert figures(page, "space-VZ-101") == [["13:00–15:00", "taken", ""]]
    assert "22" not in said(page, "space-VZ-101")
    assert "Peeters" not in page.source
    assert figures(page, "zone-Z1-VER") == [["13:00–15:00", "20 to 24", "at least 86"]]  # the zone counts everyone
    assert figures(page_of(ELS), "space-VZ-101") == [["13:00–15:00", "22", "8"]]


def test_booths_are_counted_in_their_zone_or_floor_and_never_alone(page_of, booked):
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "10:00", attendees=3, service="OCMW-SCH")
    booked(INES, "SK-08", f"{MONDAY}T09:00", "10:00", attendees=2, service="CAW-SLA")
    page = page_of(FARID, f"/occupancy?date={MONDAY}&floor=F0")
    assert figures(page, "zone-Z0-SPR") == [["09:00–10:00", "3", "42"]]
    assert figures(page, "floor-F0") == [
        ["09:00–10:00", "3 to 7", "at least 393"]
    ]  # the welfare house's two among them
    assert page.soup.find(id="zone-Z0-CAW") is None
    assert not page.soup.select("[id^='space-SK']")


def test_an_evening_widens_the_chart(page_of, booked):
    booked(FARID, "OR-04", f"{MONDAY}T20:30", "22:30", attendees=20, key_holder="conciergerie")
    page = page_of(ANN, f"/occupancy?date={MONDAY}&floor=F2")
    assert page.soup.select("#space-OR-04 .occupancy-hours li")[-1].text == "22"


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_the_days_on_which_the_clocks_change_are_drawn_too(day, page_of):
    assert page_of(ANN, f"/occupancy?date={day}&floor=F1").status == 200


@pytest.mark.parametrize("query", ["date=abc", "date=2027-02-30", "date=9999-12-31", "floor=F9", "floor=%00x"])
def test_what_cannot_be_read_is_left_out(query, page_of):
    page = page_of(ANN, f"/occupancy?{query}")
    assert (page.status, page.location) in {(302, "/occupancy"), (400, None)}


def test_it_opens_on_the_own_floor_and_leads_to_the_others_and_to_other_days(page_of):
    page = page_of(ANN, "/occupancy")
    assert page.soup.select_one(".segments [aria-current]").get_text().strip() == "First floor"
    links = {each["href"] for each in page.soup.main.find_all("a", href=True)}
    assert {"/occupancy?floor=F2&date=2027-03-03", "/occupancy?floor=F1&date=2027-03-04"} <= links


@pytest.mark.parametrize(("who", "status"), [(ANN, 200), (DORA, 200), (KAAT, 403), (LIEN, 403)])
def test_it_is_for_whoever_works_here(who, status, page_of):
    page = page_of(who)
    assert page.status == status
    assert bool(page.soup.select(".site-nav a[href='/occupancy']")) is (status == 200)


def test_the_number_of_questions_does_not_grow(page_of, browser_of, booked, demo_app, counted_queries):
    ann = Reader(browser_of(ANN))

    def questions() -> int:
        ann.open(FLOOR)
        with counted_queries() as counted:
            assert ann.open(FLOOR).status == 200
        return counted.number

    booked(ANN, "VZ-101", f"{MONDAY}T08:00", "08:30", attendees=14)
    few = questions()
    for hour in range(9, 18):
        booked(ANN, "VZ-101", f"{MONDAY}T{hour:02}:00", f"{hour:02}:30", attendees=12)
    assert questions() == few <= MOST

"""What is kept of a day, week or month is what would be made anew: for whoever looks, and whatever others write."""

from __future__ import annotations

import re

import pytest

from models.queries.kept import KEPT
from tests.cast import ANN, BRAM, DORA, ELS, FARID, GERDA, HUGO, INES, KAAT, LIEN, MARC

DAY = "2027-03-04"
EVERYBODY = (ANN, BRAM, DORA, ELS, FARID, GERDA, HUGO, INES, KAAT, LIEN, MARC)
PAGES = (
    f"/rooms?date={DAY}&view=timeline",
    f"/booths?date={DAY}&view=timeline",
    f"/spaces?date={DAY}&view=timeline",
    f"/booths?date={DAY}&view=week",
    f"/rooms?date={DAY}&view=month",
    "/rooms?view=list",
    "/booths/SK-05",
)
FORM_TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')


@pytest.fixture
def busy(booked):
    """One booking of each sort: one's own, with a title, in confidence, waiting, public, in a shared space."""
    booked(ANN, "VZ-104", f"{DAY}T10:00", "11:00", title="Street plan")
    booked(BRAM, "VZ-105", f"{DAY}T10:00", "11:00", title="Papers", privacy="busy")
    booked(DORA, "SK-05", f"{DAY}T10:00", "10:45", attendees=2, service="OCMW-SCH")
    booked(KAAT, "VZ-001", f"{DAY}T18:00", "19:00", attendees=10)
    booked(ANN, "PZ-03", f"{DAY}T10:00", "12:00", attendees=10, title="Reception", privacy="public")
    booked(FARID, "OR-01", f"{DAY}T09:00", "11:00", attendees=20)


@pytest.fixture
def reading(browser_of):
    """How somebody's browser, the same one each time, is answered: the tag, and the page but for its form token."""
    browsers: dict = {}

    def read(who: str, page: str) -> tuple[str | None, bytes]:
        if who not in browsers:
            browsers[who] = browser_of(who)
            browsers[who].get(page)  # the first page gives the session its form token
        answer = browsers[who].get(page)
        return answer.headers.get("ETag"), FORM_TOKEN.sub(b"", answer.data)

    return read


@pytest.mark.parametrize("page", PAGES)
def test_everybody_is_shown_the_same_after_everybody_else_as_if_nothing_were_kept(busy, reading, page):
    alone = {}
    for who in EVERYBODY:
        reading(who, page)
        KEPT.clear()
        alone[who] = reading(who, page)
    KEPT.clear()
    for who in (*EVERYBODY, *reversed(EVERYBODY), *EVERYBODY[::3]):
        assert reading(who, page) == alone[who], who


def test_the_size_of_a_packed_page_tells_nothing_of_what_moved(browser_of):
    """The first answer after something has moved is as long as those that are kept: also to whom it tells nothing."""
    ann = browser_of(ANN)
    ann.get(PAGES[0])
    KEPT.clear()
    sizes = {len(ann.get(PAGES[0], headers={"Accept-Encoding": "gzip"}).data) for _nth in range(3)}
    assert len(sizes) == 1


@pytest.fixture
def asked_for(counted_queries, reading):
    """How many questions, and how many of them for bookings, a page costs that was read before."""

    def ask(page: str) -> tuple[int, int]:
        with counted_queries() as counted:
            reading(ANN, page)
        return counted.number, sum("FROM booking" in each for each in counted.statements)

    return ask


@pytest.mark.parametrize("page", [PAGES[0], PAGES[4]])
def test_what_others_write_elsewhere_has_nothing_made_anew(booked, reading, asked_for, page):
    """Three questions: who asks, the house, and the days of the spaces shown."""
    reading(ANN, page)
    ready = asked_for(page)
    booked(BRAM, "WP-1BUR-02", f"{DAY}T07:00", "12:30")
    booked(BRAM, "VZ-104", "2027-04-05T10:00", "11:00")
    assert asked_for(page) == ready
    assert ready <= (3, 0)


def test_what_is_written_in_one_row_is_shown_at_once(busy, booked, reading, asked_for):
    before = reading(ANN, PAGES[0])
    booked(BRAM, "VZ-103", f"{DAY}T10:00", "11:00")
    number, for_bookings = asked_for(PAGES[0])
    after = reading(ANN, PAGES[0])
    assert before[0] != after[0]
    assert after[1].count(b"10:00\xe2\x80\x9311:00") == before[1].count(b"10:00\xe2\x80\x9311:00") + 1
    assert (number, for_bookings) <= (7, 1)


def test_a_month_asks_whose_a_booking_is_only_of_spaces_that_are_for_others(busy, reading, counted_queries):
    """Of the rooms that she may book, ANN need not be told by whom they are taken; one is not hers to book."""
    reading(ANN, PAGES[4])
    KEPT.clear()
    with counted_queries() as counted:
        reading(ANN, PAGES[4])
    asked = [each for each in counted.statements if "FROM booking" in each]
    assert ["JOIN person" in each for each in asked] == [False, True]

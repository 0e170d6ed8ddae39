"""On pages, whoever may not book a space reads what it is, and nothing of when it is taken."""

from __future__ import annotations

import re

import pytest

from tests.blueprints.booking.test_timeline import cells, row_of
from tests.cast import ANN, DORA, ELS, FARID, GERDA, INES, KAAT

TODAY, TOMORROW = "2027-03-03", "2027-03-04"


@pytest.fixture
def taken(booked):
    for day in (TODAY, TOMORROW):
        booked(DORA, "SK-05", f"{day}T10:15", "11:00", attendees=3, service="OCMW-SCH")
        booked(INES, "SK-08", f"{day}T10:15", "11:00", attendees=2)
        booked(ANN, "VZ-103", f"{day}T10:15", "11:00", attendees=6, title="Overleg")


def states(page, code):
    return {state for _span, state, _text in cells(row_of(page, code))}


@pytest.mark.parametrize("day", [TODAY, TOMORROW])
@pytest.mark.parametrize(("who", "path", "code"), [(ANN, "/booths", "SK-05"), (KAAT, "/rooms", "VZ-103")])
def test_an_outsiders_timeline_is_the_same_whatever_is_booked(signed_in, booked, who, path, code, day):
    reader, address = signed_in(who), f"{path}?date={day}&view=timeline"
    before = str(row_of(reader.open(address), code))
    booked(DORA if code == "SK-05" else ANN, code, f"{day}T10:15", "11:00", attendees=3)
    assert str(row_of(reader.open(address), code)) == before


@pytest.mark.parametrize("view", ["timeline", "list", "week", "month", "plan"])
@pytest.mark.parametrize(("who", "path"), [(ANN, "/booths/SK-05"), (KAAT, "/rooms/VZ-103"), (ANN, "/booths/SK-08")])
def test_no_view_of_a_list_and_no_page_of_the_space_tells_an_outsider_its_times(signed_in, taken, who, path, view):
    reader, kind = signed_in(who), path.rpartition("/")[0]
    for page in (reader.open(f"{kind}?date={TOMORROW}&view={view}"), reader.open(f"{path}?date={TOMORROW}")):
        assert not re.search(r"10:15|Overleg", page.soup.main.get_text())


def test_one_spaces_page_tells_its_facts_to_everybody(signed_in, taken):
    page = signed_in(ANN).open(f"/booths/SK-05?date={TOMORROW}")
    assert "Floor" in page.soup.main.get_text()
    assert not page.soup.select(".timeline")


def test_the_page_of_a_space_shows_the_front_desk_no_day_but_that_of_its_duty(signed_in, taken):
    page = signed_in(GERDA).open(f"/booths/SK-05?date={TODAY}")
    assert len(page.soup.select(".timeline tbody tr")) == 1


@pytest.mark.parametrize("who", [FARID, GERDA])
def test_whoever_is_on_duty_sees_what_is_taken_today_and_no_other_day(signed_in, taken, who):
    reader = signed_in(who)
    for day, told in ((TODAY, True), (TOMORROW, False)):
        page = reader.open(f"/booths?date={day}&view=timeline")
        assert [("t" in states(page, code)) for code in ("SK-05", "SK-08")] == [told, told]


def test_whoever_may_book_there_sees_others_bookings(signed_in, taken):
    page = signed_in(ELS).open(f"/booths?date={TOMORROW}&view=timeline")
    assert "t" in states(page, "SK-05")
    assert "t" not in states(page, "SK-08")

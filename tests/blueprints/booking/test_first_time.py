"""What a form starts with: the first time from now on that this person could really book there."""

from __future__ import annotations

import pytest

from tests.blueprints.booking.reading import values_of
from tests.cast import ANN, BRAM, CHRIS, FARID, KAAT, at

ROOM, DESK = "/rooms/VZ-104/book", "/desks/WP-1BUR-01/book"
CLOSED, LEFT, OVER = "it is closed here", "nothing is left here", "is over"
FAR = "cannot be booked yet"
FORMS = [
    # who, form, now, what it starts with, what it says of the date
    (ANN, ROOM, "2027-03-03T02:50", "2027-03-03 07:00 08:00", ""),  # at night: when the doors open
    (ANN, ROOM, "2027-03-03T09:20", "2027-03-03 09:15 10:15", ""),  # the slot that runs
    (ANN, ROOM, "2027-03-04T07:05", "2027-03-04 08:45 09:30", ""),  # between two meetings, with their buffers
    (ANN, ROOM, "2027-03-03T21:30", "2027-03-04 08:45 09:30", LEFT),
    (ANN, f"{ROOM}?date=2027-03-28", "2027-03-03T09:00", "2027-03-30 07:00 08:00", CLOSED),  # the Monday is Easter's
    (ANN, f"{ROOM}?date=2027-03-01", "2027-03-03T11:00", "2027-03-03 11:00 12:00", OVER),
    (ANN, f"{ROOM}?start=2027-03-28T19:00", "2027-03-03T09:00", "2027-03-28 19:00 20:00", ""),  # chosen: left as it is
    (KAAT, "/rooms/VZ-001/book", "2027-03-03T19:30", "2027-03-04 08:30 09:30", LEFT),  # the public's hours
    (CHRIS, "/booths/SK-01/book", "2027-03-03T02:00", "2027-03-03 08:30 09:00", ""),
    (FARID, "/spaces/OR-06/book?date=2027-03-07", "2027-03-03T19:00", "2027-03-08 07:00 08:00", CLOSED),
    (ANN, DESK, "2027-03-03T02:50", "2027-03-03 day", ""),
    (ANN, DESK, "2027-03-03T13:50", "2027-03-03 afternoon", ""),
    (ANN, f"{DESK}?date=2027-03-04", "2027-03-03T13:50", "2027-03-04 morning", ""),  # Bram comes at noon
    (ANN, DESK, "2027-03-03T23:50", "2027-03-04 morning", LEFT),
    (ANN, f"{DESK}?date=2027-12-25", "2027-03-03T02:50", "2027-03-16 day", FAR),
    (ANN, f"{ROOM}?date=2028-01-01", "2027-03-03T02:50", "2027-05-31 07:00 08:00", FAR),
]


@pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)  # how it is shown; what is free has its own tests
def test_the_first_time_is_proposed_says_why_it_is_later_and_can_be_booked_as_it_stands(signed_in, booked, clock):
    booked(BRAM, "VZ-104", "2027-03-04T07:00", "08:30")
    booked(FARID, "VZ-104", "2027-03-04T09:45", "10:00")
    booked(BRAM, "WP-1BUR-01", "2027-03-04T12:30", "19:00")
    readers = {who: signed_in(who) for who in {row[0] for row in FORMS}}
    found, sound = [], []
    for who, form, now, _proposed, said in FORMS:
        clock.instant = at(now)
        page, address = readers[who].open(form), form.partition("?")[0]
        values = values_of(page.form(address))
        told = said if said in page.text and bool(said) == ("Below stands" in page.text) else page.text
        proposed = " ".join(values[each] for each in ("date", "start", "end", "block") if each in values)
        found.append((who, form, now, proposed, told))
        sound.append("This is possible" in readers[who].send(f"{address}/check", **values).text)
    assert found == FORMS
    assert [form for (_who, form, *_more), is_sound in zip(FORMS, sound, strict=True) if not is_sound] == [FORMS[6][1]]


@pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)
def test_whoever_may_not_book_a_space_at_all_is_told_so_on_arrival_and_gets_no_form(signed_in):
    for who, form in [(ANN, "/booths/SK-05/book"), (CHRIS, "/booths/SK-05/book"), (KAAT, "/rooms/VZ-103/book")]:
        page = signed_in(who).open(form)
        assert (page.status, "You cannot book this space." in page.text) == (200, True)
        assert page.soup.select_one("#booking, #check") is None
        assert page.soup.select_one('main a[href="/find"]')

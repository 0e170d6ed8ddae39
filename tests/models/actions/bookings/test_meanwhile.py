"""A series that was judged, and what others write before it has the lock: it is booked on what stands by then."""

from __future__ import annotations

import pytest

import models.actions.bookings.book as booking
from models.actions.bookings.book import book
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.refusals import SeriesRefused
from models.rules.values import Scope
from tests.cast import ANN, BRAM, NOW, ask
from tests.changing import put

WEEKLY = ask("VZ-104", "2027-03-15T09:00", "10:00", attendees=6, recurrence="FREQ=WEEKLY;COUNT=2")
SECOND = "2027-03-22"

pytestmark = pytest.mark.usefixtures("demo")


def bram_books(space: str, start: str, end: str, attendees: int):
    return lambda: book(ask(space, start, end, attendees=attendees), person_by_username(BRAM), NOW)


def limit_of_the_zone(most: int):
    return lambda: put(SetLimit(Scope("zone", "Z1-VER"), most))


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        (bram_books("VZ-103", f"{SECOND}T14:00", "15:00", 4), {}),  # nothing that it was judged on
        (bram_books("VZ-103", f"{SECOND}T09:00", "10:00", 4), {}),  # somebody more in its zone, who fits
        (bram_books("VZ-104", f"{SECOND}T09:30", "10:30", 4), {SECOND: {"space_taken"}}),
        (limit_of_the_zone(5), {day: {"zone_full"} for day in ("2027-03-15", SECOND)}),
    ],
)
def test_a_series_is_booked_on_what_stands_once_it_has_the_lock(monkeypatch, written, refused):
    read, written_by = booking.rulebook_id, [written]

    def written_meanwhile(*asked):
        if written_by:
            written_by.pop()()
        return read(*asked)

    monkeypatch.setattr(booking, "rulebook_id", written_meanwhile)
    found: dict[str, set[str]] = {}
    try:
        assert len(book(WEEKLY, person_by_username(ANN), NOW).bookings) == 2
    except SeriesRefused as no:
        found = {f"{each.start:%Y-%m-%d}": {reason.code for reason in each.refusals} for each in no.decisions}
    assert found == refused

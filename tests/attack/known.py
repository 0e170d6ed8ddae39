"""Doors that still stand open. Whoever shuts one takes its row away: the test fails until then."""

from __future__ import annotations

from collections.abc import Mapping

# Where the people of the house stand as people, booked or not: their names tell of no booking.
LISTS_PEOPLE = frozenset(
    {
        "booking.people",
        "booking.change_form",
        "manage.export",
        "manage.roster",
        "manage.stand_ins",
        *(f"{part}.book_form" for part in ("booths", "desks", "meeting_rooms", "meeting_spaces")),
    }
)
# (where, which word) -> to whom, and why it is so.
KNOWN: Mapping[tuple[str, str], tuple[frozenset[str], str]] = {}

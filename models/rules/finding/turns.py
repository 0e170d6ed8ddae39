"""In which turn requests are answered, and what else waits for the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.callers import organiser_of
from models.rules.people.person import Person
from models.rules.times.interval import civil_date

# Those who work here, then recognised associations, then residents.
CATEGORIES = ("inside", "association", "resident")


def category_of(organiser: Person) -> str:
    """Which of CATEGORIES an organiser is in."""
    if not organiser.is_outside:
        return "inside"
    return "association" if "association" in organiser.roles else "resident"


def in_turn(bookings: Iterable[Booked], organisers: Mapping[str, Person], house: House) -> list[Booked]:
    """By the day on which they were asked; those of one day by category; within it who came first.

    `organisers`: by username.
    """
    return sorted(
        bookings,
        key=lambda each: (
            civil_date(each.made_at, house.zone),
            CATEGORIES.index(category_of(organiser_of(each, organisers, house))),
            each.made_at,
            each.id,
        ),
    )


def asked_for_beside(booking: Booked, others: Iterable[Booked], house: House) -> list[Booked]:
    """Other requests that wait for the same place on the same date, in order of start; a composite's parts are the
    same place. Other dates of its own series are not others."""
    places, day = house.leaves_taken_by(booking.space), civil_date(booking.during.start, house.zone)
    return sorted(
        (
            each
            for each in others
            if each.uid != booking.uid
            and civil_date(each.during.start, house.zone) == day
            and places & house.leaves_taken_by(each.space)
        ),
        key=lambda each: (each.during.start, each.id),
    )

"""Which bookings stand above a limit: lowering one never deletes a booking, so somebody has to see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for
from models.rules.presence.headcount import Course
from models.rules.presence.occupancy import Place
from models.rules.presence.steps import most_beyond, sees_exact_counts
from models.rules.times.interval import civil_date


@dataclass(frozen=True, slots=True)
class AboveLimit:
    """`persons`: the most present while this booking lasts; `rule`: which limit it passes there."""

    booking: Booked
    scope: str
    rule: str
    limit: int
    persons: int


def above_places(bookings: Iterable[Booked], house: House) -> tuple[AboveLimit, ...]:
    """Bookings of more people than their space's effective places on their date, by themselves or, in a shared space,
    together with those beside them."""
    found = []
    by_space: dict[str, list[Booked]] = {}
    for booking in bookings:
        by_space.setdefault(booking.space, []).append(booking)
    for code, here in by_space.items():
        together = None if house.spaces[code].exclusive else Course(here)
        for booking in here:
            policy = house.policy(code, civil_date(booking.during.start, house.zone))
            places = policy.places(booking.layout)
            persons = together.most(booking.during) if together else max(booking.persons, booking.attendees or 0)
            if places is None or persons > places.limit:
                found.append(
                    AboveLimit(
                        booking,
                        f"space:{code}",
                        places.rule if places else "R01",
                        places.limit if places else 0,
                        persons,
                    )
                )
    return tuple(sorted(found, key=_order))


def above_head_count(
    bookings: Iterable[Booked], scope: str, code: str, rule: str, house: House
) -> tuple[AboveLimit, ...]:
    """Bookings of one zone, floor or building during which more people are present than its limit of that date."""
    inside = [each for each in bookings if getattr(house.spaces[each.space], scope) == code]
    found, crowd = [], Course(inside)
    for booking in inside:
        limit = house.limit(scope, code, civil_date(booking.during.start, house.zone))
        if limit is None:
            continue
        persons = crowd.most(booking.during)
        if persons > limit:
            found.append(AboveLimit(booking, f"{scope}:{code}", rule, limit, persons))
    return tuple(sorted(found, key=_order))


def persons_told(above: AboveLimit, viewer: Viewer) -> int | None:
    """How many people pass the limit, or None where that would tell of a booking that this viewer sees as busy, or is
    the head count of a place of which, or of a zone in which, they only learn steps: see Peak."""
    place = Place.read(above.scope)
    if place.sort == "space":
        is_told = detail_for(viewer, above.booking) != "busy"
    else:
        is_told = sees_exact_counts(place, viewer) and not most_beyond(place, viewer)
    return above.persons if is_told else None


def _order(above: AboveLimit) -> tuple[datetime, int]:
    return above.booking.during.start, above.booking.id

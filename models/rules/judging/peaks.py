"""When a place holds more people than its limit, and how many too many: what whoever lowers it wants to know first.

As far as they have its figures: to anybody else these would tell who sits where. So they are those of told_course(),
cut where bookings that they are told of begin and end: when one under secrecy does is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.reach import is_kept_apart
from models.rules.presence.occupancy import Expected, Place, Stretch
from models.rules.presence.steps import most_of, place_told, sees_exact_counts, told_course
from models.rules.times.interval import Interval, civil_dates, civil_day


@dataclass(frozen=True, slots=True)
class Peak:
    """A stretch of one date in which a limit is passed, and by how many people at its fullest. `most`: by how many at
    most, where somebody's figures say no more than that."""

    during: Interval
    too_many: int
    most: int


def peaks_above(bookings: Iterable[Booked], place: Place, house: House, viewer: Viewer) -> tuple[Peak, ...]:
    """In order of time; none for who gets no figures of the place. `bookings`: all that are counted in it; `house`: the
    one whose limits hold, be it only imagined."""
    if place_told(place, viewer) != place or not sees_exact_counts(place, viewer):
        return ()
    by_day: dict[date, list[Booked]] = {}
    for each in bookings:
        for day in civil_dates(each.during, house.zone):
            by_day.setdefault(day, []).append(each)
    found: list[Peak] = []
    for day, here in sorted(by_day.items(), key=itemgetter(0)):
        limit, during = place.limit(house, day), civil_day(day, house.zone)
        if limit is not None:
            expected = [Expected(each.space, each.during, each.persons) for each in here]
            told = [each.during for each in here if not is_kept_apart(viewer, each)]
            course = _cut(told_course(place, expected, during, viewer), told, during)
            found += _peaks(course, limit, place, viewer)
    return tuple(found)


def _cut(course: Sequence[Stretch], told: Sequence[Interval], during: Interval) -> Iterator[Stretch]:
    """The most people in each stretch between two instants at which one of `told` begins or ends; nobody where none of
    them lasts."""
    inside = [common for each in told if (common := each.common(during))]
    for start, end in pairwise(sorted({moment for each in inside for moment in (each.start, each.end)})):
        here = Interval(start, end)
        most = max(each.persons or 0 for each in course if each.during.overlaps(here))
        yield Stretch(here, most if any(each.overlaps(here) for each in inside) else 0)


def _peaks(course: Iterable[Stretch], limit: int, place: Place, viewer: Viewer) -> Iterator[Peak]:
    for is_above, stretches in groupby(course, key=lambda each: (each.persons or 0) > limit):
        if is_above:
            here = list(stretches)
            most = max(each.persons or 0 for each in here)
            during = Interval(here[0].during.start, here[-1].during.end)
            yield Peak(during, most - limit, most_of(most, place, viewer) - limit)

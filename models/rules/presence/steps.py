"""Head counts of zones, floors and buildings as a viewer may have them: the figures, or the steps in which they lie.

Whoever sees a figure change by two just after a colleague went in knows that two people sit there. So most people are
told a step, and by quarters of an hour: enough to choose a quiet day, too little to tell when somebody came.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.rights import may_see_exact_counts
from models.rules.presence.occupancy import Expected, Place, Stretch, course
from models.rules.times.interval import Interval

STEP = 5
QUARTER = timedelta(minutes=15)


def step_of(persons: int) -> int:
    """The lower bound of the step in which a number lies: 0, 1 (fewer than five), 5, 10 and so on."""
    return min(persons, 1) if persons < STEP else persons - persons % STEP


def top_of(step: int) -> int:
    """The most people that a step may stand for, given its lower bound."""
    return step and step - step % STEP + STEP - 1


def place_told(place: Place, viewer: Viewer) -> Place:
    """The place whose figures this viewer gets: of a zone that only one organisation with secrecy uses those of its
    floor, unless they are one of its people."""
    keeper = _keeper(place, viewer.house)
    if keeper is None or viewer.is_inside(keeper):
        return place
    return Place("floor", viewer.house.zones[place.code].floor)


def sees_exact_counts(place: Place, viewer: Viewer) -> bool:
    """Whether this viewer gets the figures themselves. Of a single space they have rules of their own: see
    expected_in_space()."""
    if place.sort == "space":
        return True
    keeper = _keeper(place, viewer.house)
    if keeper is not None:
        return viewer.is_inside(keeper)
    return may_see_exact_counts(viewer.person, _bookers(place, viewer.house))


def told_course(place: Place, expected: Iterable[Expected], during: Interval, viewer: Viewer) -> tuple[Stretch, ...]:
    """The course() of everybody in a place: to most by steps, in stretches that begin on the quarter hour, each with
    the highest step reached in it. `expected`: at least during in_quarters()."""
    if sees_exact_counts(place, viewer):
        return course(expected, during)
    whole = in_quarters(during)
    most: dict[datetime, int] = {}
    for each in course(expected, whole):
        quarter = _quarter_of(each.during.start)
        while quarter < each.during.end:
            most[quarter] = max(most.get(quarter, 0), step_of(each.persons or 0))
            quarter += QUARTER
    told: list[Stretch] = []
    for quarter, persons in most.items():
        is_the_same = bool(told) and told[-1].persons == persons
        start = told.pop().during.start if is_the_same else quarter
        told.append(Stretch(Interval(start, quarter + QUARTER), persons))
    return tuple(told)


def in_quarters(during: Interval) -> Interval:
    """The whole quarters of an hour that it touches: a window of a minute would tell what a quarter does not."""
    end = _quarter_of(during.end)
    return Interval(_quarter_of(during.start), end if end == during.end else end + QUARTER)


def _quarter_of(instant: datetime) -> datetime:
    """Where its quarter began: in UTC it is the same as on any wall."""
    return instant.replace(minute=instant.minute - instant.minute % 15, second=0, microsecond=0)


def _bookers(place: Place, house: House) -> frozenset[str]:
    """Whose people may book in a zone; floors and buildings are nobody's own."""
    return house.bookers_in_zones.get(place.code, frozenset()) if place.sort == "zone" else frozenset()


def _keeper(place: Place, house: House) -> str | None:
    """The organisation with professional secrecy that alone uses a zone: everybody in it is there for its work."""
    bookers = _bookers(place, house)
    only = next(iter(bookers)) if len(bookers) == 1 else None
    return only if only is not None and house.organisations[only].professional_secrecy else None

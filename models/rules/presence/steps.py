"""Head counts of zones, floors and buildings as a viewer may have them: the figures, or the steps in which they lie.

Whoever sees a figure change by two just after a colleague went in knows that two people sit there. So most people are
told a step, and by quarters of an hour: enough to choose a quiet day, too little to tell when somebody came.

Whoever takes its zones off a floor gets what is left. So for who has figures a zone of which only its own people have
them counts in whole fives on its floor and in the building.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.rights import may_see_exact_counts
from models.rules.presence.counts import Crowd, Line, crowd
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


def in_fives(persons: int) -> int:
    """Fewer than five are nobody: unlike a step it does not even tell that somebody is there."""
    return persons - persons % STEP


def place_told(place: Place, viewer: Viewer) -> Place:
    """The place whose figures this viewer gets: of a zone that only one organisation with secrecy uses those of its
    floor, unless they are one of its people."""
    keeper = _keeper(place, viewer.house)
    if keeper is None or viewer.is_inside(keeper):
        return place
    return Place("floor", viewer.house.zones[place.code].floor)


def kept_zones(place: Place, viewer: Viewer) -> frozenset[str]:
    """Of whoever has the figures of a floor or building, the zones in it of which they do not: these count in fives."""
    if place.sort not in ("floor", "building") or not sees_exact_counts(place, viewer):
        return frozenset()
    zones = (each for each in viewer.house.zones.values() if getattr(each, place.sort) == place.code)
    return frozenset(each.code for each in zones if place_told(Place("zone", each.code), viewer).sort != "zone")


def most_beyond(place: Place, viewer: Viewer) -> int:
    """How many more there may be than the figures of a place say, for whoever gets figures and no steps of it."""
    return len(kept_zones(place, viewer)) * (STEP - 1)


def most_of(persons: int, place: Place, viewer: Viewer) -> int:
    """How many there can be at most in a place of which this viewer was told so many."""
    return persons + most_beyond(place, viewer) if sees_exact_counts(place, viewer) else top_of(persons)


def sees_exact_counts(place: Place, viewer: Viewer) -> bool:
    """Whether this viewer gets the figures themselves, of a floor or building but for the people of kept_zones(). Of a
    single space they have rules of their own: see expected_in_space()."""
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
        return course(_kept_in_fives(place, expected, during, viewer), during)
    told: list[Stretch] = []
    for quarter, persons in _most_by_quarter(expected, during).items():
        step = step_of(persons)
        is_the_same = bool(told) and told[-1].persons == step
        start = told.pop().during.start if is_the_same else quarter
        told.append(Stretch(Interval(start, quarter + QUARTER), step))
    return tuple(told)


def told_crowd(place: Place, lines: Iterable[Line], viewer: Viewer) -> Crowd:
    """The crowd() of everybody who is in a place now, as told_course(); in_steps() is left to whoever shows it."""
    here = [line for line in lines if place.has(viewer.house.spaces[line.space])]
    kept = kept_zones(place, viewer)
    apart = [[line for line in here if viewer.house.spaces[line.space].zone == zone] for zone in sorted(kept)]
    rest = crowd(line for line in here if viewer.house.spaces[line.space].zone not in kept)
    for each in map(crowd, apart):
        persons = {sort: number + in_fives(each.persons[sort]) for sort, number in rest.persons.items()}
        rest = Crowd(persons, rest.since, rest.at_most + in_fives(each.at_most))
    return rest


def _kept_in_fives(place: Place, expected: Iterable[Expected], during: Interval, viewer: Viewer) -> list[Expected]:
    kept, spaces = kept_zones(place, viewer), viewer.house.spaces
    apart: dict[str, list[Expected]] = defaultdict(list)
    found: list[Expected] = []
    for each in expected:
        (apart[spaces[each.space].zone] if spaces[each.space].zone in kept else found).append(each)
    for inside in apart.values():
        found += [
            Expected(inside[0].space, Interval(quarter, quarter + QUARTER), in_fives(persons))
            for quarter, persons in _most_by_quarter(inside, during).items()
        ]
    return found


def _most_by_quarter(expected: Iterable[Expected], during: Interval) -> dict[datetime, int]:
    most: dict[datetime, int] = {}
    for each in course(expected, in_quarters(during)):
        quarter = _quarter_of(each.during.start)
        while quarter < each.during.end:
            most[quarter] = max(most.get(quarter, 0), each.persons or 0)
            quarter += QUARTER
    return most


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

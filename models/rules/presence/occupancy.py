"""How many people are expected in a place, as far as a viewer may be told, and what it may hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from models.rules.bookings.fields import Booked
from models.rules.house.house import PLACE_SORTS, House, Space
from models.rules.people.discretion import Viewer, detail_for
from models.rules.presence.headcount import Presence, comings_and_goings, profile, stretches_above, together
from models.rules.refusals import BadRequest
from models.rules.times.interval import Interval, civil_date, joined, minus
from models.rules.values import Scope

NEAR = 0.8


class Place(Scope):
    """A space, zone, floor or building."""

    def has(self, space: Space) -> bool:
        return (space.code if self.sort == "space" else getattr(space, self.sort)) == self.code

    def limit(self, house: House, day: date) -> int | None:
        """The most people it may hold on a date; of a space, in the layout that takes most."""
        return most_in(house, self.code, day) if self.sort == "space" else house.limit(*self, day)


@dataclass(frozen=True, slots=True)
class Expected:
    """People who hold a place in a space. `persons` None: there is somebody, and how many is not told."""

    space: str
    during: Interval
    persons: int | None
    layout: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """`persons` None: taken, and how many come is not told."""

    during: Interval
    persons: int | None


def read_place(text: str, house: House) -> Place:
    """A place as somebody asks for it, or BadRequest."""
    place = Place.read(text)
    if place.sort not in PLACE_SORTS or place.code not in house.by_sort[place.sort]:
        raise BadRequest("scope", "unknown_code")
    return place


def most_in(house: House, space: str, day: date) -> int:
    """How many people a space holds on a day in the layout that holds most; none where it is not to be booked."""
    policy = house.policy(space, day)
    return max((places.limit for places in policy.by_layout().values()), default=0)


def course(expected: Iterable[Expected], during: Interval) -> tuple[Stretch, ...]:
    """How many people at each instant of `during`: consecutive stretches that cover it whole."""
    expected = list(expected)
    crowd = profile((Presence(each.during, each.persons) for each in expected if each.persons is not None), during)
    untold = joined(inside for each in expected if each.persons is None and (inside := each.during.common(during)))
    if not untold:
        return tuple(Stretch(each.during, each.persons) for each in crowd)
    told = [Stretch(piece, each.persons) for each in crowd for piece in minus((each.during,), untold)]
    return tuple(sorted((*told, *(Stretch(each, None) for each in untold)), key=lambda stretch: stretch.during))


def highest(stretches: Iterable[Stretch]) -> Stretch:
    """The first stretch with the most people, of those of which the number is told; without any, the first."""
    stretches = list(stretches)
    return max(stretches, key=lambda stretch: -1 if stretch.persons is None else stretch.persons)


def level(persons: int, limit: int | None) -> str:
    """`over` the limit, `full`, `near` it from four fifths on, or `calm`."""
    if limit is None:
        return "calm"
    if persons > limit:
        return "over"
    if persons == limit:
        return "full" if limit else "calm"
    return "near" if persons >= NEAR * limit else "calm"


def is_counted_for(viewer: Viewer, space: Space) -> bool:
    """Whether everyone in a shared space may be counted together. Where an organisation with professional secrecy
    receives people, others learn no more than how many are in the whole zone."""
    owner = viewer.house.organisations.get(space.owner or viewer.house.zones[space.zone].owner or "")
    is_theirs = viewer.person is not None and owner is not None and viewer.person.organisation == owner.code
    return not space.exclusive and (is_theirs or owner is None or not owner.professional_secrecy)


def expected_in_space(space: Space, bookings: Iterable[Booked], viewer: Viewer) -> list[Expected]:
    """What this viewer may know of one space. `bookings`: those that take one of its physical places.

    In a room for one party the head count is the party's: it is told only where more of the booking is seen than that
    the room is taken. How many of those who book a larger space sit in this part of it, nobody knows.
    """
    together = is_counted_for(viewer, space)
    found = []
    for booking in bookings:
        theirs = viewer.house.spaces[booking.space].parts
        told = (together or detail_for(viewer, booking) != "busy") and set(theirs) <= set(space.parts)
        found.append(Expected(space.code, booking.during, booking.persons if told else None))
    return found


def all_above(expected: Iterable[Expected], house: House) -> list[Expected]:
    """Those who come with more than their space holds in its layout, or while a place around it holds too many. Of ten
    thousand who come in a week to a city, each is looked at a few times, however many places there are."""
    here: defaultdict[str, list[Expected]] = defaultdict(list)
    for each in expected:
        if each.persons is not None:
            here[each.space].append(each)
    found = {id(each): each for space, those in here.items() for each in _too_many(those, space, house)}
    changes = {
        space: comings_and_goings((each.during, each.persons or 0) for each in those) for space, those in here.items()
    }
    for place, spaces in _around(here, house).items():
        limit = partial(_limit_at, place, house, {})
        for stretch in stretches_above(together(changes[space] for space in spaces), limit):
            found |= {id(each): each for space in spaces for each in here[space] if each.during.overlaps(stretch)}
    return list(found.values())


def places_above(present: Iterable[tuple[Place, Interval, int]], house: House) -> set[Place]:
    """The zones, floors and buildings that hold too many at some instant."""
    here: defaultdict[Place, list[tuple[Interval, int]]] = defaultdict(list)
    for place, during, persons in present:
        here[place].append((during, persons))
    return {
        place
        for place, crowd in here.items()
        if any(True for _each in stretches_above(comings_and_goings(crowd), partial(_limit_at, place, house, {})))
    }


def holds_who_comes_alone(space: Space, days: Iterable[date], house: House) -> bool:
    """Whether it is for one person, and nobody is too many in it on any of these dates."""
    policies = {id(policy): policy for policy in (house.policy(space.code, day) for day in days)}
    return all(each.traits.one_person and each.effective_capacity() > 0 for each in policies.values())


def _around(spaces: Iterable[str], house: House) -> dict[Place, list[str]]:
    """The spaces in each place where a head count holds: shared spaces, zones, floors and buildings."""
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for code in spaces:
        space = house.spaces[code]
        for scope in ("zone", "floor", "building") if space.exclusive else ("space", "zone", "floor", "building"):
            found[Place(scope, code if scope == "space" else getattr(space, scope))].append(code)
    return found


def _too_many(those: Iterable[Expected], space: str, house: House) -> Iterator[Expected]:
    """Those who are too many for their space by themselves."""
    known: dict[tuple[date, str | None], int] = {}
    for each in those:
        asked = civil_date(each.during.start, house.zone), each.layout
        if asked not in known:
            policy = house.policy(space, asked[0])
            places = policy.places(each.layout or policy.default_layout)
            known[asked] = -1 if places is None else places.limit  # none at all where it is no longer set up so
        if (each.persons or 0) > known[asked]:
            yield each


def _limit_at(place: Place, house: House, known: dict[date, int | None], instant: datetime) -> int | None:
    day = civil_date(instant, house.zone)
    if day not in known:
        known[day] = place.limit(house, day)
    return known[day]

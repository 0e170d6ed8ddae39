"""What a judgement is about: the booking that is wanted, and what it must be judged against."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NotRequired, TypedDict, Unpack

from models.rules.bookings.fields import Booked, BookingRequest
from models.rules.house.house import House, Service
from models.rules.judging.gathered import Gathered, Group, near, places_of
from models.rules.people.person import NOBODY, Person
from models.rules.presence.counts import LiveCount
from models.rules.presence.headcount import Presence, peak, profile
from models.rules.times.interval import Interval, civil_date, civil_day

Key = tuple[object, ...]  # what a number is about, its kind first


class Settled(TypedDict):
    """What Wanted.of() is told beside the request."""

    space: str
    during: Interval
    organiser: Person
    booker: Person
    layout: NotRequired[str | None]
    exclusive: NotRequired[bool]
    start_changes: NotRequired[bool]
    replaces: NotRequired[int | None]
    untold: NotRequired[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booking as asked for; codes are known to exist, `layout` None means the space's default.

    `organiser`: for whom; `booker`: who asks, whose roles count for approval. `start_changes`: false when a booking is
    changed and keeps its start: how far ahead or past it lies is then not judged again. `replaces`: its own id then.
    `equipment`: what it cannot do without. `untold`: what of the organiser's day is not the booker's business:
    see untold_of().
    """

    space: str
    during: Interval
    organiser: Person
    booker: Person
    attendees: int | None = None
    layout: str | None = None
    exclusive: bool = False
    service: Service | None = None
    visitors: int | None = None
    wheelchair: int = 0
    equipment: frozenset[str] = frozenset()
    key_holder: Person | None = None
    evacuation_buddy: Person | None = None
    start_changes: bool = True
    replaces: int | None = None
    untold: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, asked: BookingRequest | Booked, people: Mapping[str, Person], house: House, **settled: Unpack[Settled]
    ) -> Wanted:
        """What a request, or a booking that stands, asks for. `people`: whoever it names, by username; `settled`:
        where, when and for whom, and whatever is to be otherwise."""
        settled.setdefault("layout", asked.layout)
        return cls(
            attendees=asked.attendees,
            visitors=asked.visitors,
            wheelchair=asked.wheelchair or 0,
            equipment=frozenset(asked.equipment),
            service=house.services.get(asked.service or ""),
            key_holder=people.get(asked.key_holder or ""),
            evacuation_buddy=people.get(asked.evacuation_buddy or ""),
            **settled,
        )

    @property
    def organisation(self) -> str:
        return self.organiser.organisation

    @property
    def people(self) -> dict[str, Person]:
        """Whoever it names, by the field that does."""
        return {name: value for name in self.__slots__ if isinstance(value := getattr(self, name), Person)}

    def with_each(self, told: Callable[[Person], Person]) -> Wanted:
        """The same wish with each of the people it names as they are to be told."""
        keys, buddy = self.key_holder, self.evacuation_buddy
        return replace(
            self.of_two(told(self.organiser), told(self.booker)),
            key_holder=told(keys) if keys else None,
            evacuation_buddy=told(buddy) if buddy else None,
        )

    def of_two(self, organiser: Person, booker: Person) -> Wanted:
        """The same wish of these two, and naming nobody else."""
        return replace(self, organiser=organiser, booker=booker, key_holder=None, evacuation_buddy=None)

    @property
    def in_refuge(self) -> int:
        """Those in a wheelchair whom nobody would help down the stairs."""
        return 0 if self.evacuation_buddy else self.wheelchair


@dataclass(frozen=True, slots=True)
class Taken:
    """A booking that holds a place. `apart`: it shares its space with none. `in_refuge`: those in a wheelchair whom
    nobody would help down the stairs. `organiser`: NOBODY for a caller. `is_outside`: held by an association or
    resident."""

    id: int
    space: str
    during: Interval
    persons: int
    apart: bool
    organiser: int
    in_refuge: int = 0
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A booking that counts towards a quota. `stands`: it still holds its place, and is not only part of the past."""

    id: int
    kind: str
    during: Interval
    organiser: int
    organisation: str
    service: str | None = None
    stands: bool = True


@dataclass(frozen=True)
class Facts:
    """The house and every booking that holds a place in the building near the time in question.

    `taken` is in order of start. `own`: the organiser's bookings in any building; where it is None, `taken` tells.
    `held`: whatever counts towards a quota of the organiser's. `counted`: what was counted a moment ago in open spaces.

    `groups`: who is in the building on a date, asked the first time that a head count touches that date. Where it
    is given, `taken` holds no more than what may stand in the way of the places looked at, and neither has what the
    wish would replace; `joined`: bookings that stand since, in `taken` too, but in no group.
    """

    house: House
    taken: tuple[Taken, ...] = ()
    own: tuple[Taken, ...] | None = None
    held: tuple[Held, ...] = ()
    counted: tuple[LiveCount, ...] = ()
    groups: Callable[[Interval], Iterable[Group]] | None = None
    joined: tuple[Taken, ...] = ()
    _by_place: dict[str, list[Taken]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_organiser: dict[int, list[Taken]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _crowds: dict[Key, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _used: dict[Key, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for booking in self.taken if self.own is None else self.own:
            self._by_organiser.setdefault(booking.organiser, []).append(booking)
        for booking in self.taken:
            for place in self.house.leaves_taken_by(booking.space):
                self._by_place.setdefault(place, []).append(booking)

    def near(self, during: Interval) -> list[Taken]:
        """Bookings that overlap `during`."""
        return [booking for booking in near(self.taken, during) if booking.during.end > during.start]

    def of_organiser(self, person_id: int) -> list[Taken]:
        """Every known booking of one person, in any building; whoever has no account is not known again."""
        return [] if person_id == NOBODY else self._by_organiser.get(person_id, [])

    def most_people(self, scope: str, place: str, during: Interval, *, without: int | None = None) -> int:
        """The most people that the bookings of a zone, floor or building bring together at one instant of `during`;
        whoever was counted beyond them there is present until the count goes stale."""
        return self.remembered((scope, place, during, without), lambda: self._most(scope, place, during, without))

    def _most(self, scope: str, place: str, during: Interval, without: int | None) -> int:
        if without is None or self.groups:
            return self._gathered.most_people((scope, place), during)
        booked, beside = self._booked(scope, place, during, without), self._without_booking(scope, place, without)
        return peak((*booked, *beside), during)

    def most_in_refuge(self, floor: str, during: Interval, *, without: int | None = None) -> int:
        """The most people in a wheelchair who would have to wait on a floor's stairs at one instant."""
        return self.remembered(("refuge", floor, during, without), lambda: self._most_in_refuge(floor, during, without))

    def _most_in_refuge(self, floor: str, during: Interval, without: int | None) -> int:
        if without is None or self.groups:
            return self._gathered.most_in_refuge(("floor", floor), during)
        inside = self._inside("floor", floor, during, without)
        return peak((Presence(each.during, each.in_refuge) for each in inside), during)

    @cached_property
    def _gathered(self) -> Gathered:
        """Each date swept once, however many stretches of it are asked about."""
        return Gathered(self.house.zone, self._present_on)

    def _present_on(self, day: date) -> Iterator[Group]:
        whole, spaces = civil_day(day, self.house.zone), self.house.spaces
        if self.groups:
            yield from self.groups(whole)
        for each in self.joined if self.groups else self.near(whole):
            yield Group(each.during, each.persons, each.in_refuge, places_of(spaces[each.space]))
        for count in self.counted:
            for stretch in self._beside(count, None):
                yield Group(stretch.during, stretch.persons, 0, places_of(spaces[count.space]))

    def fewest_staff(self, zone: str, during: Interval, person: Person, *, without: int | None = None) -> int:
        """The fewest members of staff with a booking or duty in a zone at one instant, this person among them."""
        return self.remembered(
            ("staff", zone, during, person.id, without), lambda: self._fewest_staff(zone, during, person, without)
        )

    def _fewest_staff(self, zone: str, during: Interval, person: Person, without: int | None) -> int:
        own = frozenset() if person.is_outside else frozenset({person.id})
        others = [booking for booking in self._inside("zone", zone, during, without) if not booking.is_outside]
        instants = {
            during.start,
            *(instant for booking in others for instant in (booking.during.start, booking.during.end)),
        }
        return min(
            len(own | {booking.organiser for booking in others if booking.during.has(instant)})
            for instant in instants
            if during.has(instant)
        )

    def _booked(self, scope: str, place: str, during: Interval, without: int | None) -> Iterable[Presence]:
        return (Presence(booking.during, booking.persons) for booking in self._inside(scope, place, during, without))

    def _without_booking(self, scope: str, place: str, without: int | None) -> Iterator[Presence]:
        """Those who were counted in its open spaces beyond whoever has booked there at the same instant."""
        for count in self.counted:
            if getattr(self.house.spaces[count.space], scope) == place:
                yield from self._beside(count, without)

    def _beside(self, count: LiveCount, without: int | None) -> Iterator[Presence]:
        holds = Interval(count.at, count.until)
        for stretch in profile(self._booked("code", count.space, holds, without), holds):
            yield Presence(stretch.during, count.beside(stretch.persons))

    def _inside(self, scope: str, place: str, during: Interval, without: int | None) -> list[Taken]:
        spaces = self.house.spaces
        return [
            booking
            for booking in self.near(during)
            if booking.id != without and getattr(spaces[booking.space], scope) == place
        ]

    def remembered(self, key: Key, count: Callable[[], int]) -> int:
        """A head count that was worked out once, or that a receipt has kept."""
        if key not in self._crowds:
            self._crowds[key] = count()
        return self._crowds[key]

    def used(self, key: Key, count: Callable[[], float]) -> float:
        """The same of what is used of a quota."""
        if key not in self._used:
            self._used[key] = count()
        return self._used[key]

    def in_places(self, parts: Iterable[str]) -> list[Taken]:
        """Every known booking that takes one of these physical spaces; a composite's once per shared part."""
        return [booking for place in parts for booking in self._by_place.get(place, ())]

    def date_of(self, during: Interval) -> date:
        return civil_date(during.start, self.house.zone)

    def without(self, ids: Collection[int]) -> Facts:
        """The same facts once these bookings have left their places."""
        assert self.groups is None, "nobody knows who is who in a crowd"
        return Facts(
            self.house,
            tuple(each for each in self.taken if each.id not in ids),
            None if self.own is None else tuple(each for each in self.own if each.id not in ids),
            tuple(each for each in self.held if each.id not in ids),
            self.counted,
        )

    def with_taken(self, booking: Taken) -> Facts:
        """The same facts once another booking stands: a series is judged date by date."""
        taken, own = _in_order(*self.taken, booking), None if self.own is None else _in_order(*self.own, booking)
        return replace(self, taken=taken, own=own, joined=(*self.joined, booking) if self.groups else ())

    def also_holding(self, booking: Held) -> Facts:
        """The same facts with one booking more towards the quotas."""
        return self.holding((*self.held, booking))

    def holding(self, held: tuple[Held, ...]) -> Facts:
        """The same facts with these bookings towards the quotas; what else is known stays worked out."""
        other = copy(self)
        object.__setattr__(other, "held", held)
        object.__setattr__(other, "_used", {})
        return other


def _in_order(*taken: Taken) -> tuple[Taken, ...]:
    return tuple(sorted(taken, key=lambda each: each.during.start))

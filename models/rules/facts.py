"""What a judgement is about: the booking that is wanted, and what it must be judged against."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from models.rules.headcount import Presence, peak
from models.rules.house import House, Service
from models.rules.interval import Interval, civil_date
from models.rules.person import Person
from models.rules.policy import LONGEST_BOOKING


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booking as asked for; codes are known to exist, `layout` None means the space's default.

    `organiser`: for whom; `booker`: who asks, whose roles count for approval. `start_changes`: false when a booking is
    changed and keeps its start: how far ahead or past it lies is then not judged again. `replaces`: its own id then.
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
    key_holder: Person | None = None
    evacuation_buddy: Person | None = None
    start_changes: bool = True
    replaces: int | None = None

    @property
    def organisation(self) -> str:
        return self.organiser.organisation


@dataclass(frozen=True, slots=True)
class Taken:
    """A booking that holds a place. `apart`: it shares its space with none."""

    id: int
    space: str
    during: Interval
    persons: int
    apart: bool
    organiser: int
    wheelchair: int = 0


@dataclass(frozen=True)
class Facts:
    """The house and every booking that holds a place in the building near the time in question.

    `taken` is in order of start. `own`: the organiser's bookings in any building; where it is None, `taken` tells.
    """

    house: House
    taken: tuple[Taken, ...] = ()
    own: tuple[Taken, ...] | None = None
    _starts: list = field(default_factory=list, init=False, repr=False, compare=False)
    _by_place: dict = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_organiser: dict = field(default_factory=dict, init=False, repr=False, compare=False)
    _crowds: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._starts.extend(booking.during.start for booking in self.taken)
        for booking in self.taken if self.own is None else self.own:
            self._by_organiser.setdefault(booking.organiser, []).append(booking)
        for booking in self.taken:
            for place in self.house.leaves_taken_by(booking.space):
                self._by_place.setdefault(place, []).append(booking)

    def near(self, during: Interval) -> list[Taken]:
        """Bookings that overlap `during`. One that began more than the longest booking before cannot."""
        first = bisect_left(self._starts, during.start - LONGEST_BOOKING)
        last = bisect_left(self._starts, during.end)
        return [booking for booking in self.taken[first:last] if booking.during.end > during.start]

    def of_organiser(self, person_id: int) -> list[Taken]:
        """Every known booking of one person, in any building."""
        return self._by_organiser.get(person_id, [])

    def most_people(self, scope: str, place: str, during: Interval, *, without: int | None = None) -> int:
        """The most people that the bookings of a zone, floor or building bring together at one instant of `during`.
        Remembered: a list judges every desk of a zone for the same hours."""
        key = (scope, place, during, without)
        if key not in self._crowds:
            spaces = self.house.spaces
            self._crowds[key] = peak((Presence(booking.during, booking.persons) for booking in self.near(during)
                                      if booking.id != without and getattr(spaces[booking.space], scope) == place),
                                     during)
        return self._crowds[key]

    def in_places(self, parts: Iterable[str]) -> list[Taken]:
        """Every known booking that takes one of these physical spaces; a composite's once per shared part."""
        return [booking for place in parts for booking in self._by_place.get(place, ())]

    def date_of(self, during: Interval) -> date:
        return civil_date(during.start, self.house.zone)

    def without(self, ids: Collection[int]) -> Facts:
        """The same facts once these bookings have left their places."""
        return Facts(self.house, *(known if known is None else tuple(each for each in known if each.id not in ids)
                                   for known in (self.taken, self.own)))

    def with_taken(self, booking: Taken) -> Facts:
        """The same facts once another booking stands: a series is judged date by date."""
        taken = tuple(sorted((*self.taken, booking), key=lambda each: each.during.start))
        return Facts(self.house, taken, None if self.own is None else (*self.own, booking))

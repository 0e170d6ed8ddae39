"""What holds for booking a space on a date: data, one policy per space and period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Protocol

CUBIC_METRES_PER_PERSON = {"A": 40, "B": 25}
HALF_DAYS = ((7 * 60, 12 * 60 + 30), (12 * 60 + 30, 19 * 60))
LONGEST_BOOKING = timedelta(hours=25)  # a whole day, on the date on which the clocks go back
KINDS = ("meeting_room", "desk", "booth", "counter", "meeting_space")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a kind of space means to the rules.

    receives_public: a booking is a talk or duty with residents and lies within their hours · is_talk: a conversation
    with one client party · one_person: missing attendance means one · one_at_a_time: a person has one such booking at
    any instant · never_exclusive: always shared, whoever asks.
    """

    receives_public: bool = False
    is_talk: bool = False
    one_person: bool = False
    one_at_a_time: bool = False
    never_exclusive: bool = False


TRAITS: Mapping[str, Traits] = {
    "meeting_room": Traits(),
    "desk": Traits(one_person=True, one_at_a_time=True),
    "booth": Traits(receives_public=True, is_talk=True),
    "counter": Traits(receives_public=True, one_person=True),
    "meeting_space": Traits(),
    "protocol_hall": Traits(),
    "coffee_corner": Traits(never_exclusive=True),
}


class Bookable(Protocol):
    """A space, or its policy on a date."""

    @property
    def bookable_by(self) -> frozenset[str]: ...


def is_for(place: Bookable, organisation: str) -> bool:
    """Whether an organisation is among those that may book it; where none is named, all are."""
    return not place.bookable_by or organisation in place.bookable_by


@dataclass(frozen=True, slots=True)
class Places:
    """Effective places of a layout and the rule that binds: R01 layout or ceiling, R02 fire, R08 air, R09 percent."""

    limit: int
    rule: str


@dataclass(frozen=True, slots=True)
class SpacePolicy:
    """Lengths of time are timedeltas, `slot_minutes` 0 means half-day blocks, an empty `bookable_by` means everyone.

    `parts`: the physical spaces a booking takes: a composite's parts, else the space itself. `equipment`: what there is
    and works, a hearing loop among it.
    """

    space: str
    kind: str
    building: str
    floor: str
    zone: str
    traits: Traits = Traits()
    exclusive: bool = True
    bookable_by: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    default_layout: str = "boardroom"
    capacities: Mapping[str, int] = field(default_factory=dict)
    ceiling: int | None = None
    fire_max: int | None = None
    ventilation_m3h: int | None = None
    air_level: str = "A"
    percent: int = 100
    min_attendees: int = 1
    slot_minutes: int = 15
    min_minutes: int = 15
    max_minutes: int = 480
    buffer_before: timedelta = timedelta()
    buffer_after: timedelta = timedelta()
    advance_days: int = 90
    auto_release_minutes: int = 0
    approval_role: str | None = None
    approval_for: str = "all"
    privacy_default: str = "title"
    after_hours_allowed: bool = False
    panic_button: bool = False
    sightline: bool = False
    accessible: bool = False
    wheelchair_places: int = 0
    equipment: frozenset[str] = frozenset()
    active: bool = True
    valid_from: date = date.min
    reason: str = ""

    @property
    def scopes(self) -> tuple[tuple[str, str], ...]:
        """Where its hours may be set, nearest first."""
        return (("space", self.space), ("zone", self.zone), ("building", self.building))

    def without_item(self, item: str) -> SpacePolicy:
        """The same while something in it does not work."""
        if item == "panic_button":
            return replace(self, panic_button=False)
        if item == "ventilation":
            return replace(self, ventilation_m3h=0)
        return replace(self, equipment=self.equipment - {item})

    @property
    def in_half_days(self) -> bool:
        return self.slot_minutes == 0

    @property
    def lengths(self) -> tuple[int, int]:
        """The least and the most minutes of a booking that begins and ends on the grid; not of half-days."""
        step = self.slot_minutes
        return -(-max(self.min_minutes, 1) // step) * step, self.max_minutes // step * step

    def limits(self, layout: str) -> tuple[Places, ...]:
        """What layout, ceiling, fire, air and percent each allow, least first; none where the layout is not offered."""
        # sorted() is stable: equals stay in the contract's order.
        return tuple(Places(limit, rule) for limit, rule in sorted(self._limits(layout), key=itemgetter(0)))

    def _limits(self, layout: str) -> Iterator[tuple[int, str]]:
        seats = self.capacities.get(layout)
        if seats is None:
            return
        yield seats if self.ceiling is None else min(seats, self.ceiling), "R01"
        if self.fire_max is not None:
            yield self.fire_max, "R02"
        if self.ventilation_m3h is not None:
            yield self.ventilation_m3h // CUBIC_METRES_PER_PERSON[self.air_level], "R08"
        if self.percent < 100:
            yield seats * self.percent // 100, "R09"

    def places(self, layout: str) -> Places | None:
        """The limit that binds, or None where the layout is not offered."""
        limits = self.limits(layout)
        return limits[0] if limits else None

    def by_layout(self) -> dict[str, Places]:
        """The limit that binds in each layout on offer."""
        return {layout: self.limits(layout)[0] for layout in self.capacities}

    def most_in(self, layout: str) -> int:
        """How many people it holds in a layout; none where that is not offered."""
        places = self.places(layout)
        return places.limit if places else 0

    def effective_capacity(self) -> int:
        return min(self._limits(self.default_layout), default=(0, ""))[0]

    @property
    def is_set_aside(self) -> bool:
        """Whether it could be used, but that the share of places that may be for now (R09) leaves none of its own."""
        binding = self.places(self.default_layout) if self.percent < 100 else None
        return self.active and binding is not None and binding.limit < 1 and binding.rule == "R09"

    def persons(self, attendees: int | None, layout: str) -> int:
        """How many people a booking counts for."""
        if attendees is not None:
            return attendees
        if self.traits.one_person:
            return 1
        return self.most_in(layout)

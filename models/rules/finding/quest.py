"""What somebody looks for, and what is proposed to them: values of the finder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from models.rules.house.house import Service, Space
from models.rules.house.policy import SpacePolicy
from models.rules.people.outsiders import is_open_to
from models.rules.people.person import Person
from models.rules.times.interval import Interval

LONGEST_WINDOW = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Quest:
    """A place for a person and their party, some time `within` a stretch of at most LONGEST_WINDOW.

    `length` None: the least that each space may be had. Empty `kinds`: any. `layout` None: each space's usual one, or
    with `any_layout` also another that takes the party. `near`: a zone; `zone` and `floor`: nowhere else. `services`:
    by kind of space, for whom a talk there would be.
    """

    person: Person
    building: str
    within: Interval
    length: timedelta | None = None
    attendees: int | None = None
    kinds: frozenset[str] = frozenset()
    layout: str | None = None
    any_layout: bool = False
    equipment: frozenset[str] = frozenset()
    accessible: bool = False
    near: str | None = None
    zone: str | None = None
    floor: str | None = None
    services: Mapping[str, Service] = field(default_factory=dict)

    def length_in(self, policy: SpacePolicy) -> timedelta | None:
        """How long in this space: as asked, up to its next step and never below its least; None above its most."""
        (least, most), step = policy.lengths, timedelta(minutes=policy.slot_minutes)
        length = max(-(-(self.length or timedelta()) // step) * step, timedelta(minutes=least))
        return length if length <= timedelta(minutes=most) else None

    def may_be_in(self, space: Space) -> bool:
        """What is asked of a space that no date changes."""
        return (
            space.building == self.building
            and (not self.kinds or space.kind in self.kinds)
            and self.zone in (None, space.zone)
            and self.floor in (None, space.floor)
            and self.equipment <= frozenset(space.equipment)
            and is_open_to(self.person, space, to_public=space.public_bookable)
        )

    def layout_in(self, policy: SpacePolicy) -> str | None:
        """The layout in which the party would sit there, or None where it cannot: the one asked for, else the usual
        one; where that is too small and any will do, the one that fits closest."""
        wished = self.layout or policy.default_layout
        if self._fits(policy, wished):
            return wished
        if self.layout is not None or not self.any_layout:
            return None
        fitting = [layout for layout in sorted(policy.capacities) if self._fits(policy, layout)]
        return min(fitting, key=policy.most_in, default=None)

    def _fits(self, policy: SpacePolicy, layout: str) -> bool:
        places = policy.places(layout)
        return places is not None and places.limit >= (self.attendees or 1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A booking that would be accepted now. `fit`: 0 to 100; `reasons`: codes, the most telling first. `approvals`: the
    roles whose word it would wait for."""

    space: str
    during: Interval
    layout: str
    fit: int
    reasons: tuple[str, ...]
    approvals: frozenset[str] = frozenset()

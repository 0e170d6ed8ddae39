"""A plan as it is shown: how many it moves, whether everybody knows, and why, as far as a viewer may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from models.rules.bookings.fields import Seen
from models.rules.judging.told import Listed, told
from models.rules.people.discretion import Viewer
from models.rules.refusals import Refusal

# What is true of a place or an hour, whoever booked it. The rest tells of a service, a wheelchair or a head count.
OF_THE_PLACE = frozenset(
    {
        "not_in_use",
        "out_of_service",
        "off_grid",
        "outside_hours",
        "organisation_closed",
        "too_late_at_night",
        "protected_break",
        "space_taken",
        "shared_space_full",
        "zone_full",
        "floor_full",
        "building_full",
        "claimed_by_precedence",
    }
)


PlanStatus = Literal["draft", "applied", "discarded"]
NewsKind = Literal["added", "gone", "changed", "place_taken"]
Consent = Literal["asked", "given", "refused"]
Told = Literal["mail", "to_tell", "reached", "unreachable"]


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """`left`: without a place, they stay where they are. `waiting`: those of the moved who need somebody's word for the
    new place and do not have it yet. `to_tell`: nobody has told them yet, and no mail does."""

    moved: int = 0
    left: int = 0
    waiting: int = 0
    to_tell: int = 0
    reached: int = 0
    unreachable: int = 0

    def plus(self, other: PlanCounts) -> PlanCounts:
        return PlanCounts(*(getattr(self, each) + getattr(other, each) for each in self.__slots__))

    @property
    def affected(self) -> int:
        return self.moved + self.left


def is_finished(status: str, counts: PlanCounts) -> bool:
    """Applied, and everybody without e-mail is reached or was found to be unreachable."""
    return status == "applied" and not counts.to_tell


def reasons_seen(seen: Seen, reasons: Iterable[Refusal], viewer: Viewer) -> tuple[Listed, ...]:
    """As told(); of a booking that one sees as no more than a taken place only what is true of the place, without
    counting heads."""
    listed = told(reasons, viewer)
    if seen.detail != "busy":
        return listed
    return tuple(
        each if _counts_many(each) else replace(each, actual=None, clash=True)
        for each in listed
        if each.code in OF_THE_PLACE
    )


def _counts_many(reason: Refusal) -> bool:
    """Whether its number is that of a whole zone, floor or building, and so tells of no one booking."""
    return reason.clash and not (reason.scope or "").startswith("space:")

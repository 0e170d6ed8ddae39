"""What a municipality that says only code, name and type of a space gets: the usual policy of each type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.rules.house.policy import KINDS, TRAITS

SORTS = tuple(TRAITS)


@dataclass(frozen=True, slots=True)
class UsualPolicy:
    """What spaces of one type have where nobody says otherwise; lengths in minutes."""

    layout: str
    places: int
    slot_minutes: int = 15
    shortest: int = 15
    longest: int = 480
    advance_days: int = 90
    privacy_default: str = "title"
    exclusive: bool = True


USUAL: Mapping[str, UsualPolicy] = {
    "meeting_room": UsualPolicy("boardroom", 8),
    "desk": UsualPolicy("desk", 1, slot_minutes=0, shortest=330, longest=720, advance_days=14, privacy_default="busy"),
    "booth": UsualPolicy("interview", 3, longest=120, advance_days=60, privacy_default="busy"),
    "counter": UsualPolicy("counter", 1, shortest=60, advance_days=60),
    "meeting_space": UsualPolicy("informal", 20, exclusive=False),
    "protocol_hall": UsualPolicy("theatre", 20, advance_days=730),
    "coffee_corner": UsualPolicy("informal", 20, longest=60, exclusive=False),
}


def kind_of(sort: str) -> str:
    """The kind a sort belongs to: protocol halls and coffee corners are meeting spaces with their own policy."""
    return sort if sort in KINDS else "meeting_space"


def usual(row: Mapping[str, object]) -> UsualPolicy:
    """The usual policy for a row; for a row whose type could not be read, a meeting room's."""
    return USUAL[str(row.get("type") or "meeting_room")]


def whole(row: Mapping[str, object], name: str) -> int:
    """The number in a column that holds numbers, of a row that has one there."""
    value = row[name]
    assert isinstance(value, int), name
    return value


def of_type(name: str) -> Callable[[Mapping[str, object]], object]:
    """A column's default: what is usual for the type that the row names."""
    return lambda row: getattr(usual(row), name)


def default_shortest(row: Mapping[str, object]) -> int:
    """The type's shortest booking, but one grid step where the type's does not suit the row's own grid or longest."""
    slot = whole(row, "slot_minutes")
    shortest = usual(row).shortest
    if slot > shortest or (slot and usual(row).slot_minutes == 0):
        shortest = slot
    return min(shortest, whole(row, "max_minutes") if "max_minutes" in row else shortest)


def default_longest(row: Mapping[str, object]) -> int:
    """The type's longest booking, or the row's own shortest where that is longer."""
    return max(usual(row).longest, whole(row, "min_minutes"))

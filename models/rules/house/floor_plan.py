"""A floor as it is drawn: what lies on it, what is wrong with it, and where a new thing would fit."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.rules.house.house import House, Rectangle, Space, Zone
from models.rules.refusals import BadRequest

GRAIN, LARGEST, SMALLEST = 0.05, 200.0, 0.1
STEP = 0.25  # between the spots that are tried for a new thing
TOUCH = 0.04  # what lies over another by less only touches it: steps of 5 cm cannot say it closer

Thing = tuple[str, str]  # ("zone" | "space", code)
Placing = Mapping[Thing, Rectangle | None]
Drawn = tuple[Space, Rectangle]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd that is no mistake by itself: `overlaps` another space, or `outside` its zone."""

    code: str
    thing: str
    other: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal places in rows: the first at x, y; `gap` of free floor between them both ways."""

    x: float
    y: float
    width: float
    depth: float
    per_row: int
    gap: float

    @property
    def first(self) -> Rectangle:
        """As it was wished, not yet rounded."""
        return Rectangle(self.x, self.y, self.width, self.depth)

    def rectangles(self, count: int) -> list[Rectangle]:
        return [
            Rectangle(
                grained(self.x + column * (self.width + self.gap)),
                grained(self.y + row * (self.depth + self.gap)),
                grained(self.width),
                grained(self.depth),
            )
            for row, column in (divmod(number, self.per_row) for number in range(count))
        ]


def things_on(house: House, floor: str) -> dict[Thing, Zone | Space]:
    """Each zone of a floor followed by its spaces, drawn or not."""
    things: dict[Thing, Zone | Space] = {}
    for zone in sorted(house.zones.values(), key=lambda zone: zone.code):
        if zone.floor == floor:
            things["zone", zone.code] = zone
            things |= {("space", space.code): space for space in house.spaces.values() if space.zone == zone.code}
    return things


def mark_of(house: House, floor: str) -> str:
    """A short text that is another one as soon as anything on the floor was placed, added or taken away."""
    said = "\n".join(
        f"{scope}:{code}={written(thing.rectangle)}" for (scope, code), thing in things_on(house, floor).items()
    )
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def written(rectangle: Rectangle | None) -> str:
    """As a form keeps it beside what is typed: `3.5 2.0 6.0 4.0`, empty where nothing is drawn."""
    if rectangle is None:
        return ""
    return " ".join(f"{side:.3f}".rstrip("0").rstrip(".") for side in sides(rectangle))


def sides(rectangle: Rectangle) -> tuple[float, float, float, float]:
    """Left, top, width and depth, as the columns of a file and the fields of a form have them."""
    return rectangle.x, rectangle.y, rectangle.width, rectangle.depth


def grained(metres: float) -> float:
    """To the nearest 5 centimetres."""
    return round(round(metres / GRAIN) * GRAIN, 2)


def check_rectangle(rectangle: Rectangle, field: str = "plan") -> None:
    """Raises BadRequest where it has no area or does not lie within 200 by 200 metres."""
    x, y, width, depth = sides(rectangle)
    inside = all(0 <= side <= LARGEST for side in (x, y, width, depth))  # false for what is no number, too
    if not inside or width < SMALLEST or depth < SMALLEST or x + width > LARGEST or y + depth > LARGEST:
        raise BadRequest(field, "not_on_the_plan", most=int(LARGEST))


def remarks_on(house: House, floor: str) -> list[Remark]:
    """Spaces that lie over one another or outside their zone. A composite may cover its parts."""
    spaces = [(space, space.rectangle) for space in house.spaces.values() if space.floor == floor and space.rectangle]
    found = [
        Remark("overlaps", one.code, other.code)
        for (one, here), (other, there) in _pairs_side_by_side(spaces)
        if not set(one.parts) & set(other.parts) and overlap(here, there)
    ]
    for space, here in spaces:
        around = house.zones[space.zone].rectangle
        if around and not _within(here, around):
            found.append(Remark("outside", space.code, space.zone))
    return found


def free_spot(zone: Rectangle | None, taken: Iterable[Rectangle], width: float, depth: float) -> tuple[float, float]:
    """The first spot of a zone, row by row, where this would lie over nothing; its corner where there is none."""
    if zone is None:
        return 0.0, 0.0
    taken = [each for each in taken if overlap(each, zone)]
    left, top = _stepped(zone.x), _stepped(zone.y)
    y = top
    while _within(Rectangle(left, y, width, depth), zone):
        x, below = left, y + LARGEST
        while _within(Rectangle(x, y, width, depth), zone):
            hit = next((other for other in taken if overlap(Rectangle(x, y, width, depth), other)), None)
            if hit is None:
                return x, y
            x, below = _stepped(hit.x + hit.width), min(below, _stepped(hit.y + hit.depth))
        y = max(below, y + STEP)
    return left, top


def _stepped(edge: float) -> float:
    """The first spot to try beyond an edge, with some free floor between."""
    return grained(math.ceil((edge + STEP - TOUCH) / STEP) * STEP)


def _pairs_side_by_side(spaces: list[Drawn]) -> Iterator[tuple[Drawn, Drawn]]:
    """Only those that share some of the floor's width: few, where spaces stand in rows."""
    in_order = sorted(spaces, key=lambda drawn: (drawn[1].x, drawn[0].code))
    for at, one in enumerate(in_order):
        for other in in_order[at + 1 :]:
            if other[1].x >= one[1].x + one[1].width:
                break
            yield one, other


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Whether two things lie over one another; to touch is not to overlap."""
    return (
        one.x + TOUCH < other.x + other.width
        and other.x + TOUCH < one.x + one.width
        and one.y + TOUCH < other.y + other.depth
        and other.y + TOUCH < one.y + one.depth
    )


def _within(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        outer.x - TOUCH <= inner.x
        and inner.x + inner.width <= outer.x + outer.width + TOUCH
        and outer.y - TOUCH <= inner.y
        and inner.y + inner.depth <= outer.y + outer.depth + TOUCH
    )

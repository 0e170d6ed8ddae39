"""How large a municipality is that is made up: one town, one big city, or one of the 285 of Flanders."""

from __future__ import annotations

import random  # noqa: TID251 - which size a town gets is no secret
from collections.abc import Sequence
from dataclasses import dataclass

MUNICIPALITIES = 285


@dataclass(frozen=True, slots=True)
class Size:
    """`staff`: everybody with an account; `desk_users`: those of them who come to a desk."""

    code: str
    name: str
    buildings: int
    organisations: int
    desks: int
    rooms: int
    booths: int
    counters: int
    staff: int
    desk_users: int


CITY = Size("LOAD-CITY", "Proefstad", 40, 15, 3000, 400, 150, 100, 10_000, 5000)
TINY = Size("LOAD-TINY", "Proefdorp", 1, 4, 12, 3, 2, 2, 30, 20)
_FLANDERS = {
    "buildings": 900,
    "organisations": 1300,
    "desks": 40_000,
    "rooms": 5000,
    "booths": 2500,
    "counters": 2000,
    "staff": 130_000,
    "desk_users": 60_000,
}
_AT_LEAST = {"buildings": 1, "organisations": 4, "desks": 8, "rooms": 2, "booths": 1, "counters": 1}


def town(seed: int) -> Size:
    """One of the towns that this is made for: which one, the seed says."""
    chance = random.Random(f"town {seed}")
    return Size(
        "LOAD-TOWN",
        "Proefgemeente",
        chance.randint(1, 3),
        4,
        chance.randint(80, 120),
        13,
        10,
        8,
        chance.randint(450, 700),
        150,
    )


def municipality(number: int) -> Size:
    """The n-th largest of Flanders: the sizes fall as 1/(n+2), and together are what is told of the whole."""
    shares = [1 / (n + 2) for n in range(1, MUNICIPALITIES + 1)]
    share = shares[number - 1] / sum(shares)
    counts = {name: max(round(total * share), _AT_LEAST.get(name, 20)) for name, total in _FLANDERS.items()}
    return Size(f"LOAD-F{number:03}", f"Proefgemeente {number}", **counts)


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in whole parts that are to each other as the weights, as nearly as whole numbers can be."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    left = sorted(range(len(parts)), key=lambda n: parts[n] - exact[n])
    for n in left[: total - sum(parts)]:
        parts[n] += 1
    return parts


def building_shares(number: int) -> list[float]:
    """A town hall, and ever smaller houses beside it."""
    return [1 / (n + 2) for n in range(1, number + 1)]

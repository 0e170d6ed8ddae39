"""How long somebody will wait, with its error: a range out of what talks lately took and who is there to hold them."""

from __future__ import annotations

import math
import random  # noqa: TID251 - a range is no secret, and the same line gives the same one
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import heapify, heappop, heappush
from statistics import median

FEWEST_TALKS = 20  # of a service, before anything is said but how many are before one
TRIALS, LOW, HIGH = 200, 0.05, 0.95
STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Waiting:
    """`before`: how many of the service are called first. From `least` to `most` it will take, nine times of ten; both
    None where too little is known to say so."""

    before: int
    least: timedelta | None = None
    most: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """What a wait hangs on: how long each of the last talks took, from the call to its end; how many people hold talks;
    since how long each of those goes on that go on now; and in how long the appointments come that are called first."""

    took: Sequence[timedelta]
    people: int
    going_on: Sequence[timedelta] = ()
    appointments_in: Sequence[timedelta] = ()


def wait_of(before: int, pace: Pace) -> Waiting:
    """The line is played many times over with talks as they were lately: drawn, but always alike. Which of them are
    typical is itself drawn, so that few talks give a wide range."""
    if len(pace.took) < FEWEST_TALKS or pace.people < 1:
        return Waiting(before)
    took = sorted(each.total_seconds() for each in pace.took)
    drawn = random.Random(before)
    waits = sorted(_played(before, drawn.choices(took, k=len(took)), pace, drawn) for _trial in range(TRIALS))
    least, most = (waits[round(share * (TRIALS - 1))] for share in (LOW, HIGH))
    step = STEP.total_seconds()
    return Waiting(before, STEP * math.floor(least / step), STEP * max(1, math.ceil(most / step)))


def typical(took: Sequence[timedelta]) -> timedelta | None:
    """Half of them took longer; None where too few have ended to say so."""
    return timedelta(seconds=median(each.total_seconds() for each in took)) if len(took) >= FEWEST_TALKS else None


def _played(before: int, took: list[float], pace: Pace, drawn: random.Random) -> float:
    """In how many seconds one is called this time."""
    free = [0.0] * max(0, pace.people - len(pace.going_on))
    free += [_left_of(each.total_seconds(), took, drawn) for each in pace.going_on[: pace.people]]
    heapify(free)
    appointments = sorted(each.total_seconds() for each in pace.appointments_in)
    while True:
        at = heappop(free)
        if appointments and appointments[0] <= at:
            appointments.pop(0)
        elif before:
            before -= 1
        else:
            return at
        heappush(free, at + drawn.choice(took))


def _left_of(gone: float, took: list[float], drawn: random.Random) -> float:
    """Of a talk that goes on: it takes as long as one that took longer than it does already."""
    longer = [each for each in took if each > gone]
    return (drawn.choice(longer) if longer else gone + took[len(took) // 2] / 2) - gone

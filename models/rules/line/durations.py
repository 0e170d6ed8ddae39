"""What talks teach about how long a service takes: proposed, never changed by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from models.rules.line.waiting import FEWEST_TALKS

MOST_ARE_OVER = 0.8
STEP = timedelta(minutes=5)


class Lesson(NamedTuple):
    """Of a service: its usual `minutes`, how many `talks` have ended lately, and how many minutes eight of ten of them
    fit in."""

    service: str
    minutes: int
    talks: int
    fit: int

    @property
    def is_new(self) -> bool:
        return self.fit != self.minutes


def lesson(service: str, minutes: int, took: Sequence[timedelta]) -> Lesson | None:
    """None until twenty talks have ended. In steps of five minutes: nobody plans by fewer."""
    if len(took) < FEWEST_TALKS:
        return None
    fits = sorted(took)[math.ceil(MOST_ARE_OVER * len(took)) - 1]
    return Lesson(service, minutes, len(took), max(1, math.ceil(fits / STEP)) * (STEP // timedelta(minutes=1)))

"""How the line of a zone is called: as it is set for the zone, else as usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from models.rules.values import Whole

MINUTES, CALLS = Whole(0, 120), Whole(1, 10)


@dataclass(frozen=True, slots=True)
class LineSettings:
    """`early`: how long before its hour an appointment may be called; `late`: how long after it somebody may come and
    still be called for it; `calls`: how often a party is called before it has not come."""

    early: timedelta = timedelta(minutes=10)
    late: timedelta = timedelta(minutes=10)
    calls: int = 3


USUAL_LINE = LineSettings()

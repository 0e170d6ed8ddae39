"""What becomes of a weekly pattern when a counter's half-day is said anew from a date on: what was, stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.roster.duties import WeeklyDuty, Weeks

OTHER: dict[Weeks, Weeks] = {"odd": "even", "even": "odd"}


@dataclass(frozen=True, slots=True)
class Rewriting:
    """`ended`: by number the last day of what held; None: it had not begun, and goes. `added`: what holds instead."""

    ended: dict[int, date | None]
    added: tuple[WeeklyDuty, ...]


def weeks_like(day: date) -> Weeks:
    """Every second week, this one among them. After a year of 53 weeks two odd ones follow each other."""
    return "odd" if day.isocalendar().week % 2 else "even"


def said_anew(held: Iterable[WeeklyDuty], first: date, weeks: Weeks, wanted: WeeklyDuty | None) -> Rewriting:
    """`held`: all that the pattern says of one counter's half-day. From `first` on, in these weeks, what is `wanted`,
    or nothing; in the other weeks as it was."""
    ended: dict[int, date | None] = {}
    added = [] if wanted is None else [replace(wanted, weeks=weeks, valid_from=first, valid_to=None)]
    for each in held:
        if (each.valid_to is not None and each.valid_to < first) or not _same_weeks(each.weeks, weeks):
            continue
        ended[each.id] = None if each.valid_from >= first else first - timedelta(days=1)
        if each.weeks == "all" and weeks != "all":
            added.append(replace(each, weeks=OTHER[weeks], valid_from=max(first, each.valid_from), id=0))
    return Rewriting(ended, tuple(added))


def _same_weeks(one: Weeks, other: Weeks) -> bool:
    return one == other or "all" in (one, other)

"""What would work instead, from one bounded load of the day, and of the week only where the day has too little."""

from __future__ import annotations

from datetime import datetime

from models.queries.taken import facts_about
from models.rules.finding.alternatives import MOST, Alternative, day_and_week, nearest_alternatives
from models.rules.house.house import House
from models.rules.judging.facts import Wanted


def alternatives_to(wanted: Wanted, house: House, now: datetime) -> tuple[Alternative, ...]:
    """Up to three bookings of the same kind that would be accepted at this instant. Two queries, or four."""
    found: tuple[Alternative, ...] = ()
    for within in day_and_week(wanted.during, house.zone):
        found = nearest_alternatives(wanted, facts_about(wanted, house, now, [within]), now, within=within)
        if len(found) == MOST:
            break
    return found

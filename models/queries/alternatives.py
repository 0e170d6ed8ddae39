"""What would work instead: of the wished space what is booked this week, of others only those that are free then, and
how many people are about on a date only once a limit is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from models.queries.near import facts_near, free_places, with_spaces
from models.rules.finding.alternatives import MOST, Alternative, day_and_week, nearest_alternatives, of_its_kind
from models.rules.house.house import House, Space
from models.rules.judging.facts import Facts, Wanted
from models.rules.times.interval import Interval


def alternatives_to(wanted: Wanted, house: House, now: datetime) -> tuple[Alternative, ...]:
    """Up to three bookings of the same kind that would be accepted at this instant. Three queries as a rule, and some
    ten at the very most: one for each date of the week that is looked at."""
    day, week = day_and_week(wanted.during, house.zone)
    known = facts_near(
        house, [wanted.space], week, wanted.organiser, now, service=wanted.service, without=wanted.replaces
    )

    @cache
    def elsewhere(during: Interval) -> tuple[Facts, Iterable[Space]]:
        spaces = of_its_kind(wanted, house)
        alone = {each.code for each in spaces if each.exclusive or wanted.exclusive}
        free = free_places(house, alone, during, without=wanted.replaces)
        left = [each for each in spaces if each.code in free or each.code not in alone]
        return with_spaces(known, [each.code for each in left], during, without=wanted.replaces), left

    found: tuple[Alternative, ...] = ()
    for within in (day, week):
        found = nearest_alternatives(wanted, known, now, within=within, elsewhere=elsewhere)
        if len(found) == MOST:
            break
    return found

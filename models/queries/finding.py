"""What a finder must know of the bookings in its window, and the first free moment, looked for little by little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from models.queries.taken import facts_for
from models.rules.finding.finder import MOST, find
from models.rules.finding.quest import LONGEST_WINDOW, Proposal, Quest
from models.rules.house.house import House
from models.rules.judging.facts import Facts
from models.rules.times.interval import Interval, civil_date, civil_day

LOOKED_AT = (1, 3, LONGEST_WINDOW.days)  # days from the first: mostly the first is enough


def facts_of(quest: Quest, house: House, now: datetime) -> Facts:
    """Two to four queries, whatever the number of spaces."""
    return facts_for(house, quest.building, [quest.within], quest.person, now)


def first_free(
    quest: Quest, house: House, now: datetime, *, since: date | None = None, most: int = MOST
) -> tuple[Proposal, ...]:
    """The earliest moments in two weeks at which the wish can be had, one a space: from now on, or from a later date.
    Two to six queries."""
    found: dict[str, Proposal] = {}
    for within in _windows(max(since or date.min, civil_date(now, house.zone)), house):
        part = replace(quest, within=within)
        later = find(part, facts_of(part, house, now), now, most=most, soonest=True)
        found = {each.space: each for each in later} | found
        if len(found) >= most:
            break
    return tuple(sorted(found.values(), key=lambda each: (each.during.start, -each.fit, each.space)))[:most]


def _windows(first: date, house: House) -> Iterator[Interval]:
    start = civil_day(first, house.zone).start
    for days in LOOKED_AT:
        end = civil_day(first + timedelta(days=days - 1), house.zone).end
        yield Interval(start, end)
        start = end

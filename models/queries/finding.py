"""What a finder must know of the bookings in its window, and the first free moment, looked for little by little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from models.queries.taken import facts_for
from models.rules.finding.day import Day
from models.rules.finding.finder import MOST, find
from models.rules.finding.first import dates_with_room, first_on
from models.rules.finding.free import evenings_left, left_of
from models.rules.finding.quest import LONGEST_WINDOW, Proposal, Quest
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Wanted
from models.rules.times.interval import Interval, civil_date, civil_day

DATES_LOOKED_AT = (1, 3, 10)  # those on which the space is open: mostly the first is enough
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


def first_stretch(wanted: Wanted, minutes: int, since: Day) -> Interval | None:
    """The first stretch of one space from a date on, or from now, that could be booked as `wanted` says; evenings, for
    which somebody must hold the keys, only where no other hour is open. One or two queries for each of DATES_LOOKED_AT.
    """
    house, space = since.house, since.house.spaces[wanted.space]
    for hours in (left_of, evenings_left):
        dates = dates_with_room(space, since, hours)
        for number in DATES_LOOKED_AT:
            if not (days := list(islice(dates, number))):
                break
            windows = [each.during for each in days]
            facts = facts_for(
                house, space.building, windows, since.person, since.now, service=wanted.service, kinds=(space.kind,)
            )
            found = (first_on(each, wanted, minutes, facts, hours) for each in days)
            if first := next(filter(None, found), None):
                return first
    return None


def _windows(first: date, house: House) -> Iterator[Interval]:
    start = civil_day(first, house.zone).start
    for days in LOOKED_AT:
        end = civil_day(first + timedelta(days=days - 1), house.zone).end
        yield Interval(start, end)
        start = end

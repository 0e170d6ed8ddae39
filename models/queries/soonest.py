"""When somebody who stands here could be helped: today, else on the next days, looked at little by little."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.queries.near import facts_near
from models.rules.finding.alternatives import MOST, Alternative
from models.rules.finding.soonest import soonest
from models.rules.house.house import House, Space
from models.rules.judging.facts import Wanted
from models.rules.times.interval import Interval, civil_date, civil_day

DAYS_LOOKED_AT = (1, 7)  # from today on: mostly today is enough


def soonest_talks(
    wanted: Wanted, minutes: int, spaces: Sequence[Space], house: House, now: datetime
) -> tuple[Alternative, ...]:
    """Up to three, each in another of these spaces, which lie in one building. Two queries for each stretch of
    DAYS_LOOKED_AT, and one for each date on which a limit of people is looked at."""
    today, found = civil_date(now, house.zone), tuple[Alternative, ...]()
    for days in DAYS_LOOKED_AT:
        last = civil_day(today + timedelta(days=days - 1), house.zone)
        within = Interval(civil_day(today, house.zone).start, last.end)
        facts = facts_near(house, [each.code for each in spaces], within, wanted.organiser, now, service=wanted.service)
        found = soonest(wanted, minutes, spaces, facts, now, within)
        if len(found) == MOST:
            break
    return found

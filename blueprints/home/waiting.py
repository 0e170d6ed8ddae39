"""For who manages the building: what stands above a limit this week, and what is out of service."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for

from blueprints.booking.day import Day
from blueprints.web.language import language
from models.queries.above import number_above
from models.rules.times.interval import Interval

DAYS_AHEAD = timedelta(days=7)
MOST_NAMED = 6


def to_attend_to(day: Day) -> dict[str, object]:
    """One query; in a city one more for each building."""
    house, here = day.house, language()
    week = Interval(day.now, day.now + DAYS_AHEAD)
    out = [space for space in house.spaces.values() if not day.policy(space).active]
    return {
        "above": number_above(house, week),
        "out_of_service": [
            {"name": space.names.in_language(here), "code": space.code, "url": url_for("manage.space", code=space.code)}
            for space in out[:MOST_NAMED]
        ],
        "more_out": max(len(out) - MOST_NAMED, 0),
    }

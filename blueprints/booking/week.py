"""A list of spaces over seven days: how much of each day is still free, each day a way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.day import Day, bookings_of, free_stretches, free_url, is_for, open_stretches
from blueprints.booking.kind import SpaceKind
from blueprints.web.language import language
from models.rules.house import Space
from models.rules.interval import Interval, civil_day

DAYS = 7


def week_page(kind: SpaceKind, spaces: Sequence[Space], day: Day) -> dict[str, object]:
    """Seven dates from this one on. Two queries, whatever the number of spaces."""
    days = [replace(day, date=day.date + timedelta(days=n)) for n in range(DAYS)]
    week = Interval(day.during.start, civil_day(days[-1].date, day.house.zone).end)
    taken = bookings_of(spaces, week, day.house)
    rows = []
    for space in spaces:
        cells = [_cell(kind, space, each, [booking for booking in taken[space.code]
                                           if booking.during.overlaps(each.during)]) for each in days]
        rows.append({"name": space.names.in_language(language()), "code": space.code, "cells": cells,
                     "url": url_for(f"{kind.name}.one_space", code=space.code, date=day.date.isoformat())})
    return {"rows": rows, "days": [format_date(each.date, "EEE d MMM") for each in days]}


def _cell(kind: SpaceKind, space: Space, day: Day, taken: list) -> dict[str, str]:
    stretches = free_stretches(space, day, taken)
    free = sum((each.length for each in stretches), timedelta())
    whole = sum((each.length for each in open_stretches(space, day)), timedelta())
    if not is_for(space, day.viewer.person):
        return {"label": _("Only for others"), "url": "", "state": "closed"}
    if not whole:
        return {"label": _("Closed"), "url": "", "state": "closed"}
    if not free:
        return {"label": _("Full") if day.during.end > day.now else _("Over"), "url": "", "state": "taken"}
    url = free_url(url_for(f"{kind.name}.book_form", code=space.code), stretches[0], day)
    if free == whole:
        return {"label": _("Free"), "url": url, "state": "free"}
    hours, minutes = divmod(int(free.total_seconds()) // 60, 60)
    return {"label": _("%(hours)s h %(minutes)s free", hours=hours, minutes=f"{minutes:02}"), "url": url,
            "state": "free"}

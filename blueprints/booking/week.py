"""A list of spaces over seven days: a strip of each day's hours, how much of it is free, and a way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.day import CLOCK, Day, bookings_of, free_minutes, free_query, is_for, open_minutes
from blueprints.booking.kind import SpaceKind, address_of
from blueprints.booking.timeline import CLOSES, OPENS
from blueprints.web.language import language
from models.rules.discretion import Booked
from models.rules.house import Space
from models.rules.interval import Interval, civil_day

DAYS = 7
STRIP = (CLOSES - OPENS) // 5


def week_page(kind: SpaceKind, spaces: Sequence[Space], day: Day) -> dict[str, object]:
    """Seven dates from this one on. Two queries, whatever the number of spaces."""
    days = [replace(day, date=day.date + timedelta(days=n)) for n in range(DAYS)]
    week = Interval(day.during.start, civil_day(days[-1].date, day.house.zone).end)
    taken, here, words = bookings_of(spaces, week, day.house), language(), _words()
    rows = []
    for space in spaces:
        by_day = _by_day(taken[space.code], days)
        address = address_of(space)
        rows.append({"name": space.names.in_language(here), "code": space.code, "url": f"{address}?date={day.date}",
                     "cells": [_cell(space, each, booked, f"{address}/book", words)
                               for each, booked in zip(days, by_day, strict=True)]})
    return {"rows": rows, "strip": STRIP,
            "days": [{"label": format_date(each.date, "EEE d MMM"), "is_today": each.is_today,
                      "url": f"{kind.prefix}?date={each.date}&view=timeline"} for each in days]}


def _by_day(taken: Sequence[Booked], days: Sequence[Day]) -> list[list[Booked]]:
    found: list[list[Booked]] = [[] for _day in days]
    for booking in taken:
        for number, each in enumerate(days):
            if booking.during.overlaps(each.during):
                found[number].append(booking)
    return found


def _words() -> dict[str, str]:
    return {"others": _("Only for others"), "closed": _("Closed"), "full": _("Full"), "over": _("Over"),
            "free": _("Free"), "hours": _("%(hours)s h %(minutes)s free"), "half": _("Half a day free")}


def _cell(space: Space, day: Day, taken: list[Booked], book_url: str, words: dict[str, str]) -> dict[str, str]:
    opened = open_minutes(space, day)
    free = free_minutes(space, day, taken, opened)
    cell = {"url": "", "open": _path(opened), "taken": _path(day.stretch(booking.during) for booking in taken)}
    if not is_for(space, day.viewer.person):
        return cell | {"label": words["others"], "state": "closed"}
    if not opened:
        return cell | {"label": words["closed"], "state": "closed"}
    if not free:
        return cell | {"label": words["full"] if day.during.end > day.now else words["over"], "state": "taken"}
    in_half_days = day.policy(space).in_half_days
    cell |= {"url": f"{book_url}?{free_query(free[0], day, in_half_days)}", "state": "free"}
    minutes, whole = (sum(end - start for start, end in each) for each in (free, opened))
    if in_half_days:
        return cell | {"label": words["free"] if len(free) > 1 or minutes == whole else words["half"]}
    if minutes == whole:
        return cell | {"label": words["free"]}
    return cell | {"label": words["hours"] % {"hours": minutes // 60, "minutes": CLOCK[minutes % 60][3:]}}


def _path(stretches) -> str:
    """The stretches as bars on a strip of `STRIP` columns: one SVG path for all of them."""
    bars = []
    for start, end in stretches:
        first, last = max(start, OPENS), min(end, CLOSES)
        if first < last:
            bars.append(f"M{(first - OPENS) // 5} 0h{-(-(last - first) // 5)}v1H{(first - OPENS) // 5}z")
    return "".join(bars)

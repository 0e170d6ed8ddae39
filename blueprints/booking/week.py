"""A list of spaces over seven days: a strip of each day's hours, how much of it is free, and a way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from blueprints.booking.crisis import set_aside
from blueprints.booking.day import CLOCK, Day, Stretch, date_words, free_query
from blueprints.booking.horizon import opening_words
from blueprints.booking.kind import SpaceKind, address_of
from blueprints.booking.lanes import CLOSES, OPENS
from blueprints.web.language import language
from models.queries.timelines import bookings_by_day
from models.rules.bookings.fields import Booked
from models.rules.finding.free import left_of, opens_at
from models.rules.house.house import Space
from models.rules.people.outsiders import may_book_in

DAYS = 7
STRIP = (CLOSES - OPENS) // 5


def week_page(kind: SpaceKind, spaces: Sequence[Space], day: Day) -> dict[str, object]:
    """Seven dates from this one on. Two queries, whatever the number of spaces."""
    days = [day.later(n) for n in range(DAYS)]
    taken, here, words = bookings_by_day(spaces, days), language(), _words()
    rows = []
    for space in spaces:
        address = address_of(space)
        rows.append(
            {
                "name": space.names.in_language(here),
                "code": space.code,
                "url": f"{address}?date={day.date}",
                "cells": [
                    _cell(space, each, booked, f"{address}/book", words)
                    for each, booked in zip(days, taken[space.code], strict=True)
                ],
            }
        )
    return {
        "rows": rows,
        "strip": STRIP,
        "days": [
            {
                "label": date_words(each.date, "EEE d MMM"),
                "is_today": each.is_today,
                "url": f"{kind.address}?date={each.date}&view=timeline",
            }
            for each in days
        ],
    }


def _words() -> dict[str, str]:
    return {
        "others": _("Only for others"),
        "closed": _("Closed"),
        "full": _("Full"),
        "over": _("Over"),
        "free": _("Free"),
        "hours": _("%(hours)s h %(minutes)s free"),
        "half": _("Half a day free"),
    }


def _cell(space: Space, day: Day, taken: list[Booked], book_url: str, words: dict[str, str]) -> dict[str, object]:
    policy = day.policy(space)
    left = left_of(policy, day, taken)
    cell: dict[str, object] = {"url": "", "state": "closed"}
    if left.room and not left.free:
        return cell | {"label": opening_words(opens_at(left.room[0][0], policy, day), day, short=True)}
    cell |= strip_of(left.opened, (day.stretch(booking.during) for booking in taken), day)
    if not may_book_in(day.person, space):
        return cell | {"label": words["others"]}
    if not left.opened and (aside := set_aside(policy, day)):
        return cell | {"label": aside[0]}
    if not left.opened:
        return cell | {"label": words["closed"]}
    if not left.free:
        return cell | {"label": words["full"] if day.during.end > day.now else words["over"], "state": "taken"}
    cell |= {"url": f"{book_url}?{free_query(day.on_wall(left.free[0]), day, policy.in_half_days)}", "state": "free"}
    minutes, whole = (sum(end - start for start, end in each) for each in (left.free, left.opened))
    if policy.in_half_days:
        return cell | {"label": words["free"] if len(left.free) > 1 or minutes == whole else words["half"]}
    if minutes == whole:
        return cell | {"label": words["free"]}
    return cell | {"label": words["hours"] % {"hours": minutes // 60, "minutes": CLOCK[minutes % 60][3:]}}


def strip_of(opened: Iterable[Stretch], taken: Iterable[Stretch], day: Day) -> dict[str, object]:
    """The day as a strip: what is open, and over it what is taken."""
    return {"columns": STRIP, "open": _path(opened, day), "taken": _path(taken, day)}


def _path(stretches: Iterable[Stretch], day: Day) -> str:
    """The stretches as bars on a strip of `STRIP` columns: one SVG path for all of them."""
    bars = []
    for start, end in map(day.on_wall, stretches):
        first, last = max(start, OPENS), min(end, CLOSES)
        if first < last:
            bars.append(f"M{(first - OPENS) // 5} 0h{-(-(last - first) // 5)}v1H{(first - OPENS) // 5}z")
    return "".join(bars)

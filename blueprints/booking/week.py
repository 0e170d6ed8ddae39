"""A list of spaces over seven days: a strip of each day's hours, how much of it is free, and a way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask_babel import gettext as _
from markupsafe import Markup, escape

from blueprints.booking.crisis import set_aside
from blueprints.booking.dates import A_WEEK
from blueprints.booking.day import CLOCK, Day, Stretch, date_words, free_query
from blueprints.booking.day_cells import Cell, cells_of
from blueprints.booking.horizon import opening_words
from blueprints.booking.kind import SpaceKind, address_of
from blueprints.booking.lanes import CLOSES, OPENS, head
from blueprints.web.language import language
from models.rules.bookings.fields import Booked
from models.rules.finding.free import left_of, minutes_of
from models.rules.finding.untaken import opens_at
from models.rules.house.house import Space
from models.rules.judging.facts import Taken as Held
from models.rules.people.outsiders import may_book_in

STRIP = (CLOSES - OPENS) // 5
_SVG = (
    '<svg viewBox="0 0 {columns} 1" preserveAspectRatio=none aria-hidden=true>'
    '<path class=strip-open d="{open}"/><path class=strip-taken d="{taken}"/></svg>'
)


def week_page(kind: SpaceKind, spaces: Sequence[Space], day: Day) -> dict[str, object]:
    """Seven dates from this one on. Three queries, whatever the number of spaces."""
    days, words = [day.later(n) for n in range(A_WEEK // timedelta(days=1))], _words()
    rows = [
        f"<tr><th scope=row>{_head(space, day)}</th>{''.join(each.html for each in cells)}</tr>\n"
        for space, cells in cells_of("week", spaces, days, lambda space, each, taken: _cell(space, each, taken, words))
    ]
    return {
        "week": {
            "rows": Markup("".join(rows)),
            "days": [
                {
                    "label": date_words(each.date, "EEE d MMM"),
                    "is_today": each.is_today,
                    "url": f"{kind.address}?date={each.date}&view=timeline",
                }
                for each in days
            ],
        }
    }


def _head(space: Space, day: Day) -> str:
    return head(space.names.in_language(language()), f"{address_of(space)}?date={day.date}", space.code, "")


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


def _cell(space: Space, day: Day, taken: Sequence[Booked | Held], words: dict[str, str]) -> Cell:
    policy, book_url = day.policy(space), f"{address_of(space)}/book"
    left = left_of(policy, day, taken)
    if left.room and not left.free:
        return _written("closed", opening_words(opens_at(left.room[0][0], policy, day), day, short=True))
    strip = strip_of(left.opened, (day.stretch(booking.during) for booking in taken), day)
    if not may_book_in(day.person, space):
        return _written("closed", words["others"], strip)
    if not left.opened:
        aside = set_aside(policy, day)
        return _written("closed", aside[0] if aside else words["closed"], strip)
    if not left.free:
        return _written("taken", words["full"] if day.during.end > day.now else words["over"], strip)
    minutes, whole = minutes_of(left.free), minutes_of(left.opened)
    label = words["hours"] % {"hours": minutes // 60, "minutes": CLOCK[minutes % 60][3:]}
    if minutes == whole or (policy.in_half_days and len(left.free) > 1):
        label = words["free"]
    elif policy.in_half_days:
        label = words["half"]
    return _written(
        "free", label, strip, f"{book_url}?{free_query(day.on_wall(left.free[0]), day, policy.in_half_days)}"
    )


def _written(state: str, label: str, strip: dict[str, object] | None = None, url: str = "") -> Cell:
    drawn = _SVG.format_map(strip) if strip and (strip["open"] or strip["taken"]) else ""
    told = f'<a href="{escape(url)}">{escape(label)}</a>' if url else escape(label)
    return Cell(f"<td class=cell-{state}>{drawn}{told}</td>", is_free=bool(url))


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

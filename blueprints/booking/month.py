"""A list of spaces over a month: of each date how many hours are free, and on how many of them any are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from blueprints.booking.dates import dates_shown
from blueprints.booking.day import Day, date_words
from blueprints.booking.day_cells import Cell, cells_of
from blueprints.booking.kind import SpaceKind, address_of
from blueprints.booking.lanes import head
from blueprints.web.language import language
from models.rules.bookings.fields import Booked
from models.rules.finding.free import left_of, minutes_of
from models.rules.house.house import Space
from models.rules.judging.facts import Taken as Held

QUARTERS = ("", "¼", "½", "¾")


def month_page(kind: SpaceKind, spaces: Sequence[Space], day: Day) -> dict[str, object]:
    """Three queries, whatever the number of spaces."""
    shown = dates_shown("month", day)
    days = [Day(shown.first + timedelta(days=n), day.viewer, day.now) for n in range(shown.number)]
    rows, free, addresses = [], [0] * len(days), {space.code: address_of(space) for space in spaces}
    cells_by_space = cells_of(
        "month", spaces, days, lambda space, each, taken: _cell(space, each, taken, addresses[space.code])
    )
    for space, cells in cells_by_space:
        first = head(space.names.in_language(language()), f"{addresses[space.code]}?date={day.date}", space.code, "")
        rows.append(f"<tr><th scope=row>{first}</th>{''.join([each.html for each in cells])}</tr>\n")
        free = [number + each.is_free for number, each in zip(free, cells, strict=True)]
    return {
        "month": {
            "rows": Markup("".join(rows)),
            "spaces": len(spaces),
            "free": ["" if each.during.end <= day.now else number for each, number in zip(days, free, strict=True)],
            "days": [
                {
                    "weekday": date_words(each.date, "EEEEEE"),
                    "number": _number(each, days[0]),
                    "is_today": each.is_today,
                    "is_weekend": each.date.isoweekday() > 5,
                    "url": f"{kind.address}?date={each.date}&view=timeline",
                }
                for each in days
            ],
        }
    }


def _number(day: Day, first: Day) -> str:
    """Of the day; with its month where another one begins."""
    begins = day.date.day == 1 and day is not first
    return date_words(day.date, "d/M") if begins else str(day.date.day)


def _cell(space: Space, day: Day, taken: Sequence[Booked | Held], address: str) -> Cell:
    """In one letter and few words, for there are a thousand: of what they stand for tells the legend."""
    policy = day.policy(space)
    left = left_of(policy, day, taken)
    if left.free:
        minutes, whole = minutes_of(left.free), minutes_of(left.opened)
        state = "f" if minutes == whole or (policy.in_half_days and len(left.free) > 1) else "p"
        hours = f"{minutes // 60 or ''}{QUARTERS[minutes % 60 // 15]}" or QUARTERS[1]
        return Cell(f'<td class={state}><a href="{address}?date={day.date}">{hours}</a></td>', is_free=True)
    if left.room:
        return Cell("<td class=l>…</td>", is_free=False)
    if left.opened and day.during.end > day.now:
        return Cell("<td class=t>0</td>", is_free=False)
    return Cell("<td></td>" if day.during.end <= day.now else "<td class=x>–</td>", is_free=False)

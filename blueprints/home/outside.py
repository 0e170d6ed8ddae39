"""For associations and residents: which rooms they may ask for, and when each is first free."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.day import Day, free_stretches, wall_clock
from blueprints.booking.kind import KINDS
from blueprints.web.dates import day_text
from blueprints.web.language import language
from models.queries.timelines import bookings_by_day
from models.rules.bookings.fields import Booked
from models.rules.house.house import Space
from models.rules.people.outsiders import may_book_in

DAYS_AHEAD = 7
MOST_SHOWN = 8


def public_rooms(day: Day) -> list[dict]:
    """For components/spaces.html, large ones first. Two queries."""
    spaces = [
        space for space in day.house.spaces.values() if may_book_in(day.person, space) and day.policy(space).active
    ]
    spaces.sort(key=lambda space: (-day.policy(space).effective_capacity(), space.code))
    days = [day.later(n) for n in range(DAYS_AHEAD)]
    taken = bookings_by_day(spaces[:MOST_SHOWN], days)
    return [_row(space, taken[space.code], days) for space in spaces[:MOST_SHOWN]]


def _row(space: Space, taken: list[list[Booked]], days: list[Day]) -> dict:
    day, here, kind = days[0], language(), KINDS[space.kind]
    row = {
        "name": space.names.in_language(here),
        "code": space.code,
        "kind": space.kind,
        "places": day.policy(space).effective_capacity(),
        "accessible": day.policy(space).accessible,
        "floor": day.house.floors[space.floor].names.in_language(here),
        "url": url_for(f"{kind.name}.one_space", code=space.code),
        "state": "taken",
        "state_label": _("Nothing free this week"),
    }
    for later, (each, here_then) in enumerate(zip(days, taken, strict=True)):
        free = free_stretches(space, each, here_then)
        if free:
            start, end = wall_clock(free[0].start, day.house), wall_clock(free[0].end, day.house)
            return row | {
                "state": "free",
                "state_label": _("%(day)s %(start)s–%(end)s", day=_day_words(each, later), start=start, end=end),
                "book_label": _("Ask for it"),
                "book_url": url_for(
                    f"{kind.name}.book_form", code=space.code, date=each.date.isoformat(), start=start, free_until=end
                ),
            }
    return row


def _day_words(day: Day, later: int) -> str:
    words = (_("Today"), _("Tomorrow"))[later] if later < 2 else day_text(day.date)
    return words[0].upper() + words[1:]

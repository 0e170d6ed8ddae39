"""For reception: who is about to arrive anywhere in the building, and where somebody who stands here has to go."""

from __future__ import annotations

from datetime import timedelta

from blueprints.board.rows import LONGEST_SEARCH, found_later, is_meant, known_in, people_rows
from blueprints.booking.day import Day
from blueprints.booking.show import Look
from blueprints.web.probes import reading_codes
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.times.interval import Interval

SINCE, HOURS_AHEAD = timedelta(minutes=15), timedelta(hours=2)
MOST_SHOWN = 12


def arrivals(text: str, look: Look, day: Day) -> dict[str, object]:
    """Three queries, for the rest of today; two more for the days after, where somebody is looked for."""
    text = text.strip()[:LONGEST_SEARCH]
    until = max(day.during.end, look.now + SINCE) if text else look.now + HOURS_AHEAD
    rest = known_in(Interval(look.now - SINCE, until), day, look, HOLDS_PLACE)
    with reading_codes(look.person, text, look.now) as found:
        if text:
            shown = [each for each in rest if is_meant(each, text, look)]
        else:
            shown = [each for each in rest if look.now - SINCE <= each.during.start]
        later = found_later(text, day, look) if text else []
        found += [*shown, *later]
    shown.sort(key=lambda each: (each.during.start, each.space))
    return {
        "text": text,
        "more": max(len(shown) - MOST_SHOWN, 0),
        "rows": people_rows(shown[:MOST_SHOWN], look, text),
        "later": people_rows(later[:MOST_SHOWN], look, text, date=True),
    }

"""A date as rows of cells: one cell for each booking, and one for each free, closed or in-between stretch.

Everything a cell says of a booking has passed seen_by(): of others' it may say no more than that the place is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import escape

from blueprints.booking.crisis import set_aside
from blueprints.booking.day import CLOCK, Day, Stretch, free_query
from blueprints.booking.horizon import opening_words
from blueprints.booking.show import booking_label
from blueprints.web.base_url import base_path
from blueprints.web.language import language
from models.rules.bookings.fields import Booked
from models.rules.finding.free import crowds, evenings_left, left_of, opens_at
from models.rules.house.house import Space
from models.rules.people.discretion import Viewer, detail_for, seen_by
from models.rules.values import MINUTES_A_DAY

STEP = 5  # minutes a column stands for
OPENS, CLOSES = 7 * 60, 20 * 60
_RUN = re.compile(r"(.)\1*", re.DOTALL)
# What a cell is, as the one letter of its class: see static/css/timeline.css.
FREE, TAKEN, MINE, PENDING, CLOSED, BETWEEN, EVENING, NOTHING = "ftmpxben"
Painted = tuple[int, int, str, str, str]  # from and until in minutes, state, text, url
Cell = tuple[int, str, str, str]  # columns it spans, state, text, url; safe to write as they stand


@dataclass(frozen=True, slots=True)
class Row:
    """A space or a date. `lanes`: rows of cells that each fill the hours shown; a shared space has one for each group
    that is there at the same time, and one for the room that is left."""

    name: str
    url: str
    code: str
    sub: str
    lanes: list[list[Cell]]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row is made of, before the hours shown are known. `painted`: (from, until, state, text, url) in the order
    in which one covers another; `booked`: bookings as cells, in order of start."""

    painted: list[Painted]
    booked: list[Painted]
    is_shared: bool = False


class Words:
    """The words of a timeline, translated once for all its cells."""

    def __init__(self) -> None:
        self.language = language()
        self.closed, self.free, self.taken, self.busy = _("Closed"), _("free"), _("Taken"), _("Busy")
        self.evening, self.places = _("evening, with a key holder"), _("%(num)s places free")
        self.places_of = cache(lambda number: ngettext("%(num)s place", "%(num)s places", number))


def line_of(space: Space, day: Day, taken: Sequence[Booked], book_url: str, words: Words) -> Line:
    policy, book_url, now = day.policy(space), escape(book_url), day.minute(day.now)
    ordinary, evening = left_of(policy, day, taken), evenings_left(policy, day, taken)
    opened = [day.on_wall(stretch) for stretch in (*ordinary.opened, *evening.opened)]
    painted = [(first, last, BETWEEN, "", "") for first, last in opened]
    painted += [(first, min(last, now), NOTHING, "", "") for first, last in opened if first < now]
    painted += [
        (*day.on_wall(stretch), NOTHING, escape(opening_words(opens_at(stretch[0], policy, day), day)), "")
        for stretch in (*ordinary.later, *evening.later)
    ]
    painted += [
        (*stretch, EVENING, _hours(*stretch, words.evening), _form(book_url, stretch, day))
        for stretch in map(day.on_wall, evening.free)
    ]
    if policy.exclusive:
        painted += [
            (*stretch, FREE, _hours(*stretch, words.free), _form(book_url, stretch, day, policy.in_half_days))
            for stretch in map(day.on_wall, ordinary.free)
        ]
    else:
        painted += _room_left(ordinary.free, policy.effective_capacity(), taken, day, book_url, words)
    if aside := set_aside(policy, day):
        painted.append((0, MINUTES_A_DAY, NOTHING, escape(aside[0]), ""))
    return Line(
        painted,
        [_booking_cell(booking, day, words) for booking in taken if booking.during.overlaps(day.during)],
        is_shared=not policy.exclusive,
    )


def _room_left(
    free: Iterable[Stretch], places: int, taken: Sequence[Booked], day: Day, book_url: str, words: Words
) -> list[Painted]:
    """The free stretches of a shared space, cut where the number of places left changes."""
    found = []
    for crowd in crowds(taken, day):
        start, end = day.stretch(crowd.during)
        for first, last in free:
            cut = max(first, start), min(last, end)
            if cut[0] < cut[1]:
                shown = day.on_wall(cut)
                text = f"{words.places % {'num': places - crowd.persons}} {CLOCK[shown[0]]}–{CLOCK[shown[1]]}"
                found.append((*shown, FREE, text, _form(book_url, shown, day)))
    return found


def seen_as(booking: Booked, viewer: Viewer) -> str:
    """How a cell looks to this viewer, as one letter: two for whom it is the same may be shown the same cell."""
    detail = detail_for(viewer, booking)
    if detail == "full" and viewer.person and viewer.person.username in (booking.organiser, booking.booked_by):
        return "m"
    return detail[0]


def _booking_cell(booking: Booked, day: Day, words: Words) -> Painted:
    start, end = day.minute(booking.during.start), day.minute(booking.during.end)
    look = seen_as(booking, day.viewer)
    if look == "b":
        return start, end, TAKEN, f"{words.busy} {CLOCK[start]}–{CLOCK[end]}", ""
    seen = seen_by(day.viewer, booking)
    state = PENDING if seen.status == "pending" else MINE if look == "m" else TAKEN
    organisation = day.house.organisations.get(seen.organisation or "")
    otherwise = seen.organiser_name or (organisation.names.in_language(words.language) if organisation else words.taken)
    text = f"{escape(booking_label(seen, otherwise))} {CLOCK[start]}–{CLOCK[end]}"
    return start, end, state, text, f"{base_path()}/bookings/{seen.handle}"


def _form(book_url: str, stretch: Stretch, day: Day, in_half_days: bool = False) -> str:
    return f"{book_url}?{free_query(stretch, day, in_half_days)}".replace("&", "&amp;")


def _hours(start: int, end: int, text: str) -> str:
    return f"{CLOCK[start]}–{CLOCK[end]} {text}"


def hours_shown(lines: Iterable[Line]) -> Stretch:
    """From which whole hour to which: the usual ones, wider where something is booked or free beyond them."""
    first, last = OPENS, CLOSES
    for line in lines:
        for start, end, state, _text, _url in (*line.painted, *line.booked):
            if state not in (NOTHING, BETWEEN):
                first, last = min(first, start), max(last, end)
    return first // 60 * 60, -(-last // 60) * 60


def lanes_of(line: Line, shown: Stretch, words: Words) -> list[list[Cell]]:
    """The row's cells, each lane in order and without a gap over the hours shown."""
    columns = (shown[1] - shown[0]) // STEP
    if not line.is_shared:
        return [_lane(line.painted, line.booked, shown, columns, (CLOSED, words.closed, ""))]
    lanes: list[list] = []
    for booked in line.booked:
        lane = next((lane for lane in lanes if lane[-1][1] <= booked[0]), None)
        if lane is None:
            lanes.append(lane := [])
        lane.append(booked)
    nothing = (NOTHING, "", "")
    return [
        *(_lane((), lane, shown, columns, nothing) for lane in lanes),
        _lane(line.painted, (), shown, columns, (CLOSED, words.closed, "")),
    ]


def _lane(
    painted: Iterable[Painted], booked: Iterable[Painted], shown: Stretch, columns: int, beneath: tuple[str, str, str]
) -> list[Cell]:
    """Later ones cover earlier ones, bookings cover all; what nothing covers is `beneath`. The line is a string with a
    character for each column, the number of what covers it: the quickest way to cut and to find runs."""
    what: list[tuple[str, str, str]] = [beneath]
    line = "\0" * columns
    for start, end, state, text, url in (*painted, *booked):
        first = max((start - shown[0]) // STEP, 0)
        last = min(-(-(end - shown[0]) // STEP), columns)
        if first < last:
            line = line[:first] + chr(len(what)) * (last - first) + line[last:]
            what.append((state, text, url))
    return [(run.end() - run.start(), *what[ord(run[1])]) for run in _RUN.finditer(line)]


def timeline_of(rows: Sequence[tuple[Row, Line]], day: Day | None = None) -> dict[str, object]:
    """For components/timeline.html. `day`: on which a line shows the present moment."""
    words = Words()
    shown = hours_shown(line for _row, line in rows)
    for row, line in rows:
        row.lanes.extend(lanes_of(line, shown, words))
    now = day.now_minute if day else None
    return {
        "rows": [row for row, _line in rows],
        "columns": (shown[1] - shown[0]) // STEP,
        "hours": [CLOCK[minute] for minute in range(shown[0], shown[1], 60)],
        "first_minute": shown[0],
        "now_minute": now if now is not None and shown[0] <= now < shown[1] else None,
    }

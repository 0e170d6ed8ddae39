"""The rows of a timeline as HTML, written once for all who may see the same.

A table, so that it reads in order and by row and column; static/js/timeline.js makes it a grid for the arrow keys. A
cell says what its row does not: there are six hundred of them on a page. State letters: f free, t taken, m mine,
p pending, x closed, e evening, n nothing to say; none: changeover, of which there are most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup, escape

from blueprints.booking.day import CLOCK, Day

OPENS, CLOSES = 7 * 60, 20 * 60
STEPS = (15, 5)  # minutes a column stands for: as many as every row allows
FREE, TAKEN, MINE, PENDING, CLOSED, BETWEEN, EVENING, NOTHING = "ftmpxben"
_UNTOLD = frozenset({NOTHING, BETWEEN})
_RUN = re.compile(r"(.)\1*", re.DOTALL)
Painted = tuple[int, int, str, str, str]  # from and until in minutes, state, text, url; safe to write as they stand
Beneath = tuple[str, str, str]  # state, text, url


@dataclass(frozen=True, slots=True)
class Columns:
    """Of all rows of a timeline: from which whole hour until which, and how many minutes each stands for."""

    first: int
    last: int
    step: int

    @property
    def number(self) -> int:
        return (self.last - self.first) // self.step


@dataclass(frozen=True)
class Line:
    """A space or a date. `painted`: in the order in which one covers another; `booked`: bookings, in order of start.
    A shared space has a row of cells for each group that is there at the same time, and one for the room that is left.
    """

    head: str
    painted: Sequence[Painted]
    booked: Sequence[Painted]
    closed: str
    group: str = ""
    is_shared: bool = False
    written: dict[Columns, str] = field(default_factory=dict)

    @cached_property
    def needs(self) -> Columns:
        """The columns that would do for it alone."""
        cells = (*self.painted, *self.booked)
        told = [each for each in cells if each[2] not in _UNTOLD]
        edges = {edge for each in cells for edge in each[:2]}
        step = next((each for each in STEPS if not any(edge % each for edge in edges)), STEPS[-1])
        first, last = min([OPENS, *(each[0] for each in told)]), max([CLOSES, *(each[1] for each in told)])
        return Columns(first, last, step)

    def html(self, columns: Columns) -> str:
        """Whichever hours the other rows make it show, it is written once for these."""
        if columns not in self.written:
            self.written[columns] = _written(self, columns)
        return self.written[columns]


def head(name: str, url: str, code: str, sub: str) -> str:
    """What stands before a row's cells, safe to write as it stands."""
    code = f" <span class=space-code>{escape(code)}</span>" if code else ""
    return f'<a href="{escape(url)}">{escape(name)}</a>{code} {escape(sub)}'


def timeline_of(lines: Sequence[Line], day: Day | None = None, *, columns: Columns | None = None) -> dict[str, object]:
    """For components/timeline.html. `day`: on which a line shows the present moment, which steps as the rows do: a page
    that is made anew is the same text as long as its reader sees the same."""
    columns = columns or columns_of(lines)
    now = None if day is None or day.now_minute is None else day.now_minute // STEPS[-1] * STEPS[-1]
    return {
        "rows": Markup("".join(_grouped(lines, columns))),
        "columns": columns.number,
        "step": columns.step,
        "hours": [CLOCK[minute] for minute in range(columns.first, columns.last, 60)],
        "first_minute": columns.first,
        "now_minute": now if now is not None and columns.first <= now < columns.last else None,
    }


def columns_of(lines: Iterable[Line]) -> Columns:
    """The usual hours, wider where something is booked or free beyond them."""
    needs = [line.needs for line in lines]
    first = min([each.first for each in needs], default=OPENS)
    last = max([each.last for each in needs], default=CLOSES)
    return Columns(first // 60 * 60, -(-last // 60) * 60, min([each.step for each in needs], default=STEPS[0]))


def _grouped(lines: Sequence[Line], columns: Columns) -> Iterable[str]:
    group = ""
    for line in lines:
        if line.group != group:
            yield "</tbody><tbody>" if group else ""
            group = line.group
            span = columns.number + 1
            yield f"<tr class=tl-group><th scope=rowgroup colspan={span}><span>{escape(group)}</span></th></tr>"
        yield line.html(columns)


def _written(line: Line, columns: Columns) -> str:
    lanes = _lanes(line, columns)
    rows = f" rowspan={len(lanes)}" if len(lanes) > 1 else ""
    return f"<tr><th scope=row{rows}>{line.head}</th>{'</tr><tr>'.join(lanes)}</tr>\n"


def _lanes(line: Line, columns: Columns) -> list[str]:
    """The row's cells, each lane in order and without a gap over the hours shown."""
    closed = (CLOSED, line.closed, "")
    if not line.is_shared:
        return [_lane((*line.painted, *line.booked), columns, closed)]
    lanes: list[list[Painted]] = []
    for booked in line.booked:
        lane = next((lane for lane in lanes if lane[-1][1] <= booked[0]), None)
        if lane is None:
            lanes.append(lane := [])
        lane.append(booked)
    nothing = (NOTHING, "", "")
    return [*(_lane(lane, columns, nothing) for lane in lanes), _lane(line.painted, columns, closed)]


def _lane(painted: Iterable[Painted], columns: Columns, beneath: Beneath) -> str:
    """Later ones cover earlier ones; what nothing covers is `beneath`. The line is a string with a character for each
    column, the number of what covers it: the quickest way to cut and to find runs."""
    what = [beneath]
    line = "\0" * columns.number
    for start, end, state, text, url in painted:
        first = max((start - columns.first) // columns.step, 0)
        last = min(-(-(end - columns.first) // columns.step), columns.number)
        if first < last:
            line = line[:first] + chr(len(what)) * (last - first) + line[last:]
            what.append((state, text, url))
    return "".join([_cell(run.end() - run.start(), *what[ord(run[1])]) for run in _RUN.finditer(line)])


def _cell(span: int, state: str, text: str, url: str) -> str:
    wide = f" colspan={span}" if span > 1 else ""
    kind = f" class={state}" if state != BETWEEN else ""
    return f'<td{wide}{kind}><a href="{url}">{text}</a></td>' if url else f"<td{wide}{kind}>{text}</td>"

"""A week of opening hours as somebody sets it: whether it makes sense, and what becomes of the weeks around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from models.rules.hours import HoursBook, HoursRow, Scope
from models.rules.house import House
from models.rules.refusals import BadRequest

KINDS = ("staff_access", "public", "after_hours", "protected_break")
END_OF_DAY = 24 * 60
WEEKS_OF_MONTH = range(1, 6)
MOST_ROWS = 200
LONGEST_LABEL = 200
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class WeekRow:
    """One stretch of a weekday, as in HoursRow. Whose it is and when it holds is said of the whole week."""

    weekday: int
    opens: int
    closes: int
    kind: str
    week_of_month: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A week, or one row of it, with the first and the last day on which it holds; None: no such day."""

    first: date | None
    last: date | None
    rows: tuple[WeekRow, ...]

    def has(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class WeekChange:
    """The whole week of a scope. `first`: from when, today where nothing is said; `last`: until when, None for good."""

    scope: Scope
    rows: tuple[WeekRow, ...]
    reason: str
    first: date | None = None
    last: date | None = None


def scope_in(text: str, house: House) -> Scope | None:
    """The place that `zone:Z0-HAL` names, or None where it names none that may have hours."""
    sort, _, code = text.partition(":")
    places = {"building": house.buildings, "zone": house.zones, "space": house.spaces}.get(sort, {})
    return (sort, code) if code in places else None


def owner_of(scope: Scope, house: House) -> str | None:
    """The organisation whose place it is; None for what belongs to the whole house."""
    sort, code = scope
    return {"zone": house.zones, "space": house.spaces}[sort][code].owner if sort != "building" else None


def spaces_of(scope: Scope, house: House) -> list[str]:
    """The spaces to which hours of that scope may apply."""
    sort, code = scope
    return [code] if sort == "space" else [space.code for space in house.spaces.values()
                                           if getattr(space, sort) == code]


def week_faults(rows: Sequence[WeekRow]) -> Iterator[BadRequest]:
    """Everything wrong with a week, as values: each names its row and field, as `rows.3.closes`."""
    if len(rows) > MOST_ROWS:
        yield BadRequest("rows", "too_many", most=MOST_ROWS)
        return
    for at, row in enumerate(rows):
        fault = _row_fault(row)
        if fault is not None:
            yield BadRequest(f"rows.{at}.{fault[0]}", fault[1])
        elif any(_overlap(row, other) for other in rows[:at]):
            yield BadRequest(f"rows.{at}.opens", "hours_overlap")


def _row_fault(row: WeekRow) -> tuple[str, str] | None:
    if not 1 <= row.weekday <= 7:
        return "weekday", "unknown_choice"
    if row.kind not in KINDS:
        return "kind", "unknown_choice"
    if row.week_of_month is not None and row.week_of_month not in WEEKS_OF_MONTH:
        return "week_of_month", "unknown_choice"
    for field, minute in (("opens", row.opens), ("closes", row.closes)):
        if not 0 <= minute <= END_OF_DAY:
            return field, "outside_a_day"
    if row.closes <= row.opens:
        return "closes", "closes_before_opens"
    return ("label", "too_long_text") if len(row.label or "") > LONGEST_LABEL else None


def _overlap(one: WeekRow, other: WeekRow) -> bool:
    """Whether two stretches of one kind share a minute; a first Saturday beside every Saturday may be meant."""
    return ((one.kind, one.weekday, one.week_of_month) == (other.kind, other.weekday, other.week_of_month)
            and one.opens < other.closes and other.opens < one.closes)


def remaining(held: Period, first: date, last: date | None) -> tuple[Period, ...]:
    """What is left of a period without the days from `first` to `last`: what lies before, after, both or none."""
    left = []
    if held.first is None or held.first < first:
        before = first - A_DAY
        left.append(replace(held, last=before if held.last is None else min(held.last, before)))
    if last is not None and (held.last is None or held.last > last):
        left.append(replace(held, first=max(held.first or date.min, last + A_DAY)))
    return tuple(left)


def periods(rows: Iterable[Period]) -> tuple[Period, ...]:
    """A scope's rows, each with its own validity, as the weeks that followed one another; the first begins with its
    oldest row. A stretch without rows in between or after is a week of none."""
    rows = list(rows)
    cuts = {row.first or date.min for row in rows} | {row.last + A_DAY for row in rows if _ends(row)}
    weeks: list[Period] = []
    for since, following in pairwise([*sorted(cuts), None]):
        week = tuple(sorted((each for row in rows if row.has(since) for each in row.rows), key=_in_week))
        until = None if following is None else following - A_DAY
        if weeks and weeks[-1].rows == week:
            weeks[-1] = replace(weeks[-1], last=until)
        else:
            weeks.append(Period(None if since == date.min else since, until, week))
    return tuple(weeks)


def week_on(day: date, weeks: Iterable[Period]) -> Period:
    return next((week for week in weeks if week.has(day)), Period(None, None, ()))


def if_week_set(house: House, change: WeekChange, first: date) -> House:
    """The house with that week, so that its effects show before anybody saves it."""
    sort, code = change.scope
    kept = []
    for row in house.hours.all_rows():
        if (row.scope_type, row.scope_code) != change.scope:
            kept.append(row)
            continue
        left = remaining(Period(row.valid_from, row.valid_to, ()), first, change.last)
        kept += [replace(row, valid_from=each.first, valid_to=each.last) for each in left]
    new = (HoursRow(sort, code, row.weekday, row.week_of_month, row.opens, row.closes, row.kind, first, change.last)
           for row in change.rows)
    return replace(house, hours=HoursBook((*kept, *new), house.zone))


def _ends(row: Period) -> bool:
    return row.last is not None and row.last < date.max


def _in_week(row: WeekRow) -> tuple:
    return row.weekday, KINDS.index(row.kind), row.week_of_month or 0, row.opens, row.closes, row.label or ""

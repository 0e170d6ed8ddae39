"""The weekly hours of a building, zone or space: whether they make sense, and what becomes of the weeks around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, TypedDict, get_args, overload

from pydantic import AfterValidator, ConfigDict

from models.rules.changes.change import Change, is_known, owner_of
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.people.rights import may_set_hours_of
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.times.hours import HoursBook, HoursKind, HoursRow, ScopeType
from models.rules.values import LINE, LONGEST_LINE, MINUTES_A_DAY, Closing, OneOf, Scope, Whole

HOURS = "opening_hours"  # as the log knows them
KINDS: tuple[HoursKind, ...] = get_args(HoursKind)
SCOPE_TYPES: Mapping[str, ScopeType] = {each: each for each in get_args(ScopeType)}
WEEKDAY, WEEK_OF_MONTH = Whole(1, 7), Whole(1, 5)
MOST_ROWS = 200
A_DAY = timedelta(days=1)


class RowSaid(TypedDict):
    """A row of a week as JSON holds it."""

    weekday: int
    opens: str
    closes: str
    kind: str
    week_of_month: int | None
    label: str | None


@dataclass(frozen=True, slots=True, order=True)
class WeekRow:
    """One stretch of a weekday: 1 is Monday. `week_of_month`: only that weekday's first, second … of the month. Whose
    it is and when it holds is said of the whole week."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=False)

    weekday: Annotated[int, WEEKDAY]
    opens: Closing
    closes: Closing
    kind: Annotated[HoursKind, OneOf(KINDS)]
    week_of_month: Annotated[int, WEEK_OF_MONTH] | None = None
    label: Annotated[str, LINE, AfterValidator(lambda text: text.strip() or None)] | None = None

    def said(self) -> RowSaid:
        """As JSON holds it."""
        return {
            "weekday": self.weekday,
            "opens": clock(self.opens),
            "closes": clock(self.closes),
            "kind": self.kind,
            "week_of_month": self.week_of_month,
            "label": self.label,
        }


@dataclass(frozen=True, slots=True)
class Period:
    """A week, or one row of it, with the first and the last day on which it holds; None: no such day."""

    first: date | None
    last: date | None
    rows: tuple[WeekRow, ...]

    def has(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class SetHours(Change):
    """The whole week; what it has no rows of, it leaves to the next scope."""

    rows: tuple[WeekRow, ...]

    @property
    def kept_as(self) -> tuple[str, str]:
        return HOURS, str(self.place)

    def check_may(self, house: House, person: Person) -> None:
        if not may_set_hours_of(person, owner_of(self.place, house)):
            raise NotAllowed("set_hours")

    def check(self, house: House) -> None:
        for fault in week_faults(self.rows):
            raise fault

    def imagined(self, house: House) -> House:
        kept: list[HoursRow] = []
        for row in house.hours.all_rows():
            mine = (row.scope_type, row.scope_code) == self.place
            left = remaining(Period(row.valid_from, row.valid_to, ()), self.since, self.last) if mine else ()
            kept += [replace(row, valid_from=each.first, valid_to=each.last) for each in left] if mine else [row]
        new = (
            HoursRow(
                SCOPE_TYPES[self.place.sort],
                self.code,
                row.weekday,
                row.week_of_month,
                row.opens,
                row.closes,
                row.kind,
                self.first,
                self.last,
            )
            for row in self.rows
        )
        return replace(house, hours=HoursBook((*kept, *new), house.zone))

    def said(self) -> dict[str, object]:
        return {"hours": [row.said() for row in self.rows]}

    def in_its_plan(self, name: str) -> str:
        return Change.in_its_plan(self, name.replace("rows", "hours", 1))


@overload
def clock(minute: int) -> str: ...
@overload
def clock(minute: int | None) -> str | None: ...
def clock(minute: int | None) -> str | None:
    """Minutes since midnight as they stand on a door: 08:30, and 24:00 where a day ends."""
    return None if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def place_with_hours(text: str, house: House) -> Scope | None:
    """The place that `zone:Z0-HAL` names, or None where it names none that may have hours."""
    place = Scope.read(text)
    return place if place.sort in SCOPE_TYPES and is_known(place, house) else None


def week_faults(rows: Sequence[WeekRow]) -> Iterator[BadRequest]:
    """Everything wrong with a week, as values: each names its row and field, as `rows.3.closes`."""
    if len(rows) > MOST_ROWS:
        yield BadRequest("rows", "too_many", most=MOST_ROWS)
        return
    for at, row in enumerate(rows):
        fault = _row_fault(row)
        if fault is not None:
            yield BadRequest(f"rows.{at}.{fault[0]}", fault[1], most=LONGEST_LINE)
        elif any(_overlap(row, other) for other in rows[:at]):
            yield BadRequest(f"rows.{at}.opens", "hours_overlap")


def _row_fault(row: WeekRow) -> tuple[str, str] | None:
    if not WEEKDAY.least <= row.weekday <= WEEKDAY.most:
        return "weekday", "unknown_choice"
    if row.kind not in KINDS:
        return "kind", "unknown_choice"
    if row.week_of_month is not None and not WEEK_OF_MONTH.least <= row.week_of_month <= WEEK_OF_MONTH.most:
        return "week_of_month", "unknown_choice"
    for name, minute in (("opens", row.opens), ("closes", row.closes)):
        if not 0 <= minute <= MINUTES_A_DAY:
            return name, "outside_a_day"
    if row.closes <= row.opens:
        return "closes", "closes_before_opens"
    return ("label", "too_long_text") if len(row.label or "") > LONGEST_LINE else None


def _overlap(one: WeekRow, other: WeekRow) -> bool:
    """Whether two stretches of one kind share a minute; a first Saturday beside every Saturday may be meant."""
    return (
        (one.kind, one.weekday, one.week_of_month) == (other.kind, other.weekday, other.week_of_month)
        and one.opens < other.closes
        and other.opens < one.closes
    )


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
    cuts = {row.first or date.min for row in rows} | {
        row.last + A_DAY for row in rows if row.last is not None and row.last < date.max
    }
    weeks: list[Period] = []
    starts = sorted(cuts)
    for since, following in zip(starts, [*starts[1:], None], strict=False):
        week = tuple(sorted((each for row in rows if row.has(since) for each in row.rows), key=_in_week))
        until = None if following is None else following - A_DAY
        if weeks and weeks[-1].rows == week:
            weeks[-1] = replace(weeks[-1], last=until)
        else:
            weeks.append(Period(None if since == date.min else since, until, week))
    return tuple(weeks)


def week_on(day: date, weeks: Iterable[Period]) -> Period:
    """The week that holds on a day; one without hours where none does."""
    return next((week for week in weeks if week.has(day)), Period(None, None, ()))


def _in_week(row: WeekRow) -> tuple[object, ...]:
    return row.weekday, KINDS.index(row.kind), row.week_of_month or 0, row.opens, row.closes, row.label or ""

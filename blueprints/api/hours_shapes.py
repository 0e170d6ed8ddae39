"""What may stand in a request about hours and closures, and the form of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, get_args

from pydantic import Field
from typing_extensions import TypedDict

from blueprints.api.bodies import Body
from blueprints.api.query_strings import After, Limit, Query
from blueprints.api.shapes import Booking, Day, UnderSecrecy
from models.rules.changes.hours import KINDS
from models.rules.changes.reading import ClosureGiven, Rows
from models.rules.changes.reading import ClosureKind as ClosureKindGiven
from models.rules.values import DAY, MOMENT, Code, DayValue, OneOf, Reason
from models.rules.values import Day as DayGiven

HoursKind = Annotated[str, OneOf(KINDS)]
ClosureKind = Annotated[str, OneOf(get_args(ClosureKindGiven))]


@dataclass(frozen=True)
class FirstDayAsked(DayValue):
    """A date, or an instant of which the date counts, as it is with the offset given."""

    def read(self, value: object) -> date:
        text = str(value)
        return MOMENT.from_text(text).date() if "T" in text.upper() else DAY.read(text)


@dataclass(frozen=True)
class DayAfterAsked(DayValue):
    """A date, or an instant: the date in which it lies is asked for too, but for a midnight."""

    def read(self, value: object) -> date:
        text = str(value)
        if "T" not in text.upper():
            return DAY.read(text)
        return (MOMENT.from_text(text) - timedelta(microseconds=1)).date() + timedelta(days=1)


class HoursBody(Body):
    """The whole week; none: the place follows the hours of its zone or building. `to` is the last day on which it
    holds; after it, what held before holds again."""

    rows: Rows
    reason: Reason
    from_: Annotated[DayGiven | None, Field(alias="from")] = None
    to: DayGiven | None = None


class ClosureBody(ClosureGiven, Body):
    """From the day `from` to the day `to`, both closed; one day without `to`. With `opens` and `closes` it is open
    between them (half_day). No `organisations`: all of them. `name` is Dutch, `names` the same in other languages."""

    from_: Annotated[DayGiven, Field(alias="from")]
    to: DayGiven | None = None
    organisations: Annotated[list[Code], Field(max_length=200)] = Field(default_factory=list)


class ClosureQuery(Query):
    """Half-open: `end` is the first day that is not asked for."""

    start: Annotated[date, FirstDayAsked()] | None = None
    end: Annotated[date, DayAfterAsked()] | None = None
    limit: Limit = 100
    after: After | None = None


class HoursRow(TypedDict):
    weekday: int
    opens: str
    closes: str
    kind: HoursKind
    week_of_month: int | None
    label: str | None


# `from` is a word of Python's own, hence this form.
class Week(TypedDict("From", {"from": Day | None})):
    """Which rows hold from which day to which, both included; null: no such day."""

    to: Day | None
    rows: list[HoursRow]


class NotFitting(TypedDict):
    """A booking that lies outside the hours, with the codes of what judges it so. It stays until somebody moves it."""

    booking: Booking
    codes: list[str]


class OpeningHours(Week):
    """The week that holds today, and those that are planned."""

    scope: str
    name: str
    planned: list[Week]


class NoLongerFitting(TypedDict):
    """`under_secrecy`: how many of other organisations lie in the change, whether they fit or not."""

    no_longer_fitting: list[NotFitting]
    under_secrecy: list[UnderSecrecy]


class ChangedHours(OpeningHours, NoLongerFitting):
    pass


class Closure(TypedDict):
    """A closing day. `organisations` empty: all of them."""

    id: int
    date: Day
    name: str
    names: dict[str, str]
    kind: ClosureKind
    opens: str | None
    closes: str | None
    organisations: list[str]


class Closed(NoLongerFitting):
    items: list[Closure]

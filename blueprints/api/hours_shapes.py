"""What may stand in a request about hours and closures, and the form of the answers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from blueprints.api.bodies import Body
from blueprints.api.fields import DAY_SCHEMA, Code, Reason, Title, read_day, read_moment
from blueprints.api.fields import Day as DayGiven
from blueprints.api.query_strings import UNENCODED_PLUS, Limit, Query
from blueprints.api.shapes import Booking, Day
from models.rules.hours_change import MOST_ROWS

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
HoursKind = Literal["staff_access", "public", "after_hours", "protected_break"]
ClosureKind = Literal["public_holiday", "local_closure", "bridging_day", "half_day"]


def read_clock(value: object) -> str:
    if not (isinstance(value, str) and CLOCK.fullmatch(value)):
        raise PydanticCustomError("not_a_clock", "not a time of the day")
    return value


def read_first_day(value: str) -> date:
    """A date, or an instant of which the date counts, as it is with the offset given."""
    return read_moment(UNENCODED_PLUS.sub("+", value)).date() if "T" in value.upper() else read_day(value)


def read_day_after(value: str) -> date:
    """A date, or an instant: the date in which it lies is asked for too, but for a midnight."""
    if "T" not in value.upper():
        return read_day(value)
    return (read_moment(UNENCODED_PLUS.sub("+", value)) - timedelta(microseconds=1)).date() + timedelta(days=1)


Clock = Annotated[str, BeforeValidator(read_clock), WithJsonSchema({"type": "string", "pattern": CLOCK.pattern})]
FirstDay = Annotated[date, BeforeValidator(read_first_day), WithJsonSchema(DAY_SCHEMA)]
DayAfter = Annotated[date, BeforeValidator(read_day_after), WithJsonSchema(DAY_SCHEMA)]
Language = Annotated[str, StringConstraints(pattern="^(fr|en|de)$")]


class HoursRowBody(Body):
    """`weekday` 1 is Monday; `week_of_month`: only that weekday's first, second … of the month."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    opens: Clock
    closes: Clock
    kind: HoursKind
    week_of_month: Annotated[int, Field(ge=1, le=5)] | None = None
    label: Title | None = None


class HoursBody(Body):
    """The whole week; none: the place follows the hours of its zone or building. `to` is the last day on which it
    holds; after it, what held before holds again."""

    rows: Annotated[list[HoursRowBody], Field(max_length=MOST_ROWS)]
    reason: Reason
    from_: Annotated[DayGiven | None, Field(alias="from")] = None
    to: DayGiven | None = None


class ClosureBody(Body):
    """From the day `from` to the day `to`, both closed; one day without `to`. With `opens` and `closes` it is open
    between them (half_day). No `organisations`: all of them. `name` is Dutch, `names` the same in other languages."""

    from_: Annotated[DayGiven, Field(alias="from")]
    to: DayGiven | None = None
    name: Title
    names: dict[Language, Title] = Field(default_factory=dict, max_length=3)
    kind: ClosureKind | None = None
    opens: Clock | None = None
    closes: Clock | None = None
    organisations: Annotated[list[Code], Field(max_length=200)] = Field(default_factory=list)


class ClosureQuery(Query):
    """Half-open: `end` is the first day that is not asked for."""

    start: FirstDay | None = None
    end: DayAfter | None = None
    limit: Limit = 100
    after: Annotated[str, Field(max_length=200)] | None = None


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


class ChangedHours(OpeningHours):
    no_longer_fitting: list[NotFitting]


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


class Closed(TypedDict):
    items: list[Closure]
    no_longer_fitting: list[NotFitting]

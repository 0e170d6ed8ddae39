"""The values that a request may hold, each with its limits: strict, so that nothing is guessed from a wrong type."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 2000, 2100
LINE_BREAKS = "\n\r"
MOMENT = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
                    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?")
DAY = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")


def read_moment(value: object) -> datetime:
    """RFC 3339 with an offset, and only that: a time without one would mean another instant in another place."""
    found = MOMENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("not_a_moment", "not an RFC 3339 time")
    year, fraction, offset = found.groups()
    if offset is None:
        raise PydanticCustomError("no_offset", "a time without offset")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise PydanticCustomError("year_out_of_range", "a year out of range")
    text = value.upper()
    if fraction:
        text = text.replace(fraction, fraction[:7])
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("not_a_moment", "no such time") from None


def read_day(value: object) -> date:
    found = DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        day = date.fromisoformat(value) if found else None
    except ValueError:
        day = None
    if day is None:
        raise PydanticCustomError("not_a_day", "not a date")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("year_out_of_range", "a year out of range")
    return day


def _one_line(value: str) -> str:
    return _without_controls(value, allowed="")


def _lines(value: str) -> str:
    return _without_controls(value, allowed=LINE_BREAKS)


def _without_controls(value: str, allowed: str) -> str:
    if any(unicodedata.category(character) == "Cc" and character not in allowed for character in value):
        raise PydanticCustomError("control_character", "a control character")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "nothing but blanks")
    return value


MOMENT_SCHEMA = {"type": "string", "format": "date-time"}
DAY_SCHEMA = {"type": "string", "format": "date"}
Moment = Annotated[datetime, BeforeValidator(read_moment), WithJsonSchema(MOMENT_SCHEMA)]
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema(DAY_SCHEMA)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(_one_line)]
Title = Annotated[str, StringConstraints(max_length=200), AfterValidator(_one_line)]
Note = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_lines)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_lines),
                   AfterValidator(_not_blank)]
RepeatRule = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_one_line)]
RuleCode = Annotated[str, StringConstraints(pattern=r"^R(0[1-9]|1[0-9]|2[0-3])$")]
Attendees = Annotated[int, Field(ge=1, le=100_000)]
PartOfAttendees = Annotated[int, Field(ge=0, le=100_000)]
Places = Annotated[int, Field(ge=0, le=100_000)]

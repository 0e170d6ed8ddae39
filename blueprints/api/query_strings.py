"""What may stand behind the question mark of an address: an unknown parameter is refused, an empty one is absent."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from blueprints.api.fields import MOMENT_SCHEMA, Attendees, Code, read_moment

Kind = Literal["meeting_room", "desk", "booth", "counter", "meeting_space"]
Status = Literal["pending", "confirmed", "checked_in", "completed", "cancelled", "declined", "released"]
UNENCODED_PLUS = re.compile(r" (?=[0-9]{2}:[0-9]{2}$)")


def _number(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise PydanticCustomError("int_type", "not a whole number")
    return int(value)


def _flag(value: str) -> bool:
    if value not in ("0", "1", "false", "true"):
        raise PydanticCustomError("not_a_flag", "not a flag")
    return value in ("1", "true")


def _moment(value: str) -> datetime:
    """A plus sign that was not encoded arrives as a blank; nothing else could be meant by it."""
    return read_moment(UNENCODED_PLUS.sub("+", value))


def _items(values: list[str]) -> list[str]:
    """Given several times, or once with semicolons."""
    return [item for value in values for item in value.split(";") if item]


Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Limit = Annotated[int, Field(ge=1, le=200), BeforeValidator(_number)]
WideLimit = Annotated[int, Field(ge=1, le=500), BeforeValidator(_number)]
MomentInAddress = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema(MOMENT_SCHEMA)]


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NoQuery(Query):
    pass


class BuildingQuery(Query):
    building: Code | None = None


class Period(Query):
    start: MomentInAddress | None = None
    end: MomentInAddress | None = None


class SpaceQuery(Period):
    building: Code | None = None
    kind: Kind | None = None
    floor: Code | None = None
    zone: Code | None = None
    organisation: Code | None = None
    attendees: Annotated[Attendees, BeforeValidator(_number)] | None = None
    layout: Code | None = None
    equipment: Annotated[list[Code], BeforeValidator(_items)] = []
    accessible: Flag | None = None
    limit: WideLimit = 500
    after: Annotated[str, Field(max_length=200)] | None = None


class AvailabilityQuery(Query):
    start: MomentInAddress
    end: MomentInAddress
    minutes: Annotated[Annotated[int, Field(ge=1, le=1440)], BeforeValidator(_number)] | None = None
    building: Code | None = None
    kind: Kind | None = None
    floor: Code | None = None
    zone: Code | None = None
    near: Code | None = None
    attendees: Annotated[Attendees, BeforeValidator(_number)] | None = None
    layout: Code | None = None
    equipment: Annotated[list[Code], BeforeValidator(_items)] = []
    accessible: Flag = False
    limit: Limit = 20


class BookingQuery(Period):
    building: Code | None = None
    space: Code | None = None
    zone: Code | None = None
    floor: Code | None = None
    kind: Kind | None = None
    status: Annotated[list[Status], BeforeValidator(_items)] = []
    mine: Flag | None = None
    limit: Limit = 100
    after: Annotated[str, Field(max_length=200)] | None = None


class ScopeQuery(Query):
    scope: Literal["this", "following", "all"] = "this"

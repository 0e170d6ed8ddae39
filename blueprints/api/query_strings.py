"""What may stand behind the question mark of an address: an unknown parameter is refused, an empty one is absent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from models.rules.bookings.attendance import STATUSES
from models.rules.house.policy import KINDS
from models.rules.times.interval import Interval
from models.rules.values import FLAG, MINUTES_A_DAY, MOMENT, SOME_PEOPLE, Code, InText, Item, OneOf, Text, Whole

Kind = Annotated[str, OneOf(KINDS)]
Status = Annotated[str, OneOf(STATUSES)]


def _items(values: list[str]) -> list[str]:
    """Given several times, or once with semicolons."""
    return [item for value in values for item in value.split(";") if item]


def _number(least: int, most: int) -> InText[int]:
    return InText(Whole(least, most))


Flag = Annotated[bool, InText(FLAG)]
People = Annotated[int, InText(SOME_PEOPLE)]
Limit = Annotated[int, _number(1, 200)]
WideLimit = Annotated[int, _number(1, 500)]
MomentInAddress = Annotated[datetime, InText(MOMENT)]
After = Annotated[str, Text(200)]


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NoQuery(Query):
    pass


class BuildingQuery(Query):
    building: Code | None = None


class PlaceQuery(BuildingQuery):
    kind: Kind | None = None
    floor: Code | None = None
    zone: Code | None = None


class NeedsQuery(PlaceQuery):
    """What a space must hold and have."""

    attendees: People | None = None
    layout: Code | None = None
    equipment: Annotated[list[Item], BeforeValidator(_items)] = []
    accessible: Flag | None = None


class Period(Query):
    start: MomentInAddress | None = None
    end: MomentInAddress | None = None

    @property
    def during(self) -> Interval | None:
        """None where nothing is said of it; read_query() lets neither end stand alone."""
        return Interval(self.start, self.end) if self.start and self.end else None


class SpaceQuery(Period, NeedsQuery):
    organisation: Code | None = None
    limit: WideLimit = 500
    after: After | None = None


class AvailabilityQuery(NeedsQuery):
    start: MomentInAddress
    end: MomentInAddress
    minutes: Annotated[int, _number(1, MINUTES_A_DAY)] | None = None
    near: Code | None = None
    accessible: Flag = False
    limit: Limit = 20


class BookingQuery(Period, PlaceQuery):
    space: Code | None = None
    status: Annotated[list[Status], BeforeValidator(_items)] = []
    mine: Flag | None = None
    group: Item | None = None
    limit: Limit = 100
    after: After | None = None


class ScopeQuery(Query):
    scope: Literal["this", "following", "all", "group"] = "this"

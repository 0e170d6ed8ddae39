"""The form of every answer, by the name it has in the OpenAPI description; NotRequired is what not everyone sees."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, NotRequired, TypeVar, get_type_hints

from pydantic import WithJsonSchema
from typing_extensions import TypedDict  # typing's own tells pydantic too little before Python 3.12

from models.rules import values
from models.rules.bookings.fields import FIELDS, Caller, Field
from models.rules.values import DAY, MOMENT
from models.tables.booking import Booking as Kept

Item = TypeVar("Item")
Detail = Literal["busy", "title", "full"]
Moment = Annotated[str, WithJsonSchema(MOMENT.schema)]
Day = Annotated[str, WithJsonSchema(DAY.schema)]


class Page(TypedDict, Generic[Item]):
    items: list[Item]
    next: str | None


class Reason(TypedDict):
    """A refusal or a warning: a code for programs, a message for people."""

    code: str
    rule: str | None
    field: str
    scope: str | None
    limit: int | float | str | None
    actual: int | float | str | None
    message: str
    set_by: str | None
    since: str | None


class Alternative(TypedDict):
    space: str
    start: Moment
    end: Moment
    why: str


class Proposal(Alternative):
    """`fit`: how well it suits, 0 to 100; `layout`: as it would stand then. `approvals`: whose word it would await."""

    fit: int
    layout: str
    approvals: list[str]


class FieldError(TypedDict):
    field: str
    message: str


class RefusedDate(TypedDict):
    start: Moment
    refusals: list[Reason]
    alternatives: list[Alternative]


class Problem(TypedDict):
    """RFC 9457. `errors` with 400, `refusals` and `alternatives` with 409 and 422, `refused` for a series. The header
    `Link: <…>; rel="describedby"` leads to the page that tells on what it was refused."""

    type: str
    title: str
    status: int
    detail: NotRequired[str]
    errors: NotRequired[list[FieldError]]
    refusals: NotRequired[list[Reason]]
    alternatives: NotRequired[list[Alternative]]
    refused: NotRequired[list[RefusedDate]]
    incident: NotRequired[str]


class CallerTold(TypedDict("Told", get_type_hints(Caller, include_extras=True))):  # type: ignore[misc]  # as asked
    """For whom the front desk booked; null for who has an account, and where no name was kept."""


ONLY_WRITTEN = frozenset({"id", "uid", "created_at", "updated_at", "visitor_code", "checked_in_at", "status_reason"})


def _answered(field: Field):
    """As it is asked, but for times, which are written out; where nothing is kept, null."""
    value = list[Reason] if field.name == "warnings" else Moment if field.value is values.Moment else field.value
    if field.name == "caller":
        return CallerTold | None
    return value | None if field.column and Kept.__table__.c[field.column].nullable else value


_PLANNED = {each.name: _answered(each) for each in FIELDS if each.seen and each.name not in ONLY_WRITTEN}
_SEEN = {
    each.name: _answered(each) if each.seen == "busy" else NotRequired[_answered(each)] for each in FIELDS if each.seen
}


class PlannedBooking(TypedDict("Planned", _PLANNED)):  # type: ignore[misc]  # they are Booked's: only run time knows
    """What a booking would be; it has no id yet."""


class Booking(TypedDict("Seen", _SEEN)):  # type: ignore[misc]  # as above
    """At `busy` only the first five members are there, at `title` those up to `privacy`, else all of them."""


class Series(TypedDict):
    series: str
    items: list[Booking]
    refused: list[RefusedDate]


class PlannedSeries(TypedDict):
    series: None
    items: list[PlannedBooking]
    refused: list[RefusedDate]


class Group(TypedDict):
    """Bookings that were made as one."""

    group: str
    items: list[Booking]


class PlannedGroup(TypedDict):
    group: None
    items: list[PlannedBooking]


class Above(TypedDict):
    """A booking above a limit. `persons` is left out where it would tell of a booking one sees as busy."""

    booking: Booking
    persons: NotRequired[int]
    limit: int
    rule: str


class UnderSecrecy(TypedDict):
    """How many bookings of another organisation, which only its own people know, hold a place where and when
    something changes. Whether one of them would have to go is not told."""

    organisation: str
    bookings: int


class Feed(TypedDict):
    id: int
    scope: str
    detail: Detail
    created_at: Moment
    last_used_at: Moment | None


class MadeFeed(Feed):
    """`url` and `webcal_url` hold the key to the feed and are shown only now."""

    url: str
    webcal_url: str

"""The form of every answer, by the name it has in the OpenAPI description; NotRequired is what not everyone sees."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, NotRequired, TypeVar

from pydantic import WithJsonSchema
from typing_extensions import TypedDict  # typing's own tells pydantic too little before Python 3.12

from blueprints.api.query_strings import Kind, Status
from models.rules.values import DAY, MOMENT

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


class PlannedBooking(TypedDict):
    """What a booking would be; it has no id yet."""

    space: str
    kind: Kind
    start: Moment
    end: Moment
    status: Status
    attendees: int | None
    persons: int
    layout: str
    title: str | None
    organisation: str
    service: str | None
    organiser: str
    booked_by: str
    privacy: Literal["busy", "title", "public"]
    series: str | None
    sequence: int
    warnings: list[Reason]
    exclusive: bool
    visitors: int | None
    wheelchair: int
    equipment: list[str]
    note: str | None
    key_holder: str | None
    evacuation_buddy: str | None
    approvals_awaited: list[str]


class Booking(TypedDict):
    """At `busy` only the first five members are there, at `title` those up to `privacy`, else all of them."""

    id: int
    space: str
    kind: Kind
    start: Moment
    end: Moment
    status: NotRequired[Status]
    title: NotRequired[str | None]
    organisation: NotRequired[str]
    layout: NotRequired[str]
    attendees: NotRequired[int | None]
    privacy: NotRequired[Literal["busy", "title", "public"]]
    uid: NotRequired[str]
    persons: NotRequired[int]
    service: NotRequired[str | None]
    organiser: NotRequired[str]
    booked_by: NotRequired[str]
    series: NotRequired[str | None]
    sequence: NotRequired[int]
    created_at: NotRequired[Moment]
    updated_at: NotRequired[Moment]
    warnings: NotRequired[list[Reason]]
    visitor_code: NotRequired[str | None]
    exclusive: NotRequired[bool]
    visitors: NotRequired[int | None]
    wheelchair: NotRequired[int]
    equipment: NotRequired[list[str]]
    note: NotRequired[str | None]
    key_holder: NotRequired[str | None]
    evacuation_buddy: NotRequired[str | None]
    checked_in_at: NotRequired[Moment | None]
    status_reason: NotRequired[str | None]
    approvals_awaited: NotRequired[list[str]]


class Series(TypedDict):
    series: str
    items: list[Booking]
    refused: list[RefusedDate]


class PlannedSeries(TypedDict):
    series: None
    items: list[PlannedBooking]
    refused: list[RefusedDate]


class Above(TypedDict):
    """A booking above a limit. `persons` is left out where it would tell of a booking one sees as busy."""

    booking: Booking
    persons: NotRequired[int]
    limit: int
    rule: str


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

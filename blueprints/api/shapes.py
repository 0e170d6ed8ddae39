"""The form of every answer. Their names stand in the OpenAPI description; NotRequired is what one may not always see."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import WithJsonSchema
from typing_extensions import NotRequired, TypedDict

from blueprints.api.fields import DAY_SCHEMA, MOMENT_SCHEMA
from blueprints.api.query_strings import Kind, Status

Item = TypeVar("Item")
Detail = Literal["busy", "title", "full"]
Moment = Annotated[str, WithJsonSchema(MOMENT_SCHEMA)]
Day = Annotated[str, WithJsonSchema(DAY_SCHEMA)]


class Page(TypedDict, Generic[Item]):
    items: list[Item]
    next: str | None


class Reason(TypedDict):
    """A refusal or a warning: a code for programs, a message for people."""

    code: str
    rule: str | None
    field: str
    scope: str | None
    limit: int | str | None
    actual: int | str | None
    message: str


class Alternative(TypedDict):
    space: str
    start: Moment
    end: Moment
    why: str


class FieldError(TypedDict):
    field: str
    message: str


class RefusedDate(TypedDict):
    start: Moment
    refusals: list[Reason]
    alternatives: list[Alternative]


class Problem(TypedDict):
    """RFC 9457. `errors` with 400; `refusals` and `alternatives` with 409 and 422; `refused` where a series is refused."""

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
    """A booking above a limit. `persons` is left out where it would tell how many come to a booking one sees as busy."""

    booking: Booking
    persons: NotRequired[int]
    limit: int
    rule: str


class Space(TypedDict):
    """`capacity`: places of the default layout under the ceiling; `effective_capacity`: what fire, air and the percent
    cap leave of them. `slot_minutes` 0: half-day blocks. `bookable_by` empty: everyone."""

    code: str
    name: str
    names: dict[str, str]
    kind: Kind
    building: str
    floor: str
    zone: str
    organisation: str | None
    capacity: int
    capacities: dict[str, int]
    default_layout: str
    ceiling: int | None
    effective_capacity: int
    exclusive: bool
    equipment: list[str]
    accessible: bool
    wheelchair_places: int
    min_attendees: int
    slot_minutes: int
    min_minutes: int
    max_minutes: int
    buffer_before: int
    buffer_after: int
    advance_days: int
    auto_release_minutes: int
    approval_role: str | None
    approval_for: Literal["all", "outside"]
    privacy_default: Literal["busy", "title", "public"]
    after_hours_allowed: bool
    panic_button: bool
    sightline: bool
    hearing_loop: bool
    parts: list[str]
    bookable_by: list[str]
    active: bool


class Zone(TypedDict):
    code: str
    name: str
    names: dict[str, str]
    building: str
    floor: str
    access: str
    organisation: str | None
    silent: bool
    max_persons: int | None
    valid_from: Day | None
    valid_to: Day | None


class Floor(TypedDict):
    code: str
    name: str
    names: dict[str, str]
    building: str
    level: int
    max_persons: int | None
    refuge_wheelchair_places: int | None


class Building(TypedDict):
    code: str
    name: str
    names: dict[str, str]
    max_persons: int | None
    valid_from: Day | None
    valid_to: Day | None
    time_zone: str


# `from` is a word of Python's own, hence this form.
class ChangedSpace(Space, TypedDict("From", {"from": Day})):
    above_capacity: list[Above]


class ChangedZone(Zone, TypedDict("From", {"from": Day})):
    above_limit: list[Above]


class ChangedFloor(Floor, TypedDict("From", {"from": Day})):
    above_limit: list[Above]


class ChangedBuilding(Building, TypedDict("From", {"from": Day})):
    above_limit: list[Above]


class Organisation(TypedDict):
    code: str
    name: str
    names: dict[str, str]
    is_host: bool
    professional_secrecy: bool
    colour: str
    text_colour: str
    contact_phone: str | None


class Service(TypedDict):
    code: str
    name: str
    names: dict[str, str]
    organisation: str
    channel: str
    default_minutes: int
    privacy_level: Literal["standard", "confidential", "secret"]
    max_party: int | None
    requires_panic_button: bool
    zone: str | None


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

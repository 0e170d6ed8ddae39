"""The form of answers about spaces and places, and of a change of how many people they may hold."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from blueprints.api.query_strings import Kind
from blueprints.api.shapes import Above, Day, Moment, UnderSecrecy


class Named(TypedDict):
    """`name`: in the caller's language."""

    code: str
    name: str
    names: dict[str, str]


class Space(Named):
    """`capacity`: places of the default layout under the ceiling; `effective_capacity`: what fire, air and the percent
    cap leave of them. `slot_minutes` 0: half-day blocks. `bookable_by` empty: everyone."""

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


class Zone(Named):
    building: str
    floor: str
    access: str
    organisation: str | None
    silent: bool
    max_persons: int | None
    valid_from: Day | None
    valid_to: Day | None


class Floor(Named):
    building: str
    level: int
    max_persons: int | None
    refuge_wheelchair_places: int | None


class Building(Named):
    max_persons: int | None
    valid_from: Day | None
    valid_to: Day | None
    time_zone: str


# `from` is a word of Python's own, hence this form.
class ChangedSpace(Space, TypedDict("From", {"from": Day})):
    above_capacity: list[Above]
    under_secrecy: list[UnderSecrecy]


class ChangedZone(Zone, TypedDict("From", {"from": Day})):
    above_limit: list[Above]
    under_secrecy: list[UnderSecrecy]


class ChangedFloor(Floor, TypedDict("From", {"from": Day})):
    above_limit: list[Above]
    under_secrecy: list[UnderSecrecy]


class ChangedBuilding(Building, TypedDict("From", {"from": Day})):
    above_limit: list[Above]
    under_secrecy: list[UnderSecrecy]


class Organisation(Named):
    is_host: bool
    professional_secrecy: bool
    colour: str
    text_colour: str
    contact_phone: str | None


class Service(Named):
    organisation: str
    channel: str
    default_minutes: int
    max_quantity: int
    minutes_per_extra: int
    privacy_level: Literal["standard", "confidential", "secret"]
    max_party: int | None
    requires_panic_button: bool
    zone: str | None


class Stretch(TypedDict):
    """Half-open. Without `persons`: taken, by a number of people that you may not see."""

    start: Moment
    end: Moment
    persons: NotRequired[int]


class Occupancy(TypedDict):
    """`peak`: the most people at any one instant, as far as you may see; `limit` null: nobody set one. With `step`,
    `peak` and each `persons` are the least of so many numbers: 5 stands for 5 to 9, and 1 for fewer than five. With
    `up_to_more` so many more may be there: a zone that only one organisation with professional secrecy uses counts in
    whole fives."""

    scope: str
    limit: int | None
    peak: int
    step: NotRequired[int]
    up_to_more: NotRequired[int]
    items: list[Stretch]

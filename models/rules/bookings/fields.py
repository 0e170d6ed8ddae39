"""What a booking consists of, each field said once: form, body, answers, columns and receipts are made from Booked's
fields, or held to them by tests/house/test_fields.py."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from functools import partial
from operator import attrgetter
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

import pydantic

from models.rules.bookings.attendance import STATUSES
from models.rules.house.names import LANGUAGES
from models.rules.house.policy import KINDS
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval
from models.rules.values import (
    Attendees,
    Code,
    Email,
    Flagged,
    Item,
    Moment,
    Name,
    Note,
    OneOf,
    PartOfAttendees,
    Phone,
    Places,
    RepeatRule,
    Title,
)

DETAILS = ("busy", "title", "full")
PRIVACIES = ("busy", "title", "public")
HOLDS = ("typing", "offer")  # why a place is kept for a moment
CHANNELS = ("web", "phone", "counter", "post", "mail", "api")

Kind = Annotated[str, OneOf(KINDS)]
Status = Annotated[str, OneOf(STATUSES)]
Privacy = Annotated[str, OneOf(PRIVACIES)]
Channel = Annotated[str, OneOf(CHANNELS)]
Hold = Annotated[str, OneOf(HOLDS)]
OnConflict = Annotated[str, OneOf(("all", "skip", "alternative"))]
Items = Annotated[list[Item], pydantic.Field(max_length=20)]
Language = Annotated[str, OneOf(LANGUAGES)]
Whose = str | tuple[str, str | None] | None  # a username, or name and association of a caller


@dataclass(frozen=True, slots=True)
class Field:
    """`seen`: the least detail that shows it; None: nobody sees it under this name. `names`: what its code stands for:
    a space, a person, … `asked`: whoever books may give it. `changed`: it may be otherwise later, `emptied`: or be
    taken away. `judged`: the rules look at it. `telling`: it may say who the visitor is, and is not kept of a
    confidential talk. `value`: as programs write it; `column`: where it is kept; `at`: where a Booked has it."""

    seen: str | None = "full"
    names: str | None = None
    asked: bool = False
    changed: bool = False
    emptied: bool = False
    judged: bool = False
    telling: bool = False
    name: str = ""
    value: Any = None  # a type, or one Annotated: typing has no name for either
    column: str | None = ""
    at: str = ""

    @property
    def stands(self) -> bool:
        """Whether a booking has it once it is made; a request alone says how it repeats."""
        return self.at.partition(".")[0] in Booked._fields

    def is_seen_at(self, detail: str) -> bool:
        return self.seen is not None and DETAILS.index(self.seen) <= DETAILS.index(detail)

    def of(self, booking: Booked) -> Any:  # Any: each field has values of its own kind
        return attrgetter(self.at)(booking)


@pydantic.with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class Caller:
    """For whom the front desk books, and who has no account: a resident, or somebody of an `association`. `language`:
    in which they are written to; None: the municipality's first."""

    name: Name
    association: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    language: Language | None = None

    @property
    def whose(self) -> Whose:
        """The same caller may ring from another number."""
        return self.name, self.association


made, asked = Field, partial(Field, asked=True, changed=True, emptied=True, judged=True)
_time = partial(asked, "busy", emptied=False, value=Moment)


class Booked(NamedTuple):
    """A whole booking in the words of the house: codes and usernames, in the order in which an answer tells them. What
    somebody may see of it is a Seen.

    A tuple, because a page makes some hundreds of them: a frozen dataclass of this size takes three times as long.
    """

    id: Annotated[
        int, made(None, name="number", column="id"), made("busy", name="id", value=str, column="handle", at="handle")
    ]  # its number, for the house itself; to all others it is called by its handle
    space: Annotated[Code, asked("busy", "space", emptied=False)]
    kind: Annotated[Kind, made("busy", column=None)]
    during: Annotated[
        Interval,
        _time(name="start", column="starts_at", at="during.start"),
        _time(name="end", column="ends_at", at="during.end"),
    ]
    status: Annotated[Status, made("title")]
    organisation: Annotated[Code, made("title", "organisation")]
    privacy: Annotated[Privacy, asked("title", emptied=False, judged=False)]
    persons: Annotated[Places, made()]
    organiser: Annotated[Code | None, made(names="person")]  # None: a caller's
    booked_by: Annotated[Code, made(names="person")]
    title: Annotated[Title | None, asked("title", judged=False, telling=True)]
    layout: Annotated[Code, asked("title")]
    attendees: Annotated[Attendees | None, asked("title")] = None
    uid: Annotated[str, made()] = ""
    service: Annotated[Code | None, asked(names="service")] = None
    series: Annotated[str | None, made(names="series")] = None
    group: Annotated[str | None, made(column="group_handle")] = None  # booked together with others
    sequence: Annotated[int, made()] = 0
    created_at: Annotated[Moment | None, made()] = None
    updated_at: Annotated[Moment | None, made()] = None
    warnings: Annotated[tuple[Refusal, ...], made(value=list[Refusal])] = ()
    visitor_code: Annotated[str | None, made()] = None
    exclusive: Annotated[Flagged, asked(emptied=False)] = False
    visitors: Annotated[PartOfAttendees | None, asked()] = None
    wheelchair: Annotated[PartOfAttendees | None, asked()] = None
    equipment: Annotated[tuple[str, ...], asked(value=Items)] = ()
    note: Annotated[Note | None, asked(judged=False, telling=True)] = None
    key_holder: Annotated[Code | None, asked(names="person")] = None
    evacuation_buddy: Annotated[Code | None, asked(names="person")] = None
    caller: Annotated[Caller | None, asked(emptied=False, telling=True, column=None)] = None
    checked_in_at: Annotated[Moment | None, made()] = None
    status_reason: Annotated[str | None, made()] = None
    awaited_roles: Annotated[
        frozenset[str], made(name="approvals_awaited", value=list[str], column=None, at="awaited_roles")
    ] = frozenset()
    hold: Annotated[str | None, made(value=Hold)] = None
    hold_until: Annotated[Moment | None, made()] = None
    # for the house itself
    channel: Annotated[Channel | None, asked(None, changed=False, judged=False)] = None
    occurrence_at: Annotated[Moment | None, made(None)] = None
    version: Annotated[int, made(None)] = 0
    precedence: Annotated[Code | None, made(None)] = None
    service_is_private: bool = False
    organiser_name: str | None = None
    booked_by_name: str | None = None
    handle: str = ""

    @property
    def whose(self) -> Whose:
        return self.caller.whose if self.caller else self.organiser

    @property
    def apart(self) -> bool:
        """As of a Taken: whether it shares its space with none, be that shared by others."""
        return self.exclusive

    @property
    def in_refuge(self) -> int:
        """Those in a wheelchair whom nobody would help down the stairs."""
        return 0 if self.evacuation_buddy else self.wheelchair or 0

    @property
    def made_at(self) -> datetime:
        """Known of all but those of a timeline, which are read without."""
        assert self.created_at is not None
        return self.created_at

    @property
    def changed_at(self) -> datetime:
        """As made_at."""
        assert self.updated_at is not None
        return self.updated_at


class Seen(NamedTuple):
    """A booking as far as one viewer may have it: the fields of a Booked, None where they may not, and how much that
    is. Made by discretion.seen_by() alone, so that a page cannot tell what that has not passed."""

    id: int
    space: str
    kind: str
    during: Interval
    status: str | None = None
    organisation: str | None = None
    privacy: str | None = None
    persons: int | None = None
    organiser: str | None = None
    booked_by: str | None = None
    title: str | None = None
    layout: str | None = None
    attendees: int | None = None
    uid: str | None = None
    service: str | None = None
    series: str | None = None
    group: str | None = None
    sequence: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    warnings: tuple[Refusal, ...] = ()
    visitor_code: str | None = None
    exclusive: bool | None = None
    visitors: int | None = None
    wheelchair: int | None = None
    equipment: tuple[str, ...] = ()
    note: str | None = None
    key_holder: str | None = None
    evacuation_buddy: str | None = None
    caller: Caller | None = None
    checked_in_at: datetime | None = None
    status_reason: str | None = None
    awaited_roles: frozenset[str] = frozenset()
    hold: str | None = None
    hold_until: datetime | None = None
    channel: str | None = None
    occurrence_at: datetime | None = None
    version: int | None = None
    precedence: str | None = None
    service_is_private: bool = False
    organiser_name: str | None = None
    booked_by_name: str | None = None
    handle: str = ""
    detail: str = "busy"

    @property
    def is_full(self) -> bool:
        return self.detail == "full"


def _fields() -> Iterator[Field]:
    """As Booked says them, then what only a request has."""
    for place, hint in get_type_hints(Booked, include_extras=True).items():
        for field in (each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Field)):
            name = field.name or place
            usual = f"{name}_id" if field.names else name
            yield replace(
                field,
                name=name,
                at=field.at or place,
                value=field.value or _without_null(hint),
                column=usual if field.column == "" else field.column,
            )
    yield asked(None, "person", emptied=False, name="on_behalf_of", value=Code, column=None, at="organiser")
    for name, value in (("recurrence", RepeatRule), ("on_conflict", OnConflict)):
        yield asked(None, changed=False, judged=False, name=name, value=value, column=None)


def _without_null(hint: Any) -> object:  # Any: as of Field.value
    """`Annotated[int, PEOPLE]`, of a hint that adds to it what the field is, and that it may be None."""
    kept, *limits = hint.__origin__, *(each for each in hint.__metadata__ if not isinstance(each, Field))
    [kept] = [each for each in get_args(kept) if each is not NoneType] or [kept]
    return Annotated[(kept, *limits)] if limits else kept


FIELDS = tuple(_fields())
ASKED = tuple(each for each in FIELDS if each.asked)
KEPT = tuple(each for each in FIELDS if each.column)
FOR_WHOM = ("on_behalf_of", "caller")  # one of them, or neither
PEOPLE_ASKED = tuple(each.name for each in ASKED if each.names == "person")
PEOPLE_KEPT = tuple(each.name for each in KEPT if each.names == "person")


@dataclass(frozen=True, slots=True)
class Override:
    """The rules that are set aside for one booking, and why."""

    rules: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """A booking as somebody asks for it: codes and values, before anything is known of them. `start` and `end` are
    aware. What is left out the house decides: the usual layout, the space's privacy."""

    space: str
    start: datetime
    end: datetime
    attendees: int | None = None
    title: str | None = None
    layout: str | None = None
    service: str | None = None
    privacy: str | None = None
    on_behalf_of: str | None = None
    caller: Caller | None = None
    exclusive: bool = False
    visitors: int | None = None
    wheelchair: int | None = None
    equipment: tuple[str, ...] = ()
    evacuation_buddy: str | None = None
    key_holder: str | None = None
    recurrence: str | None = None
    on_conflict: str = "all"
    override: Override | None = None
    note: str | None = None
    channel: str = "web"

    @property
    def whose(self) -> Whose:
        """As a Booked has it. None: for whoever asks."""
        return self.caller.whose if self.caller else self.on_behalf_of


def in_a_request(names: Collection[str]) -> dict[str, tuple[object, object]]:
    """These fields for a pydantic model, as they stand in a request: needed, or null where nothing is said."""
    needed = {each.name for each in fields(BookingRequest) if each.default is MISSING}
    return {
        each.name: (each.value, ...) if each.name in needed else (each.value | None, None)
        for each in ASKED
        if each.name in names
    }

"""Changes as JSON: read strictly from the body of a request and from a stored plan, and written as they are read.

All faults at once, each where it stands, such as changes.0.set.capacities.theatre. Whether a change makes sense in this
house is for the change itself to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self, Union

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from models.rules.bookings.fields import BookingRequest, in_a_request
from models.rules.changes.change import Change
from models.rules.changes.claims import CLAIMED, Claim
from models.rules.changes.closing import OPEN_IN_PART, Close
from models.rules.changes.hours import MOST_ROWS, SetHours, WeekRow
from models.rules.changes.limits import SetLimit
from models.rules.changes.outages import Break, Mend
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import MAY_BE_EMPTY, RULES, UNCHANGED, SetCapacity, SetPolicy, SetUse
from models.rules.refusals import bad_requests
from models.rules.values import (
    CODE,
    BadValue,
    Closing,
    Code,
    Day,
    Flagged,
    OneOf,
    Places,
    Scope,
    Title,
    Value,
)

MOST_CHANGES = 500
Language = Annotated[str, OneOf(("fr", "en", "de"))]
ClosureKind = Literal["public_holiday", "local_closure", "bridging_day", "half_day"]
Items = Annotated[list[str], Field(min_length=1, max_length=100), AfterValidator(lambda all: tuple(dict.fromkeys(all)))]
Rows = Annotated[list[WeekRow], Field(max_length=MOST_ROWS), AfterValidator(tuple)]
IN_ORDER = (SetCapacity, SetPolicy, SetUse, Break, Mend, SetLimit, SetHours, Close, SetRule, Claim)


class Given(BaseModel):
    # A piece of JSON as it was sent: a member that we do not know, or of another type, is a fault.
    model_config = ConfigDict(extra="forbid", strict=True)

    def said(self) -> dict[str, object]:
        """The members that are there, by name and in order."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


class Something(Given):
    """Of which at least one member must be there."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _has_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("required", "required")
        return self


class CapacityGiven(Given):
    """`capacity`: a ceiling over every layout, null lifts it. `capacities`: layouts singly, null offers one no more."""

    capacity: Places | None = None
    capacities: Annotated[dict[Code, Places | None], Field(min_length=1, max_length=50)] | None = None

    def change(self, place: Scope, **days: date | None) -> SetCapacity:
        ceiling = self.capacity if "capacity" in self.model_fields_set else UNCHANGED
        return SetCapacity(place, ceiling, self.capacities or {}, **days)


class ClosureGiven(Given):
    """With `opens` and `closes` it is open between them (half_day). `name` is Dutch, `names` the same in others."""

    name: Title
    names: dict[Language, Title] = Field(default_factory=dict, max_length=3)
    kind: ClosureKind | None = None
    opens: Closing | None = None
    closes: Closing | None = None

    def change(self, place: Scope, organisations: Iterable[str], **days: date | None) -> Close:
        usual = "local_closure" if self.opens is None and self.closes is None else OPEN_IN_PART
        return Close(
            place,
            {"nl": self.name, **self.names},
            self.kind or usual,
            self.opens,
            self.closes,
            frozenset(organisations),
            **days,
        )


_CLAIMED: dict[str, Any] = {"precedence": (Code, ...), **in_a_request(CLAIMED)}  # Any: as create_model() has fields


class ClaimGiven(create_model("Claimed", __base__=Given, **_CLAIMED)):  # type: ignore[misc]  # made of the table of fields
    """A space that others hold, in the name of a body of the table of precedence; the rest as in a booking."""

    def change(self, place: Scope) -> Claim:
        said = {name: value for name, value in self.said().items() if name != "precedence" and value is not None}
        if "equipment" in said:
            said["equipment"] = tuple(dict.fromkeys(said["equipment"]))
        return Claim(place, self.precedence, BookingRequest(place.code, **said))


VALUES: Mapping[str, object] = {
    name: Annotated[object, value] | None if name in MAY_BE_EMPTY else Annotated[object, value]
    for name, value in RULES.items()
} | {
    "active": Flagged,
    "out_of_service": Items,
    "in_service": Items,
    "max_persons": Places | None,
    "hours": Rows,
    "closure": ClosureGiven,
    "claim": ClaimGiven,
    "zone": Code,
    "mode": str | None,
    "parameter": str | None,
    "applies_to": list[str],
}
MAY_SET: Mapping[str, tuple[str, ...]] = {  # of a space also its capacity
    "space": (*RULES, "active", "out_of_service", "in_service", "hours", "claim"),
    "zone": ("max_persons", "hours"),
    "floor": ("max_persons",),
    "building": ("max_persons", "hours", "closure", "out_of_service", "in_service"),
    "organisation": ("closure",),
    "rule": ("zone", "mode", "parameter", "applies_to"),
}
SAID_OF: Mapping[str, str] = {
    "rule": "`zone`: the rule is set for this zone alone, where it then comes before what holds in the whole house. "
    "There a `mode` of null lifts what the zone has of its own, and `applies_to` is not set.",
}
_OF_ONE_VALUE = {
    "active": SetUse,
    "out_of_service": Break,
    "in_service": Mend,
    "max_persons": SetLimit,
    "hours": SetHours,
}


@dataclass(frozen=True)
class PlaceOf(Value[Scope]):
    """A place of one sort, such as floor:F1."""

    sort: str

    def read(self, value: object) -> Scope:
        place = Scope.read(value) if isinstance(value, str) else Scope("", "")
        if place.sort != self.sort:
            raise BadValue("unknown_code")
        return Scope(self.sort, CODE.read(place.code))

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": f"^{self.sort}:"}


class OneChange(Given):
    """`set`: what is to be otherwise in `scope`. From the day `from`, today without it, to the day `to`, both included;
    without it for good. A claim stands alone in its plan."""

    scope: Scope
    set: Given
    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None

    def changes(self) -> Iterator[Change]:
        place, said, days = self.scope, self.set.said(), {"first": self.from_, "last": self.to}
        if place.sort == "rule":
            zone = said.pop("zone", None)
            yield SetRule(place, said, zone=str(zone) if zone else None, **days)
        if isinstance(self.set, CapacityGiven) and said.keys() & CapacityGiven.model_fields.keys():
            yield self.set.change(place, **days)
        rules = {name: value for name, value in said.items() if name in RULES}
        if rules:
            yield SetPolicy(place, rules, **days)
        for name, sort in _OF_ONE_VALUE.items():
            if name in said:
                yield sort(place, said[name], **days)
        if isinstance(closure := said.get("closure"), ClosureGiven):
            yield closure.change(place, {place.code} if place.sort == "organisation" else (), **days)
        if isinstance(claim := said.get("claim"), ClaimGiven):
            yield claim.change(place)


class _OfASpace(CapacityGiven, Something):
    pass


def _set_of(sort: str) -> type[Something]:
    fields: dict[str, Any] = {name: (VALUES[name], None) for name in MAY_SET[sort]}  # Any: as in _CLAIMED
    base = _OfASpace if sort == "space" else Something
    return create_model(f"Of{sort.title()}", __base__=base, __doc__=SAID_OF.get(sort), **fields)


_SORTS = {
    sort: create_model(
        f"{sort.title()}Change",
        __base__=OneChange,
        __doc__=OneChange.__doc__,
        scope=Annotated[Scope, PlaceOf(sort)],
        set=_set_of(sort),
    )
    for sort in MAY_SET
}
AnyChange: Any = Union[*_SORTS.values()]  # Any: made as the house starts


def read_one(raw: object) -> OneChange:
    """One change, by the sort of its scope; a scope that tells none has its faults told as a space's."""
    scope = raw.get("scope") if isinstance(raw, Mapping) else None
    sort = Scope.read(scope).sort if isinstance(scope, str) else ""
    return _SORTS.get(sort, _SORTS["space"]).model_validate(raw)


ChangeGiven = Annotated[OneChange, PlainValidator(read_one, json_schema_input_type=AnyChange)]
_STORED = TypeAdapter(list[ChangeGiven])


def read_changes(raw: Iterable[Mapping[str, object]]) -> tuple[Change, ...]:
    """As a plan keeps them. Raises BadRequest."""
    try:
        return tuple(change for each in _STORED.validate_python(list(raw)) for change in each.changes())
    except ValidationError as wrong:
        first = bad_requests(wrong)[0]
        raise first.at(f"changes.{first.field}") from None


def written(changes: Iterable[Change]) -> list[dict[str, object]]:
    """As a plan keeps them: what follows of the same place for the same days stands in one."""
    found: list[tuple[Change, dict[str, object]]] = []
    for change in changes:
        said = change.said()
        if found and _goes_on(found[-1][0], change):
            said = found.pop()[1] | said
        found.append((change, said))
    return [{"scope": str(change.place), "set": said, **_days(change)} for change, said in found]


def _days(change: Change) -> dict[str, str]:
    return {name: day.isoformat() for name, day in (("from", change.first), ("to", change.last)) if day}


def _goes_on(before: Change, change: Change) -> bool:
    return (before.place, before.first, before.last) == (change.place, change.first, change.last) and IN_ORDER.index(
        type(before)
    ) < IN_ORDER.index(type(change))

"""What may stand in the body of a request. A field not named here is refused; null means: not given."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.rules.changes.reading import CapacityGiven
from models.rules.values import (
    Attendees,
    Code,
    Day,
    Item,
    Moment,
    Named,
    Note,
    PartOfAttendees,
    Places,
    Reason,
    RepeatRule,
    RuleCode,
    Title,
)

Privacy = Literal["busy", "title", "public"]
Equipment = Annotated[list[Item], Field(max_length=20)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    def given(self) -> dict[str, object]:
        """The fields that the caller sent, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class NoBody(Body):
    """For calls that need none: an empty object may stand there."""


class OverrideBody(Body):
    rules: Annotated[list[RuleCode], Field(min_length=1, max_length=23)]
    reason: Reason


class BookingBody(Body):
    space: Code
    start: Moment
    end: Moment
    attendees: Attendees | None = None
    title: Title | None = None
    layout: Code | None = None
    service: Code | None = None
    privacy: Privacy | None = None
    on_behalf_of: Code | None = None
    exclusive: bool | None = None
    visitors: PartOfAttendees | None = None
    wheelchair: PartOfAttendees | None = None
    equipment: Equipment | None = None
    evacuation_buddy: Code | None = None
    key_holder: Code | None = None
    recurrence: RepeatRule | None = None
    on_conflict: Literal["all", "skip", "alternative"] | None = None
    override: OverrideBody | None = None
    note: Note | None = None


class ChangeBody(Body):
    """What is to be otherwise. Where null is allowed it takes the value away."""

    space: Code = Field(default=None, validate_default=False)
    start: Moment = Field(default=None, validate_default=False)
    end: Moment = Field(default=None, validate_default=False)
    attendees: Attendees | None = None
    title: Title | None = None
    layout: Code | None = None
    service: Code | None = None
    privacy: Privacy = Field(default=None, validate_default=False)
    exclusive: bool = Field(default=None, validate_default=False)
    visitors: PartOfAttendees | None = None
    wheelchair: PartOfAttendees | None = None
    equipment: Equipment | None = None
    evacuation_buddy: Code | None = None
    key_holder: Code | None = None
    override: OverrideBody | None = None
    note: Note | None = None


class DeclineBody(Body):
    reason: Reason


class CapacityBody(CapacityGiven, Body):
    reason: Reason
    from_: Annotated[Day | None, Field(alias="from")] = None


class LimitBody(Body):
    """`max_persons`: null lifts the limit."""

    max_persons: Places | None
    reason: Reason
    from_: Annotated[Day | None, Field(alias="from")] = None


class FeedBody(Body):
    """`scope`: mine, public, or space:, zone:, floor:, organisation: or service: with a code."""

    scope: Named
    detail: Literal["busy", "title", "full"] | None = None

"""What may stand in the body of a request. A field not named here is refused; null means: not given."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from models.rules.bookings.fields import ASKED, in_a_request
from models.rules.changes.reading import CapacityGiven
from models.rules.house.rule_parameters import RULE_CODES, RuleCode
from models.rules.values import Day, Named, Places, Reason

MOST_PARTS = 200


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    def given(self) -> dict[str, object]:
        """The fields that the caller sent, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class NoBody(Body):
    """For calls that need none: an empty object may stand there."""


class OverrideBody(Body):
    """Rules that are the caller's own where the space is, and why they are set aside; 403 for any other."""

    rules: Annotated[list[RuleCode], Field(min_length=1, max_length=len(RULE_CODES))]
    reason: Reason


_IN_A_REQUEST = in_a_request({each.name for each in ASKED} - {"channel"})
_ONCE = {"on_behalf_of", "caller"}  # for whom all of it is
_IN_A_PART = in_a_request({each.name for each in ASKED} - {"channel", "recurrence", "on_conflict"} - _ONCE)
_FOR_ALL_PARTS = in_a_request(_ONCE)
_IN_A_CHANGE = {
    each.name: (each.value | None if each.emptied else each.value, Field(default=None, validate_default=False))
    for each in ASKED
    if each.changed
}


class BookingBody(create_model("Asked", __base__=Body, **_IN_A_REQUEST)):  # type: ignore[misc]  # only run time knows
    override: OverrideBody | None = None


class PartBody(create_model("AskedPart", __base__=Body, **_IN_A_PART)):  # type: ignore[misc]  # as above
    """One of several bookings that are made as one."""


class PartsBody(create_model("AskedTogether", __base__=Body, **_FOR_ALL_PARTS)):  # type: ignore[misc]  # as above
    """All of them or none: one approval, one mail, for one person. Cancelled and moved together by ?scope=group."""

    parts: Annotated[list[PartBody], Field(min_length=2, max_length=MOST_PARTS)]
    override: OverrideBody | None = None


class ChangeBody(create_model("Changed", __base__=Body, **_IN_A_CHANGE)):  # type: ignore[misc]  # as above
    """What is to be otherwise. Where null is allowed it takes the value away."""

    override: OverrideBody | None = None


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

"""What may stand in a request about plans, and the form of the answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from blueprints.api.bodies import Body, NoBody
from blueprints.api.query_strings import After, Limit, Query
from blueprints.api.shapes import Booking, Moment
from blueprints.api.shapes import Reason as Why
from models.rules.plan_reading import MOST_CHANGES
from models.rules.values import Code, Named, Reason
from models.rules.values import Day as DayGiven

# What each name in a change takes is said in models/rules/plan_reading.py, which checks it.
Value = Annotated[Any, WithJsonSchema({"anyOf": [
    {"type": "integer"}, {"type": "string"}, {"type": "boolean"}, {"type": "null"}, {"type": "array", "items": {}},
    {"type": "object"}]})]
PlanStatus = Literal["draft", "applied", "discarded"]


class PlanChangeBody(Body):
    """`scope`: space:, zone:, floor:, building:, organisation: or rule: with a code. `set`: what is to be otherwise
    there; of a space also {claim: {precedence, start, end, …as a booking}}, alone in its plan. From the day `from`,
    today without it, to the day `to`, both included; without it for good."""

    scope: Named
    set: Annotated[dict[Code, Value], Field(min_length=1, max_length=60)]
    from_: Annotated[DayGiven | None, Field(alias="from")] = None
    to: DayGiven | None = None


class PlanBody(Body):
    changes: Annotated[list[PlanChangeBody], Field(min_length=1, max_length=MOST_CHANGES)]
    reason: Reason | None = None


class ApplyBody(NoBody):
    """`leaving`: those without another place stay where they are."""

    leaving: bool = False


class PlanQuery(Query):
    status: PlanStatus | None = None
    limit: Limit = 50
    after: After | None = None


class PlannedPlace(TypedDict):
    """Where a booking would go. `waits`: it would wait for a word there that it need not await now."""

    space: str
    start: Moment
    end: Moment
    layout: NotRequired[str]
    waits: bool


class Affected(TypedDict):
    """A booking that no longer fits, as far as you may see it, and `why`. Without a `proposal` it stays where it is:
    `hurdles` keep it from the `nearest` place; none is offered at all where that is null. `consent`: of somebody who
    must agree to a claim, for it is near."""

    booking: Booking
    why: list[Why]
    was: str
    proposal: PlannedPlace | None
    hurdles: list[Why]
    nearest: str | None
    by_hand: bool
    consent: NotRequired[Literal["asked", "given", "refused"]]
    told: NotRequired[Literal["mail", "to_tell", "reached", "unreachable"] | None]


class PlanNews(TypedDict):
    booking: int
    what: Literal["added", "gone", "changed", "place_taken"]


class PlanSummary(TypedDict):
    """`partial`: more bookings lie in its reach than one plan looks at. `left`: those without another place. `booking`:
    what an applied claim became."""

    id: int
    version: int
    status: PlanStatus
    changes: list[dict[str, Value]]
    reason: str
    partial: bool
    mends: int | None
    mended_by: int | None
    created_at: Moment
    applied_at: Moment | None
    moved: int
    left: int
    to_tell: int
    finished: bool
    booking: int | None


class Plan(PlanSummary):
    """`news`: what changed since it was last looked at."""

    news: list[PlanNews]
    affected: list[Affected]

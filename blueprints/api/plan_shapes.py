"""What may stand in a request about plans, and the form of the answers."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field, PlainValidator
from typing_extensions import TypedDict

from blueprints.api.bodies import Body, NoBody
from blueprints.api.query_strings import After, Limit, Query
from blueprints.api.shapes import Booking, Moment
from blueprints.api.shapes import Reason as Why
from models.rules.changes.reading import MOST_CHANGES, AnyChange, ChangeGiven, read_one
from models.rules.plans.view import Consent, NewsKind, PlanStatus, Told
from models.rules.values import Reason

# What was given is answered as it was given: all that can be read.
ChangeShown = Annotated[dict, PlainValidator(lambda raw: read_one(raw) and raw, json_schema_input_type=AnyChange)]


class PlanBody(Body):
    changes: Annotated[list[ChangeGiven], Field(min_length=1, max_length=MOST_CHANGES)]
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
    consent: NotRequired[Consent]
    told: NotRequired[Told | None]


class PlanNews(TypedDict):
    booking: str
    what: NewsKind


class PlanSummary(TypedDict):
    """`partial`: more bookings lie in its reach than one plan looks at. `left`: those without another place. `waiting`:
    of the moved, those who still need somebody's word for the new place. `booking`: what an applied claim became.
    `part_of`: the organisation that sees to it, where it is only the part of a plan. `waits_until`: it was to be
    applied, and waits that long for parts that are not ready."""

    id: str
    version: int
    status: PlanStatus
    changes: list[ChangeShown]
    reason: str
    partial: bool
    mends: str | None
    mended_by: str | None
    created_at: Moment
    applied_at: Moment | None
    moved: int
    left: int
    waiting: int
    to_tell: int
    finished: bool
    booking: str | None
    part_of: str | None
    waits_until: Moment | None


class PlanPart(TypedDict):
    """How many of another organisation's bookings, which only its own people see, lie in the plan: hold a place where
    and when something changes. Whether one of them must move is not told. `ready`: of a plan that waits for them,
    whether they said so."""

    organisation: str
    bookings: int
    ready: NotRequired[bool]


class Plan(PlanSummary):
    """`news`: what changed since it was last looked at. `parts`: of others under secrecy; they are
    not among `moved`, `left` and `affected`."""

    news: list[PlanNews]
    affected: list[Affected]
    parts: list[PlanPart]

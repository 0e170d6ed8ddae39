"""Plans: a change of capacity, limit, hours, closure or rule first as a preview, then applied whole or not at all."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, moment
from blueprints.api.booking_json import booking_json
from blueprints.api.caller import caller_as_viewer
from blueprints.api.operation import operation
from blueprints.api.paging import answered_page, place_in, place_of
from blueprints.api.plan_shapes import (
    Affected,
    ApplyBody,
    Plan,
    PlanBody,
    PlannedPlace,
    PlanPart,
    PlanQuery,
    PlanSummary,
)
from blueprints.api.reading import InvalidInput
from blueprints.api.reason_json import reasons
from blueprints.api.shapes import Page
from blueprints.web.identity import by, signed_in
from blueprints.web.rights import needs
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.carry_on import say_ready
from models.actions.plans.make_plan import make_plan
from models.queries.bookings import bookings_by_id
from models.queries.plan_moves import KeptMove, moves_of
from models.queries.plan_parts import as_seen
from models.queries.plans import KeptPlan, counts_of, kept_plan, plans_page
from models.rules.bookings.fields import Seen
from models.rules.changes.checking import BadChanges
from models.rules.changes.claims import as_others_read
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, seen_by
from models.rules.people.reach import is_kept_apart
from models.rules.people.rights import LIMIT_SETTERS, holds, may_see_plan
from models.rules.plans.parts import Part
from models.rules.plans.view import PlanCounts, is_finished, reasons_seen
from models.rules.refusals import NotAllowed, NotFound

NOTES = _(
    "Nothing changes yet. The answer shows each booking that would no longer fit, why, and the best place that "
    "accepts it."
)
APPLY_NOTES = _(
    "With leaving, those without another place stay where they are. Where something changed meanwhile "
    "nothing is done, and the plan is worked out anew. A plan with parts that are not ready stays a draft and waits "
    "for them, three working days at most; safety waits for nobody."
)


@blueprint.get("/v1/plans")
@needs("make_plans")
@operation(_("Plans"), Page[PlanSummary], query=PlanQuery)
def list_plans(query: PlanQuery) -> Response:
    person, viewer = signed_in(), caller_as_viewer()
    sees_all = bool(person.roles & LIMIT_SETTERS)
    after = place_in(query.after)
    found = plans_page(
        status=query.status,
        after=after and after[1],
        limit=query.limit + 1,
        organisation=None if sees_all else person.organisation,
    )
    counts = counts_of([plan.id for plan in found], viewer)
    return answered_page(
        found,
        query.limit,
        lambda plan: _summary(plan, counts[plan.id], viewer.house),
        lambda plan: place_of(plan.created_at, plan.handle),
    )


@blueprint.post("/v1/plans")
@needs("work_on_plan")
@operation(_("Make a plan of changes"), Plan, status=201, body=PlanBody, notes=NOTES, may_be_refused=True)
def post_plan(body: PlanBody) -> Response:
    reason = body.reason or gettext("Changes that a program made")
    given = [(number, change) for number, each in enumerate(body.changes) for change in each.changes()]
    try:
        number = make_plan([change for _number, change in given], reason, by())
    except BadChanges as wrong:
        raise InvalidInput(
            fault.at(f"changes.{given[at][0]}.{given[at][1].in_its_plan(fault.field)}".rstrip("."))
            for at, fault in wrong.faults
        ) from None
    return answered(_plan(number), 201)


@blueprint.get("/v1/plans/<plan>")
@needs("see_plan")
@operation(_("One plan, with every booking it moves"), Plan)
def get_plan(plan: str) -> Response:
    return answered(_plan(plan))


@blueprint.post("/v1/plans/<plan>/apply")
@needs("work_on_plan")
@operation(_("Apply a plan, whole or not at all"), Plan, body=ApplyBody, notes=APPLY_NOTES, may_be_refused=True)
def post_apply(plan: str, body: ApplyBody) -> Response:
    kept = kept_plan(plan)
    if kept is None:
        raise _nobodys()
    try:
        apply_plan(kept.id, by(), leaving=body.leaving)
    except BadChanges as wrong:  # what made sense when it was planned makes none any more
        raise wrong.at("plan") from None
    return answered(_plan(plan))


@blueprint.post("/v1/plans/<plan>/ready")
@needs("work_on_plan")
@operation(_("Say that the part of a plan that your organisation sees to is ready"), Plan, may_be_refused=True)
def post_ready(plan: str) -> Response:
    kept = kept_plan(plan)
    if kept is None:
        raise _nobodys()
    say_ready(kept.id, by())
    return answered(_plan(plan))


def _nobodys() -> NotFound | NotAllowed:
    """Of what is unknown and of what is another's the same: who never makes plans may not, others find nothing."""
    return NotFound() if holds(signed_in(), "make_plans") else NotAllowed("make_plans")


def _plan(handle: str | int) -> Plan:
    plan = kept_plan(handle)
    viewer = caller_as_viewer()
    if plan is None or not may_see_plan(signed_in(), plan, viewer.house):
        raise _nobodys()
    seen, known = as_seen(plan, moves_of(plan.id), viewer, by()), bookings_by_id([each.booking for each in plan.news])
    called = {each.id: each.handle for each in known if not is_kept_apart(viewer, each)}
    return {
        **_summary(plan, counts_of([plan.id], viewer)[plan.id], viewer.house),
        "news": [{"booking": called[each.booking], "what": each.what} for each in plan.news if each.booking in called],
        "affected": [_affected(each, plan, viewer) for each in seen.moves],
        "parts": [_part(each) for each in seen.parts],
    }


def _part(part: Part) -> PlanPart:
    told: PlanPart = {"organisation": part.organisation, "bookings": part.bookings}
    return told if part.is_ready is None else {**told, "ready": part.is_ready}


def _summary(plan: KeptPlan, counts: PlanCounts, house: House) -> PlanSummary:
    return {
        "id": plan.handle,
        "version": plan.version,
        "status": plan.status,
        "changes": _changes(plan),
        "reason": plan.reason,
        "partial": plan.is_partial,
        "mends": plan.mends_under,
        "mended_by": plan.mended_under,
        "created_at": moment(plan.created_at, house),
        "applied_at": moment(plan.applied_at, house) if plan.applied_at else None,
        "moved": counts.moved,
        "left": counts.left,
        "waiting": counts.waiting,
        "to_tell": counts.to_tell,
        "finished": is_finished(plan.status, counts),
        "booking": plan.booking,
        "part_of": plan.organisation,
        "waits_until": moment(plan.due_at, house) if plan.is_waiting and plan.due_at else None,
    }


def _changes(plan: KeptPlan) -> list[dict]:
    """What a claim is for is between its maker and the house until it is a booking."""
    return [dict(each if plan.created_by == signed_in().username else as_others_read(each)) for each in plan.changes]


def _affected(move: KeptMove, plan: KeptPlan, viewer: Viewer) -> Affected:
    seen, house = seen_by(viewer, move.booking), viewer.house
    affected: Affected = {
        "booking": booking_json(move.booking, viewer),
        "why": reasons(reasons_seen(seen, move.reasons, viewer), house),
        "was": move.from_space,
        "proposal": _proposal(move, seen, house),
        "hurdles": reasons(reasons_seen(seen, move.hurdles, viewer), house),
        "nearest": move.nearest,
        "by_hand": move.by_hand,
    }
    if plan.status == "applied":
        return {**affected, "told": move.told}
    return {**affected, "consent": move.consent} if move.consent else affected


def _proposal(move: KeptMove, seen: Seen, house: House) -> PlannedPlace | None:
    if move.to_space is None:
        return None
    assert move.layout is not None, "a place is found with the layout that it takes there"
    place: PlannedPlace = {
        "space": move.to_space,
        "start": moment(move.during.start, house),
        "end": moment(move.during.end, house),
        "layout": move.layout,
        "waits": move.waits,
    }
    if seen.detail == "busy":
        del place["layout"]
    return place

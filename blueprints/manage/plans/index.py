"""All plans: those being made, those of which people are still to be told, and those that are finished."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.manage import blueprint
from blueprints.manage.words.plans import plan_row
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.queries.plans import KeptPlan, counts_of, kept_plan, plans_page
from models.rules.people.discretion import Viewer
from models.rules.people.handles import is_handle
from models.rules.people.rights import LIMIT_SETTERS, holds, may_see_plan
from models.rules.plans.view import is_finished

MOST_SHOWN = 50


@blueprint.get("/plans")
@needs("make_plans")
def plans() -> str:
    house, person = the_house(), signed_in()
    own = None if person.roles & LIMIT_SETTERS else person.organisation
    drafts = plans_page(status="draft", limit=MOST_SHOWN, organisation=own)
    applied = plans_page(status="applied", limit=MOST_SHOWN, organisation=own, after=_after())
    rows = _rows([*drafts, *applied], Viewer.of(person, house))
    return render_template(
        "manage/plans.html",
        drafts=[row for row in rows if row["plan"].status == "draft"],
        to_tell=[row for row in rows if row["plan"].status == "applied" and not row["is_finished"]],
        finished=[row for row in rows if row["is_finished"]],
        changes=_entries(),
        older=url_for("manage.plans", after=applied[-1].handle) if len(applied) == MOST_SHOWN else "",
    )


def _after() -> str | None:
    """Anything else than a handle is the first page."""
    after = request.args.get("after", "")
    return after if is_handle(after) else None


def plan_or_abort(handle: str) -> KeptPlan:
    plan, person = kept_plan(handle), signed_in()
    if plan is None or not may_see_plan(person, plan, the_house()):
        abort(404 if holds(person, "make_plans") else 403)
    return plan


def _rows(plans: Iterable[KeptPlan], viewer: Viewer) -> list[dict]:
    plans = list(plans)
    counts = counts_of([plan.id for plan in plans], viewer) if plans else {}
    return [
        plan_row(plan, counts[plan.id], viewer.house) | {"is_finished": is_finished(plan.status, counts[plan.id])}
        for plan in plans
    ]


def _entries() -> list[dict]:
    """Where a change begins, for whoever may make it."""
    person = signed_in()
    return [
        {"label": label, "url": url, "icon": icon}
        for verb, label, url, icon in (
            ("see_management", _("Change a capacity or limit"), url_for("manage.overview"), "people"),
            ("set_hours", _("Change opening hours"), url_for("manage.hours"), "clock"),
            ("set_closures", _("Add closing days"), url_for("manage.add_closure"), "calendar"),
            ("edit_places", _("Take a space out of use"), url_for("manage.places"), "plan"),
            ("set_rules", _("Change a rule"), url_for("manage.rules"), "shield"),
        )
        if holds(person, verb)
    ]

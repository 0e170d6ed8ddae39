"""Where a plan was once found by its number."""

from __future__ import annotations

from werkzeug.wrappers import Response

from blueprints.manage import blueprint
from blueprints.web.identity import current_person
from blueprints.web.old_addresses import led_on, old_number
from models.queries.house import the_house
from models.queries.plans import kept_plan
from models.rules.people.rights import may_see_plan


@blueprint.before_request
def lead_on() -> Response | None:
    """Whoever sees the plan."""
    number = old_number("plan")
    plan = kept_plan(number) if number is not None else None
    return (
        led_on("plan", plan.handle, plan.created_at)
        if plan and may_see_plan(current_person(), plan, the_house())
        else None
    )

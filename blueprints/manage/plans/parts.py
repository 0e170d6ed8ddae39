"""The part of a plan that somebody sees to for their organisation: they say that it is ready."""

from __future__ import annotations

from flask_babel import gettext as _

from blueprints.manage import blueprint
from blueprints.manage.flow.page import Answer
from blueprints.manage.plans.one import seen_version, worked
from blueprints.web.identity import by
from blueprints.web.rights import needs
from models.actions.plans.carry_on import say_ready


@blueprint.post("/plans/<plan>/ready")
@needs("work_on_plan")
def plan_ready(plan: str) -> Answer:
    return worked(
        plan,
        lambda number: say_ready(number, by(), seen=seen_version()),
        _("Your bookings are ready. Where the plan waits for nobody else it is applied now."),
    )

"""Where a drill or evacuation was once found by its number."""

from __future__ import annotations

from werkzeug.wrappers import Response

from blueprints.presence import blueprint
from blueprints.web.identity import current_person
from blueprints.web.old_addresses import led_on, old_number
from models.queries.evacuations import evacuation
from models.rules.people.rights import holds


@blueprint.before_request
def lead_on() -> Response | None:
    """Whoever sees the list."""
    number = old_number("drill")
    if number is None or not holds(current_person(), "see_evacuation"):
        return None
    found = evacuation(number)
    return led_on("drill", found.handle, found.started_at) if found else None

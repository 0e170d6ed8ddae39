"""From one page about a space to the others: what it is, how many people, how it is booked, out of use."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.manage import blueprint
from blueprints.web.identity import current_person
from models.queries.house import the_house
from models.rules.changes.spaces import rules_set_by
from models.rules.rights import may_edit_space, may_set_capacity_of


@blueprint.app_template_global()
def space_links(code: str, current: str) -> list[dict[str, object]]:
    """For components/page.html segments(); `current` is the endpoint of the page on which they stand."""
    person, owner = current_person(), the_house().spaces[code].owner
    edits, sets = may_edit_space(person, owner), may_set_capacity_of(person, owner)
    found = (("manage.place", _("The space"), "room", edits), ("manage.space", _("How many people"), "people", sets),
             ("manage.policy", _("How it is booked"), "settings", bool(rules_set_by(person, owner)) and sets),
             ("manage.retire", _("Out of use"), "cancel", edits))
    return [{"label": label, "url": url_for(endpoint, code=code), "icon": icon, "current": endpoint == current}
            for endpoint, label, icon, may in found if may]

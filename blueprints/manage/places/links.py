"""The pages about one space: what all of them need of it, and the way from one to the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import abort, url_for
from flask_babel import gettext as _

from blueprints.manage import blueprint
from blueprints.manage.flow.page import Page
from blueprints.manage.places.index import next_turn
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from models.queries.house import the_house
from models.rules.changes.place_wishes import composites_with
from models.rules.changes.spaces import rules_set_by
from models.rules.house.house import Space
from models.rules.people.person import Person
from models.rules.people.rights import may_edit_space, may_set_capacity_of


class OfASpace(Page):
    """`may`: whether somebody may change on this page what belongs to an owner."""

    thing = "space"
    may: Callable[[Person | None, str | None], object] = staticmethod(may_edit_space)

    def look(self) -> None:
        super().look()
        self.space = space_or_abort(self.code, self.may)
        self.policy = self.house.policy(self.code, self.today)

    def facts(self) -> Mapping[str, object]:
        house, space, here = self.house, self.space, language()
        return {
            "space": space,
            "name": space.names.in_language(here),
            "floor": house.floors[space.floor].names.in_language(here),
            "zone": house.zones[space.zone].names.in_language(here),
            "active": self.policy.active,
            "planned": next_turn(space.code, house, self.today),
            "wholes": [each.code for each in composites_with(house, space.code)],
        }


def space_or_abort(code: str, may: Callable[[Person | None, str | None], object] = may_edit_space) -> Space:
    space = the_house().spaces.get(code) or abort(404)
    return space if may(signed_in(), space.owner) else abort(403)


@blueprint.app_template_global()
def space_links(code: str, current: str) -> list[dict[str, object]]:
    """For components/page.html segments(); `current` is the endpoint of the page on which they stand."""
    person, owner = signed_in(), the_house().spaces[code].owner
    edits, sets = may_edit_space(person, owner), may_set_capacity_of(person, owner)
    found = (
        ("manage.place", _("The space"), "room", edits),
        ("manage.space", _("How many people"), "people", sets),
        ("manage.policy", _("How it is booked"), "settings", bool(rules_set_by(person, owner)) and sets),
        ("manage.retire", _("Out of use"), "cancel", edits),
    )
    return [
        {"label": label, "url": url_for(endpoint, code=code), "icon": icon, "current": endpoint == current}
        for endpoint, label, icon, may in found
        if may
    ]

"""What needs attention first, then the building from roof to room with the numbers that hold today."""

from __future__ import annotations

from datetime import date

from flask import render_template, url_for

from blueprints.booking.messages import kind_word
from blueprints.manage import blueprint
from blueprints.manage.attention import points
from blueprints.manage.flow.forms import SearchForm
from blueprints.manage.words.capacity import people, what_binds
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.house.house import House, Space
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_set_capacity_of
from models.rules.times.interval import civil_date


@blueprint.get("")
@needs("see_management")
def overview() -> str:
    house, person = the_house(), signed_in()
    own = [space for space in house.spaces.values() if may_set_capacity_of(person, space.owner)]
    pressing = points(person, house, now())
    form = SearchForm.among(own, house)
    found = [space for space in own if form.finds(space)]
    day = civil_date(now(), house.zone)
    return render_template(
        "manage/overview.html",
        form=form,
        active=form.active,
        points=pressing,
        is_calm=not any(point.tone == "warn" for point in pressing),
        sets_limits=holds(person, "set_limits"),
        switches_crisis=holds(person, "switch_crisis"),
        buildings=_buildings(house, day) if holds(person, "set_limits") else [],
        floors=_floors(found, person, house, day),
    )


def _buildings(house: House, day: date) -> list[dict]:
    return [
        {
            "name": building.names.in_language(language()),
            "url": url_for("manage.building", code=code),
            "limit": people(house.limit("building", code, day)),
            "floors": [
                _floor_with_zones(floor.code, house, day) for floor in house.floors.values() if floor.building == code
            ],
        }
        for code, building in house.buildings.items()
    ]


def _floor_with_zones(code: str, house: House, day: date) -> dict:
    return {
        "name": house.floors[code].names.in_language(language()),
        "url": url_for("manage.floor", code=code),
        "limit": people(house.limit("floor", code, day)),
        "zones": [
            {
                "name": zone.names.in_language(language()),
                "url": url_for("manage.zone", code=zone.code),
                "limit": "–" if (limit := house.limit("zone", zone.code, day)) is None else str(limit),
            }
            for zone in house.zones.values()
            if zone.floor == code
        ],
    }


def _floors(spaces: list[Space], person: Person, house: House, day: date) -> list[dict]:
    """The spaces found, per floor; desks apart, for there are many of them and they are all alike."""
    floors = []
    for code, floor in house.floors.items():
        here = [_row(space, house, day) for space in spaces if space.floor == code]
        if here:
            floors.append(
                {
                    "name": floor.names.in_language(language()),
                    "count": len(here),
                    "spaces": [row for row in here if not row["is_desk"]],
                    "desks": [row for row in here if row["is_desk"]],
                }
            )
    return floors


def _row(space: Space, house: House, day: date) -> dict:
    policy = house.policy(space.code, day)
    places = policy.places(policy.default_layout)
    return {
        "name": space.names.in_language(language()),
        "code": space.code,
        "kind": kind_word(space.kind),
        "url": url_for("manage.space", code=space.code),
        "is_desk": policy.traits.one_at_a_time,
        "places": policy.capacities.get(policy.default_layout),
        "counts": places.limit if places else 0,
        "rule": what_binds(policy, policy.default_layout),
        "is_cut": places is not None and places.limit < policy.capacities[policy.default_layout],
    }

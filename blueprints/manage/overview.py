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
from models.rules.people.rights import holds, may_set_capacity_of
from models.rules.times.interval import civil_date

MOST_ON_A_PAGE = 250


@blueprint.get("")
@needs("see_management")
def overview() -> str:
    house, person = the_house(), signed_in()
    own = [space for space in house.spaces.values() if may_set_capacity_of(person, space.owner)]
    pressing = points(person, house, now())
    form = SearchForm.among(own, house)
    found = [space for space in own if form.finds(space)]
    day = civil_date(now(), house.zone)
    is_folded = len(found) > MOST_ON_A_PAGE and not (form.floor and form.floor.data)
    return render_template(
        "manage/overview.html",
        form=form,
        active=form.active,
        points=pressing,
        is_calm=not any(point.tone == "warn" for point in pressing),
        sets_limits=holds(person, "set_limits"),
        switches_crisis=holds(person, "switch_crisis"),
        buildings=_buildings(house, day) if holds(person, "set_limits") else [],
        floors=[] if is_folded else _floors(found, house, day),
        folded=_folded(found, form, house) if is_folded else [],
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


def _floors(spaces: list[Space], house: House, day: date) -> list[dict]:
    """The spaces found, per floor; desks apart, for there are many of them and they are all alike."""
    floors = []
    for code, here in _by_floor(spaces, house):
        rows = [_row(space, house, day) for space in here]
        floors.append(
            {
                "name": house.floors[code].names.in_language(language()),
                "spaces": [row for row in rows if not row["is_desk"]],
                "desks": [row for row in rows if row["is_desk"]],
            }
        )
    return floors


def _folded(spaces: list[Space], form: SearchForm, house: House) -> list[dict]:
    """Of more than can be read on a page, how many lie on each floor, and the way to them."""
    kept = {field.name: field.data for field in form if field.data}
    several = len(house.buildings) > 1
    return [
        {
            "name": house.floors[code].names.in_language(language()),
            "building": house.buildings[house.floors[code].building].names.in_language(language()) if several else "",
            "count": len(here),
            "url": url_for("manage.overview", floor=code, **kept, _anchor="spaces"),
        }
        for code, here in _by_floor(spaces, house)
    ]


def _by_floor(spaces: list[Space], house: House) -> list[tuple[str, list[Space]]]:
    found: dict[str, list[Space]] = {code: [] for code in house.floors}
    for space in spaces:
        found[space.floor].append(space)
    return [(code, here) for code, here in found.items() if here]


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

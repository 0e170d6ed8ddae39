"""Every space by floor and zone, with its state; from here one is made, copied, changed or placed."""

from __future__ import annotations

from datetime import date

from flask import render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.manage import blueprint
from blueprints.manage.places.forms import PlaceSearchForm
from blueprints.manage.words.places import sort_word
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.house.house import House, Space, Zone
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_edit_space
from models.rules.times.interval import civil_date

MOST_SHOWN = 400


@blueprint.get("/places")
@needs("edit_places")
def places() -> str:
    house, person = the_house(), signed_in()
    day = civil_date(now(), house.zone)
    own = [space for space in house.spaces.values() if may_edit_space(person, space.owner)]
    form, edits_zones = PlaceSearchForm.among(own, house), holds(person, "edit_zones")
    codes = [code for code in house.floors if edits_zones or any(space.floor == code for space in own)]
    shown = "" if form.active else _shown_floor(codes, person, house)
    found = [
        space
        for space in own
        if shown in ("", space.floor) and form.finds(space) and _is_in(form.state.data, space, house, day)
    ]
    return render_template(
        "manage/places.html",
        form=form,
        active=form.active,
        edits_zones=edits_zones,
        too_many=max(len(found) - MOST_SHOWN, 0),
        tabs=[
            {
                "label": house.floors[code].names.in_language(language()),
                "url": url_for("manage.places", floor=code),
                "current": code == shown,
            }
            for code in codes
        ],
        floors=_floors(
            found[:MOST_SHOWN],
            house,
            day,
            [shown] if shown else codes,
            with_empty_zones=edits_zones and not form.active,
        ),
    )


def _shown_floor(codes: list[str], person: Person, house: House) -> str:
    """The one asked for, else the viewer's own, else the first."""
    home = house.zones.get(person.home_zone or "")
    wished = (request.args.get("floor", ""), home.floor if home else "")
    return next((code for code in wished if code in codes), codes[0] if codes else "")


def _is_in(state: str | None, space: Space, house: House, day: date) -> bool:
    in_use = house.policy(space.code, day).active
    return {
        "in_use": in_use,
        "out_of_use": not in_use,
        "not_drawn": space.rectangle is None and len(space.parts) == 1,
    }.get(state or "", True)


def _floors(spaces: list[Space], house: House, day: date, codes: list[str], *, with_empty_zones: bool) -> list[dict]:
    floors = []
    for code in codes:
        floor = house.floors[code]
        zones = [
            _zone_row(zone, [space for space in spaces if space.zone == zone.code], house, day)
            for zone in sorted(house.zones.values(), key=lambda zone: zone.code)
            if zone.floor == code
        ]
        zones = [zone for zone in zones if zone["count"] or with_empty_zones]
        if zones:
            floors.append(
                {
                    "name": floor.names.in_language(language()),
                    "code": code,
                    "zones": zones,
                    "plan_url": url_for("manage.plan", floor=code),
                }
            )
    return floors


def _zone_row(zone: Zone, spaces: list[Space], house: House, day: date) -> dict:
    """A zone with its spaces; desks apart, for there are many of them and they are all alike."""
    rows = [_row(space, house, day) for space in spaces]
    return {
        "name": zone.names.in_language(language()),
        "code": zone.code,
        "count": len(rows),
        "url": url_for("manage.zone_place", code=zone.code),
        "when": zone_in_use(zone, day),
        "spaces": [row for row in rows if not row["is_desk"]],
        "desks": [row for row in rows if row["is_desk"]],
    }


def zone_in_use(zone: Zone, day: date) -> str:
    """From when or until when, where that is not always; empty for a zone that is simply in use."""
    if zone.valid_from and zone.valid_from > day:
        return _("From %(day)s", day=format_date(zone.valid_from, "d MMMM y"))
    if zone.valid_to:
        return _("Until %(day)s", day=format_date(zone.valid_to, "d MMMM y"))
    return ""


def _row(space: Space, house: House, day: date) -> dict:
    policy = house.policy(space.code, day)
    return {
        "name": space.names.in_language(language()),
        "code": space.code,
        "sort": sort_word(space.sort),
        "url": url_for("manage.place", code=space.code),
        "is_desk": policy.traits.one_at_a_time,
        "places": policy.effective_capacity(),
        "active": policy.active,
        "drawn": space.rectangle is not None,
        "planned": next_turn(space.code, house, day),
        "parts": space.parts if len(space.parts) > 1 else (),
    }


def next_turn(space: str, house: House, day: date) -> str:
    """When it next goes out of use or comes back, in words; empty where nothing is planned."""
    active = house.policy(space, day).active
    for since, policy in house.policies[space]:
        if since > day and policy.active != active:
            words = format_date(since, "d MMMM y")
            return _("Back on %(day)s", day=words) if policy.active else _("Out of use from %(day)s", day=words)
    return ""

"""A new space, a copy of one, or a row of desks at once."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.manage.flow.page import Page, done, shown_at
from blueprints.manage.places.choices import first_owner, offer_for_desks, offer_for_new_space, space_values
from blueprints.manage.places.forms import WHOLE_HOUSE, DeskRowForm, NewSpaceForm
from blueprints.manage.places.links import space_or_abort
from blueprints.web.language import language
from models.actions.places.create_desk_row import create_desk_row
from models.actions.places.create_space import create_space
from models.queries.house import the_house
from models.rules.house.floor_plan import free_spot, grained, overlap
from models.rules.house.house import House, Rectangle
from models.rules.house.place_codes import next_code
from models.rules.people.person import Person
from models.rules.people.rights import MANAGERS

DESK_STEMS = {"nl": "Werkplek", "fr": "Poste", "en": "Desk", "de": "Arbeitsplatz"}  # names, not sentences
DESK_SIZE, DESK_GAP, DESKS_SIDE_BY_SIDE = (1.6, 0.9), 0.6, 4
WALK = 0.4
FIRST_COUNT = 4


@shown_at("new_space", "edit_places", "/new-space")
class NewSpacePage(Page):
    template = "manage/new_space.html"

    def first_form(self) -> NewSpaceForm:
        form = NewSpaceForm(data=self._start())
        offer_for_new_space(form, self.house, self.by.person)
        return form

    def _start(self) -> Mapping[str, object]:
        """The space to be copied with the next free code, or a room; in which zone only where the address says so."""
        like, zone = request.args.get("like", ""), request.args.get("zone", "")
        if like:
            space_or_abort(like)
            values = space_values(like, self.house)
            return values | {
                "like": like,
                "owner": values["owner"] or WHOLE_HOUSE,
                "code": next_code(like, self.house.spaces),
                "parts": "",
            }
        return {"sort": "meeting_room", "zone": zone if zone in self.house.zones else "", "exclusive": True}

    def save(self) -> Response:
        form = self.form
        code = create_space(
            form.wish(form.code.data or ""), *self.by, places=form.places.data, like=form.like.data or None
        )
        return done(url_for("manage.place", code=code), _("%(code)s is made and can be booked.", code=code))

    def facts(self) -> Mapping[str, object]:
        like = self.house.spaces.get(self.form.like.data or "")
        return {"like": like, "like_name": like.names.in_language(language()) if like else ""}


@shown_at("new_desks", "edit_places", "/new-desks")
class NewDesksPage(Page):
    template = "manage/new_desks.html"

    def first_form(self) -> DeskRowForm:
        form = DeskRowForm(data=_first_row(self.house, self.by.person))
        offer_for_desks(form, self.house, self.by.person)
        return form

    def save(self) -> Response:
        codes = create_desk_row(self.form.row(), *self.by)
        floor = the_house().spaces[codes[0]].floor
        return done(
            url_for("manage.plan" if self.form.drawn.data else "manage.places", floor=floor),
            ngettext(
                "%(num)d desk is made and can be booked: %(codes)s.",
                "%(num)d desks are made and can be booked: %(codes)s.",
                len(codes),
                codes=codes[0] if len(codes) == 1 else f"{codes[0]} – {codes[-1]}",
            ),
        )


def _own_zone(house: House, person: Person) -> str:
    """The first zone that somebody may place in."""
    return next(
        (
            code
            for code, zone in sorted(house.zones.items())
            if person.roles & MANAGERS or zone.owner == person.organisation
        ),
        "",
    )


def _first_row(house: House, person: Person) -> dict[str, object]:
    """Four desks like those of the zone, where there is room for them."""
    code = request.args.get("zone", "")
    code = code if code in house.zones else _own_zone(house, person)
    values = {
        "zone": code,
        "count": FIRST_COUNT,
        "per_row": DESKS_SIDE_BY_SIDE,
        "gap": DESK_GAP,
        "drawn": True,
        "owner": first_owner(code, house, person),
    }
    zone = house.zones.get(code)
    if zone is None:
        return values
    desks = [space for space in house.spaces.values() if space.zone == code and space.sort == "desk"]
    drawn = [space.rectangle for space in desks if space.rectangle]
    width, depth = (drawn[-1].width, drawn[-1].depth) if drawn else DESK_SIZE
    taken = [space.rectangle for space in house.spaces.values() if space.floor == zone.floor and space.rectangle]
    x, y = _room_for(zone.rectangle, taken, width, depth)
    names = {
        f"name_{language}": f"{stem} {zone.names.get(language) or zone.names['nl']}"
        for language, stem in DESK_STEMS.items()
    }
    return values | names | {"like": desks[-1].code if desks else "", "x": x, "y": y, "width": width, "depth": depth}


def _room_for(zone: Rectangle | None, taken: list[Rectangle], width: float, depth: float) -> tuple[float, float]:
    """For a row of desks and, where there is that much room, somewhere to walk around them."""
    wide = DESKS_SIDE_BY_SIDE * (width + DESK_GAP) - DESK_GAP
    x, y = free_spot(zone, taken, wide + 2 * WALK, depth + 2 * WALK)
    around = Rectangle(x, y, wide + 2 * WALK, depth + 2 * WALK)
    if zone and any(overlap(around, other) for other in taken):
        return free_spot(zone, taken, wide, depth)
    return (grained(x + WALK), grained(y + WALK)) if zone else (x, y)

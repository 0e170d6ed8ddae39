"""A new space, a copy of one, or a row of desks at once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.manage import blueprint
from blueprints.manage.place import space_or_abort
from blueprints.manage.place_choices import first_owner, name_fields, offer_for_desks, offer_for_space, space_values
from blueprints.manage.place_forms import DeskRowForm, NewSpaceForm
from blueprints.manage.place_words import say_fault
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.create_desk_row import create_desk_row
from models.actions.create_space import create_space
from models.queries.house import the_house
from models.rules.floor_plan import Grid, free_spot, grained, overlap
from models.rules.house import House, Rectangle
from models.rules.person import Person
from models.rules.place_codes import next_code
from models.rules.place_wishes import DeskRow
from models.rules.refusals import BadRequest
from models.rules.rights import MANAGERS

DESK_STEMS = {"nl": "Werkplek", "fr": "Poste", "en": "Desk", "de": "Arbeitsplatz"}     # names, not sentences
DESK_SIZE, DESK_GAP, DESKS_SIDE_BY_SIDE = (1.6, 0.9), 0.6, 4
WALK = 0.4
FIRST_COUNT = 4


@blueprint.route("/new-space", methods=["GET", "POST"])
@needs("edit_places")
def new_space() -> AnyResponse | str | tuple[str, int]:
    house, person = the_house(), current_person()
    form = NewSpaceForm(data=_start(house, person))
    offer_for_space(form, house, person)
    if request.method == "GET":
        return _space_page(form, house)
    form.seen.data = form.seen.data or "0"
    if not form.validate():
        return _space_page(form, house), 400
    try:
        code = create_space(form.wish(form.code.data or ""), person, now(), places=form.places.data,
                            like=form.like.data or None)
    except BadRequest as wrong:
        say_fault(form, wrong)
        return _space_page(form, house), 400
    flash(_("%(code)s is made and can be booked.", code=code), "success")
    return redirect(url_for("manage.place", code=code), 303)


def _start(house: House, person: Person) -> dict[str, object]:
    """What the form holds at first: the space to be copied with the next free code, or a room in a chosen zone."""
    like = request.args.get("like", "")
    if like:
        space_or_abort(like)
        return space_values(like, house) | {"like": like, "code": next_code(like, house.spaces), "parts": "",
                                            "seen": "0"}
    zone = request.args.get("zone", "")
    zone = zone if zone in house.zones else _own_zone(house, person)
    return {"sort": "meeting_room", "zone": zone, "owner": first_owner(zone, house, person), "exclusive": True,
            "seen": "0"}


def _own_zone(house: House, person: Person) -> str:
    """The first zone that somebody may place in."""
    return next((code for code, zone in sorted(house.zones.items())
                 if person.roles & MANAGERS or zone.owner == person.organisation), "")


def _space_page(form: NewSpaceForm, house: House) -> str:
    like = house.spaces.get(form.like.data or "")
    return render_template("manage/new_space.html", form=form, names=name_fields(form), like=like,
                           like_name=like.names.in_language(language()) if like else "")


@blueprint.route("/new-desks", methods=["GET", "POST"])
@needs("edit_places")
def new_desks() -> AnyResponse | str | tuple[str, int]:
    house, person = the_house(), current_person()
    form = DeskRowForm(data=_first_row(house, person))
    offer_for_desks(form, house, person)
    if request.method == "GET":
        return render_template("manage/new_desks.html", form=form, names=name_fields(form))
    form.seen.data = form.seen.data or "0"
    if not form.validate():
        return render_template("manage/new_desks.html", form=form, names=name_fields(form)), 400
    try:
        codes = create_desk_row(_row(form), person, now())
    except BadRequest as wrong:
        say_fault(form, wrong)
        return render_template("manage/new_desks.html", form=form, names=name_fields(form)), 400
    flash(ngettext("%(num)d desk is made and can be booked: %(codes)s.",
                   "%(num)d desks are made and can be booked: %(codes)s.", len(codes),
                   codes=codes[0] if len(codes) == 1 else f"{codes[0]} – {codes[-1]}"), "success")
    floor = the_house().spaces[codes[0]].floor
    return redirect(url_for("manage.plan", floor=floor) if form.drawn.data else url_for("manage.places", floor=floor),
                    303)


def _row(form: DeskRowForm) -> DeskRow:
    grid = Grid(form.x.data, form.y.data, form.width.data, form.depth.data, form.per_row.data, form.gap.data)
    return DeskRow(form.zone.data, form.count.data, form.names(), form.owner.data or None, form.like.data or None,
                   form.first.data, grid if form.drawn.data else None)


def _first_row(house: House, person: Person) -> dict[str, object]:
    """Four desks like those of the zone, where there is room for them."""
    code = request.args.get("zone", "")
    code = code if code in house.zones else _own_zone(house, person)
    values = {"zone": code, "count": FIRST_COUNT, "per_row": DESKS_SIDE_BY_SIDE, "gap": DESK_GAP, "drawn": True,
              "owner": first_owner(code, house, person), "seen": "0"}
    zone = house.zones.get(code)
    if zone is None:
        return values
    desks = [space for space in house.spaces.values() if space.zone == code and space.sort == "desk"]
    drawn = [space.rectangle for space in desks if space.rectangle]
    width, depth = (drawn[-1].width, drawn[-1].depth) if drawn else DESK_SIZE
    taken = [space.rectangle for space in house.spaces.values() if space.floor == zone.floor and space.rectangle]
    x, y = _room_for(zone.rectangle, taken, width, depth)
    names = {f"name_{language}": f"{stem} {zone.names.get(language) or zone.names['nl']}"
             for language, stem in DESK_STEMS.items()}
    return values | names | {"like": desks[-1].code if desks else "", "x": x, "y": y, "width": width, "depth": depth}


def _room_for(zone: Rectangle | None, taken: list[Rectangle], width: float, depth: float) -> tuple[float, float]:
    """For a row of desks and, where there is that much room, somewhere to walk around them."""
    wide = DESKS_SIDE_BY_SIDE * (width + DESK_GAP) - DESK_GAP
    x, y = free_spot(zone, taken, wide + 2 * WALK, depth + 2 * WALK)
    around = Rectangle(x, y, wide + 2 * WALK, depth + 2 * WALK)
    if zone and any(overlap(around, other) for other in taken):
        return free_spot(zone, taken, wide, depth)
    return (grained(x + WALK), grained(y + WALK)) if zone else (x, y)

"""A zone of a floor: made, named, given away, and in use from when until when. Its limit has a page of its own."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.manage import blueprint
from blueprints.manage.place_choices import name_fields, offer_for_zone, zone_values
from blueprints.manage.place_forms import NewZoneForm, ZoneForm
from blueprints.manage.place_words import say_fault
from blueprints.manage.words import change_words, people
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.change_zone import change_zone
from models.actions.create_zone import create_zone
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, Refused

RENAMED = {"valid_from": "first_day", "valid_to": "last_day"}


@blueprint.route("/new-zone", methods=["GET", "POST"])
@needs("edit_zones")
def new_zone() -> AnyResponse | str | tuple[str, int]:
    house = the_house()
    floor = request.args.get("floor", "")
    form = NewZoneForm(data={"access": "staff", "floor": floor if floor in house.floors else None, "seen": "0"})
    offer_for_zone(form, house)
    if request.method == "GET":
        return _new_page(form)
    form.seen.data = form.seen.data or "0"
    if not form.validate():
        return _new_page(form), 400
    try:
        code = create_zone(form.wish(form.code.data, form.max_persons.data), current_person(), now())
    except BadRequest as wrong:
        say_fault(form, wrong, RENAMED)
        return _new_page(form), 400
    flash(_("%(code)s is made. Draw it on the plan, and make spaces in it.", code=code), "success")
    return redirect(url_for("manage.zone_place", code=code), 303)


def _new_page(form: NewZoneForm) -> str:
    return render_template("manage/zone.html", form=form, names=name_fields(form), zone=None, meanwhile=[])


@blueprint.route("/zones/<code>/what", methods=["GET", "POST"])
@needs("edit_zones")
def zone_place(code: str) -> AnyResponse | str | tuple[str, int]:
    house = the_house()
    if code not in house.zones:
        abort(404)
    form = ZoneForm(data=zone_values(code, house))
    offer_for_zone(form, house)
    if request.method == "GET":
        form.remember(last_change("zone", code))
        return _page(code, form, house)
    if not form.validate():
        return _page(code, form, house), 400
    try:
        left = change_zone(form.wish(code), current_person(), now(), seen=form.last_seen)
    except BadRequest as wrong:
        say_fault(form, wrong, RENAMED)
        return _page(code, form, house), 400
    except Refused:
        return _changed_meanwhile(code, form)
    flash(_("Saved."), "success")
    if left:
        flash(ngettext("%(num)d booking stands in it after its last day. It stays until somebody moves it.",
                       "%(num)d bookings stand in it after its last day. They stay until somebody moves them.", left),
              "warning")
    return redirect(url_for("manage.zone_place", code=code), 303)


def _changed_meanwhile(code: str, form: ZoneForm) -> tuple[str, int]:
    house = the_house()
    changes = changes_after("zone", code, form.last_seen)
    form.show_present(zone_values(code, house), last_change("zone", code))
    return _page(code, form, house, [change_words(each) for each in changes]), 409


def _page(code: str, form: ZoneForm, house: House, meanwhile: Iterable[str] = ()) -> str:
    zone, day = house.zones[code], civil_date(now(), house.zone)
    return render_template(
        "manage/zone.html", form=form, names=name_fields(form), zone=zone, meanwhile=list(meanwhile),
        name=zone.names.in_language(language()), floor=house.floors[zone.floor].names.in_language(language()),
        limit=people(house.limit("zone", code, day)),
        spaces=sum(space.zone == code for space in house.spaces.values()))

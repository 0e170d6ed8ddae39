"""Something does not work: a plan that first finds another place for whoever needs it."""

from __future__ import annotations

from datetime import date

from flask import render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from blueprints.booking.forms import choices, plain_text, readable_date, trimmed
from blueprints.booking.messages import equipment_word
from blueprints.manage import blueprint
from blueprints.manage.forms import LONGEST_REASON
from blueprints.manage.place_words import fault_sentence
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.plans_words import name_of
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.changes.change import is_known, owner_of
from models.rules.changes.outages import Break, items_of
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest
from models.rules.rights import may_set_outage
from models.rules.values import Scope

FIELDS = {"from": "first", "to": "last", "out_of_service": "items"}


class OutageForm(FlaskForm):
    items = SelectMultipleField(_("What does not work"))
    first = DateField(_("From"), [Optional(), readable_date])
    last = DateField(_("Last day"), [Optional(), readable_date])
    reason = TextAreaField(_("Why"), [DataRequired(_("Say why: colleagues will read it later.")),
                                      Length(max=LONGEST_REASON), plain_text], filters=[trimmed])


class WhereForm(FlaskForm):
    """Asked first: what may be out of order depends on the place."""

    class Meta:
        csrf = False

    place = StringField(_("Name or code"), [Length(max=100)], filters=[trimmed])


@blueprint.route("/plans/outage", methods=["GET", "POST"])
@needs("make_plans")
def plan_outage() -> Response | str | tuple[str, int]:
    house = the_house()
    scope = Scope.read(request.values.get("of"))
    items = _items(scope, house)
    if not items:
        return _where(house)
    form = OutageForm(data={"first": civil_date(now(), house.zone)})
    form.items.choices = choices({item: equipment_word(item).capitalize() for item in items})
    if len(items) == 1:
        form.items.data = form.items.data or list(items)
    if request.method == "GET":
        return _page(form, scope, house)
    if form.validate() and not form.items.data:
        form.items.errors = [gettext("Tick at least one thing.")]
    if form.errors:
        return _page(form, scope, house), 400
    try:
        change = Break(scope, tuple(form.items.data), first=form.first.data, last=form.last.data)
        return to_a_plan([change], form.reason.data)
    except BadRequest as wrong:
        field = form[FIELDS.get(wrong.field.partition(".")[0], wrong.field)]
        field.errors = [*field.errors, fault_sentence(wrong)]
        return _page(form, scope, house), 400


def _items(scope: Scope, house: House) -> list[str]:
    """What of this place may be out of order; nothing where the person may not say so, or there is no such place."""
    sort, code = scope
    if sort not in ("building", "space") or not is_known(scope, house) \
            or not may_set_outage(current_person(), owner_of(scope, house)):
        return []
    items = items_of(scope, house)
    if sort == "space":
        day = civil_date(now(), house.zone)
        policy = house.policy(code, day)
        absent = {"panic_button"} - ({"panic_button"} if policy.panic_button else set())
        absent |= set() if house.spaces[code].hearing_loop else {"hearing_loop"}
        absent |= set() if policy.ventilation_m3h else {"ventilation"}
        items -= absent
    return sorted(items)


def _where(house: House) -> str:
    """First the place: the lifts, and the spaces that somebody looks for."""
    form, person = WhereForm(request.args), current_person()
    form.validate()
    text = (form.place.data or "").casefold()
    spaces = [space for space in house.spaces.values() if may_set_outage(person, space.owner)
              and _items(Scope("space", space.code), house)
              and any(text in name.casefold() for name in (space.code, *space.names.values()))]
    floors = [(floor.names.in_language(language()), [
        {"name": name_of(space.code, house), "code": space.code, "of": f"space:{space.code}"}
        for space in spaces if space.floor == code]) for code, floor in house.floors.items()]
    return render_template(
        "manage/plan_outage_where.html", form=form, searched=bool(text),
        lifts=[{"name": building.names.in_language(language()), "of": f"building:{code}"}
               for code, building in house.buildings.items() if may_set_outage(person, None)],
        floors=[(name, rows) for name, rows in floors if rows])


def _page(form: OutageForm, scope: Scope, house: House) -> str:
    sort, code = scope
    name = (house.buildings[code].names.in_language(language()) if sort == "building" else name_of(code, house))
    return render_template("manage/plan_outage.html", form=form, scope=scope, code=code, name=name,
                           is_lift=sort == "building", broken=_broken(scope, house))


def _broken(scope: Scope, house: House) -> list[str]:
    """What is known to be out of order already."""
    today: date = civil_date(now(), house.zone)
    return [equipment_word(each.item) for each in house.outages
            if (each.scope, each.code) == scope and each.holds_on(today)]

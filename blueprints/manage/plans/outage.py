"""Something does not work: a plan that first finds another place for whoever needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField
from wtforms.validators import DataRequired

from blueprints.booking.forms import choices
from blueprints.booking.messages import equipment_word
from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.forms import ReasonForm
from blueprints.manage.flow.page import Answer, shown_at
from blueprints.manage.words.plans import name_of
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.changes.change import Change, is_known, owner_of
from models.rules.changes.outages import Break, items_of
from models.rules.house.house import House
from models.rules.people.rights import may_set_capacity_of
from models.rules.values import DAY, Scope, Text


class OutageForm(ReasonForm):
    seen = shown = None
    items = SelectMultipleField(_("What does not work"), [DataRequired(_("Tick at least one thing."))])
    first = ValueField(_("From"), DAY)
    last = ValueField(_("Last day"), DAY)


class WhereForm(FlaskForm):
    """Asked first: what may be out of order depends on the place."""

    class Meta:
        csrf = False

    place = ValueField(_("Name or code"), Text(100))


@shown_at("plan_outage", "make_plans", "/plans/outage")
class OutagePage(ChangesPage):
    """Always by way of a plan: one first sees who needs it."""

    template = "manage/plan_outage.html"

    def __init__(self) -> None:
        super().__init__(request.values.get("of", ""))

    def look(self) -> None:
        super().look()
        self.place = Scope.read(self.code)
        self.items = _items(self.place, self.house, self.today)

    def first_form(self) -> OutageForm:
        form = OutageForm(data={"first": self.today})
        form.items.choices = choices({item: equipment_word(item).capitalize() for item in self.items})
        if len(self.items) == 1:
            form.items.data = form.items.data or list(self.items)
        return form

    def answer(self) -> Answer:
        return super().answer() if self.items else _where(self.house, self.today)

    def changes(self) -> Sequence[Change]:
        form = self.form
        return [Break(self.place, tuple(form.items.data), first=form.first.data, last=form.last.data)]

    def pressed(self) -> Response:
        return self.plan()

    def facts(self) -> Mapping[str, object]:
        sort, code = self.place
        is_lift = sort == "building"
        broken = [
            equipment_word(each.item)
            for each in self.house.outages
            if (each.scope, each.code) == self.place and each.holds_on(self.today)
        ]
        return {
            "scope": self.place,
            "code": code,
            "is_lift": is_lift,
            "broken": broken,
            "name": self.house.buildings[code].names.in_language(language()) if is_lift else name_of(code, self.house),
        }


def _items(place: Scope, house: House, day: date) -> list[str]:
    """What of this place may be out of order; nothing where the person may not say so, or there is no such place."""
    if (
        place.sort not in ("building", "space")
        or not is_known(place, house)
        or not may_set_capacity_of(signed_in(), owner_of(place, house))
    ):
        return []
    items = items_of(place, house)
    if place.sort == "space":
        policy, space = house.policy(place.code, day), house.spaces[place.code]
        there = {
            "panic_button": policy.panic_button,
            "hearing_loop": space.hearing_loop,
            "ventilation": policy.ventilation_m3h,
        }
        items -= {item for item, is_there in there.items() if not is_there}
    return sorted(items)


def _where(house: House, day: date) -> str:
    """First the place: the lifts, and the spaces that somebody looks for."""
    form, person = WhereForm(request.args), signed_in()
    form.validate()
    text = (form.place.data or "").casefold()
    spaces = [
        space
        for space in house.spaces.values()
        if may_set_capacity_of(person, space.owner)
        and _items(Scope("space", space.code), house, day)
        and any(text in name.casefold() for name in (space.code, *space.names.values()))
    ]
    floors = [
        (
            floor.names.in_language(language()),
            [
                {"name": name_of(space.code, house), "code": space.code, "of": f"space:{space.code}"}
                for space in spaces
                if space.floor == code
            ],
        )
        for code, floor in house.floors.items()
    ]
    return render_template(
        "manage/plan_outage_where.html",
        form=form,
        searched=bool(text),
        lifts=[
            {"name": building.names.in_language(language()), "of": f"building:{code}"}
            for code, building in house.buildings.items()
            if may_set_capacity_of(person, None)
        ],
        floors=[(name, rows) for name, rows in floors if rows],
    )

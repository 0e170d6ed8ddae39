"""Somebody is ill: who takes over each talk and duty is looked at first, then settled all together or not at all."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import hours_words
from blueprints.booking.messages import refusal_sentence
from blueprints.manage import blueprint
from blueprints.manage.flow.page import Answer, done
from blueprints.manage.roster.forms import IllForm
from blueprints.web.dates import day_text
from blueprints.web.identity import by
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.roster.stand_in import Ill, StandIns, look_for_stand_ins, stand_in
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.judging.told import Listed
from models.rules.refusals import BadRequest, Refused
from models.rules.roster.standing_in import Errand, can_do
from models.rules.times.interval import civil_date

WHO = "who."


@blueprint.get("/roster/ill")
@needs("set_roster")
def stand_ins() -> Answer:
    """What others would do, and nothing is done yet."""
    form = IllForm(request.args, meta={"csrf": False})
    return _looked_at(form, status=200)


@blueprint.post("/roster/ill")
@needs("set_roster")
def somebody_ill() -> Answer:
    form = IllForm()
    if not form.validate():
        return _page(form, None), 400
    if not form.seen.data:
        ill = form.ill()
        return redirect(url_for("manage.stand_ins", person=ill.person, first=ill.first, last=ill.last), 303)
    chosen = {name.removeprefix(WHO): value or None for name, value in request.form.items() if name.startswith(WHO)}
    try:
        number = stand_in(form.ill(), chosen, form.seen.data, by())
    except BadRequest as wrong:
        form.blame(wrong)
        return _looked_at(form, chosen, status=400)
    except Refused as refused:
        house = the_house()
        said = [refusal_sentence(Listed(each), house) for each in refused.refusals]
        return _looked_at(form, chosen, said, status=refused.status)
    told = ngettext("%(num)d talk or duty is settled.", "%(num)d talks and duties are settled.", number)
    return done(url_for("manage.roster", week=form.first.data.isoformat()), told)


def _asked(ill: Ill) -> dict[str, str]:
    return {"person": ill.person, "first": ill.first.isoformat(), "last": ill.last.isoformat()}


def _looked_at(
    form: IllForm, chosen: dict[str, str | None] | None = None, refused: list[str] | None = None, *, status: int
) -> Answer:
    """As it is now, with what was chosen where that is still asked."""
    if not (form.person.data and form.first.data and form.last.data):
        form.validate()
        return _page(form, None), 400
    try:
        found = look_for_stand_ins(form.ill(), by())
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(form, None), 400
    return _page(form, found, chosen or {}, refused), status


def _page(
    form: IllForm,
    found: StandIns | None,
    chosen: dict[str, str | None] | None = None,
    refused: list[str] | None = None,
) -> str:
    house = the_house()
    return render_template(
        "manage/roster_ill.html",
        form=form,
        refused=refused or [],
        name=found.person.name if found else "",
        asked=_asked(form.ill()) if found else {},
        seen=found.mark if found else "",
        when=_when(form.ill()) if found else "",
        rows=[_row(each, found, chosen or {}, house) for each in found.errands] if found else [],
    )


def _when(ill: Ill) -> str:
    if ill.first == ill.last:
        return day_text(ill.first)
    return _("%(first)s to %(last)s", first=day_text(ill.first), last=day_text(ill.last))


def _row(errand: Errand, found: StandIns, chosen: dict[str, str | None], house: House) -> dict:
    proposed = found.proposed[errand.key]
    choice = chosen[errand.key] if errand.key in chosen else found.people[proposed].username if proposed else None
    able = [each for each in found.helpers.values() if can_do(errand, each)]
    return {
        "key": f"{WHO}{errand.key}",
        "day": day_text(civil_date(errand.start.start, house.zone)),
        "hours": ", ".join(hours_words(each, house) for each in errand.during),
        "place": errand.space,
        "service": house.services[errand.service].names.in_language(language()),
        "is_duty": errand.is_duty,
        "nobody": choice is None,
        "people": [
            {
                "username": found.people[each.id].username,
                "name": f"{found.people[each.id].name} ({', '.join(sorted(each.languages))})",
                "is_chosen": found.people[each.id].username == choice,
            }
            for each in sorted(able, key=lambda each: (each.service != errand.service, found.people[each.id].name))
        ],
    }

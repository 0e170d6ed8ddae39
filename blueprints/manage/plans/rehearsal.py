"""A rehearsal: what a change would have refused of the last ninety days, before anybody makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from flask import abort, render_template, request
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import Optional

from blueprints.booking.forms import choices
from blueprints.booking.moved import reason_sentence
from blueprints.manage import blueprint
from blueprints.manage.flow.forms import ReasonForm
from blueprints.manage.flow.progress import to_a_plan
from blueprints.manage.plans.index import plan_or_abort
from blueprints.manage.words.capacity import apart_words, booking_cells
from blueprints.manage.words.plans import change_rows, plan_title, reason_word
from blueprints.manage.words.rules import PARAMETERS_ASKED, parameter_of, rule_title
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from blueprints.web.value_field import ValueField
from models.queries.house import the_house
from models.queries.rehearsal import LOOKS_BACK, rehearsed
from models.rules.changes.change import Change, imagined
from models.rules.changes.reading import read_changes
from models.rules.changes.rules import SetRule
from models.rules.house.house import House
from models.rules.house.rule_parameters import RULES
from models.rules.people.discretion import Viewer, seen_by
from models.rules.people.reach import is_kept_apart, number_apart, spaces_to_change
from models.rules.people.rights import may_set_rule, zones_for_rule
from models.rules.plans.rehearsal import Rehearsal, WouldBeRefused, replayable
from models.rules.plans.view import reasons_seen
from models.rules.refusals import BadRequest
from models.rules.times.interval import civil_date
from models.rules.values import LINE, Scope

MOST_SHOWN = 100
REFUSES = "enforce"


class RuleTryForm(FlaskForm):
    """In the address: trying out changes nothing."""

    class Meta:
        csrf = False

    zone = SelectField(_l("Where"), [Optional()])
    parameter = ValueField(None, LINE)


class PlanForm(ReasonForm):
    seen = shown = None


@blueprint.get("/plans/<plan>/rehearsal")
@needs("make_plans")
def plan_rehearsal(plan: str) -> str:
    kept, house = plan_or_abort(plan), the_house()
    made_on = civil_date(kept.created_at, house.zone)
    changes: list[Change] = []
    try:
        for each in read_changes(kept.changes):
            changes.append(each.sound(imagined(changes, house), civil_date(now(), house.zone), made_on))
    except BadRequest:
        changes = []  # its days or its places are no more
    return render_template(
        "manage/plan_rehearsal.html",
        plan=kept,
        title=plan_title(kept, house),
        changes=change_rows(kept, house),
        **_words(changes, house),
    )


@blueprint.route("/rules/<code>/rehearsal", methods=["GET", "POST"])
@needs("make_plans")
def rule_rehearsal(code: str) -> Response | str | tuple[str, int]:
    """What the rule would have refused if it refused at all, with the parameter of the address, in the house or in its
    zone; POST makes a plan."""
    house = the_house()
    if code not in RULES or REFUSES not in RULES[code].modes:
        abort(404)
    form, plan_form, today = _rule_form(code, house), PlanForm(), civil_date(now(), house.zone)
    zone = (form.zone.data or None) if form.zone else None
    values = {"mode": REFUSES} | ({"parameter": form.parameter.data or None} if form.parameter else {})
    change, changes = SetRule(Scope("rule", code), values, zone=zone, first=today), []
    try:
        if form.validate():
            change.check(house)
            changes = [change]
        if request.method == "POST" and changes and plan_form.validate():
            return to_a_plan([replace(change, first=None)], plan_form.reason.data)
    except BadRequest as wrong:
        form.form_errors = [fault_sentence(wrong)]
    page = render_template(
        "manage/rule_rehearsal.html",
        form=form,
        plan_form=plan_form,
        code=code,
        title=rule_title(code),
        may_set=zone in zones_for_rule(signed_in(), code, house, today)
        if zone
        else may_set_rule(signed_in(), code, house.rule(code, today).owner_role),
        **_words(changes, house),
    )
    return page, 400 if form.errors or plan_form.errors else 200


def _rule_form(code: str, house: House) -> RuleTryForm:
    """As it is in the address, else as it holds today."""
    held = house.rule(code, civil_date(now(), house.zone), request.args.get("zone"))
    form = RuleTryForm(request.args, parameter=parameter_of(held))
    if RULES[code].by_zone:
        names = {zone: f"{each.names.in_language(language())} ({zone})" for zone, each in house.zones.items()}
        form.zone.choices = choices({"": _("The whole house")} | names)
    else:
        del form.zone
    if code in PARAMETERS_ASKED:
        label, form.parameter.description = PARAMETERS_ASKED[code]
        form.parameter.label.text = str(label)
    else:
        del form.parameter
    return form


def _words(changes: Sequence[Change], house: House) -> dict[str, object]:
    """What the rehearsal found, as this person may see it. Without changes that can be replayed: nothing was tried."""
    if not replayable(changes, civil_date(now(), house.zone)):
        return {"found": None}
    viewer = Viewer.of(signed_in(), house)
    found: Rehearsal = rehearsed(changes, house, now(), within=spaces_to_change(viewer.person, house))
    listed = replace(
        found,
        asked=tuple(each for each in found.asked if not is_kept_apart(viewer, each)),
        refused=tuple(each for each in found.refused if not is_kept_apart(viewer, each.booking)),
    )
    return {
        "found": {
            "number": len(listed.refused),
            "of": listed.looked_at,
            "first": format_date(found.first, "d MMMM y"),
            "days": LOOKS_BACK,
            "is_shorter": (civil_date(now(), house.zone) - found.first).days < LOOKS_BACK,
            "reasons": [(reason_word(code), number) for code, number in listed.by_code],
            "rows": _rows(listed.refused, viewer),
            "more": max(0, len(listed.refused) - MOST_SHOWN),
            "apart": apart_words(number_apart(found.asked, viewer), house),
        }
    }


def _rows(refused: Iterable[WouldBeRefused], viewer: Viewer) -> list[dict]:
    """The latest first: those are remembered best."""
    shown = islice(sorted(refused, key=lambda each: each.booking.during.start, reverse=True), MOST_SHOWN)
    return [
        booking_cells(each.booking, viewer)
        | {
            "why": [
                reason_sentence(one, viewer.house)
                for one in reasons_seen(seen_by(viewer, each.booking), each.reasons, viewer)
            ]
        }
        for each in shown
    ]

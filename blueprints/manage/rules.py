"""The rules of occupation: all of them in plain words, and one with its history and what may be set of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import role_word
from blueprints.manage import blueprint
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.rule_forms import RuleForm, rule_form
from blueprints.manage.rule_words import (
    MODE_LOOKS,
    MODE_WORDS,
    RULES,
    SCOPES,
    is_everywhere,
    parameter_words,
    places_words,
    rule_change_words,
    rule_title,
    rule_words,
    why_fixed,
)
from blueprints.manage.words import since_words
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes
from models.actions.import_writer import REASON as IMPORTED
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.queries.rules import rule_history, warnings_by_rule
from models.rules.changes.rules import SetRule, next_change
from models.rules.house import House, Rule
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, NotAllowed, Refused
from models.rules.rights import CRISIS_RULE, holds, may_set_rule
from models.rules.rule_parameters import is_fixed, modes_of
from models.rules.values import Scope

COUNTED_OVER = timedelta(days=30)


@blueprint.get("/rules")
@needs("see_rules")
def rules() -> str:
    house, moment = the_house(), now()
    today, warned = civil_date(moment, house.zone), warnings_by_rule(moment - COUNTED_OVER, moment)
    return render_template("manage/rules.html", rows=[_row(code, house, today, warned) for code in RULES])


@blueprint.route("/rules/<code>", methods=["GET", "POST"])
@needs("see_rules")
def rule(code: str) -> AnyResponse | str | tuple[str, int]:
    """Everybody may read it; whoever's rule it is may set it."""
    house = the_house()
    if code not in RULES:
        abort(404)
    form = _form(code, house)
    if request.method == "GET":
        return _page(code, form)
    if form is None:
        abort(403)
    if not form.validate():
        return _page(code, form), 400
    return _saved_or_shown(code, form, house)


def _form(code: str, house: House) -> RuleForm | None:
    """None for whoever may not set it, and for a rule that nobody sets."""
    today = civil_date(now(), house.zone)
    held = house.rule(code, today)
    if is_fixed(code, held.owner_role) or not may_set_rule(current_person(), code, held.owner_role):
        return None
    return rule_form(held, house, today, last_change("rule", code))


def _saved_or_shown(code: str, form: RuleForm, house: House) -> AnyResponse | tuple[str, int]:
    try:
        return _saved(code, form, house)
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(code, form), 400
    except NotAllowed:
        abort(403)
    except Refused:
        changes = changes_after("rule", code, form.last_seen)
        form.seen.data = str(last_change("rule", code))
        return _page(code, form, meanwhile=[rule_change_words(each, code, house) for each in changes]), 409


def _saved(code: str, form: RuleForm, house: House) -> Response:
    changed = form.changed(house, code, civil_date(now(), house.zone))
    if not changed:
        raise BadRequest("mode", "nothing_changed")
    change = SetRule(Scope("rule", code), changed, first=form.valid_from.data, last=form.valid_to.data)
    if request.form.get("step") == "plan" and holds(current_person(), "make_plans"):
        return to_a_plan([change], form.reason.data)
    apply_changes([change], by(), reason=form.reason.data, legal_basis=form.legal_basis.data, seen=form.last_seen)
    flash(_("Saved."), "success")
    return redirect(url_for("manage.rule", code=code), 303)


def _row(code: str, house: House, today: date, warned: Mapping[str, int]) -> dict:
    held, later = house.rule(code, today), next_change(house, code, today)
    return _facts(held, house) | {"url": url_for("manage.rule", code=code), "warned": warned.get(code, 0),
                                  "later": _later_words(later, held, house)}


def _facts(held: Rule, house: House) -> dict:
    title, sentence, scope = RULES[held.code]
    fixed = is_fixed(held.code, held.owner_role)
    return {"code": held.code, "title": title, "sentence": sentence, "scope": SCOPES[scope],
            "mode": MODE_WORDS[held.in_force], "look": MODE_LOOKS[held.in_force], "parameter": parameter_words(held),
            "places": places_words(held.applies_to, house), "is_everywhere": is_everywhere(held.applies_to, house),
            "fixed": why_fixed(held.code) if fixed else "",
            "owner": _("Nobody: it is built in") if fixed else role_word(held.owner_role),
            "override": held.override_allowed, "is_crisis": held.code == CRISIS_RULE}


def _later_words(later: Rule | None, held: Rule, house: House) -> str:
    """What is planned, the mode first: it is what people will meet."""
    if later is None:
        return ""
    day = format_date(later.valid_from, "d MMMM y")
    if later.in_force != held.in_force:
        return {"enforce": _("refuses from %(day)s on", day=day), "warn": _("only warns from %(day)s on", day=day),
                "off": _("off from %(day)s on", day=day)}[later.in_force]
    said = [parameter_words(later)] if later.parameter != held.parameter else []
    if later.applies_to != held.applies_to:
        said.append(places_words(later.applies_to, house))
    return _("from %(day)s on: %(what)s", day=day, what="; ".join(said))


def _page(code: str, form: RuleForm | None, *, meanwhile: list[str] | None = None) -> str:
    house = the_house()
    today = civil_date(now(), house.zone)
    held, later = house.rule(code, today), next_change(house, code, today)
    return render_template(
        "manage/rule.html", rule=_facts(held, house), later=_later_words(later, held, house), form=form, code=code,
        title=rule_title(code), meanwhile=meanwhile or [], history=_history(code, house, today),
        may_plan=form is not None and holds(current_person(), "make_plans"), rehearsal_url=_rehearsal_url(code))


def _history(code: str, house: House, today: date) -> list[dict]:
    """Newest first. A rule that nobody ever set and no file named has none."""
    modes = dict(house.rules.get(code, ()))
    current = max((since for since in modes if since <= today), default=None)
    return [{"since": since_words(row.valid_from), "is_planned": row.valid_from > today,
             "is_current": row.valid_from == current, "what": rule_words(modes[row.valid_from], house),
             "why": _("Imported") if row.set_by_id is None or row.reason == IMPORTED else row.reason,
             "ground": row.legal_basis, "who": by or "",
             "when": format_datetime(row.set_at, "d MMMM y HH:mm") if row.set_at else ""}
            for row, by in rule_history(code) if row.valid_from in modes]


def _rehearsal_url(code: str) -> str:
    """Where one sees what it would have refused lately; nothing for a rule that never refuses by a setting."""
    may = holds(current_person(), "make_plans") and "enforce" in modes_of(code)
    return url_for("manage.rule_rehearsal", code=code) if may else ""

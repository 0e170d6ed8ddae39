"""The crisis switch: for a while only a share of the places may be used, one percentage for each kind of space."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional

from blueprints.booking.forms import plain_text, readable_date, trimmed
from blueprints.booking.messages import kind_word
from blueprints.manage import blueprint
from blueprints.manage.forms import LONGEST_BASIS, ChangeForm, PeopleField
from blueprints.manage.place_words import say_fault
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.rule_words import percent_words, places_words, rule_change_words
from blueprints.manage.words import above_rows
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes
from models.queries.above import bookings_above_cap
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.rules.above import AboveLimit
from models.rules.changes.rules import SetRule, timeline_of
from models.rules.discretion import Viewer
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.policy import KINDS
from models.rules.refusals import BadRequest, Refused
from models.rules.rights import CRISIS_RULE
from models.rules.rule_parameters import written
from models.rules.values import Scope

CRISIS = Scope("rule", CRISIS_RULE)
USUAL_PERCENT, ALL = 50, 100
MOST_SHOWN = 20
FIELD_OF = {"from": "valid_from", "to": "valid_to", "parameter": f"percent_{KINDS[0]}"}


class PercentField(PeopleField):
    """A whole percentage."""

    def process_formdata(self, valuelist) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data > ALL:
            raise ValueError(_l("Give a whole number from %(least)s to %(most)s.", least=0, most=ALL))


class CrisisForm(ChangeForm):
    """Filled in beforehand, so that switching on is one press."""

    valid_to = DateField(_l("Until and including"), [Optional(), readable_date])
    legal_basis = StringField(_l("On what ground"), [Length(max=LONGEST_BASIS), plain_text], filters=[trimmed])

    def percents(self) -> dict[str, int]:
        return {kind: self[f"percent_{kind}"].data for kind in KINDS}


@blueprint.route("/crisis", methods=["GET", "POST"])
@needs("switch_crisis")
def crisis() -> AnyResponse | str | tuple[str, int]:
    house = the_house()
    form = _form(house, civil_date(now(), house.zone))
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 400
    change = SetRule(CRISIS, {"parameter": written(form.percents()), "mode": "enforce"}, first=form.valid_from.data,
                     last=form.valid_to.data)
    return _planned_or_switched(form, change, form.legal_basis.data)


@blueprint.post("/crisis/off")
@needs("switch_crisis")
def end_crisis() -> AnyResponse | tuple[str, int]:
    """Everything may be used again, from today on and later too."""
    form = _form(the_house(), civil_date(now(), the_house().zone))
    form.reason.data = form.reason.data or _("The crisis is over")
    return _planned_or_switched(form, SetRule(CRISIS, {"parameter": str(ALL)}), None)


def _planned_or_switched(form: CrisisForm, change: SetRule, ground: str | None) -> AnyResponse | tuple[str, int]:
    """Of a plan nothing holds yet: first everybody above it gets another place."""
    seen = form.last_seen if (form.seen.data or "").isdecimal() else None
    try:
        if request.form.get("step") == "plan":
            return to_a_plan([change], form.reason.data)
        return _done(apply_changes([change], by(), reason=form.reason.data, legal_basis=ground, seen=seen).above)
    except BadRequest as wrong:
        say_fault(form, wrong, FIELD_OF)
        return _page(form), 400
    except Refused:
        changes = changes_after(*CRISIS, form.last_seen)
        form.seen.data = str(last_change(*CRISIS))
        return _page(form, meanwhile=[rule_change_words(each, CRISIS_RULE, the_house()) for each in changes]), 409


def _done(above: tuple[AboveLimit, ...]) -> Response:
    flash(_("Saved."), "success")
    if above:
        flash(ngettext("%(num)d booking stands above the share that may be used. It stays until somebody moves it.",
                       "%(num)d bookings stand above the share that may be used. They stay until somebody moves them.",
                       len(above)), "warning")
    return redirect(url_for("manage.crisis"), 303)


def _form(house: House, today: date) -> CrisisForm:
    """What holds today, or else half of everything."""
    held = _percents(house, today)
    is_on = any(number < ALL for number in held.values())
    fields = {f"percent_{kind}": PercentField(kind_word(kind), [InputRequired(_("Give a number."))]) for kind in KINDS}
    present = {f"percent_{kind}": held[kind] if is_on else USUAL_PERCENT for kind in KINDS}
    ends = [period["last"] for period in _periods(house, today) if period["is_now"]]
    return type("CrisisFormOfHouse", (CrisisForm,), fields)(data=present | {
        "valid_from": today, "valid_to": ends[0] if ends else None, "reason": _("Crisis measure"),
        "seen": str(last_change(*CRISIS))})


def _percents(house: House, day: date) -> dict[str, int]:
    rule = house.rule(CRISIS_RULE, day)
    return {kind: rule.percent_for(kind) for kind in KINDS}


def _page(form: CrisisForm, *, meanwhile: list[str] | None = None) -> str:
    house, moment = the_house(), now()
    today = civil_date(moment, house.zone)
    periods = _periods(house, today)
    is_on = bool(periods) and periods[0]["is_now"]
    imagined = house if is_on else SetRule(CRISIS, {"parameter": str(USUAL_PERCENT), "mode": "enforce"},
                                           first=today).imagined(house)
    above = bookings_above_cap(imagined, moment)
    return render_template(
        "manage/crisis.html", form=form, percents=[form[f"percent_{kind}"] for kind in KINDS], is_on=is_on,
        periods=periods, places=places_words(house.rule(CRISIS_RULE, today).applies_to, house), all_above=len(above),
        above=above_rows(above[:MOST_SHOWN], Viewer.of(current_person(), house)) if is_on else [],
        usual=USUAL_PERCENT, meanwhile=meanwhile or [])


def _periods(house: House, today: date) -> list[dict]:
    """Each stretch from today on in which less than all may be used."""
    timeline = timeline_of(house, CRISIS_RULE)
    found = []
    for at, (since, _rule) in enumerate(timeline):
        following = timeline[at + 1][0] if at + 1 < len(timeline) else None
        held = _percents(house, since)
        if all(number == ALL for number in held.values()) or (following is not None and following <= today):
            continue
        last = following - timedelta(days=1) if following else None
        found.append({"what": percent_words(held), "is_now": since <= today, "last": last,
                      "since": format_date(since, "d MMMM y"), "until": format_date(last, "d MMMM y") if last else ""})
    return found

"""The published table of precedence: who comes before whom, who may claim in whose name, and how long before."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from blueprints.booking.forms import choices, plain_text, trimmed
from blueprints.booking.messages import role_word
from blueprints.manage import blueprint
from blueprints.manage.forms import LONGEST_REASON, PeopleField
from blueprints.manage.place_words import say_fault
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.set_precedence import (
    LONGEST_NAME,
    PrecedenceWish,
    add_precedence,
    change_precedence,
    remove_precedence,
)
from models.queries.house import the_house
from models.queries.precedence import precedence_row
from models.rules.names import LANGUAGES
from models.rules.person import OUTSIDE_ROLES, ROLES
from models.rules.refusals import BadRequest, NotFound, Refused
from models.rules.rights import holds
from models.tables.rules import PrecedenceRow

Answer = AnyResponse | str | tuple[str, int]


def _name(label: str, *more) -> StringField:
    return StringField(label, [*more, Length(max=LONGEST_NAME), plain_text], filters=[trimmed])


class PrecedenceForm(FlaskForm):
    """`seen`: the version that was looked at, of a line that is changed."""

    code = StringField(_l("Code"), [Length(max=64), plain_text], filters=[trimmed])
    name_nl = _name(_l("Name in Dutch"), DataRequired(_l("Say it in Dutch at least.")))
    name_fr, name_en, name_de = (_name(label, Optional()) for label in (
        _l("Name in French"), _l("Name in English"), _l("Name in German")))
    rank = PeopleField(_l("Rank"), [InputRequired(_l("Give a number."))])
    role = SelectField(_l("Who may claim in its name"))
    notice_days = PeopleField(_l("How many days before at the latest"), [InputRequired(_l("Give a number."))])
    reason = TextAreaField(_l("Why"), [DataRequired(_l("Say why: colleagues will read it later.")),
                                       Length(max=LONGEST_REASON), plain_text], filters=[trimmed])
    seen = HiddenField(validators=[Optional(), Regexp(r"^[0-9]{1,15}\Z")], filters=[trimmed])

    def wish(self) -> PrecedenceWish:
        return PrecedenceWish({each: self[f"name_{each}"].data for each in LANGUAGES}, self.rank.data, self.role.data,
                              self.notice_days.data)

    @property
    def last_seen(self) -> int | None:
        return int(self.seen.data) if self.seen.data else None


@blueprint.get("/precedence")
@needs("see_precedence")
def precedence() -> str:
    person, here = current_person(), language()
    rows = [{"rank": each.rank, "name": each.names.in_language(here), "role": role_word(each.role),
             "notice_days": each.notice_days, "url": url_for("manage.one_precedence", code=each.code)}
            for each in the_house().precedence]
    return render_template("manage/precedence.html", rows=rows, may_set=holds(person, "set_precedence"))


@blueprint.route("/new-precedence", methods=["GET", "POST"])
@needs("set_precedence")
def new_precedence() -> Answer:
    ranks = [each.rank for each in the_house().precedence]
    form = _form({"rank": max(ranks, default=0) + 1, "role": "protocol_officer", "notice_days": 14})
    if not form.is_submitted():
        return _page(form)
    if form.validate():
        try:
            add_precedence(form.code.data or "", form.wish(), current_person(), now(), reason=form.reason.data)
            return _saved(_("Saved."))
        except BadRequest as wrong:
            say_fault(form, wrong)
    return _page(form), 400


@blueprint.route("/precedence/<code>", methods=["GET", "POST"])
@needs("set_precedence")
def one_precedence(code: str) -> Answer:
    row = precedence_row(code)
    if row is None:
        abort(404)
    form = _form({name: getattr(row, name) for name in ("name_nl", "name_fr", "name_en", "name_de", "rank", "role",
                                                        "notice_days")} | {"seen": str(row.version)})
    del form.code
    if not form.is_submitted():
        return _page(form, row)
    if not form.validate():
        return _page(form, row), 400
    try:
        if request.form.get("step") == "remove":
            remove_precedence(code, current_person(), now(), reason=form.reason.data, seen=form.last_seen)
            return _saved(_("Taken out of the table."))
        change_precedence(code, form.wish(), current_person(), now(), reason=form.reason.data, seen=form.last_seen)
        return _saved(_("Saved."))
    except BadRequest as wrong:
        say_fault(form, wrong)
        return _page(form, row), 400
    except NotFound:
        abort(404)
    except Refused:
        return _meanwhile(code, form)


def _meanwhile(code: str, form: PrecedenceForm) -> tuple[str, int]:
    """What was typed stays; it now starts from the version that holds."""
    row = precedence_row(code)
    if row is None:
        abort(404)
    form.seen.data, form.seen.raw_data = str(row.version), None
    return _page(form, row, meanwhile=True), 409


def _form(values: dict) -> PrecedenceForm:
    form = PrecedenceForm(data=values)
    form.role.choices = choices({role: role_word(role) for role in ROLES if role not in OUTSIDE_ROLES})
    return form


def _saved(said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("manage.precedence"), 303)


def _page(form: PrecedenceForm, row: PrecedenceRow | None = None, *, meanwhile: bool = False) -> str:
    return render_template("manage/precedence_line.html", form=form, code=row.code if row else "", meanwhile=meanwhile,
                           name=_shown(row) if row else "")


def _shown(row: PrecedenceRow) -> str:
    return getattr(row, f"name_{language()}", None) or row.name_nl

"""The published table of precedence: who comes before whom, who may claim in whose name, and how long before."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField

from blueprints.booking.forms import choices
from blueprints.booking.messages import role_word
from blueprints.manage import blueprint
from blueprints.manage.flow.forms import ReasonForm
from blueprints.manage.flow.page import Page, VersionedPage, done, shown_at
from blueprints.web.dates import moment_text
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from blueprints.web.value_field import ValueField
from models.actions.places.set_precedence import (
    NOTICE_DAYS,
    RANK,
    PrecedenceWish,
    add_precedence,
    change_precedence,
    remove_precedence,
)
from models.queries.house import the_house
from models.queries.people import person_by_id
from models.queries.policies import precedence_row
from models.rules.house.names import LANGUAGES
from models.rules.people.person import OUTSIDE_ROLES, ROLES
from models.rules.people.rights import holds
from models.rules.values import CODE, LINE
from models.tables.rules import PrecedenceRow

NAMES = tuple(f"name_{each}" for each in LANGUAGES)


class PrecedenceForm(ReasonForm):
    code: ValueField | None = None
    name_nl = ValueField(_l("Name in Dutch"), LINE, _l("Say it in Dutch at least."))
    name_fr, name_en, name_de = (
        ValueField(label, LINE) for label in (_l("Name in French"), _l("Name in English"), _l("Name in German"))
    )
    rank = ValueField(_l("Rank"), RANK, _l("Give a number."))
    role = SelectField(
        _l("Who may claim in its name"),
        choices=lambda: choices({role: role_word(role) for role in ROLES if role not in OUTSIDE_ROLES}),
    )
    notice_days = ValueField(_l("How many days before at the latest"), NOTICE_DAYS, _l("Give a number."))

    def wish(self) -> PrecedenceWish:
        return PrecedenceWish(
            {each: self[f"name_{each}"].data for each in LANGUAGES},
            self.rank.data,
            self.role.data,
            self.notice_days.data,
        )


class NewPrecedenceForm(PrecedenceForm):
    seen = shown = None
    code = ValueField(_l("Code"), CODE)


@blueprint.get("/precedence")
@needs("see_precedence")
def precedence() -> str:
    person, here = signed_in(), language()
    rows = [
        {
            "rank": each.rank,
            "name": each.names.in_language(here),
            "role": role_word(each.role),
            "notice_days": each.notice_days,
            "url": url_for("manage.one_precedence", code=each.code),
        }
        for each in the_house().precedence
    ]
    return render_template("manage/precedence.html", rows=rows, may_set=holds(person, "set_precedence"))


@shown_at("new_precedence", "set_precedence", "/new-precedence")
class NewPrecedencePage(Page):
    template = "manage/precedence_line.html"

    def first_form(self) -> NewPrecedenceForm:
        ranks = [each.rank for each in self.house.precedence]
        return NewPrecedenceForm(
            data={"rank": max(ranks, default=0) + 1, "role": "protocol_officer", "notice_days": 14}
        )

    def save(self) -> Response:
        form = self.form
        add_precedence(form.code.data or "", form.wish(), *self.by, reason=form.reason.data)
        return done(url_for("manage.precedence"), _("Saved."))

    def facts(self) -> Mapping[str, object]:
        return {"code": "", "name": ""}


@shown_at("one_precedence", "set_precedence", "/precedence/<code>")
class PrecedencePage(VersionedPage):
    template = "manage/precedence_line.html"
    row: PrecedenceRow

    def look(self) -> None:
        super().look()
        self.row = precedence_row(self.code) or abort(404)

    def present(self) -> Mapping[str, object]:
        return {name: getattr(self.row, name) for name in (*NAMES, "rank", "role", "notice_days")}

    def first_form(self) -> PrecedenceForm:
        return PrecedenceForm(data=self.present())

    def news(self) -> list[str]:
        was, row = self.form.was, self.row
        who = person_by_id(row.set_by_id) if row.set_by_id else None
        fields = [self.form[name] for name, value in self.present().items() if (value or None) != was.get(name)]
        words = {"role": role_word(row.role)}
        return [
            _(
                "%(who)s, %(when)s: %(what)s. Reason: %(reason)s",
                who=who.name if who else _("Somebody"),
                when=moment_text(row.set_at),
                what="; ".join(
                    f"{field.label.text}: {words.get(field.short_name) or getattr(row, field.short_name) or _('empty')}"
                    for field in fields
                )
                or row.name_nl,
                reason=row.reason,
            )
        ]

    def save(self) -> Response:
        form = self.form
        if self.step == "remove":
            remove_precedence(self.code, *self.by, reason=form.reason.data, seen=form.last_seen)
            return done(url_for("manage.precedence"), _("Taken out of the table."))
        change_precedence(self.code, form.wish(), *self.by, reason=form.reason.data, seen=form.last_seen)
        return done(url_for("manage.precedence"), _("Saved."))

    def facts(self) -> Mapping[str, object]:
        return {"code": self.code, "name": getattr(self.row, f"name_{language()}", None) or self.row.name_nl}

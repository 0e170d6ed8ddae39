"""What a manager fills in of a quota: for whom, how much of what in what time, from when until when, and why."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from blueprints.booking.forms import choices, plain_text, readable_date, trimmed
from blueprints.booking.messages import kind_word, role_word
from blueprints.manage.forms import LONGEST_REASON, PeopleField
from blueprints.manage.quota_words import MEASURE_WORDS, PERIOD_WORDS, SCOPE_WORDS
from blueprints.web.language import language
from models.rules.house import House
from models.rules.person import ROLES
from models.rules.policy import KINDS
from models.rules.quota_change import QuotaWish
from models.tables.rules import QuotaRow

FIELD_OF = {"from": "valid_from", "to": "valid_to", "scope": "whose", "code": "whose", "role": "whose",
            "service": "whose", "organisation": "whose"}


def _reason() -> TextAreaField:
    return TextAreaField(_("Why"), [DataRequired(_("Say why: colleagues will read it later.")),
                                    Length(max=LONGEST_REASON), plain_text], filters=[trimmed])


class NewQuotaForm(FlaskForm):
    whose = SelectField(_("For whom"))
    amount = PeopleField(_("At most"), [InputRequired(_("Give a number."))])
    measure = SelectField(_("Of what"), choices=choices(MEASURE_WORDS))
    kind = SelectField(_("In which spaces"))
    period = SelectField(_("In what time"), choices=choices(PERIOD_WORDS))
    valid_from = DateField(_("From"), [Optional(), readable_date])
    valid_to = DateField(_("Until and including"), [Optional(), readable_date])
    reason = _reason()

    def wish(self) -> QuotaWish:
        scope, _colon, code = self.whose.data.partition(":")
        return QuotaWish(scope, code or None, self.kind.data or None, self.measure.data, self.period.data,
                         self.amount.data, self.valid_from.data, self.valid_to.data)


class QuotaForm(FlaskForm):
    """Another amount from a date on, or the last day. `seen`: the version that was looked at."""

    amount = PeopleField(_("At most"), [InputRequired(_("Give a number."))])
    valid_from = DateField(_("From"), [Optional(), readable_date])
    reason = _reason()
    seen = HiddenField(validators=[Regexp(r"^[0-9]{1,15}\Z")])


class EndForm(FlaskForm):
    valid_to = DateField(_("Last day"), [Optional(), readable_date])
    reason = _reason()
    seen = HiddenField(validators=[Regexp(r"^[0-9]{1,15}\Z")])


def new_quota_form(house: House, today: date) -> NewQuotaForm:
    here = language()
    form = NewQuotaForm(data={"valid_from": today})
    form.whose.choices = {
        SCOPE_WORDS["organisation"]: [(f"organisation:{code}", each.names.in_language(here))
                                      for code, each in house.organisations.items()],
        SCOPE_WORDS["service"]: [(f"service:{code}", each.names.in_language(here))
                                 for code, each in house.services.items()],
        SCOPE_WORDS["person"]: [("person", gettext("Everybody")),
                                *((f"role:{role}", role_word(role)) for role in ROLES)]}
    form.kind.choices = choices({"": _("All kinds of space"), **{kind: kind_word(kind) for kind in KINDS}})
    return form


def quota_form(row: QuotaRow, today: date) -> QuotaForm:
    return QuotaForm(data={"amount": row.amount, "valid_from": max(today, row.valid_from), "seen": str(row.version)})


def end_form(row: QuotaRow, today: date) -> EndForm:
    return EndForm(data={"valid_to": today, "seen": str(row.version)}, prefix="end")

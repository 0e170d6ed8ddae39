"""What a manager fills in of a quota: for whom, how much of what in what time, from when until when, and why."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from blueprints.booking.forms import choices
from blueprints.booking.messages import kind_word, role_word
from blueprints.manage.flow.forms import ChangeForm, ReasonForm
from blueprints.manage.words.quotas import MEASURE_WORDS, PERIOD_WORDS, SCOPE_WORDS
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.changes.quotas import QuotaWish
from models.rules.house.house import House
from models.rules.house.policy import KINDS
from models.rules.people.person import ROLES
from models.rules.values import DAY, PEOPLE


class NewQuotaForm(ChangeForm):
    seen = shown = None
    whose = SelectField(_("For whom"))
    amount = ValueField(_("At most"), PEOPLE, _("Give a number."))
    measure = SelectField(_("Of what"), choices=choices(MEASURE_WORDS))
    kind = SelectField(_("In which spaces"))
    period = SelectField(_("In what time"), choices=choices(PERIOD_WORDS))
    valid_to = ValueField(_("Until and including"), DAY)

    def wish(self) -> QuotaWish:
        scope, _colon, code = self.whose.data.partition(":")
        return QuotaWish(
            scope,
            code or None,
            self.kind.data or None,
            self.measure.data,
            self.period.data,
            self.amount.data,
            self.valid_from.data,
            self.valid_to.data,
        )


class QuotaForm(ChangeForm):
    """Another amount from a date on."""

    amount = ValueField(_("At most"), PEOPLE, _("Give a number."))


class EndForm(ReasonForm):
    valid_to = ValueField(_("Last day"), DAY)


def new_quota_form(house: House, today: date) -> NewQuotaForm:
    here = language()
    form = NewQuotaForm(data={"valid_from": today})
    form.whose.choices = {
        SCOPE_WORDS["organisation"]: [
            (f"organisation:{code}", each.names.in_language(here)) for code, each in house.organisations.items()
        ],
        SCOPE_WORDS["service"]: [
            (f"service:{code}", each.names.in_language(here)) for code, each in house.services.items()
        ],
        SCOPE_WORDS["person"]: [
            ("person", gettext("Everybody")),
            *((f"role:{role}", role_word(role)) for role in ROLES),
        ],
    }
    form.kind.choices = choices({"": _("All kinds of space"), **{kind: kind_word(kind) for kind in KINDS}})
    return form

"""What a coordinator fills in: who has a half-day, and who is away."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from blueprints.web.faults import fault_sentence
from blueprints.web.value_field import ValueField
from models.actions.roster.stand_in import Ill
from models.rules.refusals import BadRequest
from models.rules.roster.duties import HALF_DAYS
from models.rules.roster.placing import REPEATS, DutyWish
from models.rules.values import CODE, DAY, FLAG, OneOf, Text

NEEDED = _("This is needed.")


class RosterForm(FlaskForm):
    def blame(self, fault: BadRequest) -> None:
        """Say at its field what the rules have against it."""
        self[fault.field].errors = [*self[fault.field].errors, fault_sentence(fault)]


class DutyForm(RosterForm):
    """Each person is a button of its own: one press places them. `none`: there is no duty then."""

    day = ValueField(_("Date"), DAY, NEEDED)
    half_day = ValueField(_("Morning or afternoon"), OneOf(HALF_DAYS), NEEDED)
    counter = ValueField(_("Counter"), CODE, NEEDED)
    service = ValueField(_("Service"), CODE, id="duty-service")
    person = ValueField(_("Who"), CODE, id="duty-person")
    none = ValueField(_("No duty"), FLAG)
    repeat = ValueField(_("How often"), OneOf(REPEATS), NEEDED, id="duty-repeat")
    seen = ValueField(None, Text())

    def wish(self) -> DutyWish:
        service = None if self.none.data else self.service.data
        if service is None and not self.none.data:
            raise BadRequest("service", "required")
        return DutyWish(
            self.day.data,
            self.half_day.data,
            self.counter.data,
            service,
            self.person.data if service else None,
            self.repeat.data,
            self.seen.data,
        )


class AwayForm(RosterForm):
    person = ValueField(_("Who"), CODE, NEEDED)
    first = ValueField(_("From"), DAY, NEEDED)
    last = ValueField(_("Until and including"), DAY, NEEDED)


class IllForm(AwayForm):
    """`seen`: what the page showed, once it did; with it, for each talk and duty who is chosen for it."""

    seen = ValueField(None, Text())

    def ill(self) -> Ill:
        return Ill(self.person.data, self.first.data, self.last.data)


class BackForm(RosterForm):
    person = ValueField(_("Who"), CODE, NEEDED)
    first = ValueField(_("From"), DAY, NEEDED)


class WeekForm(RosterForm):
    week = ValueField(_("Week"), DAY, NEEDED)

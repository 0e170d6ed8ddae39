"""What is said of a new API token."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField

from blueprints.booking.forms import choices
from blueprints.web.value_field import ValueField
from models.rules.people.person import Person
from models.rules.people.tokens import last_day, scopes_within
from models.rules.values import DAY, NAME

SCOPE_WORDS = {
    "read": _("Read, and check whether something can be booked"),
    "write": _("Book, change and cancel as well"),
    "manage": _("Change the house as well: limits, hours, closures, plans"),
}


class TokenForm(FlaskForm):
    name = ValueField(
        _("What is it for?"),
        NAME,
        _("Give it a name."),
        description=_("The program and where it runs, so that you know later which one to end."),
        render_kw={"autocomplete": "off"},
    )
    scope = RadioField(_("What may it do?"), default="read")
    until = ValueField(_("Last day on which it works"), DAY, _("Choose a day."))

    def offer(self, person: Person, today: date) -> TokenForm:
        """What this person's roles reach, the narrowest first, and the usual end."""
        self.scope.choices = choices({each: str(SCOPE_WORDS[each]) for each in scopes_within(person.roles)})
        if not self.until.raw_data:
            self.until.data = last_day(None, today)
        return self

"""What a manager fills in to close the house, or some of its organisations, on a day or a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired

from blueprints.booking.forms import choices
from blueprints.manage.flow.forms import UnseenForm
from blueprints.web.value_field import ValueField
from models.queries.hours import KeptClosure
from models.rules.changes.closing import OPEN_IN_PART, Close
from models.rules.house.house import House
from models.rules.values import CLOCK, CLOSING_ON_A_PAGE, DAY, LINE, Scope

KIND_WORDS = {
    "local_closure": _("Closing day of our own"),
    "public_holiday": _("Public holiday"),
    "bridging_day": _("Bridging day"),
    "half_day": _("Open for part of the day"),
}
OTHER_NAMES = {"fr": _("Name in French"), "en": _("Name in English"), "de": _("Name in German")}


class OrganisationsForm(UnseenForm):
    """Who is closed; nobody named means everyone. Whoever may close only their own is not asked."""

    organisations = SelectMultipleField(_("Who is closed"))
    own: frozenset[str] | None = None

    def offering(self, whom: Mapping[str, str], own: frozenset[str] | None) -> Self:
        """`whom`: those that may be ticked, by code; `own`: the only ones this person may close, if so."""
        self.own = own
        self.organisations.choices = choices(whom)
        if own is not None:
            del self.organisations
        return self

    def closed(self) -> frozenset[str]:
        return frozenset(self.organisations.data or ()) if self.own is None else self.own


class ClosureForm(OrganisationsForm):
    first = ValueField(_("Date"), DAY, _("Choose a date."))
    last = ValueField(_("Last date"), DAY)
    name = ValueField(_("What people read"), LINE, _("Give it a name, such as the holiday's."))
    name_fr, name_en, name_de = (ValueField(label, LINE) for label in OTHER_NAMES.values())
    kind = SelectField(_("What sort of day"), choices=choices(KIND_WORDS))
    opens = ValueField(_("Open from"), CLOCK)
    closes = ValueField(_("Open until"), CLOSING_ON_A_PAGE)

    def change(self, house: House) -> Close:
        """Hours count only for a day that is open in part: others may have been left standing there."""
        in_part = self.kind.data == OPEN_IN_PART
        return Close(
            Scope("municipality", house.code),
            {"nl": self.name.data, "fr": self.name_fr.data, "en": self.name_en.data, "de": self.name_de.data},
            self.kind.data,
            self.opens.data if in_part else None,
            self.closes.data if in_part else None,
            self.closed(),
            first=self.first.data,
            last=self.last.data if "last" in self else None,
        )


class HolidaysForm(OrganisationsForm):
    seen = shown = None
    days = SelectMultipleField(_("Holidays"), [DataRequired(_("Tick at least one holiday."))])

    def offering_days(self, days: Iterable[str]) -> Self:
        self.days.choices = choices({day: day for day in days})
        return self


def closure_values(kept: KeptClosure) -> Mapping[str, object]:
    closure = kept.day
    return {
        "first": closure.day,
        "name": closure.name,
        "kind": closure.kind,
        "opens": closure.opens,
        "closes": closure.closes,
        "organisations": sorted(closure.organisations),
        **{f"name_{language}": kept.names.get(language) for language in OTHER_NAMES},
    }

"""What a manager fills in to close the house, or some of its organisations, on a day or a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from blueprints.booking.forms import choices, plain_text, readable_date, trimmed
from blueprints.manage.forms import UnseenForm, time_of
from models.queries.hours import KeptClosure
from models.rules.changes.closing import OPEN_IN_PART, Close
from models.rules.house import House
from models.rules.interval import minutes_of_day
from models.rules.values import LONGEST_LINE, Scope

KIND_WORDS = {"local_closure": _("Closing day of our own"), "public_holiday": _("Public holiday"),
              "bridging_day": _("Bridging day"), "half_day": _("Open for part of the day")}
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
    first = DateField(_("Date"), [InputRequired(_("Choose a date.")), readable_date])
    last = DateField(_("Last date"), [Optional(), readable_date])
    name = StringField(_("What people read"), [InputRequired(_("Give it a name, such as the holiday's.")),
                                               Length(max=LONGEST_LINE), plain_text], filters=[trimmed])
    name_fr, name_en, name_de = (StringField(label, [Length(max=LONGEST_LINE), plain_text], filters=[trimmed])
                                 for label in OTHER_NAMES.values())
    kind = SelectField(_("What sort of day"), choices=choices(KIND_WORDS))
    opens = TimeField(_("Open from"), [Optional()])
    closes = TimeField(_("Open until"), [Optional()])

    def change(self, house: House) -> Close:
        """Hours count only for a day that is open in part: others may have been left standing there."""
        in_part = self.kind.data == OPEN_IN_PART
        return Close(
            Scope("municipality", house.code),
            {"nl": self.name.data, "fr": self.name_fr.data, "en": self.name_en.data, "de": self.name_de.data},
            self.kind.data, minutes_of_day(self.opens.data) if in_part and self.opens.data else None,
            minutes_of_day(None if self.closes.data == time() else self.closes.data)
            if in_part and self.closes.data is not None else None, self.closed(), first=self.first.data,
            last=self.last.data if "last" in self else None)


class HolidaysForm(OrganisationsForm):
    seen = shown = None
    days = SelectMultipleField(_("Holidays"), [DataRequired(_("Tick at least one holiday."))])

    def offering_days(self, days: Iterable[str]) -> Self:
        self.days.choices = choices({day: day for day in days})
        return self


def closure_values(kept: KeptClosure) -> Mapping[str, object]:
    closure = kept.day
    return {"first": closure.day, "name": closure.name, "kind": closure.kind, "opens": time_of(closure.opens),
            "closes": time_of(closure.closes), "organisations": sorted(closure.organisations),
            **{f"name_{language}": kept.names.get(language) for language in OTHER_NAMES}}

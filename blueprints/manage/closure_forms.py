"""What a manager fills in to close the house, or some of its organisations, on a day or a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from blueprints.booking.forms import choices, plain_text, readable_date, trimmed
from blueprints.booking.messages import bad_request_sentence
from blueprints.manage.forms import time_of
from models.queries.hours import KeptClosure
from models.rules.changes.closing import OPEN_IN_PART, Close
from models.rules.hours import Closure
from models.rules.house import House
from models.rules.interval import minutes_of_day
from models.rules.refusals import BadRequest
from models.rules.values import LONGEST_LINE, Scope

KIND_WORDS = {"local_closure": _("Closing day of our own"), "public_holiday": _("Public holiday"),
              "bridging_day": _("Bridging day"), "half_day": _("Open for part of the day")}
OTHER_NAMES = {"fr": _("Name in French"), "en": _("Name in English"), "de": _("Name in German")}


class OrganisationsForm(FlaskForm):
    """Who is closed; nobody named means everyone. Whoever may close only their own is not asked."""

    organisations = SelectMultipleField(_("Who is closed"))
    may_name: frozenset[str] | None = None

    def closed(self) -> frozenset[str]:
        return frozenset(self.organisations.data or ()) if self.may_name is None else self.may_name

    def blame(self, fault: BadRequest) -> None:
        """Say at its field what the rules have against it."""
        name = {"from": "first", "to": "last"}.get(fault.field, fault.field.replace("names.", "name_"))
        field = self[name] if name in self else self["days"]
        field.errors = [*field.errors, bad_request_sentence(fault)]


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
    seen = HiddenField(validators=[Optional(), Regexp(r"^[0-9]{1,15}\Z")], filters=[trimmed])

    def change(self, house: House) -> Close:
        """Hours count only for a day that is open in part: others may have been left standing there."""
        in_part = self.kind.data == OPEN_IN_PART
        return Close(
            Scope("municipality", house.code),
            {"nl": self.name.data, "fr": self.name_fr.data, "en": self.name_en.data, "de": self.name_de.data},
            self.kind.data, minutes_of_day(self.opens.data) if in_part and self.opens.data else None,
            minutes_of_day(None if self.closes.data == time() else self.closes.data)
            if in_part and self.closes.data is not None else None, self.closed(), first=self.first.data,
            last=self.last.data if self.last else None)

    @property
    def last_seen(self) -> int | None:
        return int(self.seen.data) if self.seen.data else None


class HolidaysForm(OrganisationsForm):
    days = SelectMultipleField(_("Holidays"))

    def chosen(self) -> set[str]:
        return set(self.days.data or ())


def closure_form(kept: KeptClosure | None, organisations: Mapping[str, str], may_name: frozenset[str] | None,
                 day: date | None = None) -> ClosureForm:
    """`organisations`: those that may be ticked, by code; `may_name`: the only ones this person may close, if so."""
    form = ClosureForm(data=_present(kept) if kept else {"first": day})
    return _offering(form, organisations, may_name)


def holidays_form(days: Iterable[str], ticked: Iterable[str], organisations: Mapping[str, str],
                  may_name: frozenset[str] | None) -> HolidaysForm:
    form = HolidaysForm(data={"days": list(ticked)})
    form.days.choices = choices({day: day for day in days})
    return _offering(form, organisations, may_name)


def _offering(form, organisations: Mapping[str, str], may_name: frozenset[str] | None):
    form.may_name = may_name
    if may_name is None:
        form.organisations.choices = choices(organisations)
    else:
        del form.organisations
    return form


def _present(kept: KeptClosure) -> dict:
    closure: Closure = kept.day
    return {"first": closure.day, "name": closure.name, "kind": closure.kind, "opens": time_of(closure.opens),
            "closes": time_of(closure.closes), "organisations": sorted(closure.organisations),
            "seen": str(kept.version), **{f"name_{language}": kept.names.get(language) for language in OTHER_NAMES}}

"""What somebody fills in to announce something: words in each language of the house, about which place and dates."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from blueprints.booking.forms import choices
from blueprints.manage.flow.forms import SeenForm
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.actions.places.announce import TEXT, ToAnnounce
from models.rules.changes.announcement import Announcement, may_announce
from models.rules.house.house import House
from models.rules.house.names import LANGUAGES
from models.rules.people.person import Person
from models.rules.values import DAY


class AnnouncementForm(SeenForm):
    text_nl = ValueField(_("In Dutch"), TEXT, _("Say it in Dutch at least."))
    text_fr = ValueField(_("In French"), TEXT)
    text_en = ValueField(_("In English"), TEXT)
    text_de = ValueField(_("In German"), TEXT)
    scope = SelectField(_("About which place"), [Optional()])
    first = ValueField(_("From"), DAY, _("Choose a date."))
    last = ValueField(_("Until and including"), DAY, _("Choose a date."))
    level = RadioField(
        _("How urgent"), choices=choices({"info": _("Good to know"), "warning": _("Mind this")}), default="info"
    )

    def texts(self) -> list[ValueField]:
        """Those of the languages that this house speaks, in its own order."""
        return [self[f"text_{each}"] for each in LANGUAGES if f"text_{each}" in self]

    def wish(self) -> ToAnnounce:
        return ToAnnounce(
            {field.name.removeprefix("text_"): field.data for field in self.texts()},
            self.scope.data or "",
            self.first.data,
            self.last.data,
            self.level.data,
        )


class NewAnnouncementForm(AnnouncementForm):
    seen = shown = None


def announcement_form(house: House, person: Person, today: date, found: Announcement | None = None) -> AnnouncementForm:
    """With the places about which this person may say something."""
    form = (
        AnnouncementForm(data=announcement_values(found))
        if found
        else NewAnnouncementForm(data={"first": today, "last": today})
    )
    for each in LANGUAGES:
        if each != "nl" and each not in house.languages and not (found and each in found.texts):
            del form[f"text_{each}"]
    form.scope.choices = choices(_scopes(house, person))
    return form


def announcement_values(found: Announcement) -> dict[str, object]:
    return {
        **{f"text_{each}": found.texts.get(each) for each in LANGUAGES},
        "scope": found.scope,
        "first": found.first,
        "last": found.last,
        "level": found.level,
    }


def _scopes(house: House, person: Person) -> dict[str, str]:
    """Everywhere, then each building with its floors and their zones."""
    here = language()
    named = {"": gettext("Everywhere")}
    for building in house.buildings.values():
        named[f"building:{building.code}"] = building.names.in_language(here)
        for floor in sorted(
            (each for each in house.floors.values() if each.building == building.code),
            key=lambda each: (each.level, each.code),
        ):
            named[f"floor:{floor.code}"] = floor.names.in_language(here)
            named |= {
                f"zone:{zone.code}": f"{floor.names.in_language(here)} › {zone.names.in_language(here)}"
                for zone in house.zones.values()
                if zone.floor == floor.code
            }
    return {scope: name for scope, name in named.items() if may_announce(person, scope, house)}

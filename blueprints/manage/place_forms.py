"""What a manager fills in about a space, a row of desks or a zone. Whether it may be is for the rules to say."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import NumberInput

from blueprints.booking.forms import choices, plain_text, readable_date, trimmed
from blueprints.manage.forms import ChangeForm, PeopleField, SearchForm, SeenForm
from models.rules.floor_plan import Grid
from models.rules.names import LANGUAGES
from models.rules.place_wishes import LONGEST_NAME, LONGEST_NOTES, DeskRow, SpaceWish, ZoneWish

LONGEST_LIST = 2000
_METRES = re.compile(r"[0-9]{1,4}([.,][0-9]{1,3})?")


class MetresField(StringField):
    """Metres with at most three decimals, after a point or a comma; or nothing."""

    widget = NumberInput(step="0.05", min="0")

    def process_formdata(self, valuelist) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = metres(text)
        if text and self.data is None:
            raise ValueError(_("Give a number of metres, such as 2.5."))

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else f"{self.data:g}"


class NamesForm(SeenForm):
    name_nl = StringField(_("Name in Dutch"), [DataRequired(_("Give it a name.")), Length(max=LONGEST_NAME),
                                               plain_text], filters=[trimmed])
    name_fr = StringField(_("Name in French"), [Length(max=LONGEST_NAME), plain_text], filters=[trimmed])
    name_en = StringField(_("Name in English"), [Length(max=LONGEST_NAME), plain_text], filters=[trimmed])
    name_de = StringField(_("Name in German"), [Length(max=LONGEST_NAME), plain_text], filters=[trimmed])

    def name_fields(self) -> list[Field]:
        return [self[f"name_{language}"] for language in LANGUAGES]

    def names(self) -> dict[str, str]:
        return {language: self[f"name_{language}"].data for language in LANGUAGES if self[f"name_{language}"].data}


class SpaceForm(NamesForm):
    """An existing space. `more_equipment`: what no other space has yet, separated by commas, as are `parts`."""

    sort = SelectField(_("Kind"), [InputRequired()])
    zone = SelectField(_("Zone"), [InputRequired()])
    owner = SelectField(_("Whose it is"), [Optional()])
    bookable_by = SelectMultipleField(_("Who may book it"))
    public_bookable = BooleanField(_("Open to residents and associations"))
    exclusive = BooleanField(_("One booking at a time"))
    parts = StringField(_("Consists of"), [Length(max=LONGEST_LIST), plain_text], filters=[trimmed])
    equipment = SelectMultipleField(_("Equipment"))
    more_equipment = StringField(_("Other equipment"), [Length(max=LONGEST_LIST), plain_text], filters=[trimmed])
    hearing_loop = BooleanField(_("Hearing loop"))
    notes = TextAreaField(_("Notes"), [Length(max=LONGEST_NOTES), plain_text], filters=[trimmed])

    def wish(self, code: str = "") -> SpaceWish:
        return SpaceWish(
            self.names(), self.sort.data, self.zone.data, code, self.owner.data or None,
            frozenset(self.bookable_by.data), self.exclusive.data, frozenset(_listed(self.parts.data)),
            frozenset((*self.equipment.data, *_listed(self.more_equipment.data))), self.hearing_loop.data,
            self.public_bookable.data, self.notes.data)


class NewSpaceForm(SpaceForm):
    seen = shown = None
    code = StringField(_("Code"), [Length(max=64), plain_text], filters=[trimmed])
    places = PeopleField(_("How many people"))
    like = HiddenField(validators=[Length(max=64)])


class DeskRowForm(NamesForm):
    seen = shown = None
    zone = SelectField(_("Zone"), [InputRequired()])
    count = PeopleField(_("How many desks"), [InputRequired(_("Say how many."))])
    first = PeopleField(_("First number"))
    like = SelectField(_("Rules and equipment of"), [Optional()])
    owner = SelectField(_("Whose they are"), [Optional()])
    drawn = BooleanField(_("Lay them on the plan at once"))
    x = MetresField(_("From the left"))
    y = MetresField(_("From the top"))
    width = MetresField(_("Width of a desk"))
    depth = MetresField(_("Depth of a desk"))
    gap = MetresField(_("Between two desks"))
    per_row = PeopleField(_("Desks side by side"))

    def row(self) -> DeskRow:
        grid = Grid(self.x.data, self.y.data, self.width.data, self.depth.data, self.per_row.data, self.gap.data)
        return DeskRow(self.zone.data, self.count.data, self.names(), self.owner.data or None, self.like.data or None,
                       self.first.data, grid if self.drawn.data else None)

    def measures(self) -> list[MetresField]:
        return [self.x, self.y, self.width, self.depth, self.gap]

    def validate(self, extra_validators=None) -> bool:
        is_sound, measured = super().validate(extra_validators), (*self.measures(), self.per_row)
        lacking = [field for field in measured if is_sound and self.drawn.data and field.data is None]
        for field in lacking:
            field.errors = [str(_("Needed to lay them on the plan."))]
        return is_sound and not lacking


class ZoneForm(NamesForm):
    floor = SelectField(_("Floor"), [InputRequired()])
    access = RadioField(_("Who comes there"), [InputRequired()])
    silent = BooleanField(_("Silent zone"))
    owner = SelectField(_("Whose it is"), [Optional()])
    bookable_by = SelectMultipleField(_("Who may book there"))
    first_day = DateField(_("First day"), [Optional(), readable_date])
    last_day = DateField(_("Last day"), [Optional(), readable_date])

    def wish(self, code: str, max_persons: int | None = None) -> ZoneWish:
        return ZoneWish(code, self.names(), self.floor.data, self.access.data, self.silent.data,
                        self.owner.data or None, frozenset(self.bookable_by.data), max_persons, self.first_day.data,
                        self.last_day.data)


class NewZoneForm(ZoneForm):
    seen = shown = None
    code = StringField(_("Code"), [DataRequired(_("Give it a code.")), Length(max=64), plain_text], filters=[trimmed])
    max_persons = PeopleField(_("At most so many people at once"))


class RetireForm(ChangeForm):
    back_on = DateField(_("Back on"), [Optional(), readable_date])


class PlaceSearchForm(SearchForm):
    """Floors have links of their own: a page shows one of them, a search all."""

    floor = None
    state = SelectField(_("State"), [Optional()], validate_choice=False, choices=choices({
        "": _("All of them"), "in_use": _("In use"), "out_of_use": _("Out of use"),
        "not_drawn": _("Not on the plan")}))


def metres(text: str) -> float | None:
    return float(text.replace(",", ".")) if _METRES.fullmatch(text) else None


def _listed(text: str | None) -> list[str]:
    return [each.strip() for each in (text or "").split(",") if each.strip()]

"""What a manager fills in about a space, a row of desks or a zone. Whether it may be is for the rules to say."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from blueprints.booking.forms import choices
from blueprints.manage.flow.forms import ChangeForm, SearchForm, SeenForm
from blueprints.web.value_field import ValueField
from models.actions.places.create_desk_row import DESK_NUMBER, DESKS
from models.rules.changes.place_wishes import DeskRow, SpaceWish, ZoneWish
from models.rules.house.floor_plan import Grid
from models.rules.house.names import LANGUAGES
from models.rules.values import CODE, DAY, LINE, METRES, NOTE, PEOPLE, STANDS, Text

LISTED = Text(2000)


class NamesForm(SeenForm):
    name_nl = ValueField(_("Name in Dutch"), LINE, _("Give it a name."))
    name_fr = ValueField(_("Name in French"), LINE)
    name_en = ValueField(_("Name in English"), LINE)
    name_de = ValueField(_("Name in German"), LINE)

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
    parts = ValueField(_("Consists of"), LISTED)
    equipment = SelectMultipleField(_("Equipment"))
    more_equipment = ValueField(_("Other equipment"), LISTED)
    hearing_loop = BooleanField(_("Hearing loop"))
    notes = ValueField(_("Notes"), NOTE)

    def wish(self, code: str = "") -> SpaceWish:
        return SpaceWish(
            self.names(),
            self.sort.data,
            self.zone.data,
            code,
            self.owner.data or None,
            frozenset(self.bookable_by.data or ()),
            self.exclusive.data,
            frozenset(_listed(self.parts.data)),
            frozenset((*(self.equipment.data or ()), *_listed(self.more_equipment.data))),
            self.hearing_loop.data,
            self.public_bookable.data,
            self.notes.data,
        )


WHOLE_HOUSE = "*"  # as a choice that is made; no code has such a sign


class NewSpaceForm(SpaceForm):
    """Zone and owner are chosen by whoever makes it: what was filled in beforehand is overlooked."""

    seen = shown = None
    zone = SelectField(_("Zone"), [InputRequired(_("Choose a zone."))])
    owner = SelectField(_("Whose it is"), [InputRequired(_("Choose whose it is."))])
    code = ValueField(_("Code"), CODE)
    places = ValueField(_("How many people"), PEOPLE)
    like = HiddenField()

    def wish(self, code: str = "") -> SpaceWish:
        return replace(super().wish(code), owner=None if self.owner.data == WHOLE_HOUSE else self.owner.data)


class DeskRowForm(NamesForm):
    seen = shown = None
    zone = SelectField(_("Zone"), [InputRequired()])
    count = ValueField(_("How many desks"), DESKS, _("Say how many."))
    first = ValueField(_("First number"), DESK_NUMBER)
    like = SelectField(_("Rules and equipment of"), [Optional()])
    owner = SelectField(_("Whose they are"), [Optional()])
    drawn = BooleanField(_("Lay them on the plan at once"))
    x = ValueField(_("From the left"), METRES)
    y = ValueField(_("From the top"), METRES)
    width = ValueField(_("Width of a desk"), METRES)
    depth = ValueField(_("Depth of a desk"), METRES)
    gap = ValueField(_("Between two desks"), METRES)
    per_row = ValueField(_("Desks side by side"), DESKS)

    def row(self) -> DeskRow:
        grid = Grid(self.x.data, self.y.data, self.width.data, self.depth.data, self.per_row.data, self.gap.data)
        return DeskRow(
            self.zone.data,
            self.count.data,
            self.names(),
            self.owner.data or None,
            self.like.data or None,
            self.first.data,
            grid if self.drawn.data else None,
        )

    def measures(self) -> list[ValueField]:
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
    first_day = ValueField(_("First day"), STANDS)
    last_day = ValueField(_("Last day"), STANDS)

    def wish(self, code: str, max_persons: int | None = None) -> ZoneWish:
        return ZoneWish(
            code,
            self.names(),
            self.floor.data,
            self.access.data,
            self.silent.data,
            self.owner.data or None,
            frozenset(self.bookable_by.data or ()),
            max_persons,
            self.first_day.data,
            self.last_day.data,
        )


class NewZoneForm(ZoneForm):
    seen = shown = None
    code = ValueField(_("Code"), CODE, _("Give it a code."))
    max_persons = ValueField(_("At most so many people at once"), PEOPLE)


class RetireForm(ChangeForm):
    back_on = ValueField(_("Back on"), DAY)


class PlaceSearchForm(SearchForm):
    """Floors have links of their own: a page shows one of them, a search all."""

    floor = None
    state = SelectField(
        _("State"),
        [Optional()],
        validate_choice=False,
        choices=choices(
            {
                "": _("All of them"),
                "in_use": _("In use"),
                "out_of_use": _("Out of use"),
                "not_drawn": _("Not on the plan"),
            }
        ),
    )


def _listed(text: str | None) -> list[str]:
    return [each.strip() for each in (text or "").split(",") if each.strip()]

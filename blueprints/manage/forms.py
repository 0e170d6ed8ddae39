"""What a manager fills in: numbers of people, why, and from when. Whether it may be is for the rules to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from blueprints.booking.forms import MOST_PEOPLE, plain_text, readable_date, trimmed
from blueprints.booking.messages import layout_word
from models.rules.changes.spaces import UNCHANGED, SetCapacity
from models.rules.policy import SpacePolicy
from models.rules.values import Scope

LONGEST_REASON, LONGEST_BASIS, LONGEST_SEARCH = 500, 200, 100
PLACES, WAS = "places_", "was_"


class PeopleField(IntegerField):
    """A whole number of people, or nothing."""

    def process_formdata(self, valuelist) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data, self.raw_data = None, [text]     # InputRequired would take blanks for a number
        if not text:
            return
        if not (text.isascii() and text.isdecimal() and len(text) <= 7 and int(text) <= MOST_PEOPLE):
            raise ValueError(_("Give a whole number from %(least)s to %(most)s.", least=0, most=MOST_PEOPLE))
        self.data = int(text)


class SeenForm(FlaskForm):
    """`seen`: the last change that this page showed."""

    seen = HiddenField(validators=[Regexp(r"^[0-9]{1,15}\Z")])

    @property
    def last_seen(self) -> int:
        return int(self.seen.data)


class ChangeForm(SeenForm):
    """What every change says beside its numbers."""

    reason = TextAreaField(_("Why"), [DataRequired(_("Say why: colleagues will read it later.")),
                                      Length(max=LONGEST_REASON), plain_text], filters=[trimmed])
    valid_from = DateField(_("From"), [Optional(), readable_date])

    def __iter__(self):
        """In the page's order, which is the error summary's too: numbers first, then why and from when."""
        return iter(sorted(super().__iter__(), key=lambda field: field.name in ("reason", "valid_from", "seen")))


class LimitForm(ChangeForm):
    max_persons = PeopleField(_("At most so many people at once"))
    legal_basis = StringField(_("On what ground"), [Length(max=LONGEST_BASIS), plain_text], filters=[trimmed])


class CapacityForm(ChangeForm):
    """A space's numbers: a ceiling, and a field for each layout. Beside each a hidden one holds the number this page
    showed, so that only what somebody really changed is sent on."""

    ceiling = PeopleField(_("At most, in every layout"))
    was_ceiling = PeopleField(widget=HiddenInput())

    def layout_fields(self) -> list[PeopleField]:
        return [field for field in self if field.name.startswith(PLACES)]

    def number_fields(self) -> list[PeopleField]:
        return [self.ceiling, *self.layout_fields()]

    def field_of(self, name: str) -> PeopleField:
        """The field of a number by the name that the rules give it: `capacity`, `capacities.theatre`."""
        return {"capacity": self.ceiling, "from": self.valid_from, "reason": self.reason}.get(name) or self[
            PLACES + name.removeprefix("capacities.")]

    def change(self, space: str) -> SetCapacity | None:
        """What is to be otherwise; None where no number was changed."""
        changed = {field.name: field.data for field in self.number_fields()
                   if field.data != self[WAS + field.name].data}
        if not changed:
            return None
        ceiling = changed.pop("ceiling", UNCHANGED)
        return SetCapacity(Scope("space", space), ceiling, {
            name.removeprefix(PLACES): number for name, number in changed.items()}, first=self.valid_from.data)

    def show_present(self, policy: SpacePolicy, seen: int) -> None:
        """After somebody else's change: numbers left alone become the present ones, one's own stay as typed."""
        present = numbers_of(policy, [field.name.removeprefix(PLACES) for field in self.layout_fields()])
        for field in self.number_fields():
            was = self[WAS + field.name]
            if field.data == was.data:
                put(field, present[field.name])
            put(was, present[field.name])
        put(self.seen, seen)


def capacity_form(policy: SpacePolicy, layouts: Iterable[str], today: date, seen: int) -> CapacityForm:
    layouts = list(layouts)
    fields = {}
    for layout in layouts:
        fields[PLACES + layout] = PeopleField(layout_word(layout))
        fields[WAS + PLACES + layout] = PeopleField(widget=HiddenInput())
    form_class = type("CapacityFormOfSpace", (CapacityForm,), fields)
    present = numbers_of(policy, layouts)
    return form_class(data={**present, **{WAS + name: number for name, number in present.items()},
                            "valid_from": today, "seen": str(seen)})


def numbers_of(policy: SpacePolicy, layouts: Iterable[str]) -> dict[str, int | None]:
    return {"ceiling": policy.ceiling, **{PLACES + layout: policy.capacities.get(layout) for layout in layouts}}


def limit_form(max_persons: int | None, today: date, seen: int) -> LimitForm:
    return LimitForm(data={"max_persons": max_persons, "valid_from": today, "seen": str(seen)})


def put(field, value) -> None:
    """Also over what was typed: a field shows that first."""
    field.data, field.raw_data = value, None


def time_of(minute: int | None) -> time | None:
    """As a field for times holds a minute of the day; its end is 00:00."""
    return None if minute is None else time(minute // 60 % 24, minute % 60)


class SearchForm(FlaskForm):
    """The filter of the overview, in the address."""

    class Meta:
        csrf = False

    text = StringField(_("Name or code"), [Length(max=LONGEST_SEARCH)], filters=[trimmed])
    floor = SelectField(_("Floor"), [Optional()], validate_choice=False)
    kind = SelectField(_("Kind"), [Optional()], validate_choice=False)

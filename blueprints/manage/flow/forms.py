"""What a manager fills in, with what the page showed; numbers of people, why, and from when. Whether it may be is for
the rules to say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import ClassVar, Self

from flask import request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from blueprints.booking.forms import choices
from blueprints.booking.messages import kind_word, layout_word
from blueprints.web.covered import CHANGE, covered, uncovered
from blueprints.web.faults import fault_sentence
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.house.house import House, Space
from models.rules.house.policy import KINDS
from models.rules.refusals import BadRequest
from models.rules.values import DAY, LINE, PEOPLE, REASON, ROW, Text

PLACES = "places_"
REASON_FIRST = ("reason", "valid_from")
NOT_REMEMBERED = ("csrf_token", "seen", "shown", "reason", "valid_from", "valid_to", "back_on", "legal_basis")
# What the rules call otherwise than forms do, where a form has that field.
OWN_NAMES: Mapping[str, tuple[str, ...]] = {
    "from": ("valid_from", "first", "days"),
    "to": ("valid_to", "last", "back_on"),
    "valid_from": ("first_day",),
    "valid_to": ("last_day",),
    "capacity": ("ceiling",),
    "applies_to": ("spaces",),
    "out_of_service": ("items",),
    "parameter": (f"percent_{KINDS[0]}",),
    **dict.fromkeys(("scope", "code", "role", "service", "organisation"), ("whose",)),
}


class ShownField(Field):
    """Names and values, as JSON."""

    widget = HiddenInput()

    def process_formdata(self, valuelist) -> None:
        try:
            self.data = json.loads(valuelist[0]) if valuelist and valuelist[0] else {}
        except (ValueError, RecursionError):
            self.data = None
        if not isinstance(self.data, dict):
            raise ValueError(_("This value cannot be used."))  # noqa: TRY004 - so WTForms is told of a field's fault

    def _value(self) -> str:
        return json.dumps(self.data or {})


class SeenForm(FlaskForm):
    """What is filled in of a thing that somebody manages. `seen`: the last change of it, or the version, that its page
    showed; `shown`: what each field held then. A form of something new has neither."""

    seen: Field | None = ValueField(None, ROW, _("This is needed."), widget=HiddenInput())
    shown: ShownField | None = ShownField()

    @property
    def last_seen(self) -> int | None:
        """The number itself: in the page stands another, for it counts what everybody in the house does."""
        seen = self.seen.data if isinstance(self.seen, ValueField) else None
        return None if seen is None else uncovered(seen, CHANGE)

    def blame(self, fault: BadRequest) -> None:
        """Say at its field what the rules have against it; above the form where it has none there."""
        name = next((name for name in _own_names(fault.field) if name in self), None)
        wrong, errors = (self[name], "errors") if name else (self, "form_errors")
        setattr(wrong, errors, [*getattr(wrong, errors), fault_sentence(fault)])

    @property
    def was(self) -> dict[str, object]:
        """What its page showed, by the names of its fields."""
        return (self.shown.data if self.shown else None) or {}

    def remember(self, seen: int | str) -> None:
        put(self.seen, as_shown(seen))
        put(self.shown, {field.short_name: _plain(field.data) for field in self._remembered()})

    def typed(self) -> dict[str, object]:
        """What the fields hold that differ from what the page showed."""
        shown = self.was
        return {
            field.short_name: field.data
            for field in self._remembered()
            if field.short_name not in shown or _plain(field.data) != shown[field.short_name]
        }

    def show_present(self, present: Mapping[str, object], seen: int | str) -> None:
        """After somebody else's change: fields left alone become as they are now, one's own stay as typed."""
        remembered = {field.short_name for field in self._remembered()}
        shown, present = self.was, {name: present[name] for name in present.keys() & remembered}
        for name in present.keys() - self.typed().keys():
            put(self[name], present[name])
        put(self.seen, as_shown(seen))
        put(self.shown, shown | {name: _plain(value) for name, value in present.items()})

    def _remembered(self) -> list[Field]:
        return [field for field in self if field.short_name not in NOT_REMEMBERED]


class UnseenForm(SeenForm):
    """Whoever sends it without saying what they saw means it whatever others did."""

    seen: Field | None = ValueField(None, ROW, widget=HiddenInput())


class UnaskedForm(SeenForm):
    """Of what whoever looks at it may only read."""

    seen = shown = None


class ReasonForm(SeenForm):
    """Why, beside what is changed. `asked_last`: what stands below all else on the page."""

    asked_last: ClassVar[tuple[str, ...]] = ("valid_from", "valid_to", "back_on", "legal_basis", "reason")
    reason = ValueField(_("Why"), REASON, _("Say why: colleagues will read it later."))

    def __iter__(self):
        """In the page's order, which is the error summary's too."""
        last = (*self.asked_last, "seen", "shown")
        return iter(
            sorted(
                super().__iter__(), key=lambda field: last.index(field.short_name) if field.short_name in last else -1
            )
        )


class ChangeForm(ReasonForm):
    valid_from = ValueField(_("From"), DAY)


class LimitForm(ChangeForm):
    asked_last = REASON_FIRST
    max_persons = ValueField(_("At most so many people at once"), PEOPLE)
    legal_basis = ValueField(_("On what ground"), LINE)


class CapacityForm(ChangeForm):
    """A space's numbers: a ceiling, and a field for each layout."""

    asked_last = REASON_FIRST
    ceiling = ValueField(_("At most, in every layout"), PEOPLE)

    def layout_fields(self) -> list[ValueField]:
        return [field for field in self if field.name.startswith(PLACES)]

    def validate(self, extra_validators=None) -> bool:
        is_sound = super().validate(extra_validators)
        if is_sound and not self.typed():
            self.ceiling.errors = [str(_("Change a number first: nothing here differs from what holds now."))]
        return is_sound and not self.errors


def capacity_form(present: Mapping[str, object], today: date) -> CapacityForm:
    fields = {
        name: ValueField(layout_word(name.removeprefix(PLACES)), PEOPLE) for name in present if name.startswith(PLACES)
    }
    return type("CapacityFormOfSpace", (CapacityForm,), fields)(data={**present, "valid_from": today})


def as_shown(seen: int | str) -> int | str:
    return covered(seen, CHANGE) if isinstance(seen, int) else seen


def put(field, value) -> None:
    """Also over what was typed: a field shows that first."""
    field.data, field.raw_data = value, None


def _own_names(name: str) -> Iterator[str]:
    """What a form may call what the rules call so."""
    yield name
    yield from OWN_NAMES.get(name, ())
    sort, _dot, rest = name.partition(".")
    yield {"names": "name_", "capacities": PLACES}.get(sort, "") + rest


def _plain(value: object) -> object:
    """As JSON can hold it; nothing and empty are the same."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return sorted(value)
    return value or None if isinstance(value, str) else value


class SearchForm(FlaskForm):
    """The filter of a list of spaces, in the address."""

    class Meta:
        csrf = False

    text = ValueField(_("Name or code"), Text(100))
    floor: SelectField | None = SelectField(_("Floor"), [Optional()], validate_choice=False)
    kind = SelectField(_("Kind"), [Optional()], validate_choice=False)

    @classmethod
    def among(cls, spaces: Iterable[Space], house: House) -> Self:
        """As it was asked, with what may be chosen to find one of these."""
        form, spaces, here = cls(request.args), list(spaces), language()
        floors, kinds = {space.floor for space in spaces}, {space.kind for space in spaces}
        if form.floor:
            form.floor.choices = choices(
                {
                    "": _("All floors"),
                    **{code: floor.names.in_language(here) for code, floor in house.floors.items() if code in floors},
                }
            )
        form.kind.choices = choices({"": _("All kinds"), **{kind: kind_word(kind) for kind in KINDS if kind in kinds}})
        form.validate()
        return form

    @property
    def active(self) -> int:
        """How many of its fields say something."""
        return sum(bool(field.data) for field in self)

    def finds(self, space: Space) -> bool:
        text = (self.text.data or "").casefold()
        return all(
            self[name].data in (None, "", getattr(space, name)) for name in ("floor", "zone", "kind") if name in self
        ) and any(text in name.casefold() for name in (space.code, *space.names.values()))

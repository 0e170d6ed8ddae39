"""What a manager fills in about many spaces: cells of its own for each, and what is to be the same for all chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import Optional

from blueprints.booking.forms import choices
from blueprints.booking.messages import role_word
from blueprints.manage.flow.forms import REASON_FIRST, ChangeForm, SearchForm
from blueprints.manage.places.policy_forms import MAY_APPROVE
from blueprints.manage.words.places import CHOICES, field_word
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.changes.spaces import FLAGS, RANGES, RULES, UNCHANGED, OfASpace, SetCapacity, SetPolicy, SetUse
from models.rules.house.house import House, Space
from models.rules.house.policy import SpacePolicy
from models.rules.people.person import ROLES
from models.rules.values import PEOPLE, Scope

CELLS = ("places", "ceiling")
CHOSEN = {"yes": True, "no": False, "nobody": None}
LIFTED = ("ceiling", "fire_max", "ventilation_m3h")  # numbers that may be taken away


class ForAll(NamedTuple):
    """What is to be the same for every space chosen: its ceiling as a cell says it, rules by their names, and whether
    it is in use; None: as it is."""

    cells: Mapping[str, int | None]
    rules: Mapping[str, object]
    active: bool | None

    @property
    def says_nothing(self) -> bool:
        return not self.cells and not self.rules and self.active is None


NOTHING = ForAll({}, {}, None)


def _either(label: str, yes: str = _("Yes"), no: str = _("No")) -> SelectField:
    return SelectField(label, [Optional()], choices=lambda: choices({"": gettext("As it is"), "yes": yes, "no": no}))


class TableForm(ChangeForm):
    """A field for each cell and each rule is added by table_form(). Empty or "as it is": of each space chosen that
    stays."""

    asked_last = REASON_FIRST
    all = BooleanField(_("All spaces shown below"))
    active = _either(_("In use"), _("In use"), _("Out of use"))
    bulk_ceiling = ValueField(_("At most, in every layout"), PEOPLE)
    lift_ceiling = BooleanField(_("No ceiling any more"))
    lift_fire_max = BooleanField(_("No number of its own any more"))
    lift_ventilation_m3h = BooleanField(_("No number of its own any more"))

    def cell(self, name: str, code: str) -> ValueField:
        return self[f"{name}_{code}"]

    def changed_cells(self) -> dict[str, dict[str, int | None]]:
        """By space, the numbers that somebody typed over those the page showed."""
        found: dict[str, dict[str, int | None]] = {}
        for cell in self.typed():
            name, _sep, code = cell.partition("_")
            found.setdefault(code, {})[name] = self[cell].data
        return found

    def for_all(self) -> ForAll:
        said = {name: self[name].data for name in RULES if name in self}
        rules = {
            name: CHOSEN.get(value, value) if name not in RANGES else value
            for name, value in said.items()
            if value not in (None, "")
        }
        lifted = {name for name in LIFTED if f"lift_{name}" in self and self[f"lift_{name}"].data}
        ceiling = {} if self.bulk_ceiling.data is None else {"ceiling": self.bulk_ceiling.data}
        return ForAll(
            ceiling | dict.fromkeys(lifted & {"ceiling"}),
            rules | dict.fromkeys(name for name in LIFTED if name in lifted - {"ceiling"}),
            CHOSEN.get(self.active.data) if "active" in self else None,
        )

    def _remembered(self) -> list[Field]:
        """The cells."""
        return [field for field in self if field.name.startswith(("places_", "ceiling_"))]


class TableSearchForm(SearchForm):
    zone = SelectField(_("Zone"), [Optional()], validate_choice=False)

    @classmethod
    def among(cls, spaces: Iterable[Space], house: House) -> Self:
        spaces = list(spaces)
        form, zones = super().among(spaces, house), {space.zone for space in spaces}
        form.zone.choices = choices(
            {
                "": _("All zones"),
                **{
                    code: zone.names.in_language(language())
                    for code, zone in sorted(house.zones.items())
                    if code in zones
                },
            }
        )
        return form


def cells_of(policies: Mapping[str, SpacePolicy]) -> dict[str, int | None]:
    """What the cells hold, by the names of their fields."""
    return {
        f"{name}_{code}": number
        for code, policy in policies.items()
        for name, number in zip(CELLS, (policy.capacities.get(policy.default_layout), policy.ceiling), strict=True)
    }


def table_form(
    cells: Mapping[str, object], names: Mapping[str, str], allowed: Collection[str], today: date, *, edits: bool
) -> TableForm:
    """`names`: of the spaces, by their codes; `allowed`: the rules that this person may set somewhere; `edits`: whether
    they may take a space out of use."""
    fields = {name: _for_all(name) for name in RULES if name in allowed and name != "default_layout"}
    for code, name in names.items():
        fields[f"places_{code}"] = ValueField(_("Places: %(name)s", name=name), PEOPLE)
        fields[f"ceiling_{code}"] = ValueField(_("Ceiling: %(name)s", name=name), PEOPLE)
    form = type("TableFormOfSpaces", (TableForm,), fields)(data={**cells, "valid_from": today})
    for name in (*(f"lift_{name}" for name in LIFTED[1:] if name not in allowed), *(() if edits else ("active",))):
        del form[name]
    return form


def _for_all(name: str) -> Field:
    if name in RANGES:
        return ValueField(field_word(name), RANGES[name])
    if name in FLAGS:
        return _either(field_word(name))
    offered = CHOICES.get(name) or {"nobody": gettext("Nobody: it stands at once")} | {
        role: role_word(role) for role in ROLES if role in MAY_APPROVE
    }
    return SelectField(field_word(name), [Optional()], choices=choices({"": gettext("As it is"), **offered}))


def changes_of(
    code: str, same: ForAll, cells: Mapping[str, int | None], policy: SpacePolicy, first: date | None
) -> list[OfASpace]:
    """What is said of a space for all and in its cells, as changes. A cell of its own counts more."""
    place, numbers = Scope("space", code), {**same.cells, **cells}
    capacities = {policy.default_layout: numbers["places"]} if "places" in numbers else {}
    found: list[OfASpace] = []
    if numbers:
        found.append(SetCapacity(place, numbers.get("ceiling", UNCHANGED), capacities, first=first))
    if same.rules:
        found.append(SetPolicy(place, same.rules, first=first))
    return found + ([] if same.active is None else [SetUse(place, same.active, first=first)])


def bulk_fields(form: TableForm) -> list[tuple[str, list[Field]]]:
    """The fields for all chosen, in groups that belong together; those that this person may not set are not there."""
    groups = (
        ("people", ("bulk_ceiling", "lift_ceiling", "min_attendees", "active")),
        ("time", ("slot_minutes", "min_minutes", "max_minutes", "buffer_before", "buffer_after")),
        ("horizon", ("advance_days", "auto_release_minutes", "after_hours_allowed")),
        ("approval", ("approval_role", "approval_for", "privacy_default")),
        ("access", ("accessible", "wheelchair_places", "panic_button", "sightline")),
        ("safety", ("fire_max", "lift_fire_max", "ventilation_m3h", "lift_ventilation_m3h", "air_level")),
    )
    found = ((group, [form[name] for name in names if name in form]) for group, names in groups)
    return [(group, fields) for group, fields in found if fields]

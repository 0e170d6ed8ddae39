"""What a manager fills in about many spaces: cells of its own for each, and what is to be the same for all chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from blueprints.booking.forms import choices
from blueprints.booking.messages import role_word
from blueprints.manage.forms import ChangeForm, PeopleField, SearchForm, put
from blueprints.manage.policy_forms import MAY_APPROVE
from models.rules.changes.spaces import FLAGS, RANGES, RULES, UNCHANGED, OfASpace, SetCapacity, SetPolicy, SetUse
from models.rules.house import Space
from models.rules.person import ROLES
from models.rules.policy import SpacePolicy
from models.rules.values import Scope

CELLS = ("places", "ceiling")
WAS = "was_"
NOBODY = "nobody"
NUMBERS = ("min_minutes", "max_minutes", "slot_minutes", "buffer_before", "buffer_after", "advance_days",
           "auto_release_minutes", "min_attendees", "wheelchair_places", "fire_max", "ventilation_m3h")
LIFTED = ("ceiling", "fire_max", "ventilation_m3h")      # numbers that may be taken away
CHOSEN = ("approval_role", "approval_for", "privacy_default", "air_level")


class RuleNumber(PeopleField):
    """A whole number within its rule's range; empty leaves each space as it is."""

    def process_formdata(self, valuelist) -> None:
        text, least, most = (valuelist[0].strip() if valuelist else ""), RANGES[self.name].least, RANGES[self.name].most
        self.data, self.raw_data = None, [text]
        if not text:
            return
        if not (text.isascii() and text.isdecimal() and len(text) <= 9 and least <= int(text) <= most):
            raise ValueError(_("Give a whole number from %(least)s to %(most)s.", least=least, most=most))
        self.data = int(text)


def _either(label: str, yes: str = _("Yes"), no: str = _("No")) -> SelectField:
    return SelectField(label, [Optional()], choices=lambda: choices({"": gettext("As it is"), "yes": yes, "no": no}))


class TableForm(ChangeForm):
    """A field for each cell is added by table_form(). Empty or "as it is": of each space chosen that stays."""

    all = BooleanField(_("All spaces shown below"))
    active = _either(_("In use"), _("In use"), _("Out of use"))
    bulk_ceiling = PeopleField(_("At most, in every layout"))
    lift_ceiling = BooleanField(_("No ceiling any more"))
    slot_minutes = RuleNumber(_("Starts and ends on steps of"))
    min_minutes = RuleNumber(_("Shortest booking"))
    max_minutes = RuleNumber(_("Longest booking"))
    buffer_before = RuleNumber(_("Time to set up before"))
    buffer_after = RuleNumber(_("Time to clear up after"))
    advance_days = RuleNumber(_("How far ahead"))
    auto_release_minutes = RuleNumber(_("Free again when nobody came"))
    after_hours_allowed = _either(_("Evenings and weekends too"))
    min_attendees = RuleNumber(_("Meant for at least"))
    approval_role = SelectField(_("Who approves"), [Optional()])
    approval_for = SelectField(_("Whose bookings need approval"), [Optional()])
    privacy_default = SelectField(_("What others see"), [Optional()])
    accessible = _either(_("Accessible by wheelchair"))
    wheelchair_places = RuleNumber(_("Places for a wheelchair"))
    panic_button = _either(_("Panic button"))
    sightline = _either(_("Colleagues can see in"))
    fire_max = RuleNumber(_("Fire safety: at most"))
    lift_fire_max = BooleanField(_("No number of its own any more"))
    ventilation_m3h = RuleNumber(_("Fresh air per hour"))
    lift_ventilation_m3h = BooleanField(_("No number of its own any more"))
    air_level = SelectField(_("Air level"), [Optional()])

    def cell(self, name: str, code: str) -> PeopleField:
        return self[f"{name}_{code}"]

    def changed_cells(self, codes: Iterable[str]) -> dict[str, dict[str, int | None]]:
        """By space, the numbers that somebody typed over those the page showed."""
        found: dict[str, dict[str, int | None]] = {}
        for code in codes:
            for name in CELLS:
                field = self.cell(name, code)
                if field.data != self[f"{WAS}{field.name}"].data:
                    found.setdefault(code, {})[name] = field.data
        return found

    def for_all(self) -> dict[str, object]:
        """What is to be the same for every space chosen: `ceiling`, `active`, and rules by their names."""
        rules = {name: self[name].data for name in NUMBERS if name in self and self[name].data is not None}
        rules |= {name: self[name].data == "yes" for name in FLAGS if name in self and self[name].data}
        rules |= {name: None if self[name].data == NOBODY else self[name].data
                  for name in CHOSEN if name in self and self[name].data}
        ceiling = {} if self.bulk_ceiling.data is None else {"ceiling": self.bulk_ceiling.data}
        active = {"active": self.active.data == "yes"} if "active" in self and self.active.data else {}
        return rules | ceiling | active | dict.fromkeys(
            name for name in LIFTED if f"lift_{name}" in self and self[f"lift_{name}"].data)

    def show_present(self, policies: dict[str, SpacePolicy],
                     seen: int) -> list[tuple[str, str, int | None, int | None]]:
        """After somebody else's change: cells left alone become the present ones, one's own stay as typed. Which of all
        cells changed: code, name, number before and number now."""
        found = []
        for code, policy in policies.items():
            for name, present in cells_of(policy).items():
                field = self.cell(name, code)
                was = self[f"{WAS}{field.name}"]
                if was.data != present:
                    found.append((code, name, was.data, present))
                if field.data == was.data:
                    put(field, present)
                put(was, present)
        put(self.seen, str(seen))
        return found


def changes_of(code: str, said: dict[str, object], policy: SpacePolicy, first: date | None) -> list[OfASpace]:
    """What is said of a space in its cells and for all, as changes."""
    place, rules = Scope("space", code), {name: value for name, value in said.items() if name in RULES}
    capacities = {policy.default_layout: said["places"]} if "places" in said else {}
    found: list[OfASpace] = []
    if capacities or "ceiling" in said:
        found.append(SetCapacity(place, said.get("ceiling", UNCHANGED), capacities, first=first))
    if rules:
        found.append(SetPolicy(place, rules, first=first))
    return found + ([SetUse(place, said["active"], first=first)] if "active" in said else [])


class TableSearchForm(SearchForm):
    zone = SelectField(_("Zone"), [Optional()], validate_choice=False)


def cells_of(policy: SpacePolicy) -> dict[str, int | None]:
    return {"places": policy.capacities.get(policy.default_layout), "ceiling": policy.ceiling}


def table_form(policies: dict[str, SpacePolicy], spaces: dict[str, Space], allowed: Collection[str], *,
               edits: bool, name_of: Callable[[Space], str], today: date, seen: int) -> TableForm:
    """`allowed`: the rules that this person may set somewhere; `edits`: whether they may take a space out of use."""
    fields, shown = {}, {}
    for code, policy in policies.items():
        labels = {"places": _("Places: %(name)s", name=name_of(spaces[code])),
                  "ceiling": _("Ceiling: %(name)s", name=name_of(spaces[code]))}
        for name, present in cells_of(policy).items():
            fields[f"{name}_{code}"] = PeopleField(labels[name])
            fields[f"{WAS}{name}_{code}"] = PeopleField(widget=HiddenInput())
            shown |= {f"{name}_{code}": present, f"{WAS}{name}_{code}": present}
    form = type("TableFormOfSpaces", (TableForm,), fields)(data={**shown, "valid_from": today, "seen": str(seen)})
    _offer(form)
    gone = {*NUMBERS, *FLAGS, *CHOSEN} - set(allowed)
    for name in (*gone, *(f"lift_{name}" for name in LIFTED if name in gone), *(() if edits else ("active",))):
        del form[name]
    return form


def _offer(form: TableForm) -> None:
    as_it_is = {"": gettext("As it is")}
    form.approval_role.choices = choices(as_it_is | {NOBODY: gettext("Nobody: it stands at once")} | {
        role: role_word(role) for role in ROLES if role in MAY_APPROVE})
    form.approval_for.choices = choices(as_it_is | {
        "all": gettext("Everyone's"), "outside": gettext("Only those of residents and associations")})
    form.privacy_default.choices = choices(as_it_is | {
        "busy": gettext("Only that it is taken"), "title": gettext("The title too"),
        "public": gettext("Everyone may see it")})
    form.air_level.choices = choices(as_it_is | {
        "A": gettext("A: 40 m³ an hour for each person"), "B": gettext("B: 25 m³ an hour for each person")})


def bulk_fields(form: TableForm) -> list[tuple[str, list[Field]]]:
    """The fields for all chosen, in groups that belong together; those that this person may not set are not there."""
    groups = (
        ("people", ("bulk_ceiling", "lift_ceiling", "min_attendees", "active")),
        ("time", ("slot_minutes", "min_minutes", "max_minutes", "buffer_before", "buffer_after")),
        ("horizon", ("advance_days", "auto_release_minutes", "after_hours_allowed")),
        ("approval", ("approval_role", "approval_for", "privacy_default")),
        ("access", ("accessible", "wheelchair_places", "panic_button", "sightline")),
        ("safety", ("fire_max", "lift_fire_max", "ventilation_m3h", "lift_ventilation_m3h", "air_level")))
    found = ((group, [form[name] for name in names if name in form]) for group, names in groups)
    return [(group, fields) for group, fields in found if fields]

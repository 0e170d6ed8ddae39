"""What a manager fills in about how a space is booked, in groups that belong together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from blueprints.booking.forms import choices, plain_text, readable_date, trimmed
from blueprints.booking.messages import layout_word, role_word
from blueprints.manage.forms import LONGEST_REASON
from blueprints.manage.place_forms import RememberingForm
from models.rules.changes.spaces import MAY_BE_EMPTY, RANGES, stated
from models.rules.person import ROLES
from models.rules.policy import SpacePolicy

USUAL_STEPS = (5, 10, 15, 20, 30, 60)
MAY_APPROVE = ("receptionist", "facility_manager", "protocol_officer", "service_head", "prevention_adviser")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("time", ("slot_minutes", "min_minutes", "max_minutes", "buffer_before", "buffer_after")),
    ("horizon", ("advance_days", "after_hours_allowed", "auto_release_minutes")),
    ("people", ("default_layout", "min_attendees")),
    ("approval", ("approval_role", "approval_for")),
    ("privacy", ("privacy_default",)),
    ("access", ("accessible", "wheelchair_places")),
    ("talks", ("panic_button", "sightline")),
    ("safety", ("fire_max", "ventilation_m3h", "air_level")),
)
HALF_DAYS_SAY_IT = ("min_minutes", "max_minutes")       # of desks their blocks do


class NumberField(IntegerField):
    """A whole number within its rule's range; empty only where the rule may have none."""

    def process_formdata(self, valuelist) -> None:
        text, least, most = (valuelist[0].strip() if valuelist else ""), RANGES[self.name].least, RANGES[self.name].most
        self.data = None
        if not text and self.name in MAY_BE_EMPTY:
            return
        if not (text.isascii() and text.isdecimal() and len(text) <= 9 and least <= int(text) <= most):
            raise ValueError(_("Give a whole number from %(least)s to %(most)s.", least=least, most=most))
        self.data = int(text)


class PolicyForm(RememberingForm):
    """Fields that somebody may not set, or that say nothing of a space, are taken out by policy_form()."""

    slot_minutes = SelectField(_("Starts and ends on steps of"), [InputRequired()], coerce=int)
    min_minutes = NumberField(_("Shortest booking"))
    max_minutes = NumberField(_("Longest booking"))
    buffer_before = NumberField(_("Time to set up before"))
    buffer_after = NumberField(_("Time to clear up after"))
    advance_days = NumberField(_("How far ahead"))
    after_hours_allowed = BooleanField(_("Evenings and weekends too"))
    auto_release_minutes = NumberField(_("Free again when nobody came"))
    default_layout = SelectField(_("Usual layout"), [InputRequired()])
    min_attendees = NumberField(_("Meant for at least"))
    approval_role = SelectField(_("Who approves"), [Optional()])
    approval_for = RadioField(_("Whose bookings need approval"), [InputRequired()], choices=choices({
        "all": _("Everyone's"), "outside": _("Only those of residents and associations")}))
    privacy_default = RadioField(_("What others see"), [InputRequired()], choices=choices({
        "busy": _("Only that it is taken"), "title": _("The title too"), "public": _("Everyone may see it")}))
    accessible = BooleanField(_("Accessible by wheelchair"))
    wheelchair_places = NumberField(_("Places for a wheelchair"))
    panic_button = BooleanField(_("Panic button"))
    sightline = BooleanField(_("Colleagues can see in"))
    fire_max = NumberField(_("Fire safety: at most"))
    ventilation_m3h = NumberField(_("Fresh air per hour"))
    air_level = RadioField(_("Air level"), [InputRequired()], choices=choices({
        "A": _("A: 40 m³ an hour for each person"), "B": _("B: 25 m³ an hour for each person")}))
    reason = TextAreaField(_("Why"), [DataRequired(_("Say why: colleagues will read it later.")),
                                      Length(max=LONGEST_REASON), plain_text], filters=[trimmed])
    valid_from = DateField(_("From"), [Optional(), readable_date])

    def rule_fields(self) -> list[Field]:
        return [self[name] for _group, names in GROUPS for name in names if name in self]

    def groups(self) -> list[tuple[str, list[Field]]]:
        """Those of which a field is left, with a name for the template."""
        found = ((group, [self[name] for name in names if name in self]) for group, names in GROUPS)
        return [(group, fields) for group, fields in found if fields]

    def changed(self, policy: SpacePolicy) -> dict[str, object]:
        present = stated(policy)
        said = {field.name: field.data or None if field.name == "approval_role" else field.data
                for field in self.rule_fields()}
        return {name: value for name, value in said.items() if value != present[name]}


def policy_form(policy: SpacePolicy, allowed: Collection[str], today: date, seen: int) -> PolicyForm:
    form = PolicyForm(data={**present_values(policy), "valid_from": today})
    hidden = HALF_DAYS_SAY_IT if policy.in_half_days else ()
    for _group, names in GROUPS:
        for name in names:
            if name not in allowed or name in hidden:
                del form[name]
    if "slot_minutes" in form:
        form.slot_minutes.choices = _steps(policy)
    if "default_layout" in form:
        layouts = sorted({*policy.capacities, policy.default_layout})
        form.default_layout.choices = choices({layout: layout_word(layout) for layout in layouts})
    if "approval_role" in form:
        roles = [role for role in ROLES if role in MAY_APPROVE or role == policy.approval_role]
        form.approval_role.choices = choices({"": gettext("Nobody: it stands at once"),
                                              **{role: role_word(role) for role in roles}})
    if not form.is_submitted():
        form.remember(seen)
    return form


def present_values(policy: SpacePolicy) -> Mapping[str, object]:
    present = stated(policy)
    return present | {"approval_role": present["approval_role"] or ""}


def _steps(policy: SpacePolicy) -> list[tuple[int, str]]:
    if policy.in_half_days:
        return [(0, gettext("half-days"))]
    steps = sorted({*USUAL_STEPS, policy.slot_minutes})
    return [(step, ngettext("%(num)d minute", "%(num)d minutes", step)) for step in steps]

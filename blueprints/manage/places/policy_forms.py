"""What a manager fills in about how a space is booked, in groups that belong together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from blueprints.booking.forms import choices
from blueprints.booking.messages import layout_word, role_word
from blueprints.manage.flow.forms import REASON_FIRST, ChangeForm
from blueprints.manage.words.places import CHOICES, field_word
from blueprints.web.value_field import ValueField
from models.rules.changes.spaces import FLAGS, MAY_BE_EMPTY, RANGES, stated
from models.rules.house.policy import SpacePolicy
from models.rules.people.person import ROLES

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
HALF_DAYS_SAY_IT = ("min_minutes", "max_minutes")  # of desks their blocks do


class PolicyForm(ChangeForm):
    """A field for each rule that somebody may set, and that says something of the space, is added by policy_form()."""

    asked_last = REASON_FIRST

    def rule_fields(self) -> list[Field]:
        return [self[name] for _group, names in GROUPS for name in names if name in self]

    def groups(self) -> list[tuple[str, list[Field]]]:
        """Those of which a field is left, with a name for the template."""
        found = ((group, [self[name] for name in names if name in self]) for group, names in GROUPS)
        return [(group, fields) for group, fields in found if fields]

    def changed(self) -> dict[str, object]:
        typed, rules = self.typed(), {field.name for field in self.rule_fields()}
        return {
            name: value or None if name == "approval_role" else value for name, value in typed.items() if name in rules
        }

    def validate(self, extra_validators=None) -> bool:
        is_sound = super().validate(extra_validators)
        if is_sound and not self.changed():
            self.form_errors = [str(_("Change something first: nothing here differs from what holds now."))]
        return is_sound and not self.form_errors


def policy_form(policy: SpacePolicy, allowed: Collection[str], today: date) -> PolicyForm:
    hidden = HALF_DAYS_SAY_IT if policy.in_half_days else ()
    fields = {
        name: _field(name, policy)
        for _group, names in GROUPS
        for name in names
        if name in allowed and name not in hidden
    }
    return type("PolicyFormOfSpace", (PolicyForm,), fields)(data={**present_values(policy), "valid_from": today})


def _field(name: str, policy: SpacePolicy) -> Field:
    label, needed = field_word(name), [InputRequired()]
    if name == "slot_minutes":
        return SelectField(label, needed, choices=choices(_steps(policy)), coerce=int)
    if name in RANGES:
        return ValueField(label, RANGES[name], None if name in MAY_BE_EMPTY else _("Give a number."))
    if name in FLAGS:
        return BooleanField(label)
    if name in CHOICES:
        return RadioField(label, needed, choices=choices(CHOICES[name]))
    if name == "default_layout":
        return SelectField(
            label,
            needed,
            choices=choices(
                {layout: layout_word(layout) for layout in sorted({*policy.capacities, policy.default_layout})}
            ),
        )
    return SelectField(
        label,
        [Optional()],
        choices=choices(
            {
                "": gettext("Nobody: it stands at once"),
                **{role: role_word(role) for role in ROLES if role in MAY_APPROVE or role == policy.approval_role},
            }
        ),
    )


def present_values(policy: SpacePolicy) -> Mapping[str, object]:
    present = stated(policy)
    return present | {"approval_role": present["approval_role"] or ""}


def _steps(policy: SpacePolicy) -> dict[str, str]:
    if policy.in_half_days:
        return {"0": gettext("half-days")}
    return {
        str(step): ngettext("%(num)d minute", "%(num)d minutes", step)
        for step in sorted({*USUAL_STEPS, policy.slot_minutes})
    }

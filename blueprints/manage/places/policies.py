"""How a space is booked: steps, lengths, buffers, approval, privacy, safety; from a date on, with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.page import shown_at
from blueprints.manage.places.links import OfASpace
from blueprints.manage.places.policy_forms import PolicyForm, policy_form, present_values
from blueprints.manage.words.capacity import above_left, layout_rows
from blueprints.manage.words.history import rules_history
from models.queries.effects import Effects
from models.rules.changes.change import Change
from models.rules.changes.spaces import SetPolicy, rules_set_by
from models.rules.values import Scope


@shown_at("policy", "set_space_capacity", "/places/<code>/rules")
class PolicyPage(OfASpace, ChangesPage):
    template = "manage/policy.html"
    may = staticmethod(rules_set_by)

    def present(self) -> Mapping[str, object]:
        return present_values(self.policy)

    def first_form(self) -> PolicyForm:
        return policy_form(self.policy, rules_set_by(self.by.person, self.space.owner), self.today)

    def changes(self) -> Sequence[Change]:
        return [SetPolicy(Scope("space", self.code), self.form.changed(), first=self.form.valid_from.data)]

    def said(self, effects: Effects) -> str:
        return _("Saved. Bookings that exist stay as they are; new ones are judged by these rules.")

    def left_words(self, effects: Effects) -> str:
        return super().left_words(effects) if effects.unfit else above_left(effects)

    def facts(self) -> Mapping[str, object]:
        return {
            **super().facts(),
            "in_half_days": self.policy.in_half_days,
            "layouts": layout_rows(self.policy),
            "history": rules_history(self.space, self.house, self.by.now),
        }

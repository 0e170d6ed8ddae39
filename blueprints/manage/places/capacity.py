"""How many people one space may hold: set with a reason, tried out first, never over somebody else's change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.forms import PLACES, CapacityForm, capacity_form
from blueprints.manage.flow.page import shown_at
from blueprints.manage.places.links import OfASpace
from blueprints.manage.words.capacity import above_left, layout_rows
from blueprints.manage.words.history import policy_history
from models.queries.above import bookings_above
from models.queries.effects import Effects
from models.rules.changes.change import Change
from models.rules.changes.spaces import UNCHANGED, SetCapacity
from models.rules.people.rights import may_set_capacity_of
from models.rules.values import Scope


@shown_at("space", "set_space_capacity", "/spaces/<code>")
class CapacityPage(OfASpace, ChangesPage):
    template = "manage/space.html"
    may = staticmethod(may_set_capacity_of)
    left_words = staticmethod(above_left)

    def layouts(self) -> list[str]:
        """Those offered, the default one first, then whatever spaces of its kind are set up in."""
        usual = {
            layout
            for code, other in self.house.spaces.items()
            if other.kind == self.space.kind
            for layout in self.house.policy(code, self.today).capacities
        }
        own = self.policy.capacities
        return sorted(usual | set(own), key=lambda each: (each != self.policy.default_layout, each not in own, each))

    def present(self) -> Mapping[str, object]:
        return {
            "ceiling": self.policy.ceiling,
            **{PLACES + each: self.policy.capacities.get(each) for each in self.layouts()},
        }

    def first_form(self) -> CapacityForm:
        return capacity_form(self.present(), self.today)

    def changes(self) -> Sequence[Change]:
        form, typed = self.form, self.form.typed()
        return [
            SetCapacity(
                Scope("space", self.code),
                form.ceiling.data if "ceiling" in typed else UNCHANGED,
                {name.removeprefix(PLACES): form[name].data for name in typed if name.startswith(PLACES)},
                first=form.valid_from.data,
            )
        ]

    def standing(self) -> Effects:
        return Effects(above=bookings_above("space", self.code, self.house, self.by.now))

    def facts(self) -> Mapping[str, object]:
        return {
            **super().facts(),
            "layouts": layout_rows(self.policy),
            "history": policy_history(self.space, self.house, self.by.now),
        }

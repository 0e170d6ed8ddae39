"""How many people a zone, a floor or the whole building may hold at one instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import abort
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.forms import LimitForm
from blueprints.manage.flow.page import shown_at
from blueprints.manage.flow.progress import to_a_plan
from blueprints.manage.words.capacity import people
from blueprints.manage.words.history import limit_history
from blueprints.web.language import language
from models.queries.above import bookings_and_peaks_above
from models.queries.effects import Effects
from models.rules.changes.change import Change
from models.rules.changes.limits import SetLimit
from models.rules.presence.occupancy import Place
from models.rules.values import Scope


class LimitPage(ChangesPage):
    template = "manage/limit.html"

    def look(self) -> None:
        super().look()
        place = self.house.by_sort[self.thing].get(self.code) or abort(404)
        self.name = place.names.in_language(language())

    def present(self) -> Mapping[str, object]:
        return {"max_persons": self.house.limit(self.thing, self.code, self.today)}

    def first_form(self) -> LimitForm:
        return LimitForm(data={**self.present(), "valid_from": self.today})

    def changes(self) -> Sequence[Change]:
        return [SetLimit(Scope(self.thing, self.code), self.form.max_persons.data, first=self.form.valid_from.data)]

    def standing(self) -> Effects:
        place = Place(self.thing, self.code)
        above, peaks = bookings_and_peaks_above(place, self.house, self.viewer, self.by.now)
        return Effects(above=above, peaks=peaks)

    def plan(self) -> Response:
        """A plan knows one line of why: the ground stands in it too."""
        return to_a_plan(self.changes(), "; ".join(filter(None, (self.form.reason.data, self.form.legal_basis.data))))

    def left_words(self, effects: Effects) -> str:
        return ngettext(
            "During %(num)d booking there would be more people than the new limit allows.",
            "During %(num)d bookings there would be more people than the new limit allows.",
            len(effects.above),
        )

    def facts(self) -> Mapping[str, object]:
        return {
            "scope": self.thing,
            "code": self.code,
            "name": self.name,
            "present": people(self.house.limit(self.thing, self.code, self.today)),
            "history": limit_history(self.thing, self.code, self.house, self.by.now),
        }


@shown_at("zone", "set_limits", "/zones/<code>")
class ZoneLimitPage(LimitPage):
    thing = "zone"


@shown_at("floor", "set_limits", "/floors/<code>")
class FloorLimitPage(LimitPage):
    thing = "floor"


@shown_at("building", "set_limits", "/building/<code>")
class BuildingLimitPage(LimitPage):
    thing = "building"

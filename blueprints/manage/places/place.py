"""One space: what it is, changed or copied; and how it goes out of use, comes back, or is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.booking.messages import kind_word
from blueprints.manage import blueprint
from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.page import done, shown_at
from blueprints.manage.places.choices import offer_for_space, space_values
from blueprints.manage.places.forms import RetireForm, SpaceForm
from blueprints.manage.places.links import OfASpace, space_or_abort
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import by
from blueprints.web.rights import needs
from models.actions.places.change_space import SHAPE, change_space
from models.actions.places.delete_space import check_may_be_deleted, delete_space
from models.queries.effects import Effects, bookings_in_the_way
from models.queries.house import the_house
from models.queries.places import was_ever_booked
from models.rules.changes.spaces import SetUse
from models.rules.house.house import House
from models.rules.house.timeline import A_DAY
from models.rules.refusals import BadRequest
from models.rules.values import Scope


@shown_at("place", "edit_places", "/places/<code>")
class PlacePage(OfASpace):
    template = "manage/place.html"

    def look(self) -> None:
        super().look()
        self.was_booked = was_ever_booked(self.space.id)

    def present(self) -> Mapping[str, object]:
        return space_values(self.code, self.house)

    def first_form(self) -> SpaceForm:
        """Once booked, a space's kind and parts are shown as text: what its page does not ask stays as it is."""
        present = self.present()
        form = SpaceForm(data=present)
        offer_for_space(form, self.house, self.by.person, also_zone=self.space.zone)
        for name in SHAPE if form.is_submitted() and self.was_booked else ():
            form[name].data, form[name].raw_data = present[name], [str(present[name])]
        return form

    def save(self) -> Response:
        changed = change_space(self.code, self.form.wish(), *self.by, seen=self.form.last_seen)
        has_left_the_plan = self.space.rectangle and the_house().spaces[self.code].rectangle is None
        return done(
            url_for("manage.place", code=self.code),
            _("Saved.") if changed else _("Nothing was different, so nothing was saved."),
            _("It lies on another floor now. Give it a place on the plan there.") if has_left_the_plan else "",
        )

    def facts(self) -> Mapping[str, object]:
        return {**super().facts(), "was_booked": self.was_booked, "kind": kind_word(self.space.kind)}


@shown_at("retire", "edit_places", "/places/<code>/use")
class UsePage(OfASpace, ChangesPage):
    template = "manage/retire.html"
    saves = ("retire", "restore", "leave")

    def first_form(self) -> RetireForm:
        return RetireForm(data={"valid_from": self.today})

    def changes(self) -> Sequence[SetUse]:
        place, first, back_on = Scope("space", self.code), self.form.valid_from.data, self.form.back_on.data
        if self.step == "restore":
            return [SetUse(place, True, first=first)]
        if back_on and back_on <= (first or self.today):
            raise BadRequest("back_on", "not_after_that")
        return [SetUse(place, False, first=first, last=back_on and back_on - A_DAY)]

    def standing(self) -> Effects:
        at_once = SetUse(Scope("space", self.code), False, first=self.today)
        return Effects(in_the_way=bookings_in_the_way(at_once, self.house, self.by.now))

    def said(self, effects: Effects) -> str:
        return (
            _("Saved. It can be booked again from that day on.")
            if self.step == "restore"
            else _("Saved. From that day on it cannot be booked.")
        )

    def left_words(self, effects: Effects) -> str:
        return ngettext(
            "%(num)d booking still stands in it. It stays until somebody moves it.",
            "%(num)d bookings still stand in it. They stay until somebody moves them.",
            len(effects.in_the_way),
        )

    def facts(self) -> Mapping[str, object]:
        return {**super().facts(), "stays": _why_it_stays(self.code, self.house)}


def _why_it_stays(code: str, house: House) -> str:
    try:
        check_may_be_deleted(code, house)
    except BadRequest as wrong:
        return fault_sentence(wrong)
    return ""


@blueprint.post("/places/<code>/delete")
@needs("edit_places")
def delete_place(code: str) -> Response:
    space_or_abort(code)
    try:
        delete_space(code, by())
    except BadRequest as wrong:
        flash(fault_sentence(wrong), "error")
        return redirect(url_for("manage.retire", code=code), 303)
    return done(url_for("manage.places"), _("%(code)s is deleted.", code=code))

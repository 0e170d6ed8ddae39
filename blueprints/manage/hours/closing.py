"""A closing day added, changed or taken back: its effects shown first, no booking ever deleted by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import abort, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.forms import UnseenForm
from blueprints.manage.flow.page import NumberedPage, done, shown_at
from blueprints.manage.flow.progress import to_a_plan
from blueprints.manage.hours.closure_forms import ClosureForm, closure_values
from blueprints.manage.hours.closures import part_words
from blueprints.manage.words.hours import closed_words
from blueprints.web.language import language
from models.actions.places.change_closure import change_closure, effects_of_closure, remove_closure
from models.queries.effects import Effects
from models.queries.hours import KeptClosure, closures_by_id, kept_closure
from models.rules.changes.closing import Close
from models.rules.people.rights import may_close


class ClosingPage(ChangesPage):
    """Whoever may close only their own organisation is not asked whom."""

    asks_first = plans = False

    def look(self) -> None:
        super().look()
        closes_all = may_close(self.by.person, frozenset())
        self.own = None if closes_all else frozenset({self.by.person.organisation})
        self.whom = {code: each.names.in_language(language()) for code, each in self.house.organisations.items()}

    def changes(self) -> Sequence[Close]:
        return [self.form.change(self.house)]

    def save(self) -> Response:
        closed = self.apply().listed_for(self.viewer)
        days = closures_by_id(closed.closed)
        return done(
            url_for("manage.closures", year=days[0].day.day.year),
            ngettext("Saved: %(num)d closing day.", "Saved: %(num)d closing days.", len(days)),
            ngettext(
                "On a closing day stands %(num)d booking. It stays until somebody moves or cancels it.",
                "On closing days stand %(num)d bookings. They stay until somebody moves or cancels them.",
                len(closed.unfit),
            )
            if closed.unfit
            else "",
        )

    def facts(self) -> Mapping[str, object]:
        return {"whose": "" if self.own is None else closed_words(self.own, self.house), "year": self.today.year}


@shown_at("add_closure", "set_closures", "/closures/add")
class NewClosurePage(ClosingPage):
    template = "manage/closure.html"
    asks_first = plans = True

    def first_form(self) -> ClosureForm:
        form = ClosureForm().offering(self.whom, self.own)
        del form.seen, form.shown
        return form

    def plan(self) -> Response:
        [change] = self.changes()
        return to_a_plan(change.one_by_one(self.house), self.form.name.data)

    def facts(self) -> Mapping[str, object]:
        return {**super().facts(), "is_new": True}


class OfAClosingDay(NumberedPage):
    row: KeptClosure

    def look(self) -> None:
        """What is over stays as it was: there is nothing to change about it."""
        super().look()
        self.row = kept_closure(self.number) or abort(404)
        if not may_close(self.by.person, self.row.day.organisations):
            abort(403)
        if self.row.day.day < self.today:
            abort(404)

    def news(self) -> list[str]:
        kept = self.row
        said = (
            format_date(kept.day.day, "EEEE d MMMM y"),
            kept.names.in_language(language()),
            part_words(kept),
            closed_words(kept.day.organisations, self.house),
        )
        return [_("It now says: %(what)s.", what="; ".join(filter(None, said)))]


@shown_at("change_closure", "set_closures", "/closures/<int:closure_id>")
class ClosurePage(OfAClosingDay, ClosingPage):
    template = "manage/closure.html"

    def first_form(self) -> ClosureForm:
        form = ClosureForm(data=closure_values(self.row)).offering(self.whom, self.own)
        del form.last
        return form

    def effects(self) -> Effects:
        [change] = self.changes()
        return effects_of_closure(self.number, change, self.by)

    def apply(self) -> Effects:
        [change] = self.changes()
        return change_closure(self.number, change, self.by, seen=self.form.last_seen)

    def facts(self) -> Mapping[str, object]:
        return {**super().facts(), "is_new": False, "year": self.row.day.day.year}


@shown_at("remove_closure", "set_closures", "/closures/<int:closure_id>/remove")
class RemoveClosurePage(OfAClosingDay):
    template = "manage/remove_closure.html"

    def first_form(self) -> UnseenForm:
        return UnseenForm()

    def save(self) -> Response:
        remove_closure(self.number, self.by, seen=self.form.last_seen)
        return done(
            url_for("manage.closures", year=self.row.day.day.year),
            _("Taken back: whoever was closed is open again on that day."),
        )

    def facts(self) -> Mapping[str, object]:
        return {
            "name": self.row.names.in_language(language()),
            "year": self.row.day.day.year,
            "when": format_date(self.row.day.day, "EEEE d MMMM y"),
        }

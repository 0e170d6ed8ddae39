"""The week of one building, zone or space: set with a reason, tried out first, never over somebody else's change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import abort, request
from flask_babel import ngettext

from blueprints.booking.messages import place_name
from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.page import Answer, shown_at
from blueprints.manage.hours.forms import WEEKDAYS, WeekForm, make_ready, week_form
from blueprints.manage.words.hours import day_names, hours_change_words, week_lines, weeks_history
from models.queries.effects import Effects
from models.queries.hours import weeks_of
from models.queries.place_changes import changes_after
from models.queries.unfit import bookings_outside_hours
from models.rules.changes.change import Change, owner_of
from models.rules.changes.hours import HOURS, SetHours, place_with_hours, week_on
from models.rules.people.rights import may_set_hours_of
from models.rules.values import Scope


@shown_at("week", "set_hours", "/hours/<scope>")
class WeekPage(ChangesPage):
    template, thing = "manage/week.html", HOURS

    def look(self) -> None:
        super().look()
        self.place: Scope = place_with_hours(self.code, self.house) or abort(404)
        if not may_set_hours_of(self.by.person, owner_of(self.place, self.house)):
            abort(403)
        self.weeks = weeks_of(self.place)

    def first_form(self) -> WeekForm:
        first = self._asked_day()
        return WeekForm() if request.method == "POST" else week_form(week_on(first, self.weeks), first)

    def _asked_day(self) -> date:
        """A week that is planned is changed from its own first day on."""
        try:
            return max(self.today, date.fromisoformat(request.args.get("from", "")))
        except ValueError:
            return self.today

    def answer(self) -> Answer:
        focus = self._rearranged() if request.method == "POST" else None
        return super().answer() if focus is None else self.page(focus=focus)

    def _rearranged(self) -> str | None:
        """Without script a row comes and goes by asking for the page anew; nothing is saved or judged. Where whoever
        asked goes on, or None where this was asked of nothing."""
        what, _sep, number = self.step.partition("-")
        if what == "copy":
            self.form.copy_monday()
            return "add-1"
        if what == "add" and number in {str(weekday) for weekday in WEEKDAYS}:
            self.form.add(None, int(number))
            return f"row-{number}"
        return f"add-{self.form.remove(number)}" if what == "remove" else None

    def changes(self) -> Sequence[Change]:
        form = self.form
        return [SetHours(self.place, form.week(), first=form.valid_from.data, last=form.valid_to.data)]

    def standing(self) -> Effects:
        return Effects(unfit=bookings_outside_hours(self.place, self.house, self.by.now))

    def news(self) -> list[str]:
        return [hours_change_words(each) for each in self.changes_meanwhile()]

    def left_words(self, effects: Effects) -> str:
        return ngettext(
            "%(num)d booking no longer fits the hours. It stays as it is until somebody moves it.",
            "%(num)d bookings no longer fit the hours. They stay as they are until somebody moves them.",
            len(effects.unfit),
        )

    def facts(self) -> Mapping[str, object]:
        make_ready(self.form, self.place.sort)
        names = day_names()
        return {
            "name": place_name(self.code, self.house),
            "scope": self.place,
            "focus": "",
            "days": [(each, names[each].capitalize(), self.form.rows_of(each)) for each in WEEKDAYS],
            "present": week_lines(week_on(self.today, self.weeks).rows),
            "history": weeks_history(self.weeks, changes_after(HOURS, self.code, 0, limit=500), self.today),
        }

"""The public holidays of a year, proposed: whoever plans it ticks those on which the house is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.manage.flow.page import shown_at
from blueprints.manage.hours.closing import ClosingPage
from blueprints.manage.hours.closure_forms import HolidaysForm
from blueprints.manage.hours.closures import asked_year
from blueprints.web.language import language
from models.rules.changes.closing import Close
from models.rules.house.public_holidays import PublicHoliday, public_holidays
from models.rules.values import Scope


@shown_at("holidays", "set_closures", "/closures/holidays")
class HolidaysPage(ClosingPage):
    template = "manage/holidays.html"

    def look(self) -> None:
        super().look()
        self.year = max(asked_year(self.today), self.today.year)
        self.coming = {each.day.isoformat(): each for each in public_holidays(self.year) if each.day >= self.today}
        self.new = [
            day for day, each in self.coming.items() if self._closing(each, self.own or frozenset()).news(self.house)
        ]

    def first_form(self) -> HolidaysForm:
        ticked = [day for day in self.new if not self.coming[day].is_on_sunday]
        return HolidaysForm(data={"days": ticked}).offering_days(self.new).offering(self.whom, self.own)

    def _closing(self, holiday: PublicHoliday, organisations: frozenset[str]) -> Close:
        return Close(
            Scope("municipality", self.house.code),
            holiday.names,
            "public_holiday",
            organisations=organisations,
            first=holiday.day,
        )

    def changes(self) -> Sequence[Close]:
        return [self._closing(self.coming[day], self.form.closed()) for day in sorted(self.form.days.data)]

    def facts(self) -> Mapping[str, object]:
        return {
            **super().facts(),
            "year": self.year,
            "holidays": [
                {
                    "value": value,
                    "when": format_date(holiday.day, "EEEE d MMMM"),
                    "name": holiday.names.in_language(language()),
                    "is_offered": value in self.new,
                    "is_ticked": value in (self.form.days.data or ()),
                    "weekend": _weekend_words(holiday),
                }
                for value, holiday in self.coming.items()
            ],
        }


def _weekend_words(holiday: PublicHoliday) -> str:
    if not holiday.is_in_weekend:
        return ""
    return _("Falls on a Sunday") if holiday.is_on_sunday else _("Falls on a Saturday")

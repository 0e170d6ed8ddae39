"""What a list of spaces is asked for by its address: a date, a place, a number of people, hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, SelectField
from wtforms.validators import AnyOf, Optional

from blueprints.booking.day import Day
from blueprints.booking.forms import BLOCKS, choices, hours_during
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.house.house import House, Space
from models.rules.times.interval import Interval, LocalTimeMissing
from models.rules.values import DAY, SOME_PEOPLE, WALL_TIME

VIEWS = ("timeline", "list", "plan", "week", "month")
FILTERS = ("floor", "zone", "attendees", "start", "end", "equipment", "accessible")


class FilterForm(Form):
    """The fields of the filter bar, and what lies beside it: the date, the view, a desk's part of the day."""

    date = ValueField(None, DAY)
    view = SelectField(validators=[Optional()], choices=choices({each: each for each in VIEWS}))
    block = SelectField(validators=[Optional(), AnyOf(BLOCKS)], choices=choices({each: each for each in BLOCKS}))
    floor = SelectField(validators=[Optional()])
    zone = SelectField(validators=[Optional()])
    attendees = ValueField(None, SOME_PEOPLE)
    start = ValueField(None, WALL_TIME)
    end = ValueField(None, WALL_TIME)
    equipment = SelectField(validators=[Optional()])
    accessible = BooleanField()


@dataclass(frozen=True, slots=True)
class Filter:
    date: date | None = None
    view: str = ""
    block: str = ""
    floor: str = ""
    zone: str = ""
    attendees: int | None = None
    start: time | None = None
    end: time | None = None
    equipment: str = ""
    accessible: bool = False

    def during(self, day: Day) -> Interval | None:
        """The hours asked for on that date; None where they are not both given or make no stretch."""
        if self.start is None or self.end is None:
            return None
        try:
            return hours_during(day.date, self.start, self.end, day.house)
        except (LocalTimeMissing, ValueError):
            return None

    def passes(self, space: Space, day: Day, *, any_floor: bool = False) -> bool:
        policy = day.policy(space)
        return (
            (any_floor or self.floor in ("", space.floor))
            and self.zone in ("", space.zone)
            and (
                self.attendees is None or any(self.attendees <= places.limit for places in policy.by_layout().values())
            )
            and (not self.equipment or self.equipment in space.equipment)
            and (not self.accessible or policy.accessible)
        )


def filter_form(query: MultiDict[str, str], spaces: list[Space], house: House) -> FilterForm:
    form = FilterForm(query)
    here = language()
    floors = sorted({space.floor for space in spaces}, key=lambda code: (house.floors[code].level, code))
    zones = sorted({space.zone for space in spaces})
    equipment = sorted({thing for space in spaces for thing in space.equipment})
    form.floor.choices = choices({"": _("All")} | {code: house.floors[code].names.in_language(here) for code in floors})
    form.zone.choices = choices({"": _("All")} | {code: house.zones[code].names.in_language(here) for code in zones})
    form.equipment.choices = choices({"": _("All")} | {thing: thing for thing in equipment})
    for name, words in (
        ("floor", _("Floor")),
        ("zone", _("Zone")),
        ("attendees", _("People")),
        ("start", _("From")),
        ("end", _("Until")),
        ("equipment", _("Equipment")),
        ("accessible", _("Wheelchair accessible")),
    ):
        form[name].label.text = words
    return form


def read_filter(form: FilterForm) -> Filter | None:
    """What was asked, or None where part of it makes no sense."""
    if not form.validate():
        return None
    return Filter(**{name: value for name, value in form.data.items() if value is not None})


def without_nonsense(query: Mapping[str, str], form: FilterForm) -> dict[str, str]:
    """The query's values that can be read."""
    return {name: value for name, value in query.items() if name in form and not form[name].errors}

"""The week of a place as it is filled in: for each weekday some stretches, from when, until when, and why."""

from __future__ import annotations

import re
from datetime import date

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form, FormField, SelectField
from wtforms.utils import unset_value

from blueprints.booking.forms import choices
from blueprints.manage.flow.forms import ChangeForm
from blueprints.manage.words.hours import KIND_WORDS, day_names
from blueprints.web.faults import fault_sentence
from blueprints.web.value_field import ValueField
from models.rules.changes.hours import KINDS, MOST_ROWS, WEEKDAY, Period, WeekRow, week_faults
from models.rules.refusals import BadRequest
from models.rules.values import CLOCK, CLOSING_ON_A_PAGE, DAY, LINE

MONDAY, WORKING_DAYS = 1, range(1, 6)
WEEKDAYS = range(1, 8)
NAME_IN_A_ROW = re.compile(r"rows-[0-9]{1,4}-")
WEEK_WORDS = {
    "": _("Every week"),
    "1": _("First of the month"),
    "2": _("Second of the month"),
    "3": _("Third of the month"),
    "4": _("Fourth of the month"),
    "5": _("Fifth of the month"),
}


class RowForm(Form):
    """One stretch of a weekday. One without hours is as if it were not there."""

    weekday = ValueField(None, WEEKDAY, _("This is needed."))
    kind = SelectField(_("Who"), choices=choices(KIND_WORDS))
    opens = ValueField(_("From"), CLOCK)
    closes = ValueField(_("Until"), CLOSING_ON_A_PAGE)
    week_of_month = SelectField(_("Which weeks"), choices=choices(WEEK_WORDS))
    label = ValueField(_("Note"), LINE)

    @property
    def is_empty(self) -> bool:
        return not any(field.data is not None or any(field.raw_data or ()) for field in (self.opens, self.closes))

    def validate(self, extra_validators=None) -> bool:
        is_sound = super().validate(extra_validators)
        if self.is_empty or not is_sound:
            return is_sound
        for field, said in ((self.opens, _("Say from what time.")), (self.closes, _("Say until what time."))):
            if field.data is None:
                field.errors = [*field.errors, str(said)]
        return not self.errors

    def row(self) -> WeekRow:
        return WeekRow(
            self.weekday.data,
            self.opens.data,
            self.closes.data,
            self.kind.data,
            int(self.week_of_month.data) if self.week_of_month.data else None,
            self.label.data,
        )


class RowList(FieldList):
    """Reads only the numbers that this page gives its rows: any other key is not one of ours."""

    def process(self, formdata, data=unset_value, extra_filters=None) -> None:
        if formdata:
            formdata = MultiDict(pair for pair in formdata.items(multi=True) if NAME_IN_A_ROW.match(pair[0]))
        super().process(formdata, data, extra_filters)


class WeekForm(ChangeForm):
    valid_to = ValueField(_("Until and including"), DAY)
    rows = RowList(FormField(RowForm), max_entries=MOST_ROWS)

    def __iter__(self):
        """In the page's order, the rows taken apart: each field of theirs may be wrong in its own way."""
        plain = {field.name: field for field in super().__iter__()}
        del plain["rows"]
        return iter(
            [*(field for weekday in WEEKDAYS for row in self.rows_of(weekday) for field in row.form), *plain.values()]
        )

    def _remembered(self) -> list[Field]:
        """A week is kept as it was typed, whatever others did."""
        return []

    def rows_of(self, weekday: int) -> list[FormField]:
        return [row for row in self.rows if row.form.weekday.data == weekday]

    def filled(self) -> list[RowForm]:
        """The rows that count, in the order in which week() has them."""
        return [row.form for row in self.rows if not row.form.is_empty]

    def week(self) -> tuple[WeekRow, ...]:
        return tuple(row.row() for row in self.filled())

    def validate(self, extra_validators=None) -> bool:
        is_sound = super().validate(extra_validators)
        faults = list(week_faults(self.week())) if is_sound else []
        for fault in faults:
            self.blame(fault)
        return is_sound and not faults

    def blame(self, fault: BadRequest) -> None:
        """As any form, and at the field of a row: `rows.3.closes`."""
        sort, _sep, rest = fault.field.partition(".")
        if sort != "rows":
            super().blame(fault)
            return
        at, _sep, name = rest.partition(".")
        field = self.filled()[int(at)][name] if rest else self.valid_from
        field.errors = [*field.errors, fault_sentence(fault)]
        self.rows.errors = [row.errors for row in self.rows if row.errors]

    def add(self, row: WeekRow | None, weekday: int) -> None:
        if len(self.rows) < MOST_ROWS:
            self.rows.append_entry(_row_data(row, weekday))

    def remove(self, number: str) -> int:
        """Take out the row that carries this number on the page; the weekday on which it stood, Monday for none."""
        gone = [row for row in self.rows if row.name == f"rows-{number}"]
        self.rows.entries[:] = [row for row in self.rows if row not in gone]
        return next((row.form.weekday.data for row in gone if row.form.weekday.data), MONDAY)

    def copy_monday(self) -> None:
        """Give Tuesday to Friday the hours of Monday; what falls on one week of the month only stays."""
        mondays = [
            row.form.row()
            for row in self.rows_of(MONDAY)
            if None not in (row.form.opens.data, row.form.closes.data) and not row.form.week_of_month.data
        ]
        self.rows.entries[:] = [
            row for row in self.rows if row.form.week_of_month.data or row.form.weekday.data not in WORKING_DAYS[1:]
        ]
        for weekday in WORKING_DAYS[1:]:
            for row in mondays:
                self.add(row, weekday)


def week_form(week: Period, first: date) -> WeekForm:
    """A week to start from; `first`: from when it is to hold."""
    return WeekForm(
        data={
            "rows": [_row_data(row, row.weekday) for row in week.rows],
            "valid_from": first,
            "valid_to": week.last if week.first == first else None,
        }
    )


def make_ready(form: WeekForm, scope_type: str) -> None:
    """Before it is shown. Hours for residents mean nothing on a building: there, each zone says its own. Each field is
    called after its day too, so that it is known apart from those beside it."""
    names = day_names()
    for row in form.rows:
        kinds: list[str] = [
            kind for kind in KINDS if kind != "public" or scope_type != "building" or row.form.kind.data == kind
        ]
        row.form.kind.choices = choices({kind: KIND_WORDS[kind] for kind in kinds})
        for field in row.form:
            field.label.text = f"{names.get(row.form.weekday.data, '').capitalize()} – {field.label.text}"


def _row_data(row: WeekRow | None, weekday: int) -> dict:
    if row is None:
        return {"weekday": weekday, "week_of_month": "", "kind": "staff_access"}
    return {
        "weekday": weekday,
        "kind": row.kind,
        "opens": row.opens,
        "closes": row.closes,
        "week_of_month": str(row.week_of_month or ""),
        "label": row.label,
    }

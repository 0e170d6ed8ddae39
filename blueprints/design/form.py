"""A form with each sort of field that people meet here."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from blueprints.booking.messages import layout_word

SPACES = {"VZ-101": "De Vaart", "VZ-104": "De Kaai"}


class SampleForm(FlaskForm):
    title = StringField(_("Title"), [InputRequired(_("Fill this in.")), Length(max=200)])
    date = DateField(_("Date"), [InputRequired(_("Choose a date."))])
    start = TimeField(_("From"))
    attendees = IntegerField(_("People"), [NumberRange(1, 100, _("At least one person."))])
    layout = RadioField(_("Layout"), [InputRequired(_("Choose one."))])
    kind = SelectField(_("Space"))
    equipment = SelectMultipleField(_("Equipment"))
    note = TextAreaField(_("Note"))
    accessible = BooleanField(_("Wheelchair accessible"))

    def __init__(self, *arguments, **more) -> None:
        super().__init__(*arguments, **more)
        self.layout.choices = [(each, layout_word(each)) for each in ("boardroom", "ushape", "theatre")]
        self.kind.choices = [*SPACES.items()]
        self.equipment.choices = [("screen", "scherm"), ("whiteboard", "whiteboard")]

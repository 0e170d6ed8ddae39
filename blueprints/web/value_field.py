"""The field of a form that a value type reads: its limits, its one form and its faults are the type's own."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import DateInput, NumberInput, TextArea, TextInput, TimeInput

from blueprints.web.faults import fault_sentence
from models.rules.values import BadValue, ClockValue, DayValue, Decimal, Text, Value, WallTime, Whole

_WIDGETS = {
    Whole: NumberInput(),
    Decimal: NumberInput(step="any"),
    DayValue: DateInput(),
    ClockValue: TimeInput(),
    WallTime: TimeInput(),
}


class ValueField(Field):
    """What was typed, as `takes` reads it; None where nothing was. `needed`: what is said where something must be.
    `fault`: what is wrong with it, as a value."""

    fault: BadValue | None = None

    def __init__(self, label: str | None, takes: Value, needed: str | None = None, *, widget=None, **options) -> None:
        lines = isinstance(takes, Text) and takes.lines
        shows = widget or (TextArea() if lines else _WIDGETS.get(type(takes), TextInput()))
        super().__init__(label, widget=shows, **options)  # type: ignore[arg-type]  # TextArea asks for _value() alone
        self.takes, self.needed = takes, needed
        self.flags.required = bool(needed) or None
        self.flags.maxlength = getattr(takes, "longest", None)
        self.flags.min, self.flags.max = getattr(takes, "least", None), getattr(takes, "most", None)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        text = str(valuelist[0]).strip()
        self.data, self.raw_data = None, [text]
        if not text:
            return
        try:
            self.data = self.takes.from_text(text)
        except BadValue as bad:
            self.fault = bad
            raise ValueError(fault_sentence(bad)) from None

    def pre_validate(self, form) -> None:
        if self.needed and self.data is None and not self.process_errors:
            raise StopValidation(str(self.needed))

    def _value(self) -> str:
        if self.fault and self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else self.takes.written(self.data)

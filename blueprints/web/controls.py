"""The input of a form's field, written out: WTForms' own rendering takes half of a form page's time."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup, escape
from wtforms import Field, SelectField
from wtforms.widgets import Input, TextArea

FROM_VALIDATORS = ("required", "minlength", "maxlength", "min", "max", "step", "pattern")


def start_controls(app: Flask) -> None:
    app.jinja_env.globals["control"] = control


def control(field: Field, **attributes: object) -> Markup:
    """As `field(**attributes)` would: a select, textarea or input, with what its validators say and what is given."""
    own = {name: getattr(field.flags, name) for name in FROM_VALIDATORS}
    written = _attributes({"id": field.id, "name": field.name} | own | attributes)
    if type(field) is SelectField:
        return Markup(f"<select {written}>{_options(field)}</select>")
    if isinstance(field.widget, TextArea):
        return Markup(f"<textarea {written}>\r\n{_value(field)}</textarea>")
    assert isinstance(field.widget, Input), "a page writes out its boxes to tick itself"
    kind = field.widget.input_type
    value = "" if kind == "password" else f' value="{_value(field)}"'
    return Markup(f'<input type="{kind}" {written}{value}>')


def _value(field: Field) -> str:
    return escape(field._value())  # type: ignore[attr-defined]  # whatever is shown by one input has it


def _options(field: SelectField) -> str:
    if not field.has_groups():
        return "".join(map(_option, field.iter_choices()))
    return "".join(
        f'<optgroup label="{escape(label)}">{"".join(map(_option, inside))}</optgroup>'
        for label, inside in field.iter_groups()
    )


def _option(choice) -> str:
    value, label, selected, given = choice
    more = _attributes(given)
    return (
        f'<option value="{escape(value)}"{" selected" if selected else ""}{" " if more else ""}{more}>'
        f"{escape(label)}</option>"
    )


def _attributes(given: dict[str, object]) -> str:
    """True is an attribute without a value; None and False are none."""
    return " ".join(
        name if value is True else f'{name}="{escape(value)}"'
        for name, value in ((name.replace("_", "-"), value) for name, value in given.items())
        if value is not None and value is not False
    )

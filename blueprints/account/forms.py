"""The two fields of signing in, and the one of a delegate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from blueprints.web.value_field import ValueField
from models.actions.people.set_password import LONGEST_PASSWORD
from models.rules.values import LINE


class SignInForm(FlaskForm):
    username = ValueField(_("Username"), LINE, _("Give your username."))
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Give your password.")), Length(max=LONGEST_PASSWORD, message=_("This is too long."))],
    )


class DelegateForm(FlaskForm):
    delegate = ValueField(
        _("Name of a colleague"),
        LINE,
        _("Give the name of a colleague."),
        description=_("As everyone calls them, or their username."),
        render_kw={"autocomplete": "off"},
    )

"""The fields of signing in, of another password, and of a delegate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from blueprints.web.value_field import ValueField
from models.actions.people.set_password import LONGEST_PASSWORD
from models.rules.values import LINE


class SignInForm(FlaskForm):
    username = ValueField(_("Username"), LINE, _("Give your username."))
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Give your password.")), Length(max=LONGEST_PASSWORD, message=_("This is too long."))],
    )


class LockForm(FlaskForm):
    password = PasswordField(
        _("Password"),
        [InputRequired(_("Give your password.")), Length(max=LONGEST_PASSWORD, message=_("This is too long."))],
    )


class PasswordForm(FlaskForm):
    present_password = PasswordField(
        _("Your password of now"),
        [InputRequired(_("Give your password.")), Length(max=LONGEST_PASSWORD, message=_("This is too long."))],
    )
    new_password = PasswordField(_("New password"), [InputRequired(_("Give a new password."))])
    new_password_again = PasswordField(
        _("The new password once more"), [EqualTo("new_password", _("These two are not the same. Type both again."))]
    )
    keep_sessions = BooleanField(_("Stay signed in elsewhere"))
    keep_tokens = BooleanField(_("Let programs go on working in my name"))
    end_feeds = BooleanField(_("End my calendar addresses too"))


class DelegateForm(FlaskForm):
    delegate = ValueField(
        _("Name of a colleague"),
        LINE,
        _("Give the name of a colleague."),
        description=_("As everyone calls them, or their username."),
        render_kw={"autocomplete": "off"},
    )

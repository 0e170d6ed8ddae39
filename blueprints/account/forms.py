"""The two fields of signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

LONGEST_NAME = 200
LONGEST_PASSWORD = 1000    # hashing takes longer the longer it is


class SignInForm(FlaskForm):
    username = StringField(_("Username"), [
        InputRequired(_("Give your username.")), Length(max=LONGEST_NAME, message=_("This is too long."))])
    password = PasswordField(_("Password"), [
        InputRequired(_("Give your password.")), Length(max=LONGEST_PASSWORD, message=_("This is too long."))])

"""Forms may only be sent from our own pages."""

from __future__ import annotations

from flask import Flask, current_app, request
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from blueprints.web.again import form_again, nothing_done, sign_in_again, typed_here
from blueprints.web.errors import refused
from blueprints.web.form_token import FORM_TOKEN, TokenInForms, form_token, take_off_the_mask
from blueprints.web.identity import current_person
from blueprints.web.rights import right_of
from models.rules.people.rights import RIGHTS

csrf = CSRFProtect()


def start_csrf(app: Flask) -> None:
    """Check every POST; the API exempts its own blueprint with `csrf.exempt`, since it never looks at the cookie."""
    # The token lives as long as the cookie session: a form left open over lunch must still be accepted.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.before_request(take_off_the_mask)
    csrf.init_app(app)
    FlaskForm.Meta.csrf_class = TokenInForms
    app.jinja_env.globals[FORM_TOKEN] = form_token
    app.context_processor(lambda: {FORM_TOKEN: form_token})  # after Flask-WTF's own, and so in its place
    app.register_error_handler(CSRFError, _from_before)


def _from_before(error: CSRFError) -> Response:
    """A page of ours from before another sign-in, or before one signed out in another tab: its form comes back with
    what was typed, if they are who typed it. What another site sent does not."""
    typed = typed_here()
    if typed is None:
        return refused(error)
    person = current_person()
    if person is None and _is_for_those_signed_in():
        return sign_in_again(typed)
    if person is not None and not typed.is_of(person):
        return nothing_done()
    return form_again(typed, signed_out=False)


def _is_for_those_signed_in() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and RIGHTS[right_of(view)].roles is not None

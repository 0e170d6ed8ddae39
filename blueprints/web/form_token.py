"""The token that each form of ours sends, as it stands in a page: masked anew in every answer.

Answers are compressed, and how long one became tells whether what somebody put into it stands in it already. So a text
that is the same in each answer of a session could be guessed letter by letter (BREACH); this one never is.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, urlsafe_b64encode

from flask import g, request
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms import Field, ValidationError
from wtforms.csrf.core import CSRF
from wtforms.form import BaseForm

from blueprints.web.identity import is_for_programs

FORM_TOKEN = "csrf_token"  # its name in a form, of what it is signed over in the session, and in `g`
BESIDE_A_BODY = "HTTP_X_CSRFTOKEN"  # where a script sends it with a body that is no form


def form_token() -> str:
    """As it is to stand in this answer, in each of its forms the same."""
    if FORM_TOKEN not in g:
        signed: str = generate_csrf()  # which keeps it in `g`, and gives what it finds there from then on
        g.csrf_token = masked(signed)
    return g.csrf_token


class TokenInForms(CSRF):
    """The same in the field that each form of Flask-WTF has."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        return form_token()

    def validate_csrf_token(self, form: BaseForm, field: Field) -> None:
        if not g.get("csrf_valid"):  # as Flask-WTF's check of every POST has found it
            raise ValidationError


def take_off_the_mask() -> None:
    """Before anything looks at what a form or script sent: from here on the token is as it was signed."""
    if request.method != "POST" or not request.endpoint or is_for_programs():
        return
    if FORM_TOKEN in request.form:
        sent = MultiDict(request.form)
        sent[FORM_TOKEN] = unmasked(sent[FORM_TOKEN])
        request.form = ImmutableMultiDict(sent)
    if BESIDE_A_BODY in request.environ:
        request.environ[BESIDE_A_BODY] = unmasked(request.environ[BESIDE_A_BODY])


def masked(signed: str) -> str:
    """Another text each time: a pad as long as the token, drawn for this once, and the two laid over each other."""
    token = signed.encode()
    pad = secrets.token_bytes(len(token))
    return urlsafe_b64encode(pad + _over(token, pad)).decode()


def unmasked(sent: str) -> str:
    """The signed token in what a form sent; empty where there can be none in it."""
    if "." in sent:  # signed as it is: of a page that was made before tokens were masked
        return sent
    try:
        both = b64decode(sent.encode("ascii"), b"-_", validate=True)
    except ValueError:
        return ""
    half, odd = divmod(len(both), 2)
    return "" if odd else _over(both[:half], both[half:]).decode("latin-1")


def _over(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))

"""Whose a form or a tick is: the token that each form sends says by a keyed hash for whom its page was made, also where
nobody is signed in any more. It stands in what each form has anyway, so that no form asks for a field more."""

from __future__ import annotations

import hmac
import secrets

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from blueprints.web.form_token import FORM_TOKEN
from models.rules.people.person import Person

SALT_OF_THE_TOKEN = "wtf-csrf-token"  # Flask-WTF's own


def mark_of(person: Person) -> str:
    """The same in each session of somebody, and told from no number."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"forms of {person.id}".encode(), "sha256").hexdigest()[:32]


def key_of_forms(person: Person) -> str:
    """What the forms of a new session are signed over."""
    return f"{secrets.token_hex(20)}.{mark_of(person)}"


def mark_of_form() -> str:
    """Of whom the form is that this request sent; empty where nobody was signed in, and where we did not sign it."""
    signer = URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=SALT_OF_THE_TOKEN)
    try:
        key = signer.loads(request.form.get(FORM_TOKEN, ""))
    except BadData:
        return ""
    return str(key).partition(".")[2]

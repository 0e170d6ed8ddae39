"""/login and /logout."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.account import blueprint
from blueprints.account.forms import SignInForm
from blueprints.account.knocking import (
    browser_token,
    is_marked_shared,
    keep_browser,
    knock_of,
    seconds_until,
    wait_sentence,
)
from blueprints.account.lock import end_of_this_day
from blueprints.commands.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from blueprints.web.again import carried, form_again, typed_before
from blueprints.web.clock import now
from blueprints.web.form_token import FORM_TOKEN
from blueprints.web.identity import (
    SESSION_KEY,
    current_person,
    idle_end,
    locked_person,
    session_token_hash,
    this_session,
)
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from blueprints.web.whose import key_of_forms
from models.actions.people.sign_in import NotSignedIn, sign_in
from models.actions.people.sign_out import sign_out
from models.rules.people.passwords import passwords_at
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.people.tokens import token_hash

HOME, RECEPTION = "home.today", "board.whole_day"


@blueprint.get("/login")
@needs("sign_in")
def login() -> Response | str:
    if (person := current_person()) is not None:
        return redirect(_next_page(person), 303)
    if locked_person() is not None:
        return redirect(url_for("account.locked", next=local_path(request.args.get("next"))), 303)
    return _page(SignInForm())


@blueprint.post("/login")
@needs("sign_in")
def open_session() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 400
    browser = browser_token()
    answer = sign_in(
        knock_of(form.username.data.strip()),
        form.password.data or "",
        passwords_at(**current_app.config["TREFPUNT_ARGON2"]),
        now(),
        browser=token_hash(browser),
        shared_until=end_of_this_day() if is_marked_shared() else None,
    )
    if isinstance(answer, NotSignedIn):
        return _not_signed_in(form, answer)
    session.clear()  # whatever a stranger may have planted in this browser's cookie ends here
    session[SESSION_KEY] = answer.token
    session[FORM_TOKEN] = key_of_forms(answer.person)
    typed = typed_before(answer.person)
    onwards = form_again(typed, signed_out=True) if typed else redirect(_next_page(answer.person), 303)
    keep_browser(onwards, browser)
    return onwards


@blueprint.post("/logout")
@needs("sign_out")
def logout() -> Response:
    sign_out(this_session())
    session.clear()
    answer = redirect(url_for("account.login"), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _page(form: SignInForm) -> str:
    is_demo = current_app.config["TREFPUNT_DEMO"]
    return render_template(
        "account/login.html",
        form=form,
        ended_after=_ended_after(),
        typed=carried(),
        next_page=local_path(request.values.get("next")) or "",
        demo_people=DEMO_PEOPLE if is_demo else (),
        demo_password=DEMO_PASSWORD if is_demo else "",
    )


def _ended_after() -> int | None:
    """The idle minutes, for a browser whose session is over: it still shows the token, for nobody signed out in it."""
    if session_token_hash() is None:
        return None
    return idle_end() // timedelta(minutes=1)


def _next_page(person: Person) -> str:
    """Where they were going; else to the day, reception to that of the whole house."""
    first = RECEPTION if holds(person, "receive_people") else HOME
    return local_path(request.values.get("next")) or url_for(first)


def _not_signed_in(form: SignInForm, answer: NotSignedIn) -> tuple[str, int, dict[str, str]]:
    """One sentence for a wrong name and a wrong password: which of them it was is nobody's business."""
    if answer.again_at is None:
        form.form_errors = [_("This username and password do not belong together.")]
        return _page(form), 401, {}
    seconds = seconds_until(answer.again_at)
    form.form_errors = [wait_sentence(seconds)]
    return _page(form), 429, {"Retry-After": str(seconds)}

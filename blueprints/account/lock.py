"""A shared computer: marked at /account, locked by a press or after ten minutes, opened by the password, over at the
day's end. Whatever proves who somebody is, a PIN or a passkey, can stand where the password is asked for."""

from __future__ import annotations

from datetime import datetime

from flask import Response as Page
from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.account import blueprint
from blueprints.account.forms import LockForm
from blueprints.account.knocking import knock_of, mark_browser_shared, seconds_until, wait_sentence
from blueprints.web.again import carried, form_again, typed_before
from blueprints.web.clock import now
from blueprints.web.identity import locked_person, session_token_hash, this_session
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from models.actions.people.change_password import TooManyAttempts
from models.actions.people.lock import lock, mark_shared, unlock
from models.actions.people.set_password import PasswordRefused
from models.actions.people.sign_out import sign_out
from models.queries.house import the_house
from models.rules.people.passwords import passwords_at
from models.rules.times.interval import civil_date, civil_day


def end_of_this_day() -> datetime:
    """Of the building's, when whatever is open at its shared computers is over."""
    zone = the_house().zone
    return civil_day(civil_date(now(), zone), zone).end


@blueprint.post("/account/shared")
@needs("lock")
def share() -> Response:
    is_shared = request.form.get("shared") == "1"
    mark_shared(this_session(), end_of_this_day() if is_shared else None)
    said = _("This is a shared computer: it locks itself.") if is_shared else _("This is not a shared computer.")
    flash(said, "success")
    answer = redirect(url_for("account.show"), 303)
    mark_browser_shared(answer, is_shared)
    return answer


@blueprint.post("/lock")
@needs("lock")
def lock_now() -> Response:
    lock(this_session(), now())
    answer = redirect(url_for("account.locked", next=local_path(request.form.get("next"))), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.post("/lock/awake")
@needs("lock")
def awake() -> tuple[str, int]:
    """Somebody types, and sends nothing yet: the session is in use."""
    return "", 204


@blueprint.get("/locked")
@needs("sign_in")
def locked() -> Response | str:
    return _page(LockForm()) if locked_person() is not None else redirect(_next_page(), 303)


@blueprint.post("/locked")
@needs("sign_in")
def open_lock() -> Response | tuple[str, int]:
    """For a script, which says so by `here`, without a page: it has its own."""
    form, person, token = LockForm(), locked_person(), session_token_hash()
    if person is None or token is None:
        return redirect(_next_page(), 303)
    if not form.validate_on_submit():
        return _refused(form, 400)
    passwords = passwords_at(**current_app.config["TREFPUNT_ARGON2"])
    try:
        goes_on = unlock(knock_of(person.username), form.password.data or "", token, passwords, now())
    except TooManyAttempts as many:
        seconds = seconds_until(many.again_at)
        form.password.errors = [wait_sentence(seconds)]
        return _refused(form, 429, seconds)
    except PasswordRefused:
        form.password.errors = [_("This is not the password of %(name)s.", name=person.name)]
        return _refused(form, 401)
    if "here" in request.form:
        return "", 204 if goes_on else 410
    g.pop("_login_user", None)  # who asks is known again
    typed = typed_before(person)
    return form_again(typed, signed_out=True) if typed and goes_on else redirect(_next_page(), 303)


@blueprint.post("/lock/leave")
@needs("sign_in")
def leave() -> Response:
    """Somebody else wants to sign in here: the session that is locked ends, without its password."""
    token = session_token_hash()
    if token is not None and locked_person() is not None:
        sign_out(token)
        session.clear()
    return redirect(url_for("account.login"), 303)


def _refused(form: LockForm, status: int, wait: int | None = None) -> Response:
    if "here" in request.form:
        answer = Page(" ".join(map(str, form.password.errors)), status, mimetype="text/plain")
    else:
        answer = Page(_page(form), status, mimetype="text/html")
    if wait is not None:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _page(form: LockForm) -> str:
    person = locked_person()
    return render_template(
        "account/locked.html",
        form=form,
        name=person.name if person else "",
        next_page=local_path(request.values.get("next")) or "",
        typed=carried(),
    )


def _next_page() -> str:
    return local_path(request.values.get("next")) or url_for("home.today")

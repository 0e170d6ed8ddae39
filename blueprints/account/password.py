"""/account/password: another password of one's own, and what ends with the old one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from blueprints.account import blueprint
from blueprints.account.forms import PasswordForm
from blueprints.account.knocking import knock_of, seconds_until, this_browser, wait_sentence
from blueprints.web.identity import by, signed_in, this_session
from blueprints.web.rights import needs
from models.actions.people.change_password import Ends, TooManyAttempts, change_password
from models.actions.people.set_password import PasswordRefused
from models.queries.accounts import what_is_open
from models.rules.people.password_rules import LONGEST_NEW_PASSWORD, SHORTEST_PASSWORD
from models.rules.people.passwords import passwords_at

# What is better stands at the top of the page.
REASONS: Mapping[str, LazyString] = {
    "wrong_password": _l("This is not your password of now."),
    "same_password": _l("This is your password of now."),
    "short_password": _l("Take at least %(least)s characters."),
    "long_password": _l("Take at most %(most)s characters."),
    "common_password": _l("Many people take this, with a year or a mark behind it, so it is tried first."),
    "personal_password": _l(
        "A name of you, your town, your organisation or Trefpunt stands in it, and those are tried first."
    ),
    "weak_password": _l("This is quickly guessed: it repeats, counts on, or follows the keyboard."),
}


@blueprint.get("/account/password")
@needs("change_password")
def password() -> str:
    return _page(PasswordForm())


@blueprint.post("/account/password")
@needs("change_password")
def another_password() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    form = PasswordForm()
    if not form.validate_on_submit():
        return _page(form), 400
    ends = Ends(
        this_session(), this_browser(), not form.keep_sessions.data, not form.keep_tokens.data, form.end_feeds.data
    )
    passwords = passwords_at(**current_app.config["TREFPUNT_ARGON2"])
    try:
        knock = knock_of(signed_in().username)
        change_password(knock, by(), form.present_password.data or "", form.new_password.data or "", ends, passwords)
    except TooManyAttempts as many:
        seconds = seconds_until(many.again_at)
        form.form_errors = [wait_sentence(seconds)]
        return _page(form), 429, {"Retry-After": str(seconds)}
    except PasswordRefused as refused:
        field = form.present_password if refused.reason == "wrong_password" else form.new_password
        facts = {"least": SHORTEST_PASSWORD, "most": LONGEST_NEW_PASSWORD}
        field.errors = [str(REASONS[refused.reason]) % facts]
        return _page(form), 400
    flash(_("You have a new password."), "success")
    return redirect(url_for("account.show"), 303)


def _page(form: PasswordForm) -> str:
    """What is open besides stands there as a number: nobody takes back what they do not know of."""
    person = signed_in()
    sessions, tokens, feeds = what_is_open(person.id, by().now)
    others = sessions - 1
    return render_template(
        "account/password.html",
        form=form,
        username=person.username,
        least=SHORTEST_PASSWORD,
        sessions=others and ngettext("%(num)d other place", "%(num)d other places", others),
        tokens=tokens and ngettext("%(num)d token of a program", "%(num)d tokens of programs", tokens),
        feeds=feeds and ngettext("%(num)d calendar address", "%(num)d calendar addresses", feeds),
    )

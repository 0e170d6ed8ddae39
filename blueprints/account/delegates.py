"""Who may book for me: named and taken back on one's own account page."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.account import blueprint
from blueprints.account.forms import DelegateForm
from blueprints.account.mine import account_page
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.people.delegates import name_delegate, withdraw_delegate
from models.queries.people import colleagues_like
from models.rules.people.person import By
from models.rules.refusals import BadRequest, NotFound


@blueprint.post("/account/delegates")
@needs("name_delegates")
def add_delegate() -> Response | tuple[str, int]:
    form, by = DelegateForm(), By(signed_in(), now())
    if form.validate_on_submit():
        try:
            name = name_delegate(_username_of(form.delegate.data, by), by)
        except BadRequest as bad:
            form.delegate.errors = [fault_sentence(bad)]
        else:
            flash(_("%(name)s may book for you.", name=name), "success")
            return redirect(url_for("account.show"), 303)
    return account_page(form), 400


@blueprint.post("/account/delegates/<username>/withdraw")
@needs("name_delegates")
def withdraw(username: str) -> Response:
    try:
        name = withdraw_delegate(username, By(signed_in(), now()))
    except NotFound:
        abort(404)
    flash(_("%(name)s no longer books for you. What they booked stays.", name=name), "success")
    return redirect(url_for("account.show"), 303)


def _username_of(typed: str, by: By) -> str:
    """A name as colleagues call it stands for the one colleague who is called so."""
    called = [each for each in colleagues_like(typed, by.person.organisation) if each.name == typed]
    return called[0].username if len(called) == 1 else typed

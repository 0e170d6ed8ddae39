"""/account: who I am here, who may book for me, where I am signed in, and what programs work in my name."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from blueprints.account import blueprint
from blueprints.account.forms import DelegateForm
from blueprints.account.knocking import this_browser
from blueprints.booking.messages import role_word
from blueprints.web.clock import now
from blueprints.web.identity import idle_end, signed_in, this_session
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.people.sign_out import end_session, sign_out_elsewhere
from models.queries.house import the_house
from models.queries.people import SESSION_HANDLE, open_sessions_of, people_by_username
from models.queries.tokens import tokens_of
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_be_delegate_of


@blueprint.get("/account")
@needs("see_account")
def show() -> str:
    return account_page(DelegateForm())


def account_page(form: DelegateForm) -> str:
    """The page, with what was typed last in the form on it."""
    person, house, here = signed_in(), the_house(), language()
    service, zone = house.services.get(person.service or ""), house.zones.get(person.home_zone or "")
    organisation = house.organisations[person.organisation]
    return render_template(
        "account/mine.html",
        person=person,
        organisation=organisation.names.in_language(here),
        colour=organisation.colour,
        service=service and service.names.in_language(here),
        zone=zone and zone.names.in_language(here),
        roles=", ".join(sorted(role_word(role) for role in person.roles)),
        form=form,
        delegates=_delegates(person) if holds(person, "name_delegates") else None,
        sessions=open_sessions_of(person.id, now(), idle_end()),
        this_session=this_session(),
        tokens=tokens_of(person.id, now()) if holds(person, "make_tokens") else None,
    )


def _delegates(person: Person) -> list[dict[str, str]]:
    """Those who may, by name: whoever works elsewhere by now is left out."""
    named = people_by_username(person.delegates).values()
    return [
        {"username": each.username, "name": each.name}
        for each in sorted(named, key=lambda each: each.name)
        if may_be_delegate_of(person, each)
    ]


@blueprint.post("/account/sessions/<handle>/end")
@needs("sign_out")
def end_one_session(handle: str) -> Response:
    """Ending the one in hand is signing out; one that is over already is as good as ended."""
    if len(handle) == SESSION_HANDLE:
        end_session(signed_in().id, handle)
    flash(_("Signed out there."), "success")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/sign-out-elsewhere")
@needs("sign_out")
def end_other_sessions() -> Response:
    ended = sign_out_elsewhere(signed_in().id, this_session(), this_browser())
    flash(
        ngettext("Signed out in %(num)d other place.", "Signed out in %(num)d other places.", ended)
        if ended
        else _("You were signed in nowhere else."),
        "success",
    )
    return redirect(url_for("account.show"), 303)

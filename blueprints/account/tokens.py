"""What proves that a program works in my name: made, shown this once, and ended."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.account import blueprint
from blueprints.account.token_form import TokenForm
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import by, signed_in
from blueprints.web.packing import shows_a_key
from blueprints.web.rights import needs
from models.actions.people.create_token import TokenRefused, create_token
from models.actions.people.end_tokens import end_token, end_tokens
from models.queries.house import the_house
from models.queries.tokens import tokens_of
from models.rules.people.tokens import LONGEST_DAYS
from models.rules.refusals import BadRequest, NotFound
from models.rules.times.interval import civil_date


@blueprint.get("/account/tokens")
@needs("make_tokens")
def tokens() -> str:
    return _page(_form())


@blueprint.post("/account/tokens")
@needs("make_tokens")
def make_token() -> Response | tuple[str, int]:
    """The one answer that shows a token. No redirect: it would have to be kept somewhere until the next page."""
    form, (person, at) = _form(), by()
    if form.validate_on_submit():
        try:
            token = create_token(
                person.username, form.scope.data, at, name=form.name.data, until=form.until.data, actor=person
            )
        except BadRequest as bad:
            form[bad.field].errors = [fault_sentence(bad)]
        except TokenRefused:  # the roles became fewer meanwhile
            abort(403)
        else:
            page = _page(_form(empty=True), made={"name": form.name.data, "token": token})
            return shows_a_key(Response(page, 201))
    return _page(form), 400


@blueprint.post("/account/tokens/<token:token_id>/end")
@needs("make_tokens")
def end_one_token(token_id: int) -> AnyResponse:
    person, at = by()
    try:
        end_token(token_id, person.id, at, person)
    except NotFound:
        abort(404)
    flash(_("The token is ended. The program that used it gets no answer any more."), "success")
    return redirect(url_for("account.tokens"), 303)


@blueprint.post("/account/tokens/end-all")
@needs("make_tokens")
def end_all_tokens() -> AnyResponse:
    person, at = by()
    ended = end_tokens(person.id, at, actor=person)
    flash(ngettext("%(num)d token is ended.", "%(num)d tokens are ended.", ended), "success")
    return redirect(url_for("account.tokens"), 303)


def _form(*, empty: bool = False) -> TokenForm:
    """`empty`: for the next one, whatever was sent."""
    form = TokenForm(formdata=None) if empty else TokenForm()
    return form.offer(signed_in(), civil_date(now(), the_house().zone))


def _page(form: TokenForm, made: dict | None = None) -> str:
    return render_template(
        "account/tokens.html",
        form=form,
        made=made,
        tokens=tokens_of(signed_in().id, now()),
        longest_days=LONGEST_DAYS,
    )

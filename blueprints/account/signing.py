"""/login and /logout."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, session, url_for
from flask_babel import format_time
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.account import blueprint
from blueprints.account.forms import SignInForm
from blueprints.commands.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from blueprints.web.clock import now
from blueprints.web.identity import SESSION_KEY, current_person, this_session
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from models.actions.people.sign_in import NotSignedIn, sign_in
from models.actions.people.sign_out import sign_out
from models.rules.people.passwords import passwords_at

HOME = "home.today"


@blueprint.get("/login")
@needs("sign_in")
def login() -> Response | str:
    if current_person() is not None:
        return redirect(_next_page(), 303)
    return _page(SignInForm())


@blueprint.post("/login")
@needs("sign_in")
def open_session() -> Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 400
    answer = sign_in(
        form.username.data.strip(),
        form.password.data or "",
        request.remote_addr or "",
        passwords_at(**current_app.config["TREFPUNT_ARGON2"]),
        now(),
    )
    if isinstance(answer, NotSignedIn):
        form.form_errors = [_why_not(answer)]
        return _page(form), 429 if answer.again_at else 401
    session.clear()  # whatever a stranger may have planted in this browser's cookie ends here
    session[SESSION_KEY] = answer.token
    return redirect(_next_page(), 303)


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
        next_page=local_path(request.values.get("next")) or "",
        demo_people=DEMO_PEOPLE if is_demo else (),
        demo_password=DEMO_PASSWORD if is_demo else "",
    )


def _next_page() -> str:
    return local_path(request.values.get("next")) or url_for(HOME)


def _why_not(answer: NotSignedIn) -> str:
    """One sentence for a wrong name and a wrong password: which of them it was is nobody's business."""
    if answer.again_at is not None:
        return _("Too many attempts. Try again after %(time)s.", time=format_time(answer.again_at, "HH:mm"))
    return _("This username and password do not belong together.")

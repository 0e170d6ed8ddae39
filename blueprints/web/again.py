"""What somebody typed into a form that could not be taken, because they were signed out meanwhile or the page is older
than their sign-in: it comes back in the form, to them alone, and nothing of it is sent before they press again.

It travels in the pages alone, signed: never in an address, a log or the database. A form that another site sent is not
shown again: whatever stands in it, nobody here typed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Response, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from blueprints.web.base_url import absolute, here
from blueprints.web.form_token import FORM_TOKEN, form_token
from blueprints.web.identity import locked_person
from blueprints.web.local_path import local_path, page_of
from blueprints.web.refill import filled
from blueprints.web.whose import mark_of, mark_of_form
from models.rules.people.person import Person

TYPED = "trefpunt.typed"  # in a request of our own, what is carried along
MOST_CARRIED = 40_000  # characters, of 64 KiB that the next request may have
OF_THIS_REQUEST = (
    "HTTP_IF_",
    "HTTP_HX_",
    "HTTP_ORIGIN",
    "HTTP_RANGE",
    "HTTP_ACCEPT_ENCODING",
    "CONTENT_TYPE",
    "werkzeug.",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """On which page, sent to which path, what (fields with their values in order), and the mark of who typed."""

    page: str
    sent_to: str
    fields: tuple[tuple[str, str], ...]
    whose: str

    def is_of(self, person: Person) -> bool:
        return self.whose == mark_of(person)


def typed_here() -> Typed | None:
    """What was typed into the form that this request sent; None where no page of ours sent it."""
    if request.method != "POST" or request.headers.get("HX-Request") or not _is_from_us():
        return None
    sent_to = here()
    fields = tuple(
        (name, value) for name, value in request.form.items(multi=True) if name != FORM_TOKEN and "password" not in name
    )
    if sum(len(name) + len(value) for name, value in fields) > MOST_CARRIED:
        return None
    return Typed(page_of(request.referrer) or sent_to, sent_to, fields, mark_of_form())


def sign_in_again(typed: Typed) -> Response:
    """The page to sign in on, or to give the password of a locked session: it says why, and carries what was typed
    where that can come back to whoever typed it."""
    locked = locked_person()
    comes_back = typed.whose and (locked is None or typed.is_of(locked))
    said = _signer().dumps((typed.page, typed.sent_to, typed.fields, typed.whose)) if comes_back else None
    answer = _page(url_for("account.login" if locked is None else "account.locked"), carried=said)
    answer.status_code = 401
    return answer


def carried() -> str:
    """What this page, or the form on it that was sent, carries along."""
    return request.environ.get(TYPED) or request.form.get("typed", "")


def typed_before(person: Person) -> Typed | None:
    """What the form to sign in carried along, if this is who typed it."""
    try:
        page, sent_to, fields, whose = _signer().loads(carried())
    except (BadData, ValueError, TypeError):
        return None
    typed = Typed(page, sent_to, tuple((name, value) for name, value in fields), whose)
    return typed if typed.is_of(person) else None


def form_again(typed: Typed, *, signed_out: bool) -> AnyResponse:
    """The page with its form as it was when it was sent, and a sentence that it was not. Whoever signs in with this
    request has their new session in it already."""
    said = render_template("errors/typed_again.html", signed_out=signed_out, page=typed.page)
    cookie = _cookie_of_now() if signed_out else None
    for address in dict.fromkeys((typed.page, typed.sent_to)):
        answer = _page(address, cookie=cookie)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            page = filled(answer.get_data(as_text=True), address, typed.sent_to, typed.fields, said)
            if page is not None:
                answer.set_data(page)
                answer.headers.pop("ETag", None)
                answer.headers["Cache-Control"] = "no-store"
                answer.status_code = 200 if signed_out else 400
                return answer
    return nothing_done(local_path(typed.page))


def nothing_done(page: str | None = None) -> AnyResponse:
    """To that page, or to one that shows nothing of what was sent, with a sentence that it was not."""
    flash(_("Nothing was done. Press again if you still want to."), "warning")
    return redirect(page or url_for("home.today"), 303)


def _is_from_us() -> bool:
    """By what the browser says of it, which no page can make it say."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    ours = urlsplit(absolute("/"))
    return request.headers.get("Origin") == f"{ours.scheme}://{ours.netloc}"


def _page(address: str, *, carried: str | None = None, cookie: str | None = None) -> Response:
    """Another page of ours as this browser would get it: asked for inside, since what is carried fits in no address."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's own way to the app behind the proxy
    parts = urlsplit(address)
    environ = {name: value for name, value in request.environ.items() if not name.startswith(OF_THIS_REQUEST)}
    path = unquote_to_bytes(parts.path.removeprefix(request.script_root)).decode("latin-1")
    environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": parts.query, TYPED: carried}
    environ |= {"CONTENT_LENGTH": "0", "wsgi.input": BytesIO()}
    if cookie is not None:
        environ["HTTP_COOKIE"] = cookie
    with app.app_context(), app.request_context(environ):  # in one of its own: this one knows who asks already
        answer: Response = app.full_dispatch_request()
        answer.get_data()  # here, where it still knows who asks
    return answer


def _cookie_of_now() -> str:
    """This browser's cookies with the session as this request leaves it, the key of its forms included."""
    g.pop(FORM_TOKEN, None)  # of the session that ended, kept for the rest of this request
    form_token()
    interface, name = current_app.session_interface, current_app.config["SESSION_COOKIE_NAME"]
    assert isinstance(interface, SecureCookieSessionInterface), "Flask's own"
    signer = interface.get_signing_serializer(current_app)
    assert signer is not None, "there is a secret key"
    others = [f"{each}={value}" for each, value in request.cookies.items() if each != name]
    return "; ".join((*others, f"{name}={signer.dumps(dict(session))}"))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="typed")

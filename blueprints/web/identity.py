"""Who asks: a browser proves it by its signed cookie, a program by a bearer token, neither by the other's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Request, Response, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.exc import SQLAlchemyError

from blueprints.web.clock import now
from models.actions.people.touch_last_used import is_due, touch_api_token, touch_session, within_for
from models.queries.house import the_house, want_the_newest_house
from models.queries.recognised import person_of_api_token, person_of_session
from models.rules.people.lock import LOCKED_AFTER
from models.rules.people.person import By, Person
from models.rules.people.rights import may_manage
from models.rules.people.tokens import token_hash
from models.tables.outage import cannot_now

SESSION_KEY = "sign_in"
WATCHED = "/metrics"
REDRAWN = "here"  # the id of what presence/now.html asks for again and again
logger = logging.getLogger(__name__)
login_manager = LoginManager()


class Visitor(UserMixin):
    """A signed-in person as a page's header shows them; `current_user` in templates."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.id = person.id
        self.name = person.name

    @property
    def organisation_name(self) -> str:
        return the_house().organisations[self.person.organisation].names.in_language(self.person.language)

    @property
    def organisation_colour(self) -> str:
        return the_house().organisations[self.person.organisation].colour


def start_identity(app: Flask) -> None:
    login_manager.session_protection = None  # sessions are rows of ours: nothing of flask-login's lies in the cookie
    login_manager.init_app(app)
    app.after_request(_note_use)


def current_person() -> Person | None:
    """Who asks, with the roles they have at this moment: read once a request, never kept longer."""
    visitor = current_user._get_current_object()  # found once, and not anew for each word said of it
    return visitor.person if visitor and visitor.is_authenticated else None


def signed_in() -> Person:
    """Who asks, behind a right that only somebody signed in can hold (@needs): anybody else did not come this far."""
    person = current_person()
    assert person is not None, "a view that asks who is signed in must say @needs"
    return person


def by() -> By:
    """Who asks, at this moment."""
    return By(signed_in(), now())


def locked_person() -> Person | None:
    """Whose session this browser has at a shared computer, while it is locked: nobody is signed in then."""
    return g.get("locked_person") if current_person() is None else None


def is_shared_computer() -> bool:
    """Whether whoever is signed in, or was and is locked, is so in a browser that several people use."""
    return (current_person() or locked_person()) is not None and g.get("shared_computer", False)


def is_for_programs() -> bool:
    """Whether this request is for the JSON API: there only bearer tokens count, so a foreign page can forge nothing."""
    return request.path.startswith("/api/")


def shows_a_token() -> bool:
    """Whether whoever asks proves who they are by a bearer token: programs, and a watchdog that reads /metrics."""
    return is_for_programs() or request.path == WATCHED


def bearer_token() -> str | None:
    credentials = request.authorization
    return credentials.token if credentials is not None and credentials.type == "bearer" else None


def session_token_hash() -> str | None:
    """The hash of the token in this browser's cookie, whether or not it still opens anything."""
    token = session.get(SESSION_KEY)
    return token_hash(token) if token else None


def idle_end() -> timedelta:
    """After how long without a press somebody is signed out."""
    return timedelta(minutes=current_app.config["TREFPUNT_IDLE_MINUTES"])


def this_session() -> str:
    """The same of somebody who is signed in by it."""
    token = session_token_hash()
    assert token is not None, "whoever is signed in in a browser has one"
    return token


@login_manager.request_loader
def _recognise(_request: Request) -> Visitor | None:
    if "database_in_doubt" in g:  # a page that says so must not ask it who reads it
        return None
    visitor = _of_token() if shows_a_token() else _of_session()
    if visitor is not None and may_manage(visitor.person):
        want_the_newest_house()
    return visitor


def _of_token() -> Visitor | None:
    token = bearer_token()
    hashed = token and token_hash(token)
    found = person_of_api_token(hashed, now()) if hashed else None
    if hashed and found and is_due(found.last_used_at, now()):
        g.note_use = lambda: touch_api_token(hashed, now())
    return Visitor(found.person) if found else None


def _of_session() -> Visitor | None:
    hashed, idle = session_token_hash(), idle_end()
    found = person_of_session(hashed, now(), idle) if hashed else None
    if hashed is None or found is None:
        return None
    g.shared_computer = found.shared
    if found.locked:
        g.locked_person = found.person
        return None
    within = within_for(LOCKED_AFTER if found.shared else idle)
    if not _is_a_poll() and is_due(found.last_used_at, now(), within):
        g.note_use = lambda: touch_session(hashed, now(), within)
    return Visitor(found.person)


def _is_a_poll() -> bool:
    """A list that draws itself anew each minute is nobody's hand. The lists of an evacuation are left out on purpose:
    whoever watches one stays signed in."""
    return request.headers.get("HX-Trigger") == REDRAWN


def _note_use(response: Response) -> Response:
    """After the answer is made: a write ends the read transaction the view was in."""
    note_use = g.pop("note_use", None)
    if note_use is not None and "database_in_doubt" not in g:
        note_quietly(note_use)
    return response


def note_quietly(note: Callable[[], None]) -> None:
    """Write down what no answer is worth waiting or failing for."""
    try:
        note()
    except SQLAlchemyError as error:  # also where others write: the next request notes it as well
        if not cannot_now(error):
            logger.warning("the last use of a session or token could not be written down", exc_info=True)

"""The demo building with marked talks in it, and whoever comes to look: by browser, program or calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, text

from app import create_app
from models.actions.people.create_token import TokenRefused, create_token
from models.actions.people.feeds import make_feed
from models.queries.kept import KEPT
from models.queries.people import person_by_username
from models.rules.people.tokens import new_token, token_hash
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from models.tables.transaction import write_transaction
from tests.attack.planted import SCREENS, Planted, planted
from tests.attack.planting import go_on_around, plant
from tests.cast import NOW
from tests.conftest import QUICK_ARGON2, TEMPLATES, ReadingClient, StandingClock
from tests.databases import SECRET, PostgresqlShelf, SqliteShelf, migrated
from tests.demo_building import load_demo_building
from tests.screens import screen_at


@dataclass
class Town:
    app: Flask
    clock: StandingClock
    talks: Sequence[Planted] = ()
    is_whole: bool = False
    clients: dict[str | None, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    calendars: dict[tuple[str, str], str | None] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)

    def browser(self, who: str | None) -> FlaskClient:
        if who not in self.clients:
            self.clients[who] = self._fresh(who)
        return self.clients[who]

    def token(self, who: str) -> str:
        """The widest that their roles reach."""
        if who not in self.tokens:
            with self.app.app_context():
                self.tokens[who] = _widest_token(who)
        return self.tokens[who]

    def feed(self, who: str, scope: str, detail: str) -> str | None:
        """A calendar's address; None where they may have none of that."""
        with self.app.test_request_context():
            try:
                return make_feed(scope, detail, person_by_username(who), self.clock()).token
            except (BadRequest, NotFound, NotAllowed, Refused):
                return None

    def calendar(self, who: str, scope: str) -> str | None:
        """The one address of it that they keep, where they may have one."""
        if (who, scope) not in self.calendars:
            token = self.feed(who, scope, "full")
            self.calendars[who, scope] = token and f"/feeds/{token}.ics"
        return self.calendars[who, scope]

    def organisation_of(self, who: str) -> str:
        if who not in self.organisations:
            with self.app.app_context():
                self.organisations[who] = person_by_username(who).organisation
        return self.organisations[who]

    def asked(self, question: str) -> list:
        """The first column of what a question finds, past every query of ours."""
        with self.app.app_context():
            return list(db.session.execute(text(question)).scalars())

    def asked_whole(self, question: str) -> list[tuple]:
        """The same with all columns."""
        with self.app.app_context():
            return [tuple(row) for row in db.session.execute(text(question))]

    def _fresh(self, who: str | None) -> FlaskClient:
        if who is None:
            return self.app.test_client()
        return screen_at(self.app, *SCREENS[who]) if who in SCREENS else self._signed_in(who)

    def _signed_in(self, who: str) -> FlaskClient:
        token = new_token()
        with self.app.app_context(), write_transaction():
            person = db.session.execute(select(PersonRow.id).where(PersonRow.username == who)).scalar_one()
            db.session.execute(
                insert(SessionRow).values(
                    token_hash=token_hash(token),
                    person_id=person,
                    created_at=NOW,
                    last_used_at=NOW + timedelta(days=30),  # never idle
                    ends_at=NOW + timedelta(days=30),
                )
            )
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        return client


def _widest_token(who: str) -> str:
    try:
        return create_token(who, "manage", NOW)
    except TokenRefused as refused:
        return create_token(who, refused.reaches or "read", NOW)


@contextmanager
def town_of(shelf: SqliteShelf | PostgresqlShelf, mail: Path, *, whole: bool) -> Iterator[Town]:
    with quiet_town(shelf, mail) as town:
        town.talks, town.is_whole = planted(whole=whole), whole
        with town.app.test_request_context():
            plant(town.talks)
            go_on_around(town.talks)
        yield town


@contextmanager
def quiet_town(shelf: SqliteShelf | PostgresqlShelf, mail: Path, *, probes: int = 0) -> Iterator[Town]:
    """The building before anybody books. `probes`: how many judgements somebody may ask for in vain; 0: no end."""
    clock = StandingClock()
    with shelf.copy_of("demo", migrated, load_demo_building) as url:
        app = create_app(
            {
                "TESTING": True,
                "TREFPUNT_DATABASE_URL": url,
                "TREFPUNT_SECRET_KEY": SECRET,
                "TREFPUNT_MAIL_DIR": str(mail),
                "TREFPUNT_MAIL_URL": None,
                "TREFPUNT_BASE_URL": "http://localhost",
                "TREFPUNT_DEMO": "0",
                "TREFPUNT_ARGON2": QUICK_ARGON2,
                "TREFPUNT_CLOCK": clock,
                "TREFPUNT_PATIENCE": 60,
                "TREFPUNT_PROBES": str(probes),
                "TREFPUNT_API_LIMIT": "0",
                "WTF_CSRF_ENABLED": False,
            }
        )
        app.test_client_class = ReadingClient
        app.jinja_env.bytecode_cache = TEMPLATES
        yield Town(app, clock)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        KEPT.clear()

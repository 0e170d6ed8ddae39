"""People of the demo building who signed in, as the headers that their browser or program sends."""

from __future__ import annotations

from flask import Flask

from blueprints.web.identity import SESSION_KEY
from models.actions.people.attempts import Knock
from models.actions.people.create_token import create_token
from models.actions.people.set_password import set_passwords
from models.actions.people.sign_in import sign_in
from models.rules.people.passwords import passwords_at
from tests.cast import ANN, NOW

PASSWORDS = passwords_at(time_cost=1, memory_cost=8, parallelism=1)


class People:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tokens: dict[str, str] = {}
        self.cookies: dict[str, str] = {}

    def in_browser(self, username: str) -> dict[str, str]:
        """The cookie of somebody who signed in."""
        if username not in self.cookies:
            with self.app.test_request_context():
                set_passwords([username], "benchmarks only", PASSWORDS)
                token = sign_in(Knock(username, username, "127.0.0.1"), "benchmarks only", PASSWORDS, NOW).token
            client, name = self.app.test_client(), self.app.config["SESSION_COOKIE_NAME"]
            with client.session_transaction() as cookie:
                cookie[SESSION_KEY] = token
            client.get("/")  # from then on it also holds the key of their forms
            found = client.get_cookie(name)
            assert found is not None
            self.cookies[username] = found.value
        return {"Cookie": f"{self.app.config['SESSION_COOKIE_NAME']}={self.cookies[username]}"}

    def as_program(self, username: str = ANN, scope: str = "write") -> dict[str, str]:
        if username not in self.tokens:
            with self.app.test_request_context():
                self.tokens[username] = create_token(username, scope, NOW)
        return {"Authorization": f"Bearer {self.tokens[username]}"}

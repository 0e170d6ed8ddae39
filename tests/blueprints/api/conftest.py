"""Programs that call: a token for whoever a test names, and every answer held against its description."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from flask.testing import FlaskClient
from pydantic import TypeAdapter
from werkzeug.test import TestResponse

from blueprints.api.operation import Operation
from blueprints.api.shapes import Problem
from models.actions.people.create_token import create_token
from models.queries.house import the_house
from tests.cast import NOW

JSON = "application/json"
PROBLEM = "application/problem+json"
A_PROBLEM = TypeAdapter(Problem)
form_of = cache(TypeAdapter)


class Program:
    """Calls version 1 with one token. What comes back is checked: no 5xx, and just what is described."""

    def __init__(self, client: FlaskClient, token: str | None) -> None:
        self.client, self.token = client, token

    def get(self, path: str, **more) -> TestResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, json=None, **more) -> TestResponse:
        return self.call("POST", path, json=json, **more)

    def patch(self, path: str, json=None, **more) -> TestResponse:
        return self.call("PATCH", path, json=json, **more)

    def delete(self, path: str, **more) -> TestResponse:
        return self.call("DELETE", path, **more)

    def call(self, method: str, path: str, *, json=None, headers=None, **more) -> TestResponse:
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if json is not None:
            more["json"] = json
        answer = self.client.open(
            path if "://" in path else f"/api/v1{path}", method=method, headers={**sent, **(headers or {})}, **more
        )
        self._check(method, answer)
        return answer

    def _check(self, method: str, answer: TestResponse) -> None:
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert answer.mimetype == PROBLEM, answer.text
            A_PROBLEM.validate_python(answer.json)
            assert answer.json["status"] == answer.status_code
            if answer.status_code == 400 and answer.json["type"] != "about:blank":
                assert answer.json["errors"]
                assert all(each["message"] for each in answer.json["errors"])
        elif answer.data:
            assert answer.mimetype == JSON
            operation = self._operation(method, answer.request.path)
            assert answer.status_code == operation.status
            with self.client.application.app_context():
                described = form_of(operation.answer).validate_python(
                    answer.json, strict=True, context=lambda: the_house().codes
                )
            assert described == answer.json, "more than is described"

    def _operation(self, method: str, path: str) -> Operation:
        app = self.client.application
        with app.app_context():  # a covered number needs the key of the house
            endpoint, _arguments = app.url_map.bind("localhost").match(path, method)
        return app.view_functions[endpoint].operation


@pytest.fixture
def program(demo_app) -> Callable[..., Program]:
    """`program(ANN)` calls as her; `program(ANN, "read")` with no more than that scope; `program()` as nobody."""
    known: dict[tuple[str, str], str] = {}

    def calling_as(username: str | None = None, scope: str = "write") -> Program:
        if username is None:
            return Program(demo_app.test_client(), None)
        if (username, scope) not in known:
            with demo_app.app_context():
                known[username, scope] = create_token(username, scope, NOW)
        return Program(demo_app.test_client(), known[username, scope])

    return calling_as

"""Whatever is sent, as nobody, as staff and as facility manager: a clear answer below 500, never a trace, and a no
that leaves the house as it was."""

from __future__ import annotations

import re
from functools import cache
from random import Random

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.attack.hostile import Sent, hostile, sound_requests
from tests.attack.surfaces import things_at
from tests.attack.town import Town, town_of
from tests.blueprints.booking.reading import values_of
from tests.cast import ANN, FARID
from tests.conftest import DATABASES

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # cut-off files, left open
WHO = (None, ANN, FARID)
LEFT_OUT = {"static", "account.logout", "account.end_other_sessions", "account.end_all_tokens"}  # they would be out
SCREENS = "screens."  # for what is nowhere the page on which any screen waits to be paired
KEPT = "SELECT revision, bookings_revision, (SELECT count(*) FROM outbox) FROM municipality"


@pytest.fixture(scope="module", params=DATABASES)
def town(request, tmp_path_factory):
    shelf = request.getfixturevalue(f"{request.param}_shelf")
    with town_of(shelf, tmp_path_factory.mktemp("mail"), whole=False) as there:
        there.app.config["PROPAGATE_EXCEPTIONS"] = True
        yield there


def test_every_route_and_operation_answers_what_cannot_be_with_a_clear_no(town):
    assert "\n".join(_wrong_answers(town, rounds=1)) == ""


def test_a_number_that_no_row_has_is_found_nowhere(town):
    """Also where a database could not even compare with it; of what cannot be read there is one answer."""
    found = {}
    for rule, method, values in sound_requests(town.app, lambda rule, name: things_at(rule, name, town)):
        if method != "GET" or not values or rule.endpoint == "static" or rule.endpoint.startswith(SCREENS):
            continue
        for number in ("2147483648", "99999999999999999999"):
            path = rule.rule
            for name in values:
                path = re.sub(rf"<(?:\w+:)?{name}>", number, path)
            answer = _answered(town, FARID, Sent("GET", path))
            if answer.status_code != 404:
                found[path] = answer.status_code
    assert found == {}


@pytest.mark.deep
def test_ten_thousand_of_them_too(town):
    assert "\n".join(_wrong_answers(town, rounds=30)) == ""


def _wrong_answers(town: Town, rounds: int):
    chance = Random(20270303)
    routes = [
        each
        for each in sound_requests(town.app, lambda rule, name: things_at(rule, name, town))
        if each[0].endpoint not in LEFT_OUT
    ]
    form_at = cache(lambda path: _form_at(town, path))
    for turn in range(rounds):
        for number, (rule, method, values) in enumerate(routes):
            sent, who = hostile(rule, method, values, town.app, chance, form_at), WHO[(number + turn) % len(WHO)]
            before = town.asked_whole(KEPT)
            try:
                answer = _answered(town, who, sent)
            except Exception as broken:  # noqa: BLE001 - whatever it is: it would have been a 500
                yield f"{who}: {sent}: {type(broken).__name__} {broken}"[:600]
                continue
            wrong = list(_wrong(answer, sent))
            if answer.status_code >= 400 and town.asked_whole(KEPT) != before:
                wrong.append("refused, and yet something was written")
            yield from (f"{who}: {sent}: {answer.status_code} {each}" for each in wrong)


def _form_at(town: Town, path: str) -> dict[str, str]:
    """What the largest form of a page holds, as the facility manager finds it; nothing where there is none."""
    main = town.browser(FARID).get(path).text.partition("<main")[2]
    forms = re.findall("<form[^>]* method=.post.*?</form>", main, re.DOTALL)
    return values_of(BeautifulSoup(max(forms, key=len), "html.parser").form) if forms else {}


def _answered(town: Town, who: str | None, sent: Sent) -> TestResponse:
    is_for_programs = sent.path.startswith("/api/")
    headers = list(sent.headers)
    if is_for_programs and who and all(name != "Authorization" for name, _value in headers):
        headers.append(("Authorization", f"Bearer {town.token(who)}"))
    client = town.app.test_client() if is_for_programs else town.browser(who)
    return client.open(sent.path, method=sent.method, headers=headers, data=sent.body)


def _wrong(answer: TestResponse, sent: Sent):
    if answer.status_code >= 500 and answer.status_code != 503:
        yield "an error of ours"
    if b"Traceback (most recent" in answer.data:
        yield "shows a trace"
    if answer.status_code == 405 and not answer.headers.get("Allow"):
        yield "does not say what is allowed"
    if not sent.path.startswith("/api/v1/") or answer.status_code < 400 or sent.method == "HEAD":
        return
    if answer.mimetype != "application/problem+json":
        yield f"is {answer.mimetype}"
    elif answer.status_code == 400 and not answer.json.get("errors"):
        yield f"names no field: {answer.json}"

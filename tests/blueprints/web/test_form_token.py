"""The token of a form is another text in each answer, so that nothing can be told from how small an answer became."""

from __future__ import annotations

import re

import pytest
from itsdangerous import URLSafeTimedSerializer

from blueprints.web.form_token import FORM_TOKEN, masked, unmasked
from blueprints.web.whose import SALT_OF_THE_TOKEN

TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
PAGES = ("/login", "/accessibility", "/login")


@pytest.fixture
def tokens(client) -> list[str]:
    """Of three answers of one session, of which two are the same page."""
    found = [set(TOKEN.findall(client.get(page).text)) for page in PAGES]
    assert [len(each) for each in found] == [1, 1, 1]  # however many forms a page has
    return [each.pop() for each in found]


@pytest.fixture
def sent(client):
    """How a form with this token is answered."""
    return lambda token: client.post("/language", data={"language": "fr", "csrf_token": token}).status_code


def test_no_two_answers_of_a_session_have_a_piece_of_it_in_common(tokens):
    pieces = [{each[n : n + 9] for n in range(len(each) - 8)} for each in tokens]
    assert len(set().union(*pieces)) == sum(map(len, pieces))


def test_each_is_taken_as_long_as_the_session_lasts(tokens, sent):
    assert [sent(each) for each in (*tokens, *tokens)] == [303] * 6


def test_one_that_was_changed_is_not(tokens, sent):
    changed = [tokens[0][:n] + ("B" if tokens[0][n] == "A" else "A") + tokens[0][n + 1 :] for n in range(0, 200, 23)]
    others = ["", "x", "é", tokens[0][4:], tokens[0] + "AAAA", tokens[0] + "!", masked("x.y.z"), masked("é")]
    assert {each: sent(each) for each in (*changed, *others)} == dict.fromkeys((*changed, *others), 400)


def test_a_script_may_send_it_beside_what_it_sends(client, tokens):
    answered = [
        client.post("/language", data={"language": "fr"}, headers={"X-CSRFToken": token}).status_code
        for token in (*tokens, "x", masked("x.y.z"))
    ]
    assert answered == [303] * len(tokens) + [400, 400]


def test_one_of_another_session_is_not(app, tokens):
    other = app.test_client()
    other.get("/login")
    assert other.post("/language", data={"language": "fr", "csrf_token": tokens[0]}).status_code == 400


def test_a_page_from_before_they_were_masked_can_still_be_sent(app, client, tokens, sent):
    with client.session_transaction() as cookie:
        signer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt=SALT_OF_THE_TOKEN)
        assert sent(signer.dumps(cookie[FORM_TOKEN])) == 303


def test_what_is_under_the_mask_is_what_was_signed():
    assert unmasked(masked("a.signed.token")) == "a.signed.token"

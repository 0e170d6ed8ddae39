"""An answer is sent packed to whoever takes it so, is the same once unpacked, and is known by a tag of its own."""

from __future__ import annotations

import gzip

import pytest
from flask import Response
from sqlalchemy import update

from blueprints.web.packing import WORTH_IT
from models.actions.people.create_token import create_token
from models.tables.db import db
from models.tables.person import SessionRow
from models.tables.transaction import write_transaction
from tests.blueprints.api.asking import wish
from tests.cast import ANN, NOW

DAY = "/rooms?date=2027-03-04&view=timeline"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, gzip, deflate", True),
        ("GZIP;q=0.1", True),
        ("*", True),
        ("identity, *;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("br", False),
        ("gzip;q=much", False),
        ("", False),
        (None, False),
    ],
)
def test_only_whoever_takes_it_so_gets_it_packed_and_the_answer_says_that_it_differs(client, accepted, packed):
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    answer = client.get("/api/openapi.json", headers=headers)
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert "Accept-Encoding" in answer.vary
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    plain = gzip.decompress(answer.data) if packed else answer.data
    assert plain == client.get("/api/openapi.json").data
    asked_for_its_head = client.head("/api/openapi.json", headers=headers)
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert asked_for_its_head.headers.get(name) == answer.headers.get(name)


def test_a_page_that_was_kept_is_the_same_whichever_form_it_was_kept_in(browser_of):
    browser = browser_of(ANN)
    browser.get(DAY)
    plain, packed = browser.get(DAY), browser.get(DAY, headers=GZIP)
    tags = [each.headers["ETag"] for each in (plain, packed)]
    assert tags[1] == f'{tags[0][:-1]}-gzip"'
    assert {"Accept-Encoding", "Cookie", "HX-Request"} <= set(plain.vary) & set(packed.vary)
    for has in (*tags, f"W/{tags[1]}", f'"x", {tags[1]}'):
        for takes in (GZIP, {}):
            answer = browser.get(DAY, headers={"If-None-Match": has, **takes})
            assert (answer.status_code, answer.data) == (304, b""), has
            assert answer.headers["ETag"] == tags["gzip" in has]
            assert "Content-Encoding" not in answer.headers
            assert "Accept-Encoding" in answer.vary
    assert browser.get(DAY, headers={"If-None-Match": '"x-gzip"', **GZIP}).headers["Content-Encoding"] == "gzip"


def test_a_program_writes_by_the_tag_of_whichever_form_it_read(demo_app):
    with demo_app.test_request_context():
        sent = {"Authorization": f"Bearer {create_token(ANN, 'write', NOW)}"}
    program = demo_app.test_client()
    made = program.post("/api/v1/bookings", json=wish(note="Koffie " * 100), headers=sent).json
    path = f"/api/v1/bookings/{made['id']}"
    tag = program.get(path, headers=sent | GZIP).headers["ETag"]
    assert tag.endswith('-gzip"')
    changed = program.patch(path, json={"title": "Eerst"}, headers=sent | {"If-Match": tag})
    late = program.patch(path, json={"title": "Laat"}, headers=sent | {"If-Match": tag})
    assert (changed.status_code, late.status_code) == (200, 412)


def test_what_shows_a_key_is_packed_by_nobody_on_a_computer_of_several_people_either(browser_of, demo_app):
    ann = browser_of(ANN)
    with demo_app.test_request_context():
        sent = {"Authorization": f"Bearer {create_token(ANN, 'write', NOW)}"}
    for shared in (False, True):
        with demo_app.app_context(), write_transaction():
            db.session.execute(update(SessionRow).values(shared=shared))
        ann.post("/feeds", data={"scope": "mine", "detail": "full"})
        until = {"name": f"Zuil {shared}", "scope": "read", "until": "2027-12-31"}
        for answer, key in (
            (ann.get("/feeds", headers=GZIP), b"webcal:"),
            (ann.post("/account/tokens", data=until, headers=GZIP), b'value="tp_'),
            (demo_app.test_client().post("/api/v1/feeds", json={"scope": "mine"}, headers=sent | GZIP), b"webcal:"),
        ):
            assert key in answer.data
            assert answer.headers["Cache-Control"] == "no-store, no-transform"
            assert "Content-Encoding" not in answer.headers
        assert ann.get("/feeds", headers=GZIP).headers["Content-Encoding"] == "gzip"  # on which it stands no more


def _answered(app, **changed) -> Response:
    """A page of that many octets, with what else is said of it, as it goes out to whoever takes it packed."""
    answer = Response("x" * WORTH_IT, content_type="text/html")
    for name, value in changed.items():
        setattr(answer, name, value)
    with app.test_request_context(headers=GZIP):
        return app.process_response(answer)


@pytest.mark.parametrize(
    "changed",
    [
        {"data": "x" * (WORTH_IT - 1)},  # it goes in one packet anyway
        {"content_type": "image/webp"},  # packed already, as is
        {"content_encoding": "br"},  # this
        {"response": iter(("x" * WORTH_IT,))},  # read piece by piece
        {"direct_passthrough": True},
        {"status_code": 304},
    ],
)
def test_what_gains_nothing_or_is_not_at_hand_is_left_as_it_is(app, changed):
    assert _answered(app).headers["Content-Encoding"] == "gzip"
    assert _answered(app, **changed).headers.get("Content-Encoding") == changed.get("content_encoding")

"""Who asks is known by one query, as they are at that moment."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from models.actions.people.create_token import create_token
from models.queries.house import the_house
from models.queries.people import people_by_username
from models.queries.recognised import person_of_api_token, person_of_session
from models.rules.people.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import SessionRow
from models.tables.transaction import write_transaction
from tests.cast import BRAM, FARID, NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def hashes(demo_app) -> tuple[str, str]:
    """Of a session and of a program's token, both of Farid's."""
    session = token_hash(new_token())
    with demo_app.app_context():
        person = people_by_username([FARID])[FARID]
        with write_transaction():
            db.session.add(
                SessionRow(
                    token_hash=session, person_id=person.id, created_at=NOW, last_used_at=NOW, ends_at=NOW + HOUR
                )
            )
        return session, token_hash(create_token(FARID, "manage", NOW))


@pytest.fixture
def found(demo_app, hashes):
    """Whom a process finds by both, each time in a request of its own."""

    def find():
        with demo_app.app_context():
            by_session, by_token = person_of_session(hashes[0], NOW, HOUR), person_of_api_token(hashes[1], NOW)
            return tuple(each and each.person for each in (by_session, by_token))

    return find


def run(app, sql: str) -> None:
    with app.app_context(), write_transaction():
        db.session.execute(text(sql))


FARIDS = f"(SELECT id FROM person WHERE username = '{FARID}')"
OTHERWISE = (
    ("roles", f"DELETE FROM person_role WHERE person_id = {FARIDS} AND role = 'facility_manager'"),
    ("name", f"UPDATE person SET display_name = 'Iemand' WHERE id = {FARIDS}"),
    ("heads", f"INSERT INTO person_heads SELECT {FARIDS}, id FROM service WHERE code = 'GEM-RIJ'"),
    ("delegates", f"INSERT INTO person_delegate SELECT {FARIDS}, id FROM person WHERE username = '{BRAM}'"),
    ("organisation", "UPDATE organisation SET code = 'STADHUIS' WHERE is_host"),
)
ENDED = (
    ("DELETE FROM api_token", (True, False)),
    ("DELETE FROM session", (False, False)),
)


def test_what_somebody_is_and_may_holds_from_the_next_question_on(demo_app, found):
    for what, sql in OTHERWISE:
        before = found()
        run(demo_app, sql)
        after = found()
        assert all(getattr(one, what) != getattr(other, what) for one, other in zip(before, after, strict=True)), what


def test_whatever_was_ended_and_whoever_left_opens_nothing_any_more(demo_app, found):
    assert all(found())
    run(demo_app, f"UPDATE person SET active = false WHERE id = {FARIDS}")
    assert not any(found())
    run(demo_app, f"UPDATE person SET active = true WHERE id = {FARIDS}")
    assert all(found())
    for sql, left in ENDED:
        run(demo_app, sql)
        assert tuple(each is not None for each in found()) == left


def test_it_is_one_query_which_says_too_at_which_revision_the_house_is(demo_app, found, hashes, counted_queries):
    found()
    with demo_app.app_context():
        the_house()
    with counted_queries() as counted, demo_app.app_context():
        assert person_of_session(hashes[0], NOW, HOUR)
        the_house()
    assert counted.number == 1


def test_a_writer_that_takes_all_back_leaves_nobody_with_what_never_was(demo_app, found, hashes):
    found()
    with demo_app.app_context():
        _lose_every_role_for_a_while(hashes[0])
    assert "facility_manager" in found()[0].roles


def _lose_every_role_for_a_while(session: str) -> None:
    with suppress(ZeroDivisionError), write_transaction():
        db.session.execute(text(f"DELETE FROM person_role WHERE person_id = {FARIDS}"))
        found = person_of_session(session, NOW, HOUR)
        assert found is not None
        assert found.person.roles == frozenset()
        raise ZeroDivisionError

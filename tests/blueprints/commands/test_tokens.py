"""Tokens from the machine itself: what each is for, until when it works, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.people.create_token import create_token
from models.actions.people.end_tokens import end_tokens
from models.queries.people import person_by_username
from models.queries.recognised import person_of_api_token
from models.queries.tokens import tokens_of
from models.rules.people.tokens import token_hash
from models.tables.db import db
from models.tables.person import ApiToken
from tests.cast import ANN, BRAM, FARID, NOW


@pytest.fixture
def run_on_demo(demo_app):
    return demo_app.test_cli_runner().invoke


def opens(app, token: str, now=NOW) -> bool:
    with app.app_context():
        return person_of_api_token(token_hash(token), now) is not None


def made_for(app, *names: str | None, who: str = ANN) -> list[str]:
    with app.app_context():
        return [create_token(who, "read", NOW, name=name) for name in names]


ENDS = (
    ([], "2028-03-02", None),  # 365 days
    (["--until", "2027-03-03"], "2027-03-03", None),  # today still
    (["--until", "2029-03-02"], "2029-03-02", None),  # 730 days
    (["--until", "2029-03-03"], None, "until: A token works for 730 days at most. Choose an earlier day."),
    (["--until", "2027-03-02"], None, "until: Choose today or a later date."),
    (["--until", "morgen"], None, "until: Give a date"),
    (["--name", " "], None, "name: This is needed."),
    (["--name", "a\x1bb"], None, "name: This text holds characters that cannot be shown."),
    (["--name", "Zuil"], None, "name: You have one with this name already."),
)


def test_a_token_works_until_its_last_day_is_over(run_on_demo, demo_app):
    made_for(demo_app, "Zuil")
    for more, last_day, why_not in ENDS:
        done = run_on_demo(args=["create-token", ANN, *more])
        if why_not:
            assert (done.exit_code, done.stdout) == (1, ""), more
            assert why_not in done.stderr
            continue
        with demo_app.app_context():
            ends_at = tokens_of(person_by_username(ANN).id, NOW)[0].ends_at
        assert f"{(ends_at - timedelta(hours=1)):%Y-%m-%d}" == last_day
        assert opens(demo_app, done.stdout.strip(), ends_at - timedelta(seconds=1))
        assert not opens(demo_app, done.stdout.strip(), ends_at)


def test_those_that_work_are_listed_and_old_ones_stand_there_without_an_end(run_on_demo, demo_app):
    made_for(demo_app, "Zuil", "Oud")
    with demo_app.app_context():
        db.session.query(ApiToken).filter_by(name="Oud").update({"name": None, "ends_at": None})
        db.session.commit()
    header, *rows = (line.split("\t") for line in run_on_demo(args=["tokens", ANN]).stdout.splitlines())
    assert header == ["number", "scope", "made", "last day", "last used", "name"]
    assert [row[1:] for row in rows] == [
        ["read", "2027-03-03", "none", "never", ""],
        ["read", "2027-03-03", "2028-03-02", "never", "Zuil"],
    ]


@pytest.mark.parametrize("by", ["name", "number"])
def test_one_is_ended_by_its_name_or_its_number_and_the_others_go_on(run_on_demo, demo_app, by):
    ended, kept = made_for(demo_app, "Zuil", "Andere")
    with demo_app.app_context():
        number = next(each.id for each in tokens_of(person_by_username(ANN).id, NOW) if each.name == "Zuil")
    done = run_on_demo(args=["end-token", ANN, "Zuil" if by == "name" else str(number)])
    assert done.exit_code == 0
    assert [opens(demo_app, each) for each in (ended, kept)] == [False, True]
    assert "no such token" in run_on_demo(args=["end-token", ANN, "Zuil"]).stderr
    assert "no such token" in run_on_demo(args=["end-token", BRAM, "Andere"]).stderr
    assert "nobody with that username" in run_on_demo(args=["end-token", "niemand", "Andere"]).stderr


def test_all_of_a_person_end_at_once_but_those_kept_on_purpose_and_nobody_elses(demo_app):
    tokens = made_for(demo_app, "Zuil", "Andere", None)
    other = made_for(demo_app, "Zuil", who=FARID)
    with demo_app.app_context():
        ann = person_by_username(ANN)
        keep = [each.id for each in tokens_of(ann.id, NOW) if each.name == "Andere"]
        assert end_tokens(ann.id, NOW, keep=keep) == 2
        assert end_tokens(ann.id, NOW, keep=keep) == 0
    assert [opens(demo_app, each) for each in (*tokens, *other)] == [False, True, False, True]


def test_whoever_left_and_comes_back_finds_old_tokens_shut(run_on_demo, demo_app, tmp_path):
    (token,) = made_for(demo_app, "Zuil")
    for active in ("0", "1"):
        (tmp_path / "users.csv").write_text(f"username,active\n{ANN},{active}\n", encoding="utf-8")
        assert run_on_demo(args=["import-building", str(tmp_path)]).exit_code == 0
        assert not opens(demo_app, token)
    assert opens(demo_app, *made_for(demo_app, "Zuil"))

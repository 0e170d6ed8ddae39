"""Settings are looked at before anybody is let in: mistakes stop the start, doubts are told."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import text

from models.tables.db import db
from models.tables.transaction import write_transaction

IN_ORDER = {
    "TREFPUNT_SECRET_KEY": "k" * 32,
    "TREFPUNT_MAIL_URL": "smtp://mail",
    "TREFPUNT_BASE_URL": "https://trefpunt.town.example",
    "TREFPUNT_TRUSTED_PROXIES": 1,
}


@pytest.fixture
def checked(app, monkeypatch):
    """What the command says with these in the app's config: exit code, stdout, stderr's lines."""
    for name in [name for name in os.environ if name.startswith("TREFPUNT_")]:
        monkeypatch.delenv(name)

    def check(*more: str, **config: object) -> tuple[int, str, list[str]]:
        app.config.update(IN_ORDER | config)
        done = app.test_cli_runner().invoke(args=["check-config", *more])
        return done.exit_code, done.stdout, done.stderr.splitlines()

    return check


def test_settings_in_order_say_whom_they_trust_and_no_more(checked):
    code, said, told = checked()
    assert (code, said) == (0, "The settings are in order.\n")
    (line,) = told
    assert line.startswith("Trusted: the last 1 of X-Forwarded-For")
    assert checked("--quiet") == (0, "", [])


@pytest.mark.parametrize(
    ("config", "beginning"),
    [
        ({"TREFPUNT_BASE_URL": "http://town.example"}, "TREFPUNT_BASE_URL begins with http://"),
        ({"TREFPUNT_TRUSTED_PROXIES": 0}, "TREFPUNT_TRUSTED_PROXIES is 0"),
        (
            {"TREFPUNT_BASE_URL": "http://127.0.0.1:8000"},
            "TREFPUNT_BASE_URL is http://127.0.0.1:8000: links in mails",
        ),
        ({"TREFPUNT_DEMO_FOR_EVERYONE": True}, "TREFPUNT_DEMO_FOR_EVERYONE says nothing"),
        ({"TREFPUNT_SECRET_KEY": "k" * 16}, "TREFPUNT_SECRET_KEY is shorter"),
        ({"TREFPUNT_MAIL_URL": None}, "TREFPUNT_MAIL_URL is not set"),
    ],
)
def test_what_is_doubtful_is_told_and_stops_nothing(config, beginning, checked):
    code, _said, told = checked(**config)
    assert code == 0
    assert [line.startswith(f"Warning: {beginning}") for line in told] == [True, False]


def test_a_database_that_waits_for_a_migration_and_a_strange_name_are_told(checked, app, monkeypatch):
    with app.app_context(), write_transaction():
        db.session.execute(text("DELETE FROM alembic_version"))
    monkeypatch.setenv("TREFPUNT_WEATHER", "fine")
    code, _said, told = checked()
    assert code == 0
    assert told[:2] == [
        "Warning: TREFPUNT_WEATHER is not a setting of this version and has no effect.",
        "Warning: The database is not migrated: run `flask --app app db upgrade`.",
    ]


def test_every_mistake_stops_the_start_and_worker(checked, app, tmp_path):
    (tmp_path / "a file").touch()
    wrong = {
        "TREFPUNT_BASE_URL": "http://localhost/rooms",
        "TREFPUNT_DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/trefpunt.db",
        "TREFPUNT_MAIL_URL": None,
        "TREFPUNT_MAIL_DIR": str(tmp_path / "a file" / "mail"),
    }
    code, said, told = checked(**wrong)
    assert (code, said) == (1, "")
    assert [line for line in told if not line.startswith("Warning: ")] == [
        f"Error: TREFPUNT_DATABASE_URL lies in {tmp_path}/nowhere, which is not there or cannot be written.",
        f"Mails are to be written in {tmp_path}/a file/mail, which cannot be written. Set TREFPUNT_MAIL_DIR or "
        "TREFPUNT_MAIL_URL.",
        "TREFPUNT_BASE_URL has the path /rooms, as pages of Trefpunt have. Choose another, such as /trefpunt.",
    ]
    assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 1

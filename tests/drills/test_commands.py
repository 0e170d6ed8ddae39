"""Commands on a database that somebody else has in hand, or that is not there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from sqlalchemy import event, inspect

from app import create_app
from models.tables.db import db
from tests.databases import SECRET, migrated

ON_ONE = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.deep])]


def flask(url: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", *arguments],
        env={**os.environ, "TREFPUNT_DATABASE_URL": url, "TREFPUNT_SECRET_KEY": SECRET},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(command: subprocess.Popen) -> tuple[int, str]:
    try:
        _out, said = command.communicate(timeout=120)
    finally:
        command.kill()
    return command.returncode, said


def opened() -> None:
    db.session.connection()


@pytest.mark.parametrize("shelf", ON_ONE, indirect=True)
def test_of_two_upgrades_at_once_the_second_waits_for_the_first(shelf):
    with shelf.copy_of("opened", opened) as url:
        both = [ended(each) for each in [flask(url, "db", "upgrade") for _nth in range(2)]]
    assert [code for code, _said in both] == [0, 0], both


def test_an_upgrade_that_fails_in_its_last_step_leaves_nothing_behind(tmp_path):
    app = create_app({"TREFPUNT_DATABASE_URL": f"sqlite:///{tmp_path}/new.db", "TREFPUNT_SECRET_KEY": SECRET})

    def fail_at_the_end(_connection, _cursor, statement: str, *_more) -> None:
        if "foreign_key_check" in statement:
            raise RuntimeError("rows would refer to nothing")

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", fail_at_the_end)
        with pytest.raises(SystemExit):
            migrated()
        assert inspect(db.engine).get_table_names() == []
        db.engine.dispose()


def test_a_database_that_is_not_there_is_said_in_a_sentence(tmp_path):
    nowhere = f"postgresql+psycopg://nobody@/none?host={tmp_path}"
    for code, said in [ended(each) for each in (flask(nowhere, "db", "upgrade"), flask(nowhere, "duties-to-confirm"))]:
        assert code == 1
        assert "The database cannot do this now: connection" in said
        assert "Traceback" not in said

"""What one types on the machine itself: its words, its exit codes, and what it leaves in the database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from blueprints.commands.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from models.queries.house import the_house
from models.queries.people import password_hash_of, person_by_username
from models.queries.recognised import person_of_api_token
from models.queries.revisions import NoMunicipality, revisions, tables_revision
from models.rules.people.passwords import Passwords
from models.rules.people.tokens import token_hash
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.cast import ANN, CHRIS, DEMO_FILES, ELS, FARID, KAAT, NOW, OLGA
from tests.needs import need

PASSWORD = "fietsbel kaas lampje"
TOWN = "code,name_nl,type\nVZ-1,Zaal,meeting_room\n"


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


@pytest.fixture
def run_on_demo(demo_app):
    return demo_app.test_cli_runner().invoke


@pytest.fixture
def town(tmp_path) -> Path:
    folder = tmp_path / "ergens"
    folder.mkdir()
    (folder / "spaces.csv").write_text(TOWN, encoding="utf-8")
    return folder


@pytest.fixture
def backup_programs(shelf):
    """PostgreSQL's own programs, where the test runs on PostgreSQL."""
    if type(shelf).__name__ == "PostgresqlShelf":
        need(shutil.which("pg_dump") and shutil.which("pg_restore"), "pg_dump and pg_restore", "postgresql-client")


def test_import_building_loads_a_directory_and_says_how_much(run, app):
    done = run(args=["import-building", str(DEMO_FILES)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "spaces 121" in done.stdout
    with app.app_context():
        assert len(the_house().spaces) == 121


def test_a_fault_stands_on_stderr_with_file_line_column_and_reason_and_nothing_is_loaded(run, app, town):
    (town / "spaces.csv").write_text(TOWN + "VZ-2,Zaal,zaaltje\nVZ-1,Nog een,desk\n", encoding="utf-8")
    done = run(args=["import-building", str(town)])
    assert (done.exit_code, done.stdout) == (1, "")
    first, second, last = done.stderr.splitlines()
    assert first.startswith("spaces.csv, line 3, column type, “zaaltje”: Choose one of these: meeting_room, desk,")
    assert second == "spaces.csv, line 4, column code, “VZ-1”: This stands on line 2 already."
    assert last == "2 faults. Nothing was loaded."
    with app.app_context(), pytest.raises(NoMunicipality):
        the_house()


@pytest.mark.parametrize(
    "files", [{}, {"zalen.csv": TOWN}, {"spaces.csv": "code,name_nl,type\n"}], ids=["none", "unknown", "empty"]
)
@pytest.mark.parametrize("check", [[], ["--check"]], ids=["load", "check"])
def test_files_that_say_nothing_are_no_success(files, check, run_on_demo, tmp_path):
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = run_on_demo(args=["import-building", str(tmp_path), *check])
    assert done.exit_code == 1
    assert "Nothing was found to import" in done.stderr
    assert "Loaded" not in done.stdout


def test_check_says_on_stdout_what_is_assumed_and_writes_nothing(run, app, town):
    (town / "sleutels.csv").write_text("nummer\n", encoding="utf-8")
    done = run(args=["import-building", str(town), "--check"])
    assert (done.exit_code, done.stderr) == (0, "")
    for line in (
        "organisations.csv: not there.",
        "organisations.csv: ORG made, with what is usual.",
        "spaces.csv: no column cap_default; 8 for VZ-1.",
        "spaces.csv: no column zone_code; Z0 for VZ-1.",
        "spaces.csv: no column fire_max; not set for VZ-1.",
        "sleutels.csv: not a file that we know; left out.",
        "opening_hours.csv: no hours for building B1; Monday to Friday 07:00–19:00.",
    ):
        assert line in done.stdout.splitlines()
    with app.app_context(), pytest.raises(NoMunicipality):
        the_house()


def test_check_names_the_faults_too(run, town):
    (town / "users.csv").write_text("username,email\njan,geen adres\n", encoding="utf-8")
    done = run(args=["import-building", str(town), "--check"])
    assert done.exit_code == 1
    assert "users.csv, line 2, column email, “geen adres”: Give an e-mail address, such as" in done.stderr


def test_another_municipality_is_refused(run_on_demo, town):
    (town / "municipality.csv").write_text("code,name_nl\nXYZ,Elders\n", encoding="utf-8")
    done = run_on_demo(args=["import-building", str(town)])
    assert done.exit_code == 1
    assert "municipality.csv, line 2, column code, “XYZ”: The municipality here is “VBK”." in done.stderr


def test_the_demo_is_loaded_into_an_empty_database_only_and_everyone_in_it_can_sign_in(run, app):
    assert "121 spaces" in run(args=["load-demo"]).stdout
    with app.app_context():
        for person in DEMO_PEOPLE:
            assert Passwords().is_right(DEMO_PASSWORD, password_hash_of(person.username)), person.username
        db.session.rollback()
        revision = the_house().revision
    assert "was not loaded" in run(args=["load-demo"]).stdout
    with app.app_context():
        assert the_house().revision == revision
    printed = run(args=["demo-logins"]).stdout
    assert DEMO_PASSWORD in printed
    assert all(person.username in printed for person in DEMO_PEOPLE)


def test_without_the_demos_passwords_there_are_no_demo_logins(run_on_demo):
    assert run_on_demo(args=["demo-logins"]).stdout == ""


def test_a_user_is_created_with_the_password_from_stdin(run_on_demo, demo_app):
    done = run_on_demo(
        args=["create-user", "jan", "--role", "staff", "--role", "caretaker", "--organisation", "OCMW"],
        input=f"{PASSWORD}\r\n",
    )
    assert (done.exit_code, done.stderr) == (0, "")
    with demo_app.app_context():
        jan = person_by_username("jan")
        assert (jan.organisation, jan.roles, jan.active) == ("OCMW", {"staff", "caretaker"}, True)
        assert Passwords().is_right(PASSWORD, password_hash_of("jan"))


@pytest.mark.parametrize(
    ("arguments", "password", "why"),
    [
        ([ANN, "--role", "staff", "--organisation", "GEM"], f"{PASSWORD}\n", "burgerzaken.01 is taken"),
        (["jan", "--role", "staff", "--organisation", "XX"], f"{PASSWORD}\n", "CAW, GEM, OCMW, VER, WW"),
        (["jan", "--role", "staff", "--organisation", "GEM"], "\n", "the password is empty"),
        (["jan", "--role", "staff", "--organisation", "GEM"], "", "the password is empty"),
        (["jan", "--role", "staff", "--organisation", "GEM"], "geheim\n", "shorter than 12 characters"),
        (["jan", "--role", "staff", "--organisation", "GEM"], "Welkom2026!!\n", "one that many people take; take four"),
        (["jan", "--name", "Jan Pauwels"], "Jan.Pauwels.1970\n", "made of names that anybody knows"),
        (["a/b", "--role", "staff", "--organisation", "GEM"], f"{PASSWORD}\n", "username: A code has ordinary letters"),
        (["jan", "--role", "staff", "--organisation", "GEM", "--email", "jan"], f"{PASSWORD}\n", "e-mail"),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_the_reason(run_on_demo, demo_app, arguments, password, why):
    done = run_on_demo(args=["create-user", *arguments], input=password)
    assert (done.exit_code, done.stdout) == (1, "")
    assert why in done.stderr
    with demo_app.app_context():
        assert person_by_username("jan") is None


def test_a_new_password_replaces_the_old_one_and_signs_out_everywhere(run_on_demo, demo_app):
    with demo_app.app_context(), write_transaction():
        db.session.execute(
            text(
                "INSERT INTO session (token_hash, person_id, created_at, last_used_at, ends_at) "
                "SELECT 'x', id, :now, :now, :now FROM person WHERE username = :ann"
            ),
            {"now": NOW.replace(tzinfo=None), "ann": ANN},
        )
    assert run_on_demo(args=["set-password", ANN], input=f"{PASSWORD}\n").exit_code == 0
    assert "easily guessed" in run_on_demo(args=["set-password", ANN], input="azertyuiop12\n").stderr
    assert run_on_demo(args=["set-password", "niemand"], input=f"{PASSWORD}\n").exit_code == 1
    with demo_app.app_context():
        assert Passwords().is_right(PASSWORD, password_hash_of(ANN))
        assert db.session.scalar(text("SELECT count(*) FROM session")) == 0


def test_a_token_stands_alone_on_stdout_and_writes_unless_told_otherwise(run_on_demo, demo_app):
    done = run_on_demo(args=["create-token", ANN])
    assert (done.exit_code, done.stderr) == (0, "")
    token = done.stdout.removesuffix("\n")
    assert token.startswith("tp_")
    assert token.split() == [token]
    with demo_app.app_context():
        found = person_of_api_token(token_hash(token), NOW)
        assert (found.person.username, found.person.scope) == (ANN, "write")
        stored = db.session.execute(text("SELECT * FROM api_token")).one()
        assert token not in str(stored)


@pytest.mark.parametrize(
    ("username", "scope", "why_not"),
    [
        (FARID, "manage", None),
        (KAAT, "write", None),
        (ANN, "read", None),
        (ANN, "manage", "reach no further than write"),
        (KAAT, "manage", "reach no further than write"),
        (OLGA, "read", "not active"),
        ("niemand", "read", "nobody with that username"),
    ],
)
def test_a_token_reaches_no_further_than_its_persons_roles(run_on_demo, username, scope, why_not):
    done = run_on_demo(args=["create-token", username, "--scope", scope])
    assert done.exit_code == (1 if why_not else 0)
    if why_not:
        assert done.stdout == ""
        assert why_not in done.stderr


def test_what_was_worked_out_of_peoples_duties_is_printed_as_rows_that_confirm_it(run_on_demo, demo_app, tmp_path):
    with demo_app.app_context(), write_transaction():
        db.session.execute(
            text("UPDATE person SET duties_assumed = true WHERE username IN (:one, :other)"),
            {"one": CHRIS, "other": ELS},
        )
    header, *rows = run_on_demo(args=["duties-to-confirm"]).stdout.splitlines()
    assert (header, [row.partition(",")[0] for row in rows]) == ("username,coordinates,heads", [ELS, CHRIS])
    assert run_on_demo(args=["duties-to-confirm", "--organisation", "GEM"]).stdout.splitlines() == [header, rows[1]]
    (tmp_path / "users.csv").write_text(f"{header}\n{CHRIS},GEM-BEV,\n", encoding="utf-8")
    assert run_on_demo(args=["import-building", str(tmp_path)]).exit_code == 0
    assert run_on_demo(args=["duties-to-confirm"]).stdout.splitlines() == [header, rows[0]]
    with demo_app.app_context():
        assert person_by_username(CHRIS).coordinates == {"GEM-BEV"}


@pytest.mark.usefixtures("backup_programs")
def test_a_backup_brings_everything_back(run_on_demo, demo_app, tmp_path):
    file = tmp_path / "backup"
    assert run_on_demo(args=["backup", str(file)]).exit_code == 0
    assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob(".trefpunt-*")) == []
    run_on_demo(args=["create-user", "later", "--role", "staff", "--organisation", "GEM"], input=f"{PASSWORD}\n")
    with demo_app.app_context(), write_transaction():
        db.session.execute(text("UPDATE space SET name_nl = 'Anders' WHERE code = 'VZ-101'"))
    with demo_app.app_context():
        known = *revisions(), tables_revision("space"), tables_revision("person")
    done = run_on_demo(args=["restore", str(file)])
    assert (done.exit_code, done.stderr) == (0, "")
    with demo_app.app_context():
        assert person_by_username("later") is None
        assert the_house().spaces["VZ-101"].names["nl"] == "De Vaart"
        # A process that had the changed house in memory must notice.
        now = *revisions(), tables_revision("space"), tables_revision("person")
        assert all(after > before for before, after in zip(known, now, strict=True))


@pytest.mark.usefixtures("backup_programs")
def test_what_is_no_backup_is_not_restored(run_on_demo, demo_app, tmp_path):
    (tmp_path / "brief").write_text("Geachte heer", encoding="utf-8")
    done = run_on_demo(args=["restore", str(tmp_path / "brief")])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Nothing was restored" in done.stderr
    with demo_app.app_context():
        assert len(the_house().spaces) == 121


@pytest.mark.usefixtures("backup_programs")
def test_a_backup_that_cannot_be_written_says_so(run_on_demo, tmp_path):
    done = run_on_demo(args=["backup", str(tmp_path / "nergens" / "backup")])
    assert done.exit_code == 1
    assert "No backup was made" in done.stderr

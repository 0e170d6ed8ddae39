"""The municipality as files on the machine itself, and what a check says that files would change."""

from __future__ import annotations

import pytest

from models.rules.files.columns import SHAPES
from tests.cast import DEMO_FILES


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


@pytest.fixture
def run_on_demo(demo_app):
    return demo_app.test_cli_runner().invoke


def test_what_is_exported_changes_nothing_where_it_came_from(run_on_demo, tmp_path):
    folder = tmp_path / "made" / "town"
    done = run_on_demo(args=["export-building", str(folder)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert {file.name for file in folder.iterdir()} == {f"{file}.csv" for file in SHAPES}
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    assert "names and e-mail addresses" in done.stdout
    check = run_on_demo(args=["import-building", str(folder), "--check"])
    assert (check.exit_code, check.stdout.splitlines()[0]) == (0, "Nothing would change.")


def test_an_export_fills_an_empty_database_with_the_same_house(run, tmp_path):
    run(args=["import-building", str(DEMO_FILES)])
    run(args=["export-building", str(tmp_path / "one")])
    run(args=["db", "downgrade", "base"])
    run(args=["db", "upgrade"])
    done = run(args=["import-building", str(tmp_path / "one")])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "spaces 121" in done.stdout
    run(args=["export-building", str(tmp_path / "two")])
    for file in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / file.name).read_bytes() == file.read_bytes(), file.name


def test_people_stay_at_home_where_one_says_so(run_on_demo, tmp_path):
    done = run_on_demo(args=["export-building", str(tmp_path / "town"), "--without-people"])
    assert done.exit_code == 0
    assert not (tmp_path / "town" / "users.csv").exists()
    assert "e-mail" not in done.stdout


def test_a_check_says_what_would_change_of_what_is_there(run_on_demo, tmp_path):
    run_on_demo(args=["export-building", str(tmp_path)])
    floors = tmp_path / "floors.csv"
    floors.write_bytes(floors.read_bytes().replace(b"192,190,1,0,2,Erster", b"192,150,1,0,2,Erster"))
    spaces = (tmp_path / "spaces.csv").read_bytes()
    commas = spaces.splitlines()[0].count(b",")
    (tmp_path / "spaces.csv").write_bytes(spaces + b"SK-99,Nieuw,,,booth,F0,Z0-SPR" + b"," * (commas - 6) + b"\n")
    done = run_on_demo(args=["import-building", str(tmp_path), "--check"])
    assert "floors.csv, F1, changed: fire_max_persons '190' -> '150'" in done.stdout.splitlines()
    assert "Rows: 1 new, 1 changed." in done.stdout.splitlines()


def test_a_renamed_file_is_read_and_what_is_not_is_said(run_on_demo, tmp_path):
    run_on_demo(args=["export-building", str(tmp_path)])
    (tmp_path / "floors.csv").rename(tmp_path / "FLOORS (1).CSV")
    (tmp_path / "zalen.csv").write_text("code\n")
    done = run_on_demo(args=["import-building", str(tmp_path), "--check"])
    assert "Nothing else would change." in done.stdout.splitlines()
    assert "Nothing was read of zalen.csv: no names of ours." in done.stdout.splitlines()
    assert ", floors " in done.stdout
    (tmp_path / "floors.csv").write_text("code\n")
    done = run_on_demo(args=["import-building", str(tmp_path), "--check"])
    assert (done.exit_code, "are both read as floors.csv" in done.stderr) == (1, True)


def test_where_it_cannot_be_written_it_says_so(run_on_demo, tmp_path):
    (tmp_path / "file").write_text("x")
    done = run_on_demo(args=["export-building", str(tmp_path / "file" / "town")])
    assert done.exit_code == 1
    assert "Not everything was written" in done.stderr


def test_where_there_is_nothing_to_export_nothing_is_made(run, tmp_path):
    empty = run(args=["export-building", str(tmp_path / "town")])
    assert empty.exit_code == 1
    assert "no municipality" in empty.stderr
    assert not (tmp_path / "town").exists()

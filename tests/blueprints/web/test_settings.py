"""Settings: what the environment says, and what holds where it says nothing."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from blueprints.web.secret import kept_secret
from blueprints.web.settings import SettingRefused, settings

POSTGRESQL = {"TREFPUNT_DATABASE_URL": "postgresql+psycopg://db/trefpunt"}


def test_without_any_setting_everything_lies_in_the_instance_folder(tmp_path):
    found = settings(tmp_path / "instance", {}, {})
    assert found["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/instance/trefpunt.db"
    assert found["TREFPUNT_MAIL_DIR"] == f"{tmp_path}/instance/mail"
    assert found["TREFPUNT_BASE_URL"] == "http://127.0.0.1:8000"
    assert found["TREFPUNT_DEMO"] is False


@pytest.mark.parametrize(("given", "found"), [(None, 120), ("", 120), ("0", 0), ("500", 500)])
def test_probes_are_held_to_the_usual_number_or_the_one_that_is_set(given, found, tmp_path):
    assert settings(tmp_path, {"TREFPUNT_PROBES": given} if given is not None else {}, {})["TREFPUNT_PROBES"] == found


@pytest.mark.parametrize("given", ["-1", "often", "1.5", "²"])
def test_a_number_of_probes_that_is_none_is_said(given, tmp_path):
    with pytest.raises(SettingRefused, match="TREFPUNT_PROBES"):
        settings(tmp_path, {"TREFPUNT_PROBES": given}, {})


def test_the_instance_folder_and_the_key_are_closed_to_others(tmp_path):
    settings(tmp_path / "instance", {}, {})
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "instance" / "secret_key").stat().st_mode) == 0o600


def test_the_key_is_made_once(tmp_path):
    first, second = (settings(tmp_path, {}, {})["SECRET_KEY"] for _ in range(2))
    assert first == second
    assert len(first) == 64


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: kept_secret(tmp_path / "secret_key"), range(64)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_postgresql_without_a_key_is_refused(tmp_path):
    with pytest.raises(SettingRefused, match="TREFPUNT_SECRET_KEY is not set"):
        settings(tmp_path / "instance", POSTGRESQL, {})
    assert not (tmp_path / "instance").exists()


def test_an_empty_setting_counts_as_none(tmp_path):
    with pytest.raises(SettingRefused):
        settings(tmp_path, POSTGRESQL | {"TREFPUNT_SECRET_KEY": ""}, {})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_way_to_write_postgresql_finds_our_driver(tmp_path, scheme):
    found = settings(tmp_path, {"TREFPUNT_DATABASE_URL": f"{scheme}://db/t", "TREFPUNT_SECRET_KEY": "k"}, {})
    assert found["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://db/t"


@pytest.mark.parametrize(("base_url", "secure"), [("https://trefpunt.example.org/", True), ("http://localhost", False)])
def test_the_cookie_goes_over_https_alone_where_there_is_https(tmp_path, base_url, secure):
    found = settings(tmp_path, {"TREFPUNT_BASE_URL": base_url}, {})
    assert found["SESSION_COOKIE_SECURE"] is secure
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert not found["TREFPUNT_BASE_URL"].endswith("/")


def test_overrides_win_over_the_environment_and_over_what_follows_from_it(tmp_path):
    found = settings(
        tmp_path,
        POSTGRESQL | {"TREFPUNT_SECRET_KEY": "theirs", "TREFPUNT_DEMO": "1"},
        {"TREFPUNT_SECRET_KEY": "ours", "TREFPUNT_DEMO": "0", "MAX_CONTENT_LENGTH": 5, "TESTING": True},
    )
    assert found["SECRET_KEY"] == "ours"
    assert found["TREFPUNT_DEMO"] is False
    assert found["MAX_CONTENT_LENGTH"] == 5
    assert found["TESTING"] is True

"""Settings: what the environment says, and what holds where it says nothing."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network

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


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *(("TREFPUNT_PROBES", given) for given in ("-1", "often", "1.5", "²")),
        *(("TREFPUNT_TRUSTED_PROXIES", given) for given in ("6", "-1", "yes")),
        *(("TREFPUNT_IDLE_MINUTES", given) for given in ("4", "1441", "an hour")),
        *(("PORT", given) for given in ("0", "65536", "http")),
        ("TREFPUNT_DEMO", "perhaps"),
        ("TREFPUNT_SECRET_KEY", "short"),
        ("TREFPUNT_METRICS_FROM", "10.0.0.0/33"),
        ("TREFPUNT_METRICS_FROM", "watchdog.town.example"),
        ("TREFPUNT_MAIL_FROM", "Trefpunt <trefpunt@town.example>"),
        ("TREFPUNT_MAIL_FROM", "trefpunt"),
        ("TREFPUNT_MAIL_URL", "mail.town.example"),
        ("TREFPUNT_MAIL_URL", "smtp://mail.town.example:none"),
        ("TREFPUNT_MAIL_URL", "smtp://mail.town.example/inbox"),
        ("TREFPUNT_DATABASE_URL", "mysql://db/trefpunt"),
        ("TREFPUNT_DATABASE_URL", "trefpunt.db"),
        ("TREFPUNT_DATABASE_URL", "postgresql://db:port/trefpunt"),
        ("TREFPUNT_BASE_URL", "trefpunt.town.example"),
        ("TREFPUNT_BASE_URL", "ftp://trefpunt.town.example"),
        ("TREFPUNT_BASE_URL", "https://me:secret@trefpunt.town.example"),
        ("TREFPUNT_BASE_URL", "https://town.example/trefpunt?x=1"),
        ("TREFPUNT_BASE_URL", "https://town.example/a/../b"),
    ],
)
def test_a_setting_that_cannot_be_read_is_said_without_repeating_it(name, given, tmp_path):
    with pytest.raises(SettingRefused) as refused:
        settings(tmp_path / "instance", {name: given}, {})
    (line,) = refused.value.message.splitlines()
    assert line.startswith(f"{name} ")
    assert "me:secret" not in line
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("TREFPUNT_TRUSTED_PROXIES", "2", 2),
        ("TREFPUNT_IDLE_MINUTES", " 15 ", 15),  # as a file of settings is often written
        ("TREFPUNT_DEMO", "yes", True),
        ("TREFPUNT_MAIL_FROM", "zalen@town.example", "zalen@town.example"),
        ("TREFPUNT_METRICS_FROM", "10.0.0.7, 2001:db8::/32", (ip_network("10.0.0.7"), ip_network("2001:db8::/32"))),
        ("TREFPUNT_BASE_URL", "https://town.example/trefpunt/", "https://town.example/trefpunt"),
    ],
)
def test_a_setting_is_read_as_what_it_is(name, given, found, tmp_path):
    assert settings(tmp_path, {name: given}, {})[name] == found


def test_every_mistake_is_told_not_only_the_first(tmp_path):
    wrong = {
        "PORT": "eight",
        "TREFPUNT_PROBES": "often",
        "TREFPUNT_OIDC_ISSUER": "https://login.town.example",
        "TREFPUNT_BASEURL": "https://trefpunt.town.example",
    }
    with pytest.raises(SettingRefused) as refused:
        settings(tmp_path, POSTGRESQL | wrong, {})
    told = refused.value.message.splitlines()
    assert [line.partition(" ")[0] for line in told] == [
        "PORT",
        "TREFPUNT_PROBES",
        "TREFPUNT_SECRET_KEY",
        "TREFPUNT_OIDC_ISSUER",
        "TREFPUNT_BASEURL",
    ]
    assert told[3].endswith("Take it away.")
    assert told[4] == "TREFPUNT_BASEURL is not a setting. Did you mean TREFPUNT_BASE_URL?"


def test_a_demo_that_anybody_finds_is_refused_unless_it_is_said_twice(tmp_path):
    demo = {"TREFPUNT_DEMO": "1", "TREFPUNT_BASE_URL": "https://trefpunt.town.example"}
    with pytest.raises(SettingRefused, match="TREFPUNT_DEMO is 1 at an https:// address"):
        settings(tmp_path, demo, {})
    assert settings(tmp_path, demo | {"TREFPUNT_DEMO_FOR_EVERYONE": "1"}, {})["TREFPUNT_DEMO"] is True


def test_a_name_that_is_like_no_setting_stops_nothing(tmp_path):
    settings(tmp_path, {"TREFPUNT_WEATHER": "fine", "TREFPUNT_REQUIRE_ALL": "1"}, {})


@pytest.mark.parametrize(
    ("base_url", "address"),
    [
        ("https://trefpunt.town.example/zalen", "trefpunt@trefpunt.town.example"),
        ("http://192.0.2.1:8000", "trefpunt@localhost"),  # which a mail server takes for a name
    ],
)
def test_mail_comes_from_the_host_that_people_know(base_url, address, tmp_path):
    assert settings(tmp_path, {"TREFPUNT_BASE_URL": base_url}, {})["TREFPUNT_MAIL_FROM"] == address


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
    found = settings(tmp_path, {"TREFPUNT_DATABASE_URL": f"{scheme}://db/t", "TREFPUNT_SECRET_KEY": "k" * 32}, {})
    assert found["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://db/t"


@pytest.mark.parametrize(("base_url", "secure"), [("https://trefpunt.example.org/", True), ("http://localhost", False)])
def test_the_cookie_goes_over_https_alone_where_there_is_https(tmp_path, base_url, secure):
    found = settings(tmp_path, {"TREFPUNT_BASE_URL": base_url}, {})
    assert found["SESSION_COOKIE_SECURE"] is secure
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-") is secure  # which asks for a path of / and no domain
    assert found["SESSION_COOKIE_PATH"] == "/"
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert not found["TREFPUNT_BASE_URL"].endswith("/")


def test_overrides_win_over_the_environment_and_over_what_follows_from_it(tmp_path):
    found = settings(
        tmp_path,
        POSTGRESQL | {"TREFPUNT_SECRET_KEY": "theirs, and long", "TREFPUNT_DEMO": "1"},
        {"TREFPUNT_SECRET_KEY": "ours, and as long", "TREFPUNT_DEMO": "0", "MAX_CONTENT_LENGTH": 5, "TESTING": True},
    )
    assert found["SECRET_KEY"] == "ours, and as long"
    assert found["TREFPUNT_DEMO"] is False
    assert found["MAX_CONTENT_LENGTH"] == 5
    assert found["TESTING"] is True

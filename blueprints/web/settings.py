"""Settings: one table of what the environment may say, with defaults with which one machine runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from click import ClickException

from blueprints.web import setting_values as read
from blueprints.web.secret import kept_secret
from blueprints.web.setting_folders import folder_mistakes
from blueprints.web.setting_names import misspelt, not_yet
from models.tables.patience import USUAL

LARGEST_BODY = 64 * 1024


class SettingRefused(ClickException):
    """A start that cannot go on: commands print its sentences alone, one a line, gunicorn halts with them instead of
    trying again."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`usual` is written as in the environment; None where settings() works it out of others. `wrong` follows on the
    name, and is said where `read` finds no value; the text that was given is never repeated: it may hold a password."""

    name: str
    usual: str | None
    read: Callable[[str], object]
    wrong: str


TABLE = (
    Setting("PORT", "8000", read.whole_number(1, 65535), "is no port. Give a whole number from 1 to 65535."),
    Setting(
        "TREFPUNT_DATABASE_URL",
        None,
        read.database_url,
        "is no address of a database. Give postgresql+psycopg://user:password@host/name or sqlite:////path/file.db.",
    ),
    Setting(
        "TREFPUNT_SECRET_KEY",
        None,
        read.secret_key,
        f"is too short to keep anybody out. Give at least {read.SHORTEST_KEY} characters that nobody can guess, for "
        "example the output of `openssl rand -hex 32`.",
    ),
    Setting(
        "TREFPUNT_BASE_URL",
        None,
        read.base_url,
        "is no address of a site. Give the one that people use, such as https://trefpunt.town.example or "
        "https://town.example/trefpunt: no name or password in it, nothing after a ? or #.",
    ),
    Setting(
        "TREFPUNT_TRUSTED_PROXIES",
        "0",
        read.whole_number(0, 5),
        "is no number of proxies. Give a whole number from 0 to 5: how many stand in front, each of which adds to "
        "X-Forwarded-For whom it heard; 0 believes nobody.",
    ),
    Setting(
        "TREFPUNT_MAIL_URL",
        None,
        read.mail_url,
        "is no address of a mail server. Give smtp://user:password@host:587 or smtps://…, or leave it out: mails are "
        "then written as files.",
    ),
    Setting("TREFPUNT_MAIL_DIR", None, read.as_text, "is no folder."),
    Setting(
        "TREFPUNT_MAIL_FROM",
        None,
        read.mail_address,
        "is no e-mail address. Give one that the mail server may send as, without a name before it, such as "
        "trefpunt@town.example.",
    ),
    Setting(
        "TREFPUNT_IDLE_MINUTES",
        "60",
        read.whole_number(5, 1440),
        "is no number of minutes. Give a whole number from 5 to 1440: after how long without a press somebody is "
        "signed out.",
    ),
    Setting(
        "TREFPUNT_PROBES",
        "120",
        read.whole_number(0, 999_999_999),
        "is no number of probes. Give a whole number: how often in ten minutes somebody may ask what others' spaces "
        "would answer; 0 for no limit.",
    ),
    Setting(
        "TREFPUNT_LOG",
        None,
        read.one_of("json", "plain"),
        "is neither json nor plain. Leave it out to have lines for a terminal there, and JSON elsewhere.",
    ),
    Setting(
        "TREFPUNT_API_LIMIT",
        "600",
        read.whole_number(0, 999_999_999),
        "is no number of requests. Give a whole number: how many one API token may send a minute to each process; 0 "
        "for no limit.",
    ),
    Setting(
        "TREFPUNT_METRICS_FROM",
        "",
        read.networks,
        "holds something that is no address or network. Give those that may read /metrics in full, with commas between "
        "them, such as 10.0.0.7, 192.0.2.0/24.",
    ),
    Setting("TREFPUNT_DEMO", "0", read.yes_or_no, "is neither 1 nor 0."),
    Setting("TREFPUNT_DEMO_FOR_EVERYONE", "0", read.yes_or_no, "is neither 1 nor 0."),
)
NAMES = tuple(each.name for each in TABLE)


def settings(instance: Path, environment: Mapping[str, str], overrides: Mapping[str, object]) -> dict[str, object]:
    """The app's config. `overrides` stand above the environment, before and after the rest is derived from it.

    Makes the instance folder where something is kept in it. Raises SettingRefused with every mistake there is.
    """
    given = {name: (environment.get(name) or "").strip() or None for name in NAMES}
    given |= {name: None if overrides[name] is None else str(overrides[name]) for name in NAMES if name in overrides}
    values, mistakes = _read(given)
    mistakes += [*_missing_key(values, overrides), *_demo_in_the_open(values)]
    mistakes += [*not_yet(environment), *misspelt(environment, NAMES)]
    if mistakes:
        raise SettingRefused("\n".join([*mistakes, *folder_mistakes(values, instance)]))
    base_url = str(values["TREFPUNT_BASE_URL"] or f"http://127.0.0.1:{values['PORT']}")
    url = str(values["TREFPUNT_DATABASE_URL"] or _own_database(instance))
    secret = values["TREFPUNT_SECRET_KEY"] or overrides.get("SECRET_KEY") or _own_secret(instance)
    values |= {
        "TREFPUNT_DATABASE_URL": url,
        "TREFPUNT_SECRET_KEY": secret,
        "TREFPUNT_BASE_URL": base_url,
        "TREFPUNT_MAIL_DIR": values["TREFPUNT_MAIL_DIR"] or str(instance / "mail"),
        "TREFPUNT_MAIL_FROM": values["TREFPUNT_MAIL_FROM"] or f"trefpunt@{_mail_domain(base_url)}",
        "TREFPUNT_ARGON2": {},
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(url),
        "SECRET_KEY": secret,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "PREFERRED_URL_SCHEME": base_url.partition(":")[0],
        # A browser takes a cookie of that name from this very host alone, over TLS and for the whole of it.
        "SESSION_COOKIE_NAME": "__Host-trefpunt" if base_url.startswith("https://") else "trefpunt",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "BABEL_DEFAULT_LOCALE": "nl_BE",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Brussels",
    }
    return values | {name: value for name, value in overrides.items() if name not in NAMES}


def _read(given: Mapping[str, str | None]) -> tuple[dict[str, object], list[str]]:
    values: dict[str, object] = {}
    mistakes: list[str] = []
    for setting in TABLE:
        text = given[setting.name]
        text = setting.usual if text is None else text
        try:
            values[setting.name] = None if text is None else setting.read(text)
        except ValueError:
            values[setting.name] = None
            mistakes.append(f"{setting.name} {setting.wrong}")
    return values, mistakes


def _missing_key(values: Mapping[str, object], overrides: Mapping[str, object]) -> list[str]:
    url = str(values["TREFPUNT_DATABASE_URL"] or "sqlite")
    if url.startswith("sqlite") or values["TREFPUNT_SECRET_KEY"] or overrides.get("SECRET_KEY"):
        return []
    return [
        "TREFPUNT_SECRET_KEY is not set. With PostgreSQL there may be several machines, which must share one key: "
        "set it to the same long random text on each, for example the output of `openssl rand -hex 32`."
    ]


def _demo_in_the_open(values: Mapping[str, object]) -> list[str]:
    https = str(values["TREFPUNT_BASE_URL"]).startswith("https://")
    if not (https and values["TREFPUNT_DEMO"]) or values["TREFPUNT_DEMO_FOR_EVERYONE"]:
        return []
    return [
        "TREFPUNT_DEMO is 1 at an https:// address: whoever finds it signs in as anybody, with the published password. "
        "Take it away. Only where everybody is meant to try it, set TREFPUNT_DEMO_FOR_EVERYONE=1 as well."
    ]


def _own_database(instance: Path) -> str:
    _make(instance)
    return f"sqlite:///{instance / 'trefpunt.db'}"


def _own_secret(instance: Path) -> str:
    _make(instance)
    return kept_secret(instance / "secret_key")


def _mail_domain(base_url: str) -> str:
    """The base URL's host, where it is a name: to a mail server trefpunt@127.0.0.1 is no address."""
    host = urlsplit(base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"


def _engine_options(url: str) -> dict[str, object]:
    """Parameters stay out of error messages: those end up in logs, and a booking's title is among them."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True}
    # Whoever finds all connections of the process in use waits no longer than for anything else. The last one used is
    # the next: a few that have everything prepared serve nearly all.
    return {"hide_parameters": True, "pool_pre_ping": True, "pool_use_lifo": True, "pool_timeout": USUAL.begin}


def _make(instance: Path) -> None:
    """Closed to other users of the machine: the database and the mails lie in it."""
    try:
        os.makedirs(instance, mode=0o700, exist_ok=True)
    except OSError as error:
        raise SettingRefused(
            f"The folder {instance} cannot be made ({error.strerror}). Make it, or set "
            "TREFPUNT_DATABASE_URL and TREFPUNT_SECRET_KEY."
        ) from error

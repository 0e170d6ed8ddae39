"""Settings: the environment's, else defaults with which one machine runs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from click import ClickException

from blueprints.web.secret import kept_secret

LARGEST_BODY = 64 * 1024
NAMES = (
    "TREFPUNT_DATABASE_URL",
    "TREFPUNT_SECRET_KEY",
    "TREFPUNT_BASE_URL",
    "TREFPUNT_MAIL_URL",
    "TREFPUNT_MAIL_DIR",
    "TREFPUNT_DEMO",
    "TREFPUNT_PROBES",
)
USUAL_PROBES = 120


class SettingRefused(ClickException):
    """A start that cannot go on: commands print the sentence alone, gunicorn halts with it instead of trying again."""


def settings(instance: Path, environment: Mapping[str, str], overrides: Mapping[str, object]) -> dict[str, object]:
    """The app's config. `overrides` stand above the environment, before and after the rest is derived from it.

    Makes the instance folder where something is kept in it. Raises SettingRefused.
    """
    given = {name: environment.get(name) or None for name in NAMES}
    given |= {name: None if overrides[name] is None else str(overrides[name]) for name in NAMES if name in overrides}
    url = _database_url(given["TREFPUNT_DATABASE_URL"], instance)
    base_url = (given["TREFPUNT_BASE_URL"] or f"http://127.0.0.1:{environment.get('PORT') or 8000}").rstrip("/")
    secret = given["TREFPUNT_SECRET_KEY"] or overrides.get("SECRET_KEY") or _secret_for(url, instance)
    values = {
        **given,
        "TREFPUNT_DATABASE_URL": url,
        "TREFPUNT_SECRET_KEY": secret,
        "TREFPUNT_BASE_URL": base_url,
        "TREFPUNT_MAIL_DIR": given["TREFPUNT_MAIL_DIR"] or str(instance / "mail"),
        "TREFPUNT_DEMO": (given["TREFPUNT_DEMO"] or "0").lower() in ("1", "true", "yes"),
        "TREFPUNT_PROBES": _probes(given["TREFPUNT_PROBES"]),
        "TREFPUNT_ARGON2": {},
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(url),
        "SECRET_KEY": secret,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "PREFERRED_URL_SCHEME": base_url.partition(":")[0],
        "SESSION_COOKIE_NAME": "trefpunt",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "BABEL_DEFAULT_LOCALE": "nl_BE",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Brussels",
    }
    return values | {name: value for name, value in overrides.items() if name not in NAMES}


def _probes(text: str | None) -> int:
    if text is not None and not (text.isdecimal() and text.isascii()):
        raise SettingRefused(
            f"TREFPUNT_PROBES is {text!r}. Give a whole number: how often in ten minutes somebody may ask what others' "
            "spaces would answer; 0 for no limit."
        )
    return USUAL_PROBES if text is None else int(text)


def _database_url(url: str | None, instance: Path) -> str:
    if not url:
        _make(instance)
        return f"sqlite:///{instance / 'trefpunt.db'}"
    scheme, separator, rest = url.partition("://")
    # Hosting firms hand out the short forms, which would ask for a driver that is not installed.
    return f"postgresql+psycopg://{rest}" if separator and scheme in ("postgres", "postgresql") else url


def _secret_for(url: str, instance: Path) -> str:
    if not url.startswith("sqlite"):
        raise SettingRefused(
            "TREFPUNT_SECRET_KEY is not set. With PostgreSQL there may be several machines, which must share one key: "
            "set it to the same long random text on each, for example the output of `openssl rand -hex 32`."
        )
    _make(instance)
    return kept_secret(instance / "secret_key")


def _engine_options(url: str) -> dict[str, object]:
    """Parameters stay out of error messages: those end up in logs, and a booking's title is among them."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True}
    return {"hide_parameters": True, "pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


def _make(instance: Path) -> None:
    """Closed to other users of the machine: the database and the mails lie in it."""
    try:
        os.makedirs(instance, mode=0o700, exist_ok=True)
    except OSError as error:
        raise SettingRefused(
            f"The folder {instance} cannot be made ({error.strerror}). Make it, or set "
            "TREFPUNT_DATABASE_URL and TREFPUNT_SECRET_KEY."
        ) from error

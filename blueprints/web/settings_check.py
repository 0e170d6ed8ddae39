"""What is wrong on this machine with settings that can be read: asked at start, before anybody is let in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from blueprints.web.database import newest_revision
from blueprints.web.setting_folders import folder_mistakes
from blueprints.web.setting_names import strange
from blueprints.web.settings import NAMES
from models.queries.schema import schema_revision
from models.tables.db import db

AT_HOME = ("localhost", "127.0.0.1", "::1")
LONG_KEY = 32


def mistakes(config: Mapping[str, object], instance: Path, addresses: set[str]) -> list[str]:
    """What keeps it from working, a sentence each. `addresses`: the first part of each of the app's own."""
    return [*folder_mistakes(config, instance), *_base_path(str(config["TREFPUNT_BASE_URL"]), addresses)]


def doubts(config: Mapping[str, object], environment: Mapping[str, str]) -> list[str]:
    """What works and is perhaps not meant, a sentence each; and how the database is at this moment."""
    return setting_doubts(config, environment) + _database()


def setting_doubts(config: Mapping[str, object], environment: Mapping[str, str]) -> list[str]:
    """Of the settings alone."""
    url = urlsplit(str(config["TREFPUNT_BASE_URL"]))
    found = strange(environment, NAMES)
    if url.scheme == "http" and url.hostname not in AT_HOME:
        found.append(
            "TREFPUNT_BASE_URL begins with http://: passwords and cookies travel in the open. Put a web server with a "
            "certificate in front."
        )
    if url.scheme == "https" and not config["TREFPUNT_TRUSTED_PROXIES"]:
        found.append(
            "TREFPUNT_TRUSTED_PROXIES is 0 behind https://: everybody seems to come from the web server's own address. "
            "Set it to the number of proxies in front."
        )
    if url.scheme == "https" and not config["TREFPUNT_MAIL_URL"]:
        found.append(f"TREFPUNT_MAIL_URL is not set: mails are written into {config['TREFPUNT_MAIL_DIR']}, not sent.")
    if config["TREFPUNT_MAIL_URL"] and url.hostname in AT_HOME:
        found.append(
            f"TREFPUNT_BASE_URL is {url.geturl()}: links in mails lead to the reader's own machine, and they come "
            f"from {config['TREFPUNT_MAIL_FROM']}. Give the address that people use."
        )
    if config["TREFPUNT_DEMO_FOR_EVERYONE"] and not config["TREFPUNT_DEMO"]:
        found.append("TREFPUNT_DEMO_FOR_EVERYONE says nothing without TREFPUNT_DEMO=1. Take it away.")
    if len(str(config["TREFPUNT_SECRET_KEY"])) < LONG_KEY:
        found.append(f"TREFPUNT_SECRET_KEY is shorter than {LONG_KEY} characters: take `openssl rand -hex 32`.")
    if environment.get("SCRIPT_NAME", url.path) != url.path:
        found.append("SCRIPT_NAME is not the path of TREFPUNT_BASE_URL, and has no effect. Take it away.")
    return found


def _base_path(base_url: str, addresses: set[str]) -> list[str]:
    """Whether a proxy took the path away or not is seen at the address alone: none of ours may begin like it."""
    first = urlsplit(base_url).path.split("/")[1:2]
    if not first or first[0] not in addresses:
        return []
    return [
        f"TREFPUNT_BASE_URL has the path /{first[0]}, as pages of Trefpunt have. Choose another, such as /trefpunt."
    ]


def _database() -> list[str]:
    try:
        found = schema_revision()
    except SQLAlchemyError:
        return ["The database of TREFPUNT_DATABASE_URL does not answer now."]
    finally:
        db.session.remove()
    return [] if found == newest_revision() else ["The database is not migrated: run `flask --app app db upgrade`."]

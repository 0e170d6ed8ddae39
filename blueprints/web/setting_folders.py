"""Folders in which something is kept, and that cannot be written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import make_url


def folder_mistakes(values: Mapping[str, object], instance: Path) -> list[str]:
    """A sentence each. What was not given lies in the instance folder, which is made when it is needed."""
    return [*_of_the_database(values["TREFPUNT_DATABASE_URL"], instance), *_of_mails(values, instance)]


def _of_the_database(given: object, instance: Path) -> list[str]:
    if not given:
        return [] if _can_be_made(instance) else [f"The folder {instance} cannot be written. The database lies in it."]
    url = make_url(str(given))
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return []
    file = Path(url.database)
    if not file.parent.is_dir() or not os.access(file.parent, os.W_OK | os.X_OK):
        return [f"TREFPUNT_DATABASE_URL lies in {file.parent}, which is not there or cannot be written."]
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        return [f"The database {file} cannot be read and written by this user."]
    return []


def _of_mails(values: Mapping[str, object], instance: Path) -> list[str]:
    folder = Path(str(values["TREFPUNT_MAIL_DIR"] or instance / "mail"))
    if values["TREFPUNT_MAIL_URL"] or _can_be_made(folder):
        return []
    return [
        f"Mails are to be written in {folder}, which cannot be written. Set TREFPUNT_MAIL_DIR or TREFPUNT_MAIL_URL."
    ]


def _can_be_made(folder: Path) -> bool:
    """It can be written; or, where it is still to be made, the nearest folder above it."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)

"""`flask backup FILE` and `flask restore FILE`: a consistent copy while everything goes on, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import click
from sqlalchemy import URL

from blueprints.commands import backup_postgresql, backup_sqlite, blueprint
from models.tables.db import db


@blueprint.cli.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a copy of the whole database to FILE, readable by you alone; everything else goes on meanwhile."""
    with _database("No backup was made") as (kind, url):
        kind.copy_out(url, file)
    click.echo(f"Backup written to {file}.")


@blueprint.cli.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE in the place of everything the database holds."""
    with _database("Nothing was restored") as (kind, url):
        kind.copy_in(url, file)
    click.echo(f"Restored from {file}. If the copy is of an older Trefpunt, now run: flask --app app db upgrade")


@contextmanager
def _database(failed: str) -> Iterator[tuple[ModuleType, URL]]:
    """Who copies it, and its address, with no connection of ours left open to stand in the copy's way. What goes wrong
    is said in one sentence; whatever there was is still as it was."""
    url = db.engine.url
    db.session.remove()
    db.engine.dispose()
    kind = backup_sqlite if url.get_backend_name() == "sqlite" else backup_postgresql
    try:
        yield kind, url
    except kind.FAILURES as error:
        raise click.ClickException(f"{failed}: {error}") from error

"""`flask backup FILE` and `flask restore FILE`: a consistent copy while everything goes on, and back."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import URL

from blueprints.commands import backup_postgresql, backup_sqlite, blueprint
from models.tables.db import db


class BackupFailed(click.ClickException):
    """Said in one sentence; whatever there was is still as it was."""


@blueprint.cli.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a copy of the whole database to FILE, readable by you alone; everything else goes on meanwhile."""
    url = _released_url()
    kind = backup_sqlite if url.get_backend_name() == "sqlite" else backup_postgresql
    try:
        kind.copy_out(url, file)
    except kind.FAILURES as error:
        raise BackupFailed(f"No backup was made: {error}") from error
    click.echo(f"Backup written to {file}.")


@blueprint.cli.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE in the place of everything the database holds."""
    url = _released_url()
    kind = backup_sqlite if url.get_backend_name() == "sqlite" else backup_postgresql
    try:
        kind.copy_in(url, file)
    except kind.FAILURES as error:
        raise BackupFailed(f"Nothing was restored: {error}") from error
    click.echo(f"Restored from {file}. If the copy is of an older Trefpunt, now run: flask --app app db upgrade")


def _released_url() -> URL:
    """The database's address, with no connection of ours left open to stand in the copy's way."""
    url = db.engine.url
    db.session.remove()
    db.engine.dispose()
    return url

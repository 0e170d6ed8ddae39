"""`flask export-building DIR`: the municipality as CSV files, such as import-building reads."""

from __future__ import annotations

import os
from pathlib import Path

import click

from blueprints.commands import blueprint
from blueprints.commands.import_building import NO_TABLES
from blueprints.web.clock import now
from models.queries.house import is_empty
from models.queries.import_rows import exported_building, is_migrated


@blueprint.cli.command("export-building")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--without-people", is_flag=True, help="Leave out users.csv and roster.csv, which name people.")
def export_building_command(directory: Path, without_people: bool) -> None:
    """Write the municipality into CSV files in DIRECTORY, as it is today: places, hours, rules and people.

    No passwords, no bookings, nothing that is planned for later: for all of it there is `backup`.
    """
    if not is_migrated():
        raise click.ClickException(NO_TABLES)
    if is_empty():
        raise click.ClickException("The database holds no municipality.")
    files = exported_building(now(), people=not without_people)
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            _write(directory / name, content)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Not everything was written.") from error
    click.echo(f"Written to {directory}: {', '.join(files)}.")
    if not without_people:
        click.echo("users.csv holds names and e-mail addresses of people, roster.csv who sits where:")
        click.echo("keep them where only you can read them.")


def _write(path: Path, content: bytes) -> None:
    """Readable by its owner alone: people's names are in it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)

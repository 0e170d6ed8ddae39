"""`flask import-building DIR [--check]`: a municipality from its CSV files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from blueprints.commands import blueprint
from blueprints.commands.reasons import assumption_line, bundle_line, change_line, fault_line
from blueprints.web.clock import now
from models.actions.files.import_building import Checked, Imported, ImportRefused, import_building, preview_building
from models.queries.import_rows import is_migrated
from models.rules.files.bundle import rows_in
from models.rules.files.file_names import TABLE, WORKBOOK, BadName, check_one_each, known_as
from models.rules.files.municipality import Reading
from models.rules.files.sheet import Fault

NO_TABLES = "The database has no tables yet. Run first: flask --app app db upgrade"

NOTHING = "Nothing was found to import: no file with a name of ours, such as spaces.csv, has a row in it."


MANY_ROWS = 5_000


def csv_files(directory: Path) -> dict[str, bytes]:
    """The CSV files in a directory, by the names they are known by. Raises BadName."""
    paths = [path for path in sorted(directory.iterdir()) if path.is_file() and not path.name.startswith(".")]
    check_one_each(path.name for path in paths if path.suffix.lower() in (TABLE, WORKBOOK))
    return {known_as(path.name): path.read_bytes() for path in paths if path.suffix.lower() == TABLE}


def load(files: Mapping[str, bytes], directory: str) -> Imported:
    """Import, or say on stderr why not and leave with 1."""
    if not is_migrated():
        raise click.ClickException(NO_TABLES)
    try:
        return import_building(files, directory, now())
    except ImportRefused as refused:
        _say_faults(refused.faults)
        raise SystemExit(1) from None


@blueprint.cli.command("import-building")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Read and say what would be assumed; write nothing.")
def import_building_command(directory: Path, check: bool) -> None:
    """Load a municipality from the CSV files in DIRECTORY; only spaces.csv is required.

    Rows are updated by their code, never doubled. With a fault anywhere nothing is loaded.
    """
    try:
        files = csv_files(directory)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    except BadName as bad:
        raise click.ClickException(bundle_line(bad)) from bad
    name, rows = directory.resolve().name, rows_in(files)
    if rows > MANY_ROWS:
        click.echo(f"Reading {rows} rows of {len(files)} files, about a minute for each 50,000 …", err=True)
    if check:
        _say_check(preview_building(files, name, now()))
        return
    imported = load(files, name)
    if not imported.changes and not imported.reading.counts():
        raise click.ClickException(NOTHING)
    click.echo(
        f"Loaded {_counted(imported.reading)}; "
        f"{f'{imported.changes} rows written' if imported.changes else 'nothing had changed'}."
    )
    _say_unread(imported.reading)


def _say_check(checked: Checked) -> None:
    reading = checked.reading
    for assumed in reading.assumptions:
        click.echo(assumption_line(assumed))
    if reading.faults:
        _say_faults(reading.faults)
        raise SystemExit(1)
    if checked.says_nothing:
        raise click.ClickException(NOTHING)
    for change in checked.changes:
        if change.sort != "new":
            click.echo(change_line(change))
    sorts = Counter(change.sort for change in checked.changes)
    would = ", ".join(f"{sorts[sort]} {sort}" for sort in ("new", "changed", "gone") if sorts[sort])
    nothing = "Nothing else would change." if reading.unread else "Nothing would change."
    click.echo(f"Rows: {would}." if would else nothing)
    _say_unread(reading)
    click.echo(f"No faults in {_counted(reading)}. Nothing was written.")


def _say_faults(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        click.echo(fault_line(fault), err=True)
    click.echo(f"{'1 fault' if len(faults) == 1 else f'{len(faults)} faults'}. Nothing was loaded.", err=True)


def _say_unread(reading: Reading) -> None:
    if reading.unread:
        click.echo(f"Nothing was read of {', '.join(reading.unread)}: no names of ours.")


def _counted(reading: Reading) -> str:
    return ", ".join(f"{file} {number}" for file, number in reading.counts().items())

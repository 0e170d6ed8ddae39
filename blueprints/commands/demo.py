"""`flask load-demo` and `flask demo-logins`: the demo municipality, and who one may be in it."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale

from blueprints.commands import blueprint
from blueprints.commands.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from blueprints.commands.demo_precedence import load_precedence
from blueprints.commands.import_building import NO_TABLES, csv_files, load
from models.actions.people.set_password import set_passwords
from models.queries.accounts import those_with_password
from models.queries.house import is_empty
from models.queries.import_rows import is_migrated
from models.rules.people.passwords import passwords_at

DEMO = Path(__file__).parent / "demo"


@blueprint.cli.command("load-demo")
def load_demo() -> None:
    """Load the demo municipality when the database is empty; leave a filled one alone."""
    if not is_migrated():
        raise click.ClickException(NO_TABLES)
    if not is_empty():
        click.echo("The database holds a municipality already: the demo was not loaded.")
        return
    imported = load(csv_files(DEMO), DEMO.name)
    load_precedence()
    set_passwords(
        [person.username for person in DEMO_PEOPLE],
        DEMO_PASSWORD,
        passwords_at(**current_app.config["TREFPUNT_ARGON2"]),
    )
    click.echo(
        f"The demo is loaded: {len(imported.reading.records['spaces'])} spaces, "
        f"{len(imported.reading.records['users'])} people."
    )


@blueprint.cli.command("demo-logins")
def demo_logins() -> None:
    """Print who one may sign in as in the demo; nothing where the demo was not loaded."""
    able = those_with_password(person.username for person in DEMO_PEOPLE) if is_migrated() else frozenset()
    people = [person for person in DEMO_PEOPLE if person.username in able]
    if not people:
        return
    longest = max(len(person.username) for person in people)
    click.echo(f"Demo logins, all with the password {DEMO_PASSWORD}")
    with force_locale("en"):  # as all that a terminal says
        for person in people:
            click.echo(f"  {person.username:<{longest}}  {person.persona}: {person.does}")

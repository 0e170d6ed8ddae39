"""`flask create-user` and `set-password`: accounts from the machine itself."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask_babel import force_locale

from blueprints.commands import blueprint
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
from models.actions.people.create_user import NewPerson, create_user
from models.actions.people.set_password import PasswordRefused, set_password
from models.queries.accounts import organisation_codes
from models.queries.people import with_assumed_duties
from models.rules.people.password_rules import LONGEST_NEW_PASSWORD, SHORTEST_PASSWORD
from models.rules.people.passwords import Passwords, passwords_at
from models.rules.people.person import ROLES
from models.rules.refusals import BadRequest

CHOOSE = "; take four words that have nothing to do with each other"
SENTENCES = {
    "empty_password": "the password is empty",
    "strange_password": "the password on stdin is not UTF-8",
    "short_password": f"the password is shorter than {SHORTEST_PASSWORD} characters",
    "long_password": f"the password is longer than {LONGEST_NEW_PASSWORD} characters",
    "common_password": f"the password is one that many people take{CHOOSE}",
    "personal_password": f"the password is made of names that anybody knows, as theirs or the town's{CHOOSE}",
    "weak_password": f"the password is easily guessed{CHOOSE}",
    "unknown_person": "there is nobody with that username",
}


@blueprint.cli.command("create-user")
@click.argument("username")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    default=("staff",),
    show_default=True,
    help="May be given more than once.",
)
@click.option("--organisation", help="The organisation's code. [default: the host]")
@click.option("--name", help="As others see it. [default: the username]")
@click.option("--email")
def create_user_command(
    username: str, roles: tuple[str, ...], organisation: str | None, name: str | None, email: str | None
) -> None:
    """Add a person; the password is asked for, or read from stdin."""
    try:
        create_user(NewPerson(username, roles, organisation, name, email), _password(), _passwords())
    except PasswordRefused as refused:
        raise _refusal(refused.reason) from None
    except BadRequest as bad:
        there = f" There are: {', '.join(organisation_codes()) or 'none'}." if bad.field == "organisation" else ""
        with force_locale("en"):
            raise click.ClickException(f"{bad.field}: {fault_sentence(bad)}{there}") from None
    click.echo(f"{username} can sign in.")


@blueprint.cli.command("set-password")
@click.argument("username")
@click.option("--keep-tokens", is_flag=True, help="Let their API tokens go on.")
def set_password_command(username: str, keep_tokens: bool) -> None:
    """Give a person another password, asked for or read from stdin, sign them out everywhere and end their tokens."""
    try:
        set_password(username, _password(), _passwords(), now(), keep_tokens=keep_tokens)
    except PasswordRefused as refused:
        raise _refusal(refused.reason) from None
    click.echo(f"{username} has a new password.")


@blueprint.cli.command("duties-to-confirm")
@click.option("--organisation", help="Only people of the organisation with this code.")
def duties_to_confirm_command(organisation: str | None) -> None:
    """Print whose services were once worked out from a home zone, as rows of users.csv.

    Mend the rows and import them: who stands in a users.csv with these columns is confirmed. Others keep what is
    printed here, and keep standing here.
    """
    click.echo("username,coordinates,heads")
    for person in with_assumed_duties(organisation):
        click.echo(
            ",".join((person.username, *(";".join(sorted(each)) for each in (person.coordinates, person.heads))))
        )


def _refusal(reason: str) -> click.ClickException:
    return click.ClickException(SENTENCES[reason])


def _password() -> str:
    """Asked for twice at a terminal; else the first line of stdin."""
    if sys.stdin.isatty():
        return click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise _refusal("strange_password") from None


def _passwords() -> Passwords:
    return passwords_at(**current_app.config["TREFPUNT_ARGON2"])

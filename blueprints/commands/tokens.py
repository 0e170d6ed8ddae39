"""`flask create-token`, `tokens` and `end-token`: what programs prove themselves by, from the machine itself."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click
from flask_babel import force_locale

from blueprints.commands import blueprint
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
from models.actions.people.create_token import TokenRefused, create_token
from models.actions.people.end_tokens import end_token
from models.queries.accounts import account_id
from models.queries.house import the_house
from models.queries.tokens import MyToken, tokens_of
from models.rules.people.rights import SCOPES
from models.rules.people.tokens import LONGEST_DAYS, USUAL_DAYS
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import DAY, NAME

SENTENCES = {
    "unknown_person": "there is nobody with that username",
    "inactive_person": "that person is not active",
    "scope_above_roles": "that person's roles reach no further than {reaches}",
    "no_such_token": "that person has no such token; `flask tokens USERNAME` lists those that work",
}


@blueprint.cli.command("create-token")
@click.argument("username")
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    default="write",
    show_default=True,
    help="read: only ask and check; write: book as well; manage: change the house as well.",
)
@click.option("--name", help="What it is for: shown in lists, and to end it by.")
@click.option(
    "--until",
    metavar="YYYY-MM-DD",
    help=f"The last day on which it works, at most {LONGEST_DAYS} days from now. [default: {USUAL_DAYS} days]",
)
def create_token_command(username: str, scope: str, name: str | None, until: str | None) -> None:
    """Print an API token for a person: this once, and nothing else."""
    try:
        called = checked_value("name", NAME, name, may_be_empty=True)
        last = checked_value("until", DAY, until, may_be_empty=True)
        click.echo(create_token(username, scope, now(), name=called, until=last))
    except TokenRefused as refused:
        raise _refusal(refused.reason, reaches=refused.reaches) from None
    except BadRequest as bad:
        raise _bad(bad) from None


@blueprint.cli.command("tokens")
@click.argument("username")
def tokens_command(username: str) -> None:
    """Print a person's API tokens that still work: number, scope, end, last use and name, with tabs between."""
    person_id = _known(username)
    click.echo("\t".join(("number", "scope", "made", "last day", "last used", "name")))
    for token in tokens_of(person_id, now()):
        click.echo("\t".join(_told(token, the_house().zone)))


@blueprint.cli.command("end-token")
@click.argument("username")
@click.argument("name_or_number")
def end_token_command(username: str, name_or_number: str) -> None:
    """Take one API token of a person back, by its name or by its number in the list of `tokens`."""
    person_id = _known(username)
    working = tokens_of(person_id, now())
    meant = [each for each in working if each.name == name_or_number] or [
        each for each in working if str(each.id) == name_or_number
    ]
    if not meant:
        raise _refusal("no_such_token")
    end_token(meant[0].id, person_id, now(), None)
    click.echo("It opens nothing any more.")


def _told(token: MyToken, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        str(token.id),
        token.scope,
        f"{token.created_at.astimezone(zone):%Y-%m-%d}",
        f"{token.last_day.astimezone(zone):%Y-%m-%d}" if token.last_day else "none",
        f"{token.last_used_at.astimezone(zone):%Y-%m-%d %H:%M}" if token.last_used_at else "never",
        token.name or "",
    )


def _known(username: str) -> int:
    person_id = account_id(username)
    if person_id is None:
        raise _refusal("unknown_person")
    return person_id


def _refusal(reason: str, **facts: object) -> click.ClickException:
    return click.ClickException(SENTENCES[reason].format(**facts))


def _bad(bad: BadRequest) -> click.ClickException:
    with force_locale("en"):
        return click.ClickException(f"{bad.field}: {fault_sentence(bad)}")

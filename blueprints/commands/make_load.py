"""`flask make-load town|city|flanders`: a made-up municipality with its history, to see what a machine carries."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import click
from flask import current_app

from blueprints.commands import blueprint
from blueprints.commands.import_building import NO_TABLES, load
from blueprints.web.clock import now
from models.actions.loads import make_day
from models.queries.house import the_house
from models.queries.import_rows import is_migrated
from models.queries.loads import everybody, municipality_code
from models.rules.loads.course import FARTHEST_AHEAD
from models.rules.loads.days import Day, Town
from models.rules.loads.house import files_of
from models.rules.loads.sizes import CITY, MUNICIPALITIES, TINY, Size, municipality, town
from models.rules.times.interval import civil_date
from models.tables.db import db

SIZES = ("tiny", "town", "city", "flanders")


@blueprint.cli.command("make-load")
@click.argument("size", type=click.Choice(SIZES))
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same load.")
@click.option("--weeks", type=click.IntRange(0, 520), default=60, show_default=True, help="Weeks of history.")
@click.option(
    "--municipality",
    "number",
    type=click.IntRange(1, MUNICIPALITIES),
    default=1,
    show_default=True,
    help="Of flanders: which one, the largest first.",
)
@click.option("--yes", is_flag=True, help="Also where the database could be a real one; nothing is asked.")
def make_load_command(size: str, seed: int, weeks: int, number: int, yes: bool) -> None:
    """Make up a municipality and what was booked in it, in a database that is empty.

    town: 1 to 3 buildings, some hundred desks. city: 40 buildings, 3,000 desks, 10,000 people. flanders: ONE of its 285
    municipalities, for each has a database of its own; run it once for each database, with --municipality 1 to 285.
    tiny: a few rooms, in seconds.

    Run again it goes on where it was: what is there is left alone, days that have no booking yet are filled. A database
    with any other municipality is refused. Nobody gets a password: see set-password.
    """
    if not is_migrated():
        raise click.ClickException(NO_TABLES)
    wanted = {"tiny": TINY, "town": town(seed), "city": CITY, "flanders": municipality(number)}[size]
    _check_it_is_ours(wanted)
    if not yes and (place := _could_be_real()):
        click.confirm(f"{place} could be a real one. Fill it with a made-up municipality?", abort=True, err=True)
    today = now().date()
    if municipality_code() is None:
        click.echo(f"Loading {wanted.name}: {wanted.buildings} buildings, {wanted.staff} people …", err=True)
        load(files_of(wanted, today), wanted.code)
    db.session.rollback()
    made = _fill(Town(the_house(), everybody(), seed), _days(weeks))
    click.echo(f"{wanted.name} ({wanted.code}): {made} bookings made, of {weeks} weeks and what is booked ahead.")


def _check_it_is_ours(wanted: Size) -> None:
    there = municipality_code()
    if there not in (None, wanted.code):
        raise click.ClickException(f"The database holds the municipality {there}: a load is made in an empty one only.")
    db.session.rollback()


def _could_be_real() -> str | None:
    """How the database is called, where it is a server's or others can reach the site."""
    url, host = db.engine.url, urlsplit(current_app.config["TREFPUNT_BASE_URL"]).hostname or ""
    if url.get_backend_name() == "sqlite" and (host == "localhost" or _is_loopback(host)):
        return None
    return f"The database {url.database} at {url.host or 'this machine'}, for {host}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _days(weeks: int) -> list[date]:
    today = civil_date(now(), the_house().zone)
    return [today + timedelta(days=n) for n in range(-7 * weeks, FARTHEST_AHEAD)]


def _fill(of: Town, days: list[date]) -> int:
    made = 0
    with click.progressbar(days, label="Days", file=sys.stderr) as counted:
        for day in counted:
            made += make_day(Day(of, day, now()))
    return made

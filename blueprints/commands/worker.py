"""`flask worker [--once]`: mail, reminders, releases and retention, for as long as it runs."""

from __future__ import annotations

import click

from blueprints.commands import blueprint
from blueprints.commands.check_config import check_at_start
from blueprints.log_lines import log_lines


@blueprint.cli.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def worker(once: bool) -> None:
    """Do what nobody waits for; safe to run on several machines at once."""
    from blueprints.mail.worker import run  # other commands need no mail

    log_lines()
    check_at_start()
    run(once)

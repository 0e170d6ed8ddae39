"""`flask check-config`: every mistake in the settings as a sentence; asked at each start."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import current_app

from blueprints.commands import blueprint
from blueprints.web.proxies import what_is_trusted
from blueprints.web.settings import SettingRefused
from blueprints.web.settings_check import doubts, mistakes


@blueprint.cli.command("check-config")
@click.option("--quiet", is_flag=True, help="Tell mistakes alone, not what is doubtful.")
def check_config(quiet: bool) -> None:
    """Say what is wrong with the settings, each mistake a sentence; 1 where something is. What is doubtful is told
    apart."""
    check_at_start(quiet)
    if not quiet:
        click.echo("The settings are in order.")


def check_at_start(quiet: bool = False) -> None:
    """Tell on stderr what is doubtful and who is trusted, or nothing. Raises SettingRefused with every mistake."""
    first_parts = {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()}
    found = mistakes(current_app.config, Path(current_app.instance_path), first_parts)
    for sentence in [] if quiet else doubts(current_app.config, os.environ):
        click.echo(f"Warning: {sentence}", err=True)
    if found:
        raise SettingRefused("\n".join(found))
    if not quiet:
        click.echo(what_is_trusted(current_app.config["TREFPUNT_TRUSTED_PROXIES"]), err=True)

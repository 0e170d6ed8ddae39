"""What one types on the machine itself: loading a municipality, people and tokens, the worker, backup and restore."""

from __future__ import annotations

from flask import Blueprint

from blueprints.commands.spoken import SpokenCommand

blueprint = Blueprint("commands", __name__, cli_group=None)
blueprint.cli.command_class = SpokenCommand

from blueprints.commands import (
    backup,
    check_config,
    demo,
    export_building,
    import_building,
    make_load,
    people,
    tokens,
    worker,
)

"""What a command says where the database cannot: a sentence on stderr and exit 1, no trace."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from models.tables.outage import InDoubt, cannot_now


class SpokenCommand(click.Command):
    def invoke(self, ctx: click.Context) -> Any:  # whatever the command answers, as click has it
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as error:
            if not cannot_now(error):
                raise
            raise click.ClickException(outage_sentence(error)) from error


def outage_sentence(error: SQLAlchemyError) -> str:
    """For whoever minds the machine, so with the database's own reason."""
    if isinstance(error, InDoubt):
        return "The database fell silent while it was told to keep this. Look whether it stands before you try again."
    reason = str(error.orig if isinstance(error, DBAPIError) else error).strip().partition("\n")[0]
    return f"The database cannot do this now: {reason or type(error).__name__}. Try again shortly."

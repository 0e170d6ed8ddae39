"""One engine for each sort of database and process, which leads to the database of the test that runs: what it has
worked out of a statement, which takes longer than to send it, it need not work out for each test anew."""

from __future__ import annotations

from functools import partial

from flask import Flask
from sqlalchemy import Engine, event, make_url

from models.queries.house import keeper, the_house
from models.queries.read_house import Read
from models.tables.db import db

AS_LOADED: dict[Engine, Read] = {}


def lead_to_each_test(engine: Engine) -> None:
    """SQLAlchemy asks before it connects: the address may have changed since the engine was made."""
    event.listen(engine, "do_connect", partial(_connected, engine))


def lead(engine: Engine, url: str) -> None:
    engine.url = make_url(url)


def _connected(engine: Engine, dialect, _record, _arguments, options):
    aimed_arguments, aimed_options = dialect.create_connect_args(engine.url)
    return dialect.connect(*aimed_arguments, **{**options, **aimed_options})


def keep_the_house_of(app: Flask) -> None:
    """Every test begins with the same demo building: it is read once."""
    with app.app_context():
        if db.engine not in AS_LOADED:
            the_house()
            db.session.remove()
            AS_LOADED[db.engine] = keeper().newest
        keeper().newest = AS_LOADED[db.engine]

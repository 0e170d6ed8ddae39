"""One engine for each sort of database and process, which leads to the database of the test that runs: what it has
worked out of a statement, which takes longer than to send it, it need not work out for each test anew."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine, event, make_url

from models.queries.house import the_house
from models.queries.kept import kept
from models.rules.house import House
from models.tables.db import db

ENGINES: dict[str, Engine] = {}
AS_LOADED: dict[Engine, House] = {}


def engine_to(app: Flask) -> Engine:
    """The engine for the address that stands in the app's settings."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    engine = ENGINES.get(url.drivername)
    if engine is None:
        options = {**app.config["SQLALCHEMY_ENGINE_OPTIONS"], "url": url}
        db._apply_driver_defaults(options, app)
        engine = ENGINES[url.drivername] = db._make_engine(None, options, app)
        event.listen(engine, "do_connect", _lead_to_this_test)
    engine.url = url
    return engine


def keep_the_house_of(app: Flask) -> None:
    """Every test begins with the same demo building: it is read once."""
    with app.app_context():
        if db.engine not in AS_LOADED:
            AS_LOADED[db.engine] = the_house()
            db.session.remove()
        house = AS_LOADED[db.engine]
        kept("house", house.revision, lambda: house)


def _lead_to_this_test(dialect, _record, arguments, options):
    """SQLAlchemy asks before it connects: the address may have changed since the engine was made."""
    url = next(engine.url for engine in ENGINES.values() if engine.dialect is dialect)
    aimed_arguments, aimed_options = dialect.create_connect_args(url)
    return dialect.connect(*aimed_arguments, **{**options, **aimed_options})

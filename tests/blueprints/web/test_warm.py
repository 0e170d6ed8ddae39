"""A process that others are copied from has everything ready, and no connection that they would share."""

from __future__ import annotations

from blueprints.web.warm import warm_up
from models.queries.house import keeper
from models.queries.kept import KEPT
from models.tables.db import db


def test_templates_and_house_are_ready_and_no_connection_is_left_open(demo_app):
    KEPT.clear()
    demo_app.jinja_env.cache.clear()
    warm_up(demo_app)
    templates = demo_app.jinja_env.list_templates()
    assert len(demo_app.jinja_env.cache) == len(templates) > 100
    with demo_app.app_context():
        assert keeper().newest is not None
        assert (db.engine.pool.checkedin(), db.engine.pool.checkedout()) == (0, 0)


def test_without_a_house_or_a_database_it_starts_all_the_same(app, caplog):
    warm_up(app)
    assert "the house is not read yet: NoMunicipality" in caplog.text
    with app.app_context():
        db.drop_all()
    warm_up(app)
    assert "the house is not read yet: OperationalError" in caplog.text or "ProgrammingError" in caplog.text

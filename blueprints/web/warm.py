"""What the first who asks would otherwise wait for, done before anybody can: in the process that all others are copies
of, so that it is done once and lies in memory once."""

from __future__ import annotations

import logging

from flask import Flask
from flask_babel import force_locale, get_domain
from sqlalchemy.exc import SQLAlchemyError

from blueprints.web.language import NAMES
from models.queries.house import the_house
from models.queries.revisions import NoMunicipality
from models.tables.db import db

logger = logging.getLogger(__name__)


def warm_up(app: Flask) -> None:
    """Addresses, templates and words are ready; the house is, where the database answers and knows of one. No
    connection is left open: copies of a process would speak through one and the same."""
    app.url_map.update()
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    with app.test_request_context():
        for language in NAMES:
            with force_locale(f"{language}_BE"):
                get_domain().get_translations()
    with app.app_context():
        try:
            the_house()
        except (NoMunicipality, SQLAlchemyError) as error:
            logger.warning("the house is not read yet: %s", type(error).__name__)
        finally:
            db.session.remove()
            db.engine.dispose()

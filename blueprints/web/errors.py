"""When an answer cannot be given: a page with a sentence, or a problem document for programs."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, current_app, g, render_template
from sqlalchemy.exc import DataError, SQLAlchemyError
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, InternalServerError
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as AnyResponse

from blueprints.log_lines import told
from blueprints.web.identity import is_for_programs
from blueprints.web.outage import cannot_answer
from blueprints.web.problems import not_found, problem
from models.rules.refusals import NotAllowed, NotFound
from models.tables.outage import cannot_now

PAGES = (400, 403, 404, 405, 413, 429, 500)
logger = logging.getLogger(__name__)


def start_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(NotFound, lambda _error: refused(NoSuchPage()))
    app.register_error_handler(NotAllowed, lambda _error: refused(Forbidden()))
    app.register_error_handler(SQLAlchemyError, _of_the_database)
    app.register_error_handler(Exception, _broken)


def refused(error: HTTPException) -> AnyResponse:
    """The error's own headers stay: which methods a 405 allows, when a 429 may come again."""
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, SQLAlchemyError):
        # An answer to an error asks the database too, who reads it for one: what goes wrong then comes in here.
        return _of_the_database(error.original_exception)
    if error.response is not None:
        return error.get_response()
    code = error.code or 500
    if is_for_programs():
        answer = not_found() if code == 404 else problem(code, error.name, detail=error.description)
    else:
        page = code if code in PAGES else 500 if code >= 500 else 400
        answer = Response(render_template(f"errors/{page}.html", incident=None, said=error.description), code)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def _of_the_database(error: SQLAlchemyError) -> AnyResponse:
    """A NUL that got as far as PostgreSQL, which keeps none, was sent by no page of ours."""
    if isinstance(error, DataError) and "NUL" in str(error.orig):
        return refused(BadRequest())
    return cannot_answer(error) if cannot_now(error) else _broken(error)


def _broken(error: Exception) -> Response:
    """A programming error: logged under a number that whoever met it can name. Tests and the debugger get it raised."""
    propagate = current_app.config["PROPAGATE_EXCEPTIONS"]
    if propagate or (propagate is None and (current_app.testing or current_app.debug)):
        raise error
    incident = g.incident = secrets.token_hex(4)
    logger.error("incident %s\n%s", incident, told(error))
    g.database_in_doubt = True  # it may be what broke: the page must not ask it who is signed in
    if is_for_programs():
        return problem(500, InternalServerError().name, incident=incident)
    return Response(render_template("errors/500.html", incident=incident), 500)

"""The description of the API: for programs as OpenAPI, for people as a page."""

from __future__ import annotations

from flask import Response, current_app, render_template

from blueprints.api import blueprint
from blueprints.api.answers import answered
from blueprints.api.openapi import description
from blueprints.api.reference import calls, refusal_codes, shapes
from blueprints.web.language import language
from blueprints.web.rights import needs


@blueprint.get("/openapi.json")
@needs("read_api_description")
def openapi() -> Response:
    return answered(_described())


@blueprint.get("/docs")
@needs("read_api_description")
def docs() -> str:
    described = _described()
    return render_template("api/docs.html", calls=calls(described), shapes=shapes(described), codes=refusal_codes())


def _described() -> dict:
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # it is typed as what it stands for
    return description(app, language())

"""The panel beside a door: as yet its pairing page."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from blueprints.screens import blueprint
from blueprints.screens.paired import pairing_page
from blueprints.web.rights import needs
from models.rules.people.pairing import PANEL, Spot


@blueprint.get("/panel/<code>")
@needs("see_screens")
def panel(code: str) -> Response:
    return pairing_page(Spot(PANEL, code), url_for("screens.panel", code=code))

"""The kiosk in the hall, pressed by whoever comes."""

from __future__ import annotations

from flask import render_template

from blueprints.screens import blueprint
from blueprints.screens.paired import paired
from blueprints.web.rights import needs
from models.queries.devices import Paired


@blueprint.get("/kiosk/<zone>")
@needs("see_screens")
@paired("kiosk", root="screens.kiosk")
def kiosk(device: Paired) -> str:
    return render_template("screens/waiting.html")

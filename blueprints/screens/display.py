"""The screen in the hall."""

from __future__ import annotations

from flask import render_template

from blueprints.screens import blueprint
from blueprints.screens.paired import paired
from blueprints.web.rights import needs
from models.queries.devices import Paired


@blueprint.get("/display/<zone>")
@needs("see_screens")
@paired("display", root="screens.display")
def display(device: Paired) -> str:
    return render_template("screens/waiting.html")

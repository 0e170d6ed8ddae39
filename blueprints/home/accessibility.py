"""The accessibility statement: what works for whom, what does not yet, and whom to tell."""

from __future__ import annotations

from flask import render_template

from blueprints.home import blueprint
from blueprints.web.language import house_or_none
from blueprints.web.rights import needs


@blueprint.get("/accessibility")
@needs("see_public_pages")
def accessibility() -> str:
    house = house_or_none()
    hosts = [each for each in house.organisations.values() if each.is_host] if house else []
    return render_template("home/accessibility.html", phone=hosts[0].contact_phone if hosts else None)

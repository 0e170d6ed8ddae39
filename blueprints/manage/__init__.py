"""How many people each place may hold: the pages of facility management, prevention and a partner's administrator."""

from flask import Blueprint

blueprint = Blueprint("manage", __name__, url_prefix="/manage")

from blueprints.manage import (
    announcements,
    closing,
    closures,
    holidays,
    hours,
    limits,
    overview,
    place,
    place_links,
    place_new,
    places,
    plan_editor,
    policies,
    spaces,
    tabs,
    week,
    zones,
)

"""What the house is, holds, opens and announces: for facility management, prevention and partners' administrators."""

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

"""What the house is, holds, opens and announces: for facility management, prevention and partners' administrators."""

from flask import Blueprint

blueprint = Blueprint("manage", __name__, url_prefix="/manage")

from blueprints.manage import (
    announcements,
    closing,
    closures,
    crisis,
    holidays,
    hours,
    imports,
    limits,
    overview,
    place,
    place_links,
    place_new,
    places,
    plan_editor,
    plans,
    plans_adjust,
    plans_one,
    plans_outage,
    plans_rehearsal,
    plans_told,
    policies,
    precedence,
    quotas,
    register,
    rules,
    spaces,
    table,
    tabs,
    week,
    zones,
)

"""Who is in the building now: counted, checked in, expected; and the list with which it is cleared."""

from flask import Blueprint

blueprint = Blueprint("presence", __name__, url_prefix="/occupancy")

from blueprints.presence import adding, counting, drills, evacuation, now, old_addresses, sheets, ticking

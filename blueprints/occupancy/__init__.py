"""How many people are expected where, hour by hour, against what each place may hold: /occupancy. Never who."""

from flask import Blueprint

blueprint = Blueprint("occupancy", __name__)

from blueprints.occupancy import page

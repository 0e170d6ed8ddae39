"""How many people each place may hold: the pages of facility management, prevention and a partner's administrator."""

from flask import Blueprint

blueprint = Blueprint("manage", __name__, url_prefix="/manage")

from blueprints.manage import limits, overview, spaces

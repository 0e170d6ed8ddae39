"""The line of a zone, for those who call from it: /line/<zone>."""

from flask import Blueprint

blueprint = Blueprint("line", __name__, url_prefix="/line")

from blueprints.line import keys, page

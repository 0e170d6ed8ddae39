"""My calendar addresses: the page where they are made and revoked, and the feeds that calendar programs read there."""

from flask import Blueprint

blueprint = Blueprint("feeds", __name__)

from blueprints.feeds import address, mine

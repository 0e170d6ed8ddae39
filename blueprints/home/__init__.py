"""Today, for whoever is signed in: /."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)

from blueprints.home import accessibility, here, others, today

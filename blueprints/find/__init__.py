"""The finder, across all kinds: /find."""

from flask import Blueprint

blueprint = Blueprint("find", __name__)

from blueprints.find import page, ringing

"""What every page rests on: settings, sign-in, language, errors, headers. Its own routes are the health checks."""

from flask import Blueprint

blueprint = Blueprint("web", __name__)

from blueprints.web import health

"""What hangs on a wall or stands in a hall: screens that nobody signs in at, each paired for one zone."""

from flask import Blueprint

blueprint = Blueprint("screens", __name__)

from blueprints.screens import display, kiosk, panel, ticket

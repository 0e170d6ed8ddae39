"""The JSON API, version 1: what pages can do, for programs with a bearer token."""

from flask import Blueprint

from blueprints.web.csrf import csrf

blueprint = Blueprint("api", __name__, url_prefix="/api")
csrf.exempt(blueprint)  # only bearer tokens count here: a browser's cookie opens nothing that a foreign page could use

from blueprints.api import (
    errors,
    language,
    limits,
    bookings,
    booking,
    changing,
    states,
    spaces,
    availability,
    places,
    capacity,
    hours,
    closures,
    occupancy,
    counting,
    plans,
    feeds,
    docs,
)

"""Trefpunt: create_app() puts settings, extensions, blueprints and error pages together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from blueprints import (
    account,
    api,
    board,
    booking,
    booths,
    commands,
    design,
    desks,
    feeds,
    find,
    home,
    line,
    manage,
    meeting_rooms,
    meeting_spaces,
    occupancy,
    presence,
    screens,
    web,
)
from blueprints.feeds.polls import start_polls
from blueprints.web.addresses import start_addresses
from blueprints.web.base_url import start_base_url
from blueprints.web.bodies import start_bodies
from blueprints.web.catalogues import compile_catalogues
from blueprints.web.controls import start_controls
from blueprints.web.cookies import SignedCookies
from blueprints.web.covered import start_covered_numbers
from blueprints.web.csrf import start_csrf
from blueprints.web.database import start_database
from blueprints.web.errors import start_errors
from blueprints.web.headers import start_headers
from blueprints.web.identity import start_identity
from blueprints.web.language import start_language
from blueprints.web.logs import start_logs
from blueprints.web.metrics import start_metrics
from blueprints.web.missing import Missing
from blueprints.web.packing import start_packing
from blueprints.web.page import start_page
from blueprints.web.probes import start_probes
from blueprints.web.proxies import start_proxies
from blueprints.web.request_log import start_request_log
from blueprints.web.settings import settings
from blueprints.web.templates import Templates

BLUEPRINTS = tuple(
    package.blueprint
    for package in (
        account,
        api,
        board,
        booking,
        booths,
        commands,
        design,
        desks,
        feeds,
        find,
        home,
        line,
        manage,
        meeting_rooms,
        meeting_spaces,
        occupancy,
        presence,
        screens,
        web,
    )
)


def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The application, by the environment's settings; `overrides` are config keys and win."""
    app = Flask(__name__)
    app.config.from_mapping(settings(Path(app.instance_path), os.environ, overrides or {}))
    app.session_interface = SignedCookies()
    app.jinja_environment = Templates
    app.jinja_options = {"undefined": Missing, "trim_blocks": True, "lstrip_blocks": True}
    start_logs()
    start_polls(app)
    start_proxies(app)
    start_base_url(app)
    start_request_log(app)
    start_metrics(app)
    start_packing(app)
    start_headers(app)
    start_bodies(app)
    start_addresses(app)
    start_covered_numbers(app)
    start_database(app)
    compile_catalogues(Path(app.root_path) / "translations")
    start_csrf(app)
    start_identity(app)
    start_language(app)
    start_page(app)
    start_controls(app)
    start_errors(app)
    start_probes(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app

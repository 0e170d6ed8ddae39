"""For whoever watches over the service: is the process there, is its database ready, how busy is it."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from blueprints.web import blueprint
from blueprints.web.database import newest_revision
from blueprints.web.identity import current_person
from blueprints.web.metrics import metrics_text
from blueprints.web.rights import needs
from blueprints.web.setting_values import Network
from models.queries.schema import schema_revision
from models.rules.people.rights import holds


@blueprint.get("/healthz")
@needs("watch_health")
def healthz() -> Response:
    """The process answers. Asks nothing of the database: one that is down is no reason to restart processes."""
    return _line("ok", 200)


@blueprint.get("/readyz")
@needs("watch_health")
def readyz() -> Response:
    """The database answers and has every migration of this code: requests may be sent here."""
    try:
        found = schema_revision()
    except SQLAlchemyError:
        return _line("database unreachable", 503)
    if found != newest_revision():
        return _line("database not migrated", 503)
    return _line("ok", 200)


@blueprint.get("/metrics")
@needs("see_metrics")
def metrics() -> Response:
    """Open, for a watchdog has no account; by endpoint for the token of who minds the machine, and for the addresses in
    TREFPUNT_METRICS_FROM."""
    by_endpoint = _is_of_the_watchdog(request.remote_addr) or holds(current_person(), "see_metrics_by_endpoint")
    return Response(metrics_text(by_endpoint=by_endpoint), content_type=CONTENT_TYPE_LATEST)


def _is_of_the_watchdog(address: str | None) -> bool:
    allowed: tuple[Network, ...] = current_app.config["TREFPUNT_METRICS_FROM"]
    try:
        return bool(allowed) and any(ip_address(address or "") in each for each in allowed)
    except ValueError:  # a socket of the machine's own has no address
        return False


def _line(text: str, status: int) -> Response:
    return Response(f"{text}\n", status, {"Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")

"""For whoever watches over the service: is the process there, is its database ready, how busy is it."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from blueprints.web import blueprint
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.metrics import metrics_text
from blueprints.web.readiness import readiness, state_of
from blueprints.web.rights import needs
from blueprints.web.setting_values import Network
from blueprints.web.watched import Watched
from models.rules.people.rights import holds


@blueprint.get("/healthz")
@needs("watch_health")
def healthz() -> Response:
    """The process answers. Asks nothing of the database: one that is down is no reason to restart processes."""
    return _line("ok", 200)


@blueprint.get("/readyz")
@needs("watch_health")
def readyz() -> Response:
    """503 where requests should not be sent here. What else is wrong stands in lines below the first, with 200: pages
    can be read. Who wants a 503 for that as well asks for /readyz?strict=1."""
    found = readiness(current_app, now())
    if found.hindrance:
        return _line(found.hindrance, 503)
    lines = "\n".join(("ok", *(f"warning: {each}" for each in found.warnings)))
    return _line(lines, 503 if found.warnings and "strict" in request.args else 200)


@blueprint.get("/metrics")
@needs("see_metrics")
def metrics() -> Response:
    """Open, for a watchdog has no account; by endpoint for the token of who minds the machine, and for the addresses in
    TREFPUNT_METRICS_FROM."""
    in_full = _is_of_the_watchdog(request.remote_addr) or holds(current_person(), "see_metrics_by_endpoint")
    watched = Watched(state_of(current_app), now()) if in_full else None
    return Response(metrics_text(watched), content_type=CONTENT_TYPE_LATEST)


def _is_of_the_watchdog(address: str | None) -> bool:
    allowed: tuple[Network, ...] = current_app.config["TREFPUNT_METRICS_FROM"]
    try:
        return bool(allowed) and any(ip_address(address or "") in each for each in allowed)
    except ValueError:  # a socket of the machine's own has no address
        return False


def _line(text: str, status: int) -> Response:
    return Response(f"{text}\n", status, {"Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")

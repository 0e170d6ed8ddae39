"""How answers leave: JSON as it was built, times with the building's own offset, addresses in full."""

from __future__ import annotations

from datetime import date, datetime

from flask import Response, current_app, json, request

from blueprints.web.clock import now
from models.rules.house.house import House
from models.rules.times.interval import civil_date


def answered(members: object, status: int = 200, **headers: str) -> Response:
    return Response(json.dumps(members, sort_keys=False), status, headers, content_type="application/json")


def moment(instant: datetime, house: House) -> str:
    return instant.astimezone(house.zone).isoformat()


def today(house: House) -> date:
    return civil_date(now(), house.zone)


def full_address(path: str) -> str:
    """With the host that was asked; behind a proxy that ends TLS, with the scheme that people really use."""
    is_secure = current_app.config["TREFPUNT_BASE_URL"].startswith("https://")
    return f"{'https' if is_secure else request.scheme}://{request.host}{path}"

"""How answers leave: JSON as it was built, times with the building's own offset."""

from __future__ import annotations

from datetime import date, datetime

from flask import Response, json

from blueprints.web.clock import now
from models.rules.house.house import House
from models.rules.times.interval import civil_date


def answered(members: object, status: int = 200, **headers: str) -> Response:
    return Response(json.dumps(members, sort_keys=False), status, headers, content_type="application/json")


def moment(instant: datetime, house: House) -> str:
    return instant.astimezone(house.zone).isoformat()


def today(house: House) -> date:
    return civil_date(now(), house.zone)

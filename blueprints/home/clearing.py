"""For whoever clears the building: the evacuation list one press away, and at once where one is running."""

from __future__ import annotations

from flask import url_for

from blueprints.booking.day import Day, wall_clock
from models.queries.evacuations import running_in


def clearing(day: Day) -> dict[str, object]:
    """One query."""
    running = running_in(day.house.building_of(day.person.home_zone))
    return {
        "url": url_for("presence.evacuation"),
        "running_url": running and url_for("presence.drill", drill=running.handle),
        "is_drill": bool(running and running.is_drill),
        "since": wall_clock(running.started_at, day.house) if running else "",
    }

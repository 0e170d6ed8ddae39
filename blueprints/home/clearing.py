"""For whoever clears the building: the evacuation list one press away, and at once where one is running."""

from __future__ import annotations

from flask import url_for

from blueprints.booking.day import Day
from blueprints.presence.evacuation_words import running_notice
from models.queries.evacuations import running_in


def clearing(day: Day) -> dict[str, object]:
    """One query."""
    running = running_in(day.house.building_of(day.person.home_zone))
    return {
        "url": url_for("presence.evacuation"),
        "running_url": running and url_for("presence.drill", drill=running.handle),
        "running": running and running_notice(running, day.house),
    }

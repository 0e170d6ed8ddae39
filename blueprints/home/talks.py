"""For whoever coordinates services: the talks of the next hours, each with its one press: here, or nobody came."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from blueprints.booking.show import Look, attendance_actions, booking_row
from models.queries.today import talks_of
from models.rules.bookings.fields import Booked
from models.rules.times.interval import Interval

HOURS_AHEAD = timedelta(hours=4)
MOST_SHOWN = 12


def coming_talks(look: Look) -> list[Booked]:
    """Those that go on or begin in the next hours. Two queries."""
    services = [look.house.services[code].id for code in look.viewer.coordinated]
    return talks_of(services, Interval(look.now, look.now + HOURS_AHEAD))[:MOST_SHOWN]


def talk_row(talk: Booked, look: Look) -> dict:
    return booking_row(talk, look, date=False, actions=_actions(talk, look))


def _actions(talk: Booked, look: Look) -> list[dict]:
    """As of any booking; to give back a talk that should be going on is to say that nobody came."""
    actions = list(attendance_actions(talk, look))
    if talk.status == "confirmed" and talk.during.start <= look.now:
        actions = [
            action | {"label": _("Nobody came")} if action["icon"] == "released" else action for action in actions
        ]
    return actions

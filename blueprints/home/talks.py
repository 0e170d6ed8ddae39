"""For whoever coordinates services: the talks of the next hours, each with its one press: here,
done, nobody came, late, a quarter of an hour more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from blueprints.booking.otherwise import chances_of, otherwise_actions, take_over_action
from blueprints.booking.show import Look, attendance_actions, booking_row
from blueprints.home.here import with_arrival
from models.queries.today import talks_of
from models.rules.bookings.fields import Booked
from models.rules.bookings.otherwise import Otherwise
from models.rules.times.interval import Interval

HOURS_AHEAD = timedelta(hours=4)
MOST_SHOWN = 12


def coming_talks(look: Look) -> list[Booked]:
    """Those that go on or begin in the next hours. Two queries."""
    services = [look.house.services[code].id for code in look.viewer.coordinated]
    return talks_of(services, Interval(look.now, look.now + HOURS_AHEAD))[:MOST_SHOWN]


def talk_rows(talks: Sequence[Booked], since: Mapping[int, datetime], look: Look) -> list[dict]:
    """With what goes otherwise beside what is usual: at most five queries more, whatever their number."""
    chances = chances_of(talks, look)
    rows = [booking_row(each, look, date=False, actions=_actions(each, chances, look)) for each in talks]
    return [with_arrival(row, each, since, look) for row, each in zip(rows, talks, strict=True)]


def _actions(talk: Booked, chances: Mapping[int, Otherwise], look: Look) -> Iterator[dict]:
    yield from attendance_actions(talk, look)
    yield from otherwise_actions(talk, chances, look)
    yield from take_over_action(talk, look)

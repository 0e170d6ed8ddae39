"""Who is next, and why: nobody picks.

Whoever is urgent comes first. Then appointments whose hour is near, by their hour: early by at most so much; one that
came later than so much after its hour has joined the others when it came. Then whoever waits longest. What is put back
or forwarded keeps the time that it came at, and with it its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from models.rules.house.line_settings import LineSettings
from models.rules.line.party import Party

URGENT, APPOINTMENT, LONGEST, CAME_LATE, NOT_YET = "urgent", "appointment", "longest", "came_late", "not_yet"
WHYS = (URGENT, APPOINTMENT, LONGEST, CAME_LATE, NOT_YET)
_RANKS = {URGENT: 0, APPOINTMENT: 1, LONGEST: 2, CAME_LATE: 2, NOT_YET: 3}


class Turn(NamedTuple):
    """Why a party stands where it does, and by which instant: its hour, or when it came."""

    why: str
    since: datetime


def turn_of(party: Party, settings: LineSettings, now: datetime) -> Turn:
    """Why a party stands where it does now."""
    if party.urgent:
        return Turn(URGENT, party.arrived_at)
    if party.due_at is None:
        return Turn(LONGEST, party.arrived_at)
    if party.arrived_at > party.due_at + settings.late:
        return Turn(CAME_LATE, party.arrived_at)
    return Turn(APPOINTMENT if now >= party.due_at - settings.early else NOT_YET, party.due_at)


def in_order(parties: Iterable[Party], settings: LineSettings, now: datetime) -> list[Party]:
    """Of these, those who wait, the next first; those whose hour is not near last."""

    def order(party: Party) -> tuple[object, ...]:
        why, since = turn_of(party, settings, now)
        return (_RANKS[why], since, party.arrived_at, party.id)

    return sorted((each for each in parties if each.state == "waiting"), key=order)


def next_of(
    parties: Iterable[Party], services: Collection[str], settings: LineSettings, now: datetime
) -> tuple[Party, Turn] | None:
    """Whom somebody who works for these services calls next, and why; None where nobody waits whose time has come."""
    first = next(iter(in_order((each for each in parties if each.service in services), settings, now)), None)
    if first is None:
        return None
    turn = turn_of(first, settings, now)
    return None if turn.why == NOT_YET else (first, turn)


def number_before(party: Party, parties: Iterable[Party], settings: LineSettings, now: datetime) -> int:
    """How many parties of the same service are called before this one that waits."""
    line = in_order((each for each in parties if each.service == party.service), settings, now)
    return next((at for at, each in enumerate(line) if each.handle == party.handle), 0)

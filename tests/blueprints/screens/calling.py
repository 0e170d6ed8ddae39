"""Somebody comes to the counters, and somebody calls them."""

from __future__ import annotations

from datetime import datetime

from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.actions.line.join import Joining, join_line
from models.queries.house import the_house
from models.queries.line import at_somebody
from models.queries.people import person_by_username
from models.rules.line.outcomes import BOOKED
from models.rules.line.party import Party
from models.rules.people.person import By

COUNTERS, PASS = "Z0-LOK", "GEM-BEV"
CLERKS = tuple(f"medewerker.burgerzaken.{number:02}" for number in (1, 5, 9, 13, 17, 21))


def join(now: datetime) -> Party:
    return join_line(Joining(COUNTERS, PASS), None, now)


def clerk(counter: int, now: datetime) -> By:
    return By(person_by_username(CLERKS[counter - 1]), now)


def call(counter: int, now: datetime) -> Party:
    """Whoever waits longest, to this counter, by the clerk who sits there."""
    called = call_next(COUNTERS, f"LK-0{counter}", clerk(counter, now))
    assert called is not None
    return called.party


def helped(counter: int, now: datetime) -> None:
    """Whoever was called there came, and is done."""
    by = clerk(counter, now)
    party = at_somebody(by.person.id, now, the_house())
    assert party is not None
    finish(party.handle, by, BOOKED)

"""What racers do who work and decide at the same time; see racing.py."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.actions.bookings.decide import approve_all, decline_all
from models.actions.bookings.expire_pending import expire_pending
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.queries.people import person_by_username
from models.rules.people.person import By
from models.tables.patience import MIGRATION, having
from tests.cast import NOW

JOBS = {"release": release_no_shows, "expire": expire_pending}
DECISIONS = {
    "approve": lambda ids, who, now: approve_all(ids, who, now),
    "decline": lambda ids, who, now: decline_all(ids, who, now, "The council meets"),
}


def do(job: str, instant: str) -> int:
    """How many this one settled."""
    return JOBS[job](datetime.fromisoformat(instant))


def decide(verb: str, ids: list[int], who: str, instant: str) -> dict[str, object]:
    """The statuses in which this one left the requests, and how many it could not decide."""
    decided = DECISIONS[verb](ids, person_by_username(who), datetime.fromisoformat(instant))
    return {"statuses": sorted(each.status for each in decided.bookings), "left": len(decided.left)}


def do_or_decide(what: str, *more):
    return do(what, *more) if what in JOBS else decide(what, *more)


def call_the_next(who: str, zone: str, place: str) -> int | None:
    """The number of whoever this one called, an hour after they came."""
    called = call_next(zone, place, By(person_by_username(who), NOW + timedelta(hours=1)))
    return called.party.number if called else None


def call_until_nobody_waits(who: str, zone: str, place: str) -> list[int]:
    """The numbers that this one called, one after the other, hours after they came; however long each has to wait for
    the others."""
    by, numbers = By(person_by_username(who), NOW + timedelta(hours=1)), list[int]()
    with having(MIGRATION):
        while called := call_next(zone, place, by):
            numbers.append(called.party.number)
            finish(called.party.handle, by, "as_booked")
    return numbers

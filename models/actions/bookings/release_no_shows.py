"""Free the places of those who do not come."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.actions.bookings.status import claim_status
from models.actions.record import record, tell
from models.queries.arrivals import arrived_among
from models.queries.bookings import all_bookings, bookings_by_id
from models.queries.house import the_house
from models.queries.people import people_by_username
from models.rules.bookings.fields import Booked
from models.rules.judging.no_shows import is_no_show, spaces_that_release
from models.rules.people.callers import organiser_of
from models.rules.times.interval import Interval, civil_dates
from models.tables.transaction import writes

LOOKS_BACK = timedelta(days=2)  # what began earlier is over: there is no place left to free
PAGE = 500


def release_no_shows(now: datetime) -> int:
    """Free every booking nobody checked in to (R18), tell its organiser, and return how many were freed.

    Safe to run twice or on two machines: a booking is claimed by a conditional UPDATE, and one already claimed counts
    as nothing. Whoever came before check-in opened is here all the same. One query for every 500 bookings that still
    wait for somebody, one for all that seem to, and one short transaction for each that is freed; an idle round takes
    no lock.
    """
    house = the_house()
    lately = Interval(now - LOOKS_BACK, now)
    spaces = [space.id for space in spaces_that_release(civil_dates(lately, house.zone), house)]
    no_shows = [
        each
        for each in (all_bookings(lately, spaces, ("confirmed",), PAGE) if spaces else ())
        if is_no_show(each, house, now)
    ]
    here = arrived_among([each.id for each in no_shows])
    return sum(_release(each, now) for each in no_shows if each.id not in here)


@writes
def _release(booking: Booked, now: datetime) -> bool:
    if not claim_status(booking, "released", now):
        return False
    record("release_no_show", "booking", booking.id, None, now, space=booking.space, status="released")
    house, people = the_house(), people_by_username([booking.organiser] if booking.organiser else ())
    tell("released", bookings_by_id([booking.id]), [organiser_of(booking, people, house)], house, now)
    return True

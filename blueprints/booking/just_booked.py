"""A wish that is refused because it was just granted: whoever went Back and pressed Book once more."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for

from blueprints.booking.day import Day
from models.queries.bookings import bookings_page
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.house.house import Space
from models.rules.refusals import Refused, SeriesRefused
from models.rules.times.interval import Interval

JUST = timedelta(minutes=15)


def just_booked(refused: Refused, space: Space, during: Interval, day: Day) -> dict[str, object]:
    """For the page of a refused form, over what else it shows: where the booking stands that this person made a moment
    ago of the same space and time. Then no other time or room is offered. Nothing where there is none, nor where it is
    a caller's: the front desk, which books for many, may want that time for the next one too. One query."""
    if isinstance(refused, SeriesRefused):
        return {}
    own = bookings_page(during=during, space_ids=[space.id], of_person=day.person.id, statuses=HOLDS_PLACE)
    for each in own:
        made, is_theirs = each.created_at, each.booked_by == day.person.username and each.caller is None
        if each.during == during and is_theirs and made and day.now - made < JUST:
            return {"just_booked": url_for("booking.one", handle=each.handle), "alternatives": []}
    return {}

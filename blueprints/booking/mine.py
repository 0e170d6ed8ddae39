"""What I booked or was booked for me: coming, and what is past."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import render_template, request, url_for

from blueprints.booking import blueprint
from blueprints.booking.show import Look, by_day
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.people.discretion import Viewer
from models.rules.times.interval import Interval

AHEAD, BACK = timedelta(days=731), timedelta(days=30)
AT_ONCE = 50
LISTED_WHEN_COMING = (*HOLDS_PLACE, "declined")


@blueprint.get("/mine")
@needs("see_own_bookings")
def mine():
    """A page of fifty. What is past goes back thirty days: older desks have lost their names."""
    past = request.args.get("show") == "past"
    person, moment = signed_in(), now()
    look = Look(Viewer.of(person, the_house()), moment, url_for("booking.mine"))
    found = bookings_page(
        during=Interval(moment - BACK, moment) if past else Interval(moment, moment + AHEAD),
        of_person=person.id,
        statuses=None if past else LISTED_WHEN_COMING,
        after=_after(request.args.get("after", "")),
        limit=AT_ONCE + 1,
    )
    more = found[AT_ONCE - 1] if len(found) > AT_ONCE else None
    shown = [each for each in found[:AT_ONCE] if look.viewer.is_party_to(each)]
    days = by_day(reversed([each for each in shown if each.during.end <= moment]) if past else shown, look)
    return render_template("booking/mine.html", days=days, past=past, next_url=_next(more, past))


def _after(text: str) -> tuple[datetime, str] | None:
    """Start and handle of the page before's last booking, as `_next` wrote them; anything else is the first page."""
    start, _sep, handle = text.partition("~")
    try:
        instant = datetime.fromisoformat(start)
    except ValueError:
        return None
    return (instant, handle) if instant.tzinfo is not None else None


def _next(last: Booked | None, past: bool) -> str:
    if last is None:
        return ""
    return url_for(
        "booking.mine", show="past" if past else None, after=f"{last.during.start.isoformat()}~{last.handle}"
    )

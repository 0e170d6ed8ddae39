"""My bookings, coming and past; and apart from them what I booked for others."""

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
AT_ONCE, BESIDE = 50, 20
LISTED_WHEN_COMING = (*HOLDS_PLACE, "declined")


@blueprint.get("/mine")
@needs("see_own_bookings")
def mine():
    """A page of fifty, and under the first the next twenty that one booked for others; `whose=others`: all of those.
    What is past goes back thirty days: older desks have lost their names."""
    past, others = request.args.get("show") == "past", request.args.get("whose") == "others"
    look = Look(Viewer.of(signed_in(), the_house()), now(), url_for("booking.mine"))
    after = _after(request.args.get("after", ""))
    days, last = _listed(look, AT_ONCE, past=past, others=others, after=after)
    beside, more = ([], None) if others or after else _listed(look, BESIDE, past=past, others=True)
    show = "past" if past else None
    return render_template(
        "booking/mine.html",
        days=days,
        past=past,
        others=others,
        next_url=_next(last, show, "others" if others else None),
        beside=beside,
        beside_url=url_for("booking.mine", show=show, whose="others") if more else "",
    )


def _listed(
    look: Look, number: int, *, past: bool, others: bool, after: tuple[datetime, str] | None = None
) -> tuple[list[dict], Booked | None]:
    """That many by day, and the last of them where there are more."""
    found = bookings_page(
        during=Interval(look.now - BACK, look.now) if past else Interval(look.now, look.now + AHEAD),
        of_person=look.person.id,
        for_others=others,
        statuses=None if past else LISTED_WHEN_COMING,
        after=after,
        limit=number + 1,
    )
    shown = [each for each in found[:number] if look.viewer.is_party_to(each)]
    days = by_day(
        reversed([each for each in shown if each.during.end <= look.now]) if past else shown, look, whose=others
    )
    return days, found[number - 1] if len(found) > number else None


def _after(text: str) -> tuple[datetime, str] | None:
    """Start and handle of the page before's last booking, as `_next` wrote them; anything else is the first page."""
    start, _sep, handle = text.partition("~")
    try:
        instant = datetime.fromisoformat(start)
    except ValueError:
        return None
    return (instant, handle) if instant.tzinfo is not None else None


def _next(last: Booked | None, show: str | None, whose: str | None) -> str:
    if last is None:
        return ""
    return url_for("booking.mine", show=show, whose=whose, after=f"{last.during.start.isoformat()}~{last.handle}")

"""Somebody is here for me: one line, as soon as the reception or a kiosk said so. Never who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from flask import render_template, url_for
from flask_babel import gettext as _

from blueprints.booking.day import Day, wall_clock
from blueprints.booking.show import Look
from blueprints.booking.views import today as this_day
from blueprints.home import blueprint
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.arrivals import arrived_among
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.times.interval import Interval

HOURS_AHEAD = timedelta(hours=4)
MOST_READ = 50


@blueprint.get("/here")
@needs("see_today")
def here():
    """The piece of the page of today that asks for itself again. Three queries."""
    day = this_day(the_house())
    look = Look(day.viewer, day.now, url_for("home.today"))
    soon = Interval(day.now, day.now + HOURS_AHEAD)
    mine = bookings_page(during=soon, of_person=day.person.id, statuses=HOLDS_PLACE, limit=MOST_READ)
    return render_template(
        "home/here.html", arrived=waiting_for_me(mine, look, arrived_among([each.id for each in mine]))
    )


def expects_somebody(coming: Iterable[Booked], day: Day) -> bool:
    """Whether it is worth asking again and again: they have something in the next hours, but at a desk."""
    return any(each.kind != "desk" and each.during.start < day.now + HOURS_AHEAD for each in coming)


def waiting_for_me(mine: Iterable[Booked], look: Look, since: Mapping[int, datetime]) -> list[dict[str, str]]:
    """`since`: as of arrived_among()."""
    house = look.house
    return [
        {
            "url": url_for("booking.one", handle=each.handle),
            "said": _(
                "Somebody is here for %(time)s, %(place)s",
                time=wall_clock(each.during.start, house),
                place=house.spaces[each.space].names.in_language(language()),
            ),
            "code": each.visitor_code or "",
            "since": _("since %(time)s", time=wall_clock(since[each.id], house)),
        }
        for each in mine
        if each.id in since and each.organiser == look.person.username and look.viewer.is_party_to(each)
    ]


def with_arrival(row: dict, booking: Booked, since: Mapping[int, datetime], look: Look) -> dict:
    """The row of a booking, and since when somebody is there."""
    moment = since.get(booking.id)
    return row | {"here": _("Here since %(time)s", time=wall_clock(moment, look.house)) if moment else ""}

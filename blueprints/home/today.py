"""Today for me: my next bookings, my desk, what waits for my word, and the shortest way to the rest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.approvals import rows_awaiting
from blueprints.booking.asking import new_key
from blueprints.booking.day import wall_clock
from blueprints.booking.forms import block_of
from blueprints.booking.show import Look, booking_row, day_words
from blueprints.booking.views import today as this_day
from blueprints.booths.free_now import can_walk_in, walk_in_facts
from blueprints.home import blueprint
from blueprints.web.identity import current_person
from blueprints.web.rights import needs
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.rules.attendance import HOLDS_PLACE
from models.rules.discretion import Booked
from models.rules.house import House
from models.rules.interval import Interval, civil_date, civil_day
from models.rules.rights import holds

NEXT_DAYS, SHOWN, AWAITING_SHOWN = 8, 6, 5
A_WEEK = timedelta(days=7)
DESK = "desk"
COUNTED = (*HOLDS_PLACE, "completed")


@blueprint.get("/")
@needs("see_today")
def today():
    """A few questions to the database, however many bookings there are."""
    house, person = the_house(), current_person()
    day = this_day(house)
    look = Look(day.viewer, day.now, url_for("home.today"))
    coming = bookings_page(of_person=person.id, statuses=HOLDS_PLACE, limit=100, during=Interval(
        day.now, civil_day(day.date + timedelta(days=NEXT_DAYS), house.zone).end))
    awaiting = rows_awaiting(look, AWAITING_SHOWN + 1) if holds(person, "see_approvals") else []
    return render_template(
        "home/today.html", greeting=_greeting(day.now, house), name=person.name, day=format_date(day.date, "full"),
        rows=[booking_row(each, look) for each in coming[:SHOWN]], more=len(coming) > SHOWN,
        today_count=sum(civil_date(each.during.start, house.zone) == day.date for each in coming),
        desks=[] if person.is_outside else _desks(coming, look),
        awaiting=awaiting[:AWAITING_SHOWN], more_awaiting=len(awaiting) > AWAITING_SHOWN,
        may_approve=holds(person, "see_approvals"),
        walk_in=walk_in_facts(day) if can_walk_in(person, house) and "counter_coordinator" in person.roles else None)


def _greeting(moment: datetime, house: House) -> str:
    hour = moment.astimezone(house.zone).hour
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def _desks(coming: list[Booked], look: Look) -> list[dict]:
    """Today and the next working day: the desk I have, or the one I had on that weekday last week, one press away."""
    zone, person = look.house.zone, look.viewer.person
    today_ = civil_date(look.now, zone)
    days = (today_, _next_working_day(today_))
    last_week = bookings_page(of_person=person.id, statuses=COUNTED, limit=50, during=Interval(
        civil_day(days[0] - A_WEEK, zone).start, civil_day(days[1] - A_WEEK, zone).end))
    mine = [each for each in (*coming, *last_week) if each.kind == DESK and each.organiser == person.username]
    return [_desk_on(day, mine, look) for day in days]


def _next_working_day(day: date) -> date:
    following = day + timedelta(days=1)
    while following.isoweekday() > 5:
        following += timedelta(days=1)
    return following


def _desk_on(day: date, mine: list[Booked], look: Look) -> dict:
    house = look.house
    here = [each for each in mine if civil_date(each.during.start, house.zone) == day and each.status in HOLDS_PLACE]
    before = [each for each in mine if civil_date(each.during.start, house.zone) == day - A_WEEK]
    again = None
    if not here and before and before[0].during.start + A_WEEK > look.now - timedelta(hours=5):
        again = {"code": before[0].space, "action": url_for("desks.book", code=before[0].space), "hidden": {
            "date": day.isoformat(), "block": block_of(before[0].during, house), "key": new_key()}}
    return {
        "label": day_words(civil_day(day, house.zone).start, look),
        "have": [{"code": each.space, "url": url_for("booking.one", booking_id=each.id),
                  "hours": f"{wall_clock(each.during.start, house)}–{wall_clock(each.during.end, house)}"}
                 for each in here],
        "again": again, "url": url_for("desks.overview", date=day.isoformat())}

"""Today for me: what each of us comes for stands first, and is one press away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.announced import announced
from blueprints.booking.day import Day
from blueprints.booking.request_rows import rows_awaiting
from blueprints.booking.show import Look, booking_row
from blueprints.booking.views import today as this_day
from blueprints.booths.free_now import can_walk_in, walk_in_facts
from blueprints.home import blueprint
from blueprints.home.arrivals import arrivals
from blueprints.home.claims import asked_rows, own_claims
from blueprints.home.clearing import clearing
from blueprints.home.desks import desk_days
from blueprints.home.duties import own_duties
from blueprints.home.here import expects_somebody, waiting_for_me, with_arrival
from blueprints.home.outside import public_rooms
from blueprints.home.own_spaces import own_space_rows
from blueprints.home.plan_parts import parts_waiting
from blueprints.home.presence import presence
from blueprints.home.talks import coming_talks, talk_rows
from blueprints.home.tasks import evening_rows, hall_rows
from blueprints.home.waiting import to_attend_to
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.arrivals import arrived_among
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.line.served import zones_served_by
from models.rules.people.outsiders import may_book_in
from models.rules.people.rights import holds
from models.rules.times.interval import Interval, civil_date, civil_day

NEXT_DAYS, NEXT_DAYS_OUTSIDE, ANNOUNCED_AHEAD = timedelta(days=8), timedelta(days=366), timedelta(days=7)
SHOWN, AWAITING_SHOWN = 6, 5
WITH_WORK = frozenset(
    {
        "counter_coordinator",
        "receptionist",
        "facility_manager",
        "prevention_adviser",
        "protocol_officer",
        "caretaker",
        "partner_admin",
    }
)


@blueprint.get("/")
@needs("see_today")
def today():
    """A few questions to the database, however many bookings there are."""
    house, person = the_house(), signed_in()
    day = this_day(house)
    look = Look(day.viewer, day.now, url_for("home.today"))
    outside = person.is_outside
    coming = bookings_page(
        of_person=person.id,
        statuses=(*HOLDS_PLACE, "declined") if outside else HOLDS_PLACE,
        limit=100,
        during=Interval(day.now, civil_day(day.date + (NEXT_DAYS_OUTSIDE if outside else NEXT_DAYS), house.zone).end),
    )
    talks = coming_talks(look) if day.viewer.coordinated else []
    listed = {each.id for each in talks}
    coming = [each for each in coming if day.viewer.is_party_to(each)]
    own = [each for each in coming if each.id not in listed]
    since = arrived_among({each.id for each in (*talks, *own[:SHOWN]) if each.during.start < day.during.end})
    awaiting = rows_awaiting(look, AWAITING_SHOWN) if holds(person, "see_approvals") else []
    return render_template(
        "home/today.html",
        greeting=_greeting(day.now, house),
        name=person.name,
        day=format_date(day.date, "full"),
        rows=[with_arrival(booking_row(each, look), each, since, look) for each in own[:SHOWN]],
        arrived=waiting_for_me(coming, look, since) if expects_somebody(coming, day) else None,
        outside=outside,
        today_count=sum(
            civil_date(each.during.start, house.zone) == day.date and each.status in HOLDS_PLACE for each in coming
        ),
        announced=announced(
            house,
            (space for space in house.spaces.values() if may_book_in(person, space)),
            day.date,
            day.date + ANNOUNCED_AHEAD,
        ),
        duties=[] if outside else own_duties(day),
        plans_roster=bool(day.viewer.coordinated) and holds(person, "set_roster"),
        desks=[] if outside else desk_days(coming, look, day),
        asked=asked_rows(day),
        claims=own_claims(day),
        parts=parts_waiting(day),
        awaiting=awaiting,
        may_approve=holds(person, "see_approvals"),
        may_announce=holds(person, "announce"),
        sees_occupancy=holds(person, "see_occupancy"),
        **_own_work(look, day, talks, since),
    )


def _own_work(look: Look, day: Day, talks: list[Booked], since: Mapping[int, datetime]) -> dict[str, object]:
    """What one's roles bring with them; of somebody with several, all of it."""
    person, roles = day.person, day.person.roles
    coordinates = "counter_coordinator" in roles
    return {
        "has_work": bool(roles & WITH_WORK),
        "walk_in": walk_in_facts(day) if coordinates and can_walk_in(person, day.house) else None,
        "talks": talk_rows(talks, since, look) if day.viewer.coordinated else None,
        "arriving": arrivals(request.args.get("find", ""), look, day) if "receptionist" in roles else None,
        "attend_to": to_attend_to(day) if "facility_manager" in roles else None,
        "clearing": clearing(day) if holds(person, "see_evacuation") else None,
        "presence": presence(day) if holds(person, "set_limits") else None,
        "halls": hall_rows(look, day) if "protocol_officer" in roles else None,
        "evenings": evening_rows(look) if "caretaker" in roles else None,
        "own_spaces": own_space_rows(day) if "partner_admin" in roles else None,
        "public_rooms": public_rooms(day) if person.is_outside else None,
        "lines": [
            (url_for("line.show", zone=zone), day.house.zones[zone].names.in_language(language()))
            for zone in zones_served_by(person, day.house)
        ],
        "minds_machines": "it_admin" in roles,
    }


def _greeting(moment: datetime, house: House) -> str:
    hour = moment.astimezone(house.zone).hour
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")

"""The people of the house's day: which bookings somebody may read of, found by what is said at the reception.

Every line is what seen_by() leaves of a booking, and only what stands on a line is searched: of a talk in confidence
that is its place and time. A visitor code is searched for its party and for whoever receives people: the visitor who
says it knows of their talk already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.day import Day, wall_clock
from blueprints.booking.show import Look, booking_row, organisation_shown
from blueprints.web.language import language
from models.actions.line.receive import UNDONE_WITHIN
from models.queries.arrivals import Arrived, arrived_with_number
from models.queries.bookings import bookings_page
from models.queries.named import bookings_named, is_phone
from models.rules.bookings.attendance import HELD_PLACE, HOLDS_PLACE
from models.rules.bookings.fields import Booked, Seen
from models.rules.house.house import House, Space
from models.rules.people.discretion import may_be_read, seen_by
from models.rules.people.rights import holds
from models.rules.people.visitor_code import is_meant_by
from models.rules.times.interval import Interval, civil_date

MOST_READ, LONGEST_SEARCH = 1000, 60
HERE_AHEAD = timedelta(hours=2)  # who comes earlier is looked for
COMING = timedelta(days=60)
AS_USUAL = ("confirmed", "completed")  # goes without saying


def known_in(during: Interval, day: Day, look: Look, statuses: Sequence[str] = HELD_PLACE) -> list[Booked]:
    """Whatever of a date is to be known. Two queries."""
    spaces = [space.id for space in where_people_are_received(day)]
    found = bookings_page(during=during, space_ids=spaces, statuses=statuses, limit=MOST_READ)
    return [each for each in found if may_be_read(look.viewer, each, look.now)]


def found_later(text: str, day: Day, look: Look) -> list[Booked]:
    """Of the days after, by what somebody may read of them. Two queries."""
    spaces = where_people_are_received(day)
    named = [space.id for space in spaces if _says(text, (space.code, *space.names.values()))]
    after = Interval(day.during.end, day.during.end + COMING)
    found = bookings_named(text, after, [space.id for space in spaces], named=named)
    return [each for each in found if may_be_read(look.viewer, each, look.now) and is_meant(each, text, look)]


def where_people_are_received(day: Day) -> list[Space]:
    """Of the building in which the viewer works; not desks or counters: those are their own people's."""
    house: House = day.house
    home = house.zones.get(day.person.home_zone or "")
    return [
        space
        for space in house.spaces.values()
        if not day.policy(space).traits.one_person and (home is None or space.building == home.building)
    ]


def is_meant(booking: Booked, text: str, look: Look) -> bool:
    if is_its_code(booking, text, look):
        return True
    seen, house = seen_by(look.viewer, booking), look.house
    organisation = house.organisations.get(seen.organisation or "")
    caller = seen.caller
    said = [
        seen.title,
        seen.organiser_name,
        seen.booked_by_name,
        caller and caller.association,
        seen.space,
        *house.spaces[seen.space].names.values(),
        *(organisation.names.values() if organisation else ()),
    ]
    return _says(text, said) or is_phone(text, caller.phone if caller else None)


def is_its_code(booking: Booked, text: str, look: Look) -> bool:
    if booking.visitor_code is None or not is_meant_by(text, booking.visitor_code):
        return False
    return holds(look.person, "receive_people") or look.viewer.is_party_to(booking)


def _says(text: str, said: Iterable[str | None]) -> bool:
    return any(text.casefold() in each.casefold() for each in said if each)


def people_rows(bookings: Iterable[Booked], look: Look, text: str = "", *, date: bool = False) -> list[dict]:
    """For components/bookings.html: every organisation by its colour and name, whom it is with, whether somebody is
    here and by which number they are called, and for the reception the press that says so. One query."""
    bookings = list(bookings)
    since = arrived_with_number([each.id for each in bookings])
    receives = holds(look.person, "receive_people")
    return [_row(each, since, look, text, date=date, receives=receives) for each in bookings]


def _row(
    booking: Booked, since: Mapping[int, Arrived], look: Look, text: str, *, date: bool, receives: bool
) -> dict[str, object]:
    seen = seen_by(look.viewer, booking)
    arrived = since.get(booking.id) if receives or look.viewer.is_party_to(booking) else None
    actions = _actions(booking, arrived and arrived.since, look, bool(text)) if receives else []
    row = booking_row(booking, look, date=date, actions=actions)
    if text and is_its_code(booking, text, look) and not row["title"]:
        row["title"] = _("Talk %(code)s", code=booking.visitor_code)
    status = row["status"] if row["status"] not in AS_USUAL else ""
    shown = {"with": _with(seen, look.house), "here": _here(arrived, look.house) if arrived else "", "status": status}
    return row | organisation_shown(seen.organisation, look.house) | shown


def _here(arrived: Arrived, house: House) -> str:
    time = wall_clock(arrived.since, house)
    if arrived.number is None:
        return _("Here since %(time)s", time=time)
    return _("Here since %(time)s, called with number %(number)s", time=time, number=arrived.number)


def _with(seen: Seen, house: House) -> str:
    """The host, the caller or the service, whichever may be read."""
    service = house.services.get(seen.service or "")
    names = (seen.organiser_name, service.names.in_language(language()) if service else None)
    return ", ".join(name for name in names if name)


def _actions(booking: Booked, arrived: datetime | None, look: Look, is_found: bool) -> list[dict]:
    """Of what is to come only where somebody was looked for: two hundred buttons are none."""
    if arrived and look.now - arrived <= UNDONE_WITHIN:
        return [_press("board.not_here", _("Undo"), "quiet", "", booking, look)]
    is_today = civil_date(booking.during.start, look.house.zone) == civil_date(look.now, look.house.zone)
    is_open = booking.status in HOLDS_PLACE and booking.during.end > look.now
    is_near = is_found or booking.during.start <= look.now + HERE_AHEAD
    if arrived or not (is_today and is_open and is_near):
        return []
    return [_press("board.here", _("Is here"), "secondary", "check", booking, look)]


def _press(endpoint: str, label: str, kind: str, icon: str, booking: Booked, look: Look) -> dict:
    return {
        "label": label,
        "kind": kind,
        "icon": icon,
        "method": "post",
        "hidden": {"next": look.back},
        "url": url_for(endpoint, handle=booking.handle),
    }

"""A booking as a row of a list: texts only, all of them from what seen_by() left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.day import wall_clock
from blueprints.booking.messages import kind_word, layout_word
from blueprints.web.clock import now
from blueprints.web.dates import day_text
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.opened import opened
from models.queries.house import the_house
from models.queries.one_booking import booking_for
from models.queries.otherwise import policy_of
from models.rules.bookings.attendance import next_status
from models.rules.bookings.fields import Booked, Seen
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, seen_by
from models.rules.people.person import Person
from models.rules.refusals import NotFound
from models.rules.times.interval import civil_date

GIVE_BACK_FROM = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at bookings, when, and to which page a button leads back."""

    viewer: Viewer
    now: datetime
    back: str

    @property
    def house(self) -> House:
        return self.viewer.house

    @property
    def person(self) -> Person:
        assert self.viewer.person is not None, "lists of bookings are shown to nobody from the street"
        return self.viewer.person


def booking_at(handle: str, *, least: str = "busy", was_asked: bool = False) -> Booked:
    """booking_for() whoever asks, at this moment."""
    viewer = Viewer.of(signed_in(), the_house())
    return opened(viewer, booking_for(viewer, handle, now(), least=least, was_asked=was_asked))


def booking_where(may: Callable[[Viewer, Booked], bool], handle: str) -> Booked:
    """The booking of which this person `may`; to anyone else it is as if there were none: NotFound."""
    booking = booking_at(handle)
    if not may(Viewer.of(signed_in(), the_house()), booking):
        raise NotFound
    return booking


def booking_label(seen: Seen, otherwise: str) -> str:
    """What a booking is called to someone who sees it so: its title, its visitor code, or only that it is there."""
    if seen.title:
        return seen.title
    if seen.visitor_code:
        return _("Talk %(code)s", code=seen.visitor_code)
    if seen.detail == "busy":
        return _("Busy")
    return otherwise


def organisation_shown(code: str | None, house: House) -> dict[str, str]:
    organisation = house.organisations.get(code or "")
    return {
        "organisation": organisation.names.in_language(language()) if organisation else "",
        "organisation_colour": organisation.colour if organisation else "",
    }


def layout_shown(seen: Seen, house: House) -> str:
    """Where its space has more than one to choose from."""
    capacities = house.policy(seen.space, civil_date(seen.during.start, house.zone)).capacities
    return layout_word(seen.layout) if seen.layout and len(capacities) > 1 else ""


def day_words(instant: datetime, look: Look) -> str:
    """Today, tomorrow, or the date with its weekday."""
    day, today = civil_date(instant, look.house.zone), civil_date(look.now, look.house.zone)
    if day == today:
        return _("Today")
    if day == today + timedelta(days=1):
        return _("Tomorrow")
    return day_text(day)


def moment_words(instant: datetime, look: Look) -> str:
    """Day and hour of an instant, in the middle of a sentence."""
    day, today = civil_date(instant, look.house.zone), civil_date(look.now, look.house.zone)
    time = wall_clock(instant, look.house)
    if day == today:
        return _("today at %(time)s", time=time)
    if day == today + timedelta(days=1):
        return _("tomorrow at %(time)s", time=time)
    return _("%(day)s at %(time)s", day=day_text(day), time=time)


def booking_row(booking: Booked, look: Look, *, date: bool = True, actions: Iterable[dict] | None = None) -> dict:
    """For components/bookings.html. `booking` as it is; `actions` None means those of attendance."""
    seen, here, house = seen_by(look.viewer, booking), language(), look.house
    return {
        "title": booking_label(seen, kind_word(seen.kind)) if seen.detail != "busy" else "",
        "url": url_for("booking.one", handle=seen.handle),
        "kind": seen.kind,
        "space": house.spaces[seen.space].names.in_language(here),
        "code": seen.space,
        "date": day_words(seen.during.start, look) if date else "",
        "start": wall_clock(seen.during.start, house),
        "end": wall_clock(seen.during.end, house),
        "status": "" if booking.hold else seen.status or "",
        "people": seen.attendees,
        **organisation_shown(None if look.viewer.is_inside(seen.organisation) else seen.organisation, house),
        "is_private": seen.service_is_private,
        "is_series": bool(seen.series),
        "actions": list(attendance_actions(booking, look) if actions is None else actions),
    }


def _whose(booking: Booked, look: Look) -> str:
    seen = seen_by(look.viewer, booking)
    return seen.organiser_name or (seen.caller.name if seen.caller else "")


def attendance_actions(booking: Booked, look: Look) -> Iterable[dict]:
    """Check in and give back, each only where it would do something now. Of a talk that is to say that it is done, or
    that nobody came."""
    if not look.viewer.is_party_to(booking) or booking.hold:
        return
    after = next_status("check_in", booking.status, booking.during, look.now)
    if after and after != booking.status:
        yield press("check_in", _("Check in"), "primary", "check", booking, look, shortcut="a")
    after = next_status("release", booking.status, booking.during, look.now)
    has_begun = look.now >= booking.during.start - GIVE_BACK_FROM
    if after and after != booking.status and has_begun:
        label, key = _given_back(booking, look)
        yield press("release", label, "secondary", "released", booking, look, shortcut=key)


def _given_back(booking: Booked, look: Look) -> tuple[str, str]:
    """What giving its place back says, and the key for it."""
    is_talk = policy_of(booking, look.house).traits.is_talk
    if booking.status == "checked_in":
        return (_("Done") if is_talk else _("Leave early")), "d"
    if is_talk and booking.during.start <= look.now:
        return _("Nobody came"), "x"
    return _("Give back"), "x"


def decision_actions(booking: Booked, look: Look) -> Iterable[dict]:
    if look.viewer.may_decide_on(booking):
        yield press("approve", _("Approve"), "primary", "check", booking, look)
        yield {
            "label": _("Decline"),
            "kind": "secondary",
            "icon": "declined",
            "method": "get",
            "url": url_for("booking.decline_form", handle=booking.handle, next=look.back),
        }


def press(
    verb: str, label: str, kind: str, icon: str, booking: Booked, look: Look, *, shortcut: str = "", **hidden: str
) -> dict:
    """A button of a booking's row. `shortcut`: the key that presses it where the row has the focus."""
    return {
        "label": label,
        "kind": kind,
        "icon": icon,
        "method": "post",
        "shortcut": shortcut,
        "hidden": {"next": look.back, **hidden},
        "url": url_for(f"booking.{verb}", handle=booking.handle),
    }


def by_day(bookings: Iterable[Booked], look: Look, *, whose: bool = False) -> list[dict]:
    """Rows under a heading per date, in the order given; with `whose` each says for whom it is."""
    groups = groupby(bookings, key=lambda booking: civil_date(booking.during.start, look.house.zone))
    found = []
    for _day, group in groups:
        here = list(group)
        found.append(
            {
                "day": day_words(here[0].during.start, look),
                "rows": [
                    booking_row(booking, look, date=False) | ({"whose": _whose(booking, look)} if whose else {})
                    for booking in here
                ],
            }
        )
    return found

"""One booking, as whoever looks may see it."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking import blueprint
from blueprints.booking.answers import approvers
from blueprints.booking.claims import asked_rows_of
from blueprints.booking.day import wall_clock
from blueprints.booking.forms import label_of
from blueprints.booking.kind import KINDS
from blueprints.booking.messages import status_word, when_words
from blueprints.booking.moved import moved_words
from blueprints.booking.otherwise import chances_of, otherwise_actions, take_over_action
from blueprints.booking.reasons import reason_words
from blueprints.booking.show import (
    Look,
    attendance_actions,
    booking_label,
    decision_actions,
    layout_shown,
    moment_words,
    organisation_shown,
)
from blueprints.booking.told import sentences
from blueprints.web.base_url import base_path
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.opened import opened
from blueprints.web.rights import needs
from models.queries.arrivals import arrived_among
from models.queries.bookings import bookings_in_group, bookings_in_series
from models.queries.house import the_house
from models.queries.one_booking import booking_for
from models.queries.people import people_by_username
from models.rules.bookings.attendance import HOLDS_PLACE, next_status
from models.rules.bookings.fields import PEOPLE_KEPT, Booked, Seen
from models.rules.people.discretion import Viewer, may_be_read, others_see, seen_by
from models.rules.refusals import IsKept

PEOPLE_BESIDE = [name for name in PEOPLE_KEPT if name not in ("organiser", "booked_by")]


@blueprint.get("/bookings/<handle>")
@needs("see_bookings")
def one(handle: str):
    """Who may see no more than "busy" gets a page with only the space and the time. What somebody keeps while they type
    has none of its own: it leads back to their form."""
    house = the_house()
    look = Look(Viewer.of(signed_in(), house), now(), base_path() + request.path)
    booking = opened(look.viewer, booking_for(look.viewer, handle, look.now))
    if booking.hold and look.viewer.is_party_to(booking):
        raise IsKept(booking.status)
    seen = seen_by(look.viewer, booking)
    place = house.spaces[seen.space].names.in_language(language())
    facts = {
        "seen": seen,
        "title": booking_label(seen, place),
        "place": place,
        "when": when_words(seen.during, house),
        "space_url": url_for(f"{KINDS[seen.kind].name}.one_space", code=seen.space),
        "decisions": list(decision_actions(booking, look)),
        "persons": look.viewer.persons_to_decide_on(booking),
        "holds": moment_words(seen.hold_until, look) if seen.hold_until else "",
    }
    if seen.detail == "busy":
        return render_template("booking/busy.html", **facts)
    return render_template(
        "booking/one.html",
        **facts,
        **_details(booking, seen, look.viewer),
        others_see=others_see(house, booking),
        arrived=_arrived(booking, look),
        attendance=[
            *attendance_actions(booking, look),
            *otherwise_actions(booking, chances_of([booking], look), look),
            *take_over_action(booking, look),
        ],
        may_change=_may_change(booking, look),
        may_cancel=_may_change(booking, look)
        and next_status("cancel", booking.status, booking.during, look.now) == "cancelled",
        dates=_dates(seen, look),
        parts=_parts(seen, look),
        asked=asked_rows_of(booking, look.viewer),
    )


def _arrived(booking: Booked, look: Look) -> str:
    """Since when somebody is, for its party. One query."""
    since = arrived_among([booking.id]) if look.viewer.is_party_to(booking) else {}
    return _("Somebody is here since %(time)s.", time=wall_clock(since[booking.id], look.house)) if since else ""


def _details(booking: Booked, seen: Seen, viewer: Viewer) -> dict[str, object]:
    house, here = viewer.house, language()
    service = house.services.get(seen.service or "")
    floor = house.floors[house.spaces[seen.space].floor].names.in_language(here)
    named = {name: username for name in PEOPLE_BESIDE if (username := getattr(seen, name))}
    people = people_by_username(named.values())
    return {
        "facts": [
            (
                _("Where"),
                _("%(place)s, %(floor)s", place=house.spaces[seen.space].names.in_language(here), floor=floor),
            ),
            (_("People"), seen.attendees),
            (label_of("visitors"), seen.visitors),
            (label_of("wheelchair"), seen.wheelchair or None),
            (label_of("layout"), layout_shown(seen, house)),
            (label_of("service"), service.names.in_language(here) if service else ""),
            (_("For"), seen.organiser_name),
            *((label_of(f"caller_{name}"), value) for name, value in _caller(seen).items()),
            (_("Booked by"), seen.booked_by_name if seen.booked_by != seen.organiser else ""),
            *((label_of(name), people[username].name) for name, username in named.items() if username in people),
            (label_of("note"), seen.note),
            (_("Reason"), reason_words(seen.status_reason)),
        ],
        **organisation_shown(seen.organisation, house),
        "warnings": sentences(seen.warnings, house),
        "awaits": approvers(seen.awaited_roles) if seen.awaited_roles else "",
        "status_text": status_word(seen.status) if seen.status else "",
        "moved": moved_words(booking, seen, viewer),
    }


def _caller(seen: Seen) -> dict[str, str | None]:
    """What is known of whoever it is for beside the name, where they have no account."""
    caller = seen.caller
    return {"association": caller.association, "phone": caller.phone, "email": caller.email} if caller else {}


def _may_change(booking: Booked, look: Look) -> bool:
    return look.viewer.may_change(booking) and booking.status in HOLDS_PLACE and booking.during.end > look.now


def _dates(seen: Seen, look: Look) -> list[dict]:
    """The dates of its series, for whoever sees that it is one: those that they may read, as they see them."""
    if not seen.series:
        return []
    return [
        {
            "when": when_words(each.during, look.house),
            "status": seen_by(look.viewer, each).status,
            "current": each.handle == seen.handle,
            "url": url_for("booking.one", handle=each.handle),
        }
        for each in bookings_in_series(seen.series)
        if may_be_read(look.viewer, each, look.now)
    ]


def _parts(seen: Seen, look: Look) -> list[dict]:
    """What was booked with it as one, in order of time, for whoever sees that it was: each as they see it."""
    if not seen.group:
        return []
    here = language()
    return [
        {
            "when": when_words(each.during, look.house),
            "place": look.house.spaces[each.space].names.in_language(here),
            "status": seen_by(look.viewer, each).status,
            "current": each.handle == seen.handle,
            "url": url_for("booking.one", handle=each.handle),
        }
        for each in bookings_in_group(seen.group)
        if may_be_read(look.viewer, each, look.now)
    ]

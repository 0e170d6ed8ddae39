"""For a partner's administrator: how the spaces of the own organisation stand today."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import Day, wall_clock
from blueprints.booking.kind import KINDS
from blueprints.booking.listing import Words, as_left
from blueprints.web.language import language
from models.queries.timelines import bookings_of
from models.rules.bookings.fields import Booked
from models.rules.house.house import Space

MOST_SHOWN = 30


def own_space_rows(day: Day) -> list[dict]:
    """For components/spaces.html, those with something booked first. Two queries."""
    spaces = _own_spaces(day)[:MOST_SHOWN]
    taken = bookings_of(spaces, day.near, day.viewer, day.now) if spaces else {}
    words = Words()
    rows = [_row(space, taken[space.code], day, words) for space in spaces]
    return sorted(rows, key=lambda row: not row["why"])


def _own_spaces(day: Day) -> list[Space]:
    """Of one's organisation by itself, or lying in a zone of it; desks apart, for these are all alike."""
    house, organisation = day.house, day.person.organisation
    return [
        space
        for space in house.spaces.values()
        if not day.policy(space).traits.one_at_a_time and organisation in (space.owner, house.zones[space.zone].owner)
    ]


def _row(space: Space, taken: list[Booked], day: Day, words: Words) -> dict:
    house, here = day.house, language()
    running = next((booking for booking in taken if booking.during.has(day.now)), None)
    coming = sum(booking.during.end > day.now and booking.during.overlaps(day.during) for booking in taken)
    now = as_left(space, day, taken, words)
    if running is not None and space.exclusive:
        now = {"state": "taken", "state_label": _("Taken until %(time)s", time=wall_clock(running.during.end, house))}
    return {
        "name": space.names.in_language(here),
        "code": space.code,
        "kind": space.kind,
        "url": url_for(f"{KINDS[space.kind].name}.one_space", code=space.code),
        "floor": house.floors[space.floor].names.in_language(here),
        "state": now["state"],
        "state_label": now["state_label"],
        "why": ngettext("%(num)d booking still to come today", "%(num)d bookings still to come today", coming)
        if coming
        else "",
    }

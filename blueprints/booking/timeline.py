"""A date as a line: each booking, and each free, closed or in-between stretch, with what is said of it.

Everything a cell says of a booking has passed seen_by(): of others' it may say no more than that the place is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import escape

from blueprints.booking.alike import seen_as
from blueprints.booking.crisis import set_aside
from blueprints.booking.day import CLOCK, Day, Stretch, free_query
from blueprints.booking.horizon import opening_words
from blueprints.booking.lanes import BETWEEN, EVENING, FREE, MINE, NOTHING, PENDING, TAKEN, Line, Painted
from blueprints.booking.show import booking_label
from blueprints.web.base_url import base_path
from blueprints.web.language import language
from models.rules.bookings.fields import Booked
from models.rules.finding.free import crowds, evenings_left, left_of
from models.rules.finding.untaken import opens_at
from models.rules.house.house import Space
from models.rules.people.discretion import seen_by
from models.rules.values import MINUTES_A_DAY

QUARTER = 15


class Words:
    """The words of a timeline, translated once for all its cells, and where their bookings are."""

    def __init__(self) -> None:
        self.language, self.bookings = language(), f"{base_path()}/bookings"
        self.closed, self.free, self.taken, self.busy = _("Closed"), _("free"), _("Taken"), _("Busy")
        self.evening, self.places = _("evening, with a key holder"), _("%(num)s places free")
        self.places_of = cache(lambda number: ngettext("%(num)s place", "%(num)s places", number))


def line_of(
    space: Space, day: Day, taken: Sequence[Booked], book_url: str, words: Words, *, head: str, group: str = ""
) -> Line:
    """`head`: what stands before its cells, as head() of lanes.py writes it."""
    policy, book_url = day.policy(space), escape(book_url)
    over = -(-day.minute(day.now) // QUARTER) * QUARTER
    ordinary, evening = left_of(policy, day, taken), evenings_left(policy, day, taken)
    opened = [day.on_wall(stretch) for stretch in (*ordinary.opened, *evening.opened)]
    painted = [(first, last, BETWEEN, "", "") for first, last in opened]
    painted += [(first, min(last, over), NOTHING, "", "") for first, last in opened if first < over]
    painted += [
        (*day.on_wall(stretch), NOTHING, escape(opening_words(opens_at(stretch[0], policy, day), day)), "")
        for stretch in (*ordinary.later, *evening.later)
    ]
    painted += [
        (*stretch, EVENING, _hours(*stretch, words.evening), _form(book_url, stretch, day))
        for stretch in map(day.on_wall, evening.free)
    ]
    if policy.exclusive:
        painted += [
            (*stretch, FREE, _hours(*stretch, words.free), _form(book_url, stretch, day, policy.in_half_days))
            for stretch in map(day.on_wall, ordinary.free)
        ]
    else:
        painted += _room_left(ordinary.free, policy.effective_capacity(), taken, day, book_url, words)
    if aside := set_aside(policy, day):
        painted.append((0, MINUTES_A_DAY, NOTHING, escape(aside[0]), ""))
    booked = [_booking_cell(booking, day, words) for booking in taken if booking.during.overlaps(day.during)]
    return Line(head, painted, booked, words.closed, group, is_shared=not policy.exclusive)


def _room_left(
    free: Iterable[Stretch], places: int, taken: Sequence[Booked], day: Day, book_url: str, words: Words
) -> list[Painted]:
    """The free stretches of a shared space, cut where the number of places left changes."""
    found = []
    for crowd in crowds(taken, day):
        start, end = day.stretch(crowd.during)
        for first, last in free:
            cut = max(first, start), min(last, end)
            if cut[0] < cut[1]:
                shown = day.on_wall(cut)
                text = f"{words.places % {'num': places - crowd.persons}} {CLOCK[shown[0]]}–{CLOCK[shown[1]]}"
                found.append((*shown, FREE, text, _form(book_url, shown, day)))
    return found


def _booking_cell(booking: Booked, day: Day, words: Words) -> Painted:
    start, end = day.minute(booking.during.start), day.minute(booking.during.end)
    look = seen_as(booking, day.viewer)
    if look == "b":
        return start, end, TAKEN, f"{words.busy} {CLOCK[start]}–{CLOCK[end]}", ""
    seen = seen_by(day.viewer, booking)
    state = PENDING if seen.status == "pending" else MINE if look == "m" else TAKEN
    organisation = day.house.organisations.get(seen.organisation or "")
    otherwise = seen.organiser_name or (organisation.names.in_language(words.language) if organisation else words.taken)
    text = f"{escape(booking_label(seen, otherwise))} {CLOCK[start]}–{CLOCK[end]}"
    return start, end, state, text, f"{words.bookings}/{seen.handle}"


def _form(book_url: str, stretch: Stretch, day: Day, in_half_days: bool = False) -> str:
    return f"{book_url}?{free_query(stretch, day, in_half_days)}".replace("&", "&amp;")


def _hours(start: int, end: int, text: str) -> str:
    return f"{CLOCK[start]}–{CLOCK[end]} {text}"

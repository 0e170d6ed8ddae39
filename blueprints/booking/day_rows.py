"""The spaces of a list as rows of a timeline on one date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask_babel import gettext as _

from blueprints.booking.alike import clock, kind_of_viewer, looks
from blueprints.booking.day import Day
from blueprints.booking.kind import SpaceKind, address_of
from blueprints.booking.lanes import Line, head, timeline_of
from blueprints.booking.messages import kind_word
from blueprints.booking.timeline import Words, line_of
from models.queries.space_days import taken_in
from models.rules.bookings.fields import Booked
from models.rules.house.house import Space
from models.rules.people.discretion import told_of
from models.rules.people.outsiders import may_book_in


def timeline_page(kind: SpaceKind, spaces: Sequence[Space], day: Day) -> dict[str, object]:
    """Each row is made once for all who may see the same of its bookings, and again only once something is written in
    that space on that date: a hundred people look at the same Monday."""
    taken, viewer, words, lines = taken_in(spaces, [day]), day.viewer, Words(), []
    alike, by_kind = kind_of_viewer(day, spaces), len(kind.kinds) > 1 and not kind.by_floor
    for space in spaces:
        here = taken[space.code]
        told = told_of(viewer, here.bookings, space, day.now)
        key = ("timeline", alike, clock(day, day.policy(space)), looks(viewer, told))
        lines.append(here.once(key, partial(_line, space, day, told, words, by_kind)))
    return {"lines": timeline_of(lines, day)}


def _line(space: Space, day: Day, taken: Sequence[Booked], words: Words, by_kind: bool) -> Line:
    address, name = address_of(space), space.names.in_language(words.language)
    first = head(name, f"{address}?date={day.date}", space.code, places_words(space, day, words))
    floor = day.house.floors[space.floor]
    group = kind_word(space.kind) if by_kind else floor.names.in_language(words.language)
    return line_of(space, day, taken, f"{address}/book", words, head=first, group=group)


def places_words(space: Space, day: Day, words: Words) -> str:
    policy = day.policy(space)
    if not policy.active:
        return _("Out of service")
    if not may_book_in(day.person, space):
        return _("Only for %(who)s", who=", ".join(sorted(space.bookable_by)))
    if policy.traits.one_person:
        return ""
    return words.places_of(policy.effective_capacity())

"""Pages as they were made, sent again to whom they were made for, for as long as nothing has moved that they show.

What moved is asked by revisions; what goes out, its tag and its size, is made of the page alone. So a page is never
told from one that is made anew: both are the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import g, request, session

from blueprints.web.clock import now
from blueprints.web.form_token import FORM_TOKEN, form_token
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.packed_parts import PackedParts
from blueprints.web.packing import LEVEL
from models.queries.house import the_house
from models.queries.kept import KEPT
from models.queries.space_days import Shown, moved_at, stands_at
from models.rules.finding.day import Day
from models.rules.house.house import Space
from models.tables.db import db

MOST_KEPT = 8_000_000  # octets, and a fifth more for what is packed of them


@dataclass(frozen=True, slots=True)
class Made:
    """Of what: true within the minutes in which it was made, and for as long as `moved` is what moved_at() answers."""

    shown: Shown
    moved: tuple[int, ...]
    minutes: int
    nth: int

    def stands(self) -> bool:
        return self.nth == _nth(now(), self.minutes) and self.moved == moved_at(the_house(), self.shown)


@dataclass(frozen=True)
class Ready:
    """`parts`: what stands around the reader's form token, wherever the page has it."""

    made: Made
    parts: tuple[bytes, ...]
    tag: str

    def html(self) -> bytes:
        return form_token().encode().join(self.parts)

    def packed(self) -> bytes:
        return self._packed.with_between(form_token().encode())

    @cached_property
    def _packed(self) -> PackedParts:
        return PackedParts(self.parts, LEVEL)

    @cached_property
    def length(self) -> int:
        return sum(map(len, self.parts))


def made_of(spaces: Sequence[Space], days: Sequence[Day], *, minutes: int) -> None:
    """Said by a page before it asks what it shows: nothing but the house, when these spaces are taken on these dates,
    what their bookings tell its reader, and a clock that steps by so many minutes."""
    house, moment = days[0].house, days[0].now
    shown = Shown.of(house, spaces, days[0].date, days[-1].date)
    g.made_of = Made(shown, stands_at(house, shown), minutes, _nth(moment, minutes))


def ready_page() -> Ready | None:
    """As this reader would be sent it now."""
    found: Ready | None = _pages().get(_asked())
    return found if found is not None and found.made.stands() else None


def keep_ready(page: bytes, tag: str) -> Ready | None:
    """What made_of() was said of; another page of which less is told is made anew each time."""
    made, token = g.get("made_of"), g.get(FORM_TOKEN)
    if made is None or not token:
        return None
    pages = _pages()
    if sum(each.length for each in list(pages.values())) > MOST_KEPT:
        pages.clear()
    pages[_asked()] = ready = Ready(made, tuple(page.split(token.encode())), tag)
    return ready


def _pages() -> dict[tuple, Ready]:
    pages: dict[tuple, Ready] = KEPT.setdefault(db.engine, {}).setdefault("pages", {})
    return pages


def _asked() -> tuple:
    """All that a page depends on beside what it shows: whoever reads it, as they are now, and what they asked."""
    return current_person(), language(), request.full_path, session.get(FORM_TOKEN), request.headers.get("HX-Request")


def _nth(moment: datetime, minutes: int) -> int:
    return int(moment.timestamp()) // (60 * minutes)

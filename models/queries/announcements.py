"""What is announced. Whoever changes an announcement raises the revision of its table, so that what is current may be
kept in memory for as long as that stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, select

from models.queries.kept import kept
from models.queries.read_house import names_of
from models.queries.revisions import revisions
from models.rules.changes import announcement as rules
from models.rules.house.house import House, Space
from models.tables.announcement import Announcement
from models.tables.db import db

MOST = 500


def announcements_about(
    house: House, spaces: Iterable[Space], first: date, last: date
) -> tuple[rules.Announcement, ...]:
    """Those that concern one of these spaces on one of these dates, warnings first. No query but the first time."""
    if revisions()[0] < house.revision:  # what this transaction sees may be older than the house, and is not kept
        current = _current()
    else:
        current = kept("announcements", house.tables_at.get("announcement"), _current)
    return rules.concerning(current, spaces, first, last)


def _current() -> tuple[rules.Announcement, ...]:
    return tuple(_announcement(row) for row in _rows(Announcement.ended_at.is_(None)))


def announcements_from(day: date) -> list[rules.Announcement]:
    """Everything still announced for that date or a later one, in order of date. One query."""
    return [_announcement(row) for row in _rows(Announcement.ended_at.is_(None), Announcement.valid_to >= day)]


def announcement_row(announcement_id: int) -> Announcement | None:
    """For a change of it; one that was ended is gone."""
    return next(iter(_rows(Announcement.id == announcement_id, Announcement.ended_at.is_(None))), None)


def announcement(announcement_id: int) -> rules.Announcement | None:
    row = announcement_row(announcement_id)
    return _announcement(row) if row else None


def _rows(*conditions: ColumnElement[bool]) -> list[Announcement]:
    """The newest MOST of them, in order of date."""
    newest = db.session.execute(
        select(Announcement)
        .where(*conditions)
        .order_by(Announcement.valid_to.desc(), Announcement.id.desc())
        .limit(MOST)
    ).scalars()
    return sorted(newest, key=lambda row: (row.valid_from, row.id))


def _announcement(row: Announcement) -> rules.Announcement:
    return rules.Announcement(
        row.id, names_of(row), row.scope_type, row.scope_code, row.level, row.valid_from, row.valid_to, row.version
    )

"""What is announced. Whoever changes an announcement raises the revision of the house, so that what is current may be
kept in memory for as long as that stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, select

from models.queries.house import names_of
from models.queries.kept import kept
from models.rules.changes import announcement as rules
from models.rules.house.house import House, Space
from models.tables.announcement import Announcement
from models.tables.db import db

MOST = 500


def announcements_about(
    house: House, spaces: Iterable[Space], first: date, last: date
) -> tuple[rules.Announcement, ...]:
    """Those that concern one of these spaces on one of these dates, warnings first. No query but the first time."""
    current = kept(
        "announcements",
        house.revision,
        lambda: tuple(_announcement(row) for row in _rows(Announcement.ended_at.is_(None))),
    )
    return rules.concerning(current, spaces, first, last)


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

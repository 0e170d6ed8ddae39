"""Whether a calendar would still be written as it last was, asked in one statement by the hash of its token.

Its text is made of the house, of people, of some bookings and of the day; each has a revision, and of the three it is
the reader's own business which bookings: a person's, or those of a place's spaces on the days that it reaches, moved by
nobody else. What is listed by organisation, by service or for the public lies anywhere: any booking moves it, and it is
worked out again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.queries.revisions import spaces_revision
from models.rules.house.house import House
from models.rules.people.feed_scope import OF_A_PLACE, FeedScope
from models.rules.people.person import Person
from models.rules.times.interval import Interval, civil_date, civil_day
from models.tables.at_once import row_at_once

PEOPLE = ("person", "person_role", "person_coordinates", "person_heads")
_ASKED = f"""
    SELECT feed.id, feed.scope, feed.detail, feed.person_id, feed.last_used_at, feed.tag, feed.tag_of,
           municipality.timezone, municipality.revision AS house,
           (SELECT coalesce(max(revision), 0) FROM table_revision WHERE name IN {PEOPLE}) AS people,
           CASE WHEN feed.scope = 'mine'
                THEN (SELECT coalesce(max(revision), 0) FROM person_revision WHERE person_id = feed.person_id)
                WHEN feed.tag_spaces IS NOT NULL
                THEN (SELECT coalesce(max((SELECT max(revision) FROM space_day WHERE space_id = each.id)), 0)
                      FROM ({{spaces}}) AS each)
                ELSE municipality.bookings_revision END AS bookings
    FROM feed CROSS JOIN (SELECT * FROM municipality ORDER BY id LIMIT 1) AS municipality
    WHERE feed.token_hash = :token_hash AND feed.revoked_at IS NULL
"""  # as Python writes that tuple, SQL reads it; by its number PostgreSQL finds the one row among those it was before
_ON_SQLITE = _ASKED.format(spaces="SELECT value AS id FROM json_each(feed.tag_spaces)")
_ON_POSTGRESQL = _ASKED.format(
    spaces="SELECT CAST(value AS integer) AS id FROM json_array_elements_text(feed.tag_spaces)"
)
# By what moved since, not by what lies there: of all days of a space only those are looked at. So SQLite, which would
# go by the days, is kept from that by a plus.
_MOVED = """
    SELECT 1 FROM ({spaces}) AS each JOIN space_day ON space_day.space_id = each.id
    WHERE space_day.revision > {since} AND {day} BETWEEN {first} AND {last} LIMIT 1
"""
_HAS_MOVED = {
    "sqlite": _MOVED.format(
        spaces="SELECT value AS id FROM json_each((SELECT tag_spaces FROM feed WHERE id = :id))",
        since=":since",
        day="+space_day.day",
        first=":first",
        last=":last",
    ),
    "postgresql": _MOVED.format(
        spaces="SELECT CAST(value AS integer) AS id "
        "FROM json_array_elements_text((SELECT tag_spaces FROM feed WHERE id = %(id)s))",
        since="%(since)s",
        day="space_day.day",
        first="CAST(%(first)s AS date)",
        last="CAST(%(last)s AS date)",
    ),
}
_STATEMENT = {"sqlite": _ON_SQLITE, "postgresql": _ON_POSTGRESQL.replace(":token_hash", "%(token_hash)s")}


@dataclass(frozen=True, slots=True)
class AskedFeed:
    """An address that is not revoked, as it stands; `bookings`: the revision of those that its tag was made of."""

    id: int
    scope: str
    detail: str
    person_id: int
    used_at: datetime | str | None
    tag: str | None
    tag_of: str | None
    timezone: str
    house: int
    people: int
    bookings: int

    def standing_tag(self, now: datetime, settings: str) -> str | None:
        """What the text would be hashed to if it were written now; None where that must be found out. A question of its
        own where something was written in its spaces: it may have been on other days than it reaches."""
        of, bookings, *days = (self.tag_of or 3 * " ").rsplit(" ", 3)
        if of != self._made_of(self.house, now, settings):
            return None
        stands = int(bookings) == self.bookings or (
            self.scope.partition(":")[0] in OF_A_PLACE and not self._has_moved(bookings, *days)
        )
        return self.tag if stands else None

    def written_of(self, house: int, bookings: int, days: tuple[date, date], now: datetime, settings: str) -> str:
        """`settings`: those that it is written by. `days`: of UTC, from the first to the last on which anything may lie
        that it is made of."""
        first, last = days
        return f"{self._made_of(house, now, settings)} {bookings} {first} {last}"

    def _made_of(self, house: int, now: datetime, settings: str) -> str:
        """None outlives its day: the stretch of time it covers goes on."""
        return f"{settings} {house} {self.people} {self.day(now).start:%Y-%m-%dT%H}"

    def _has_moved(self, since: str, first: str, last: str) -> bool:
        asked = {"id": self.id, "since": int(since), "first": first, "last": last}
        return row_at_once(_HAS_MOVED, asked) is not None

    @property
    def last_used_at(self) -> datetime | None:
        if isinstance(self.used_at, str):  # as SQLite keeps it
            return datetime.fromisoformat(self.used_at).replace(tzinfo=UTC)
        return self.used_at

    def day(self, now: datetime) -> Interval:
        zone = ZoneInfo(self.timezone)
        return civil_day(civil_date(now, zone), zone)


@dataclass(frozen=True, slots=True)
class Tag:
    """Of a text, to be kept beside its feed: see the columns there."""

    tag: str
    tag_of: str
    tag_spaces: list[int] | None


def asked_feed(token_hash: str) -> AskedFeed | None:
    """As it stands, be it for whoever only asks whether it is another or for whoever is to write it."""
    row = row_at_once(_STATEMENT, {"token_hash": token_hash})
    return AskedFeed(*row) if row else None


def spaces_it_is_made_of(scope: FeedScope, person: Person, house: House) -> list[int] | None:
    """By number, the spaces of a place and what they are composed of, for what is booked in a part moves no day of the
    composite. None where it is made of no place's bookings."""
    spaces = [house.spaces[code] for code in scope.spaces(person, house)]
    parts = {house.spaces[part].id for space in spaces for part in space.parts}
    return sorted({space.id for space in spaces} | parts) or None


def bookings_before(asked: AskedFeed, spaces: list[int] | None) -> int:
    """The revision of what it will be made of, to be asked for before that is read: what changes meanwhile may be in
    the text and not in its revision, and is only read once more."""
    return spaces_revision(spaces) if spaces else asked.bookings


def with_those_elsewhere(
    spaces: list[int] | None, bookings: int, found: Collection[str], house: House
) -> tuple[list[int] | None, int]:
    """The spaces of a place, and their revision, with those in which dates of its series lie: its text counts them."""
    elsewhere = {house.spaces[code].id for code in found} - set(spaces or ())
    if spaces is None or not elsewhere:
        return spaces, bookings
    return sorted({*spaces, *elsewhere}), max(bookings, spaces_revision(elsewhere))

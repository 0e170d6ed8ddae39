"""Calendar addresses, and the bookings that belong in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, CompoundSelect, and_, bindparam, literal_column, select, union, union_all

from models.queries.bookings import NO_HOLD
from models.queries.calendar_bookings import calendar_bookings
from models.queries.feed_tags import AskedFeed
from models.queries.people import person_by_id
from models.rules.bookings.attendance import HELD_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.people.feed_scope import FeedScope, FeedWindow
from models.rules.people.person import Person
from models.tables.booking import Booking
from models.tables.db import UtcDateTime, db
from models.tables.log import Feed

MOST_A_PERSON = 50
AT_ONCE = 500  # and the dates of a series more
_INSIDE = and_(
    Booking.ends_at > bindparam("since", type_=UtcDateTime()),
    Booking.starts_at < bindparam("until", type_=UtcDateTime()),
    Booking.starts_at > bindparam("earliest", type_=UtcDateTime()),
    Booking.status.in_(HELD_PLACE),
    NO_HOLD,
)
_IN_SPACES = (Booking.space_id.in_(bindparam("spaces", expanding=True)),)
# By sort of a scope: any of these, each of which has an index.
_IN_SCOPE: dict[str, tuple[ColumnElement[bool], ...]] = {
    "mine": tuple(column == bindparam("person") for column in (Booking.organiser_id, Booking.booked_by_id)),
    "public": (Booking.privacy == literal_column("'public'"),),  # as a parameter it opens no index on these alone
    "organisation": (Booking.organisation_id == bindparam("organisation"),),
    "service": (Booking.service_id == bindparam("service"),),
}


@dataclass(frozen=True, slots=True)
class MyFeed:
    """An address as its owner sees it in a list: not the address itself, of which we keep only a hash."""

    id: int
    scope: str
    detail: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenFeed:
    """An address that somebody's calendar program came with, and whose eyes it looks through."""

    id: int
    scope: FeedScope
    detail: str
    person: Person


def feeds_of(person_id: int) -> list[MyFeed]:
    """A person's addresses that still work, newest first."""
    rows = db.session.execute(
        select(Feed.id, Feed.scope, Feed.detail, Feed.created_at, Feed.last_used_at)
        .where(Feed.person_id == person_id, Feed.revoked_at.is_(None))
        .order_by(Feed.created_at.desc(), Feed.id.desc())
        .limit(MOST_A_PERSON)
    )
    return [MyFeed(*row) for row in rows]


def opened(asked: AskedFeed) -> OpenFeed | None:
    """The feed that is asked for, if its owner is still active. One query."""
    person = person_by_id(asked.person_id)
    if person is None or not person.active:
        return None
    return OpenFeed(asked.id, FeedScope.read(asked.scope), asked.detail, person)


def feed_bookings(scope: FeedScope, person: Person, house: House, window: FeedWindow) -> Iterator[list[Booked]]:
    """What a feed is made of, some hundred at a time, in order of UID: single bookings of its scope and window, and
    every date of each series that has one there, all in the same list: a series is written as a rule, which needs to
    know what became of all its dates. One query, and two for each list."""
    for page in _whole_series_at_once(_numbers(scope, person, house, window)):
        yield calendar_bookings(house, page)


def _numbers(scope: FeedScope, person: Person, house: House, window: FeedWindow) -> list[tuple[str, int]]:
    """UID and number of each."""
    times = {"since": window.since, "until": window.until, "earliest": window.since - LONGEST_BOOKING}
    found = db.session.connection().execute(_found(scope.sort), {**times, **_asked(scope, person, house)})
    return sorted({(uid, number) for uid, number in found})


@cache
def _found(sort: str) -> CompoundSelect:
    """One statement for every index that leads to some of them: asked for with OR, they would be sought among all
    bookings that ever were. Put together once for all scopes of a sort: it takes as long as to read the answer."""
    there = [and_(own, _INSIDE) for own in _IN_SCOPE.get(sort, _IN_SPACES)]
    of_series = Booking.series_id.in_(union(*(select(Booking.series_id).where(each) for each in there)))
    return union_all(*(select(Booking.uid, Booking.id).where(each) for each in (*there, of_series)))


def _whole_series_at_once(numbers: list[tuple[str, int]]) -> Iterator[list[int]]:
    page: list[int] = []
    for _uid, same in groupby(numbers, itemgetter(0)):
        page += [number for _uid, number in same]
        if len(page) >= AT_ONCE:
            yield page
            page = []
    if page:
        yield page


def _asked(scope: FeedScope, person: Person, house: House) -> dict[str, object]:
    """What its sort is asked by."""
    match scope.sort:
        case "mine":
            return {"person": person.id}
        case "public":
            return {}
        case "organisation":
            return {"organisation": house.organisations[scope.code].id}
        case "service":
            return {"service": house.services[scope.code].id}
    return {"spaces": [house.spaces[code].id for code in sorted(scope.spaces(person, house))]}

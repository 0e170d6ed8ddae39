"""Calendar addresses, and the bookings that belong in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, and_, literal_column, select, union, union_all

from models.queries.bookings import bookings_by_id
from models.queries.feed_tags import AskedFeed
from models.queries.people import person_by_id
from models.rules.bookings.attendance import HELD_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.people.feed_scope import FeedScope, FeedWindow
from models.rules.people.person import Person
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.log import Feed

MOST_A_PERSON = 50
AT_ONCE = 500  # and the dates of a series more


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
        yield bookings_by_id(page)


def _numbers(scope: FeedScope, person: Person, house: House, window: FeedWindow) -> list[tuple[str, int]]:
    """UID and number of each. One statement for every index that leads to some of them: asked for with OR, they would
    be sought among all bookings that ever were."""
    inside = and_(
        Booking.ends_at > window.since,
        Booking.starts_at < window.until,
        Booking.starts_at > window.since - LONGEST_BOOKING,
        Booking.status.in_(HELD_PLACE),
    )
    there = [and_(own, inside) for own in _in_scope(scope, person, house)]
    of_series = Booking.series_id.in_(union(*(select(Booking.series_id).where(each) for each in there)))
    found = union_all(*(select(Booking.uid, Booking.id).where(each) for each in (*there, of_series)))
    return sorted({(uid, number) for uid, number in db.session.execute(found)})


def _whole_series_at_once(numbers: list[tuple[str, int]]) -> Iterator[list[int]]:
    page: list[int] = []
    for _uid, same in groupby(numbers, itemgetter(0)):
        page += [number for _uid, number in same]
        if len(page) >= AT_ONCE:
            yield page
            page = []
    if page:
        yield page


def _in_scope(scope: FeedScope, person: Person, house: House) -> tuple[ColumnElement[bool], ...]:
    """Any of these, each of which has an index."""
    match scope.sort:
        case "mine":
            return Booking.organiser_id == person.id, Booking.booked_by_id == person.id
        case "public":
            return (Booking.privacy == literal_column("'public'"),)  # as a parameter it opens no index on these alone
        case "organisation":
            return (Booking.organisation_id == house.organisations[scope.code].id,)
        case "service":
            return (Booking.service_id == house.services[scope.code].id,)
    return (Booking.space_id.in_([house.spaces[code].id for code in sorted(scope.spaces(person, house))]),)

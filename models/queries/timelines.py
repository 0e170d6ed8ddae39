"""Bookings as the timelines and day lists show them, kept in memory for as long as none has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from models.queries.bookings import awaited_of, bounds, keeps_its_place, overlapping
from models.queries.kept import kept
from models.queries.revisions import revisions
from models.rules.bookings.fields import Booked
from models.rules.finding.day import Day
from models.rules.house.house import House, Space
from models.rules.judging.facts import Taken
from models.rules.people.discretion import Viewer, told_of
from models.rules.people.person import NOBODY
from models.rules.times.interval import Interval
from models.tables.booking import Booking, BookingCaller
from models.tables.db import db
from models.tables.person import PersonRow

MOST_KEPT = 20_000  # bookings: some ten megabytes
_Organiser, _Booker = aliased(PersonRow), aliased(PersonRow)
_ON_A_LINE = (
    select(
        Booking.id,
        Booking.space_id,
        Booking.starts_at,
        Booking.ends_at,
        Booking.status,
        Booking.attendees,
        Booking.persons,
        Booking.layout,
        Booking.exclusive,
        Booking.title,
        Booking.visitor_code,
        Booking.organisation_id,
        Booking.service_id,
        Booking.privacy,
        _Organiser.username,
        func.coalesce(_Organiser.display_name, BookingCaller.name),
        _Booker.username,
        Booking.handle,
    )
    .outerjoin(_Organiser, _Organiser.id == Booking.organiser_id)
    .outerjoin(BookingCaller, BookingCaller.booking_id == Booking.id)
    .join(_Booker, _Booker.id == Booking.booked_by_id)
    .where(keeps_its_place(), overlapping())
    .order_by(Booking.starts_at, Booking.id)
)
_TIMES = (
    select(Booking.id, Booking.space_id, Booking.starts_at, Booking.ends_at, Booking.persons, Booking.exclusive)
    .where(keeps_its_place(), overlapping(), Booking.space_id.in_(bindparam("spaces", expanding=True)))
    .order_by(Booking.starts_at, Booking.id)
)
_IN_THESE = _ON_A_LINE.where(Booking.space_id.in_(bindparam("spaces", expanding=True)))


@dataclass
class _Shelf:
    """What was read while house and bookings stood at the same revisions."""

    lists: dict[tuple, list[Booked]] = field(default_factory=dict)
    number: int = 0


def bookings_on(house: House, space_ids: Sequence[int], during: Interval) -> list[Booked]:
    """Whatever holds a place in these spaces at some instant of `during`, with what a timeline or day list tells of it
    and seen_by() decides on; the rest of each is None. Two queries, none where nothing changed since the last time.

    On a Monday morning a hundred people look at the same few days.
    """
    shelf = _shelf(house)
    key = (during, tuple(space_ids))
    if key not in shelf.lists:
        if shelf.number > MOST_KEPT:
            shelf.lists.clear()
            shelf.number = 0
        shelf.lists[key] = read_bookings(house, space_ids, during)
        shelf.number += len(shelf.lists[key])
    return shelf.lists[key]


def _shelf(house: House) -> _Shelf:
    db.session.flush()  # or a writer's own changes would lie here before they count in its revisions
    return kept("timelines", (house.revision, revisions()[1]), _Shelf)


def bookings_of(spaces: Sequence[Space], during: Interval, viewer: Viewer, now: datetime) -> dict[str, list[Booked]]:
    """What takes each space at some instant of `during`, whether booked itself, as a part of a composite or through one
    of its own parts; of a space that is not the viewer's to book, what they may know of all the same. Two queries,
    whatever the number of spaces. Not for showing: see seen_by()."""
    house, rows_of_part = viewer.house, defaultdict(list)
    for space in spaces:
        for part in space.parts:
            rows_of_part[part].append(space.code)
    touching = [space.id for space in house.spaces.values() if not rows_of_part.keys().isdisjoint(space.parts)]
    found: dict[str, list[Booked]] = {space.code: [] for space in spaces}
    for booking in bookings_on(house, touching, during) if touching else ():
        for code in {row for part in house.spaces[booking.space].parts for row in rows_of_part.get(part, ())}:
            found[code].append(booking)
    return {space.code: list(told_of(viewer, found[space.code], space, now)) for space in spaces}


def bookings_by_day(spaces: Sequence[Space], days: Sequence[Day]) -> dict[str, list[list[Booked]]]:
    """The same for consecutive dates, for each of them what is on it or near it. Two queries; without dates none."""
    if not days:
        return {space.code: [] for space in spaces}
    first = days[0]
    taken = bookings_of(spaces, Interval(first.near.start, days[-1].near.end), first.viewer, first.now)
    return {
        code: [[booking for booking in here if booking.during.overlaps(day.near)] for day in days]
        for code, here in taken.items()
    }


def read_bookings(house: House, space_ids: Sequence[int], during: Interval) -> list[Booked]:
    """The same, asked of the database."""
    every = len(space_ids) == len(house.spaces)
    rows = (
        db.session.connection()
        .execute(*(_ON_A_LINE, bounds(during)) if every else (_IN_THESE, bounds(during) | {"spaces": list(space_ids)}))
        .all()
    )
    awaited = awaited_of([row[0] for row in rows if row[4] == "pending"])
    spaces, organisations, services = house.by_id
    found = []
    for (
        number,
        space_id,
        starts_at,
        ends_at,
        status,
        attendees,
        persons,
        layout,
        exclusive,
        title,
        visitor_code,
        organisation_id,
        service_id,
        privacy,
        organiser,
        organiser_name,
        booked_by,
        handle,
    ) in rows:
        space, service = spaces[space_id], services.get(service_id)
        found.append(
            Booked(
                number,
                space.code,
                space.kind,
                Interval(starts_at, ends_at),
                status=status,
                attendees=attendees,
                persons=persons,
                layout=layout,
                exclusive=exclusive,
                title=title,
                visitor_code=visitor_code,
                organisation=organisations[organisation_id].code,
                service=service.code if service else None,
                service_is_private=service is not None and service.is_private,
                organiser=organiser,
                organiser_name=organiser_name,
                booked_by=booked_by,
                privacy=privacy,
                awaited_roles=awaited.get(number, frozenset()),
                handle=handle,
            )
        )
    return found


def read_times(house: House, space_ids: Sequence[int], during: Interval) -> list[Taken]:
    """When these spaces are taken and by how many, not by whom: in a month three thousand times. One query."""
    rows = db.session.connection().execute(_TIMES, bounds(during) | {"spaces": list(space_ids)}).all()
    spaces, found = house.by_id[0], []
    for number, space_id, starts_at, ends_at, persons, exclusive in rows:
        space = spaces[space_id]
        found.append(
            Taken(number, space.code, Interval(starts_at, ends_at), persons, exclusive or space.exclusive, NOBODY)
        )
    return found

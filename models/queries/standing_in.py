"""What somebody who is away leaves to others, and what keeps those others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import and_, select

from models.queries.bookings import booked_where, overlapping
from models.queries.colleagues import LEAVES_ONE_FREE
from models.queries.duties import duties_of, languages_of, people_away
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.roster.standing_in import Errand, Helper
from models.rules.times.interval import Interval, civil_day
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.space import Space


def talks_left(person: Person, services: frozenset[str], during: Interval, house: House) -> list[Booked]:
    """What they organise for these services and have not begun, the earliest first. Two queries."""
    numbers = [house.services[code].id for code in services]
    found = booked_where(
        and_(
            Booking.organiser_id == person.id,
            Booking.service_id.in_(numbers),
            Booking.status.in_([each for each in HOLDS_PLACE if each != "checked_in"]),
            overlapping(during),
        )
    )
    return sorted(found, key=lambda each: (each.during.start, each.id))


def errands_of(
    person: Person, services: frozenset[str], days: Iterable[date], during: Interval, house: House
) -> list[Errand]:
    """Talks and duties of somebody on some dates that end within `during`, for these services alone."""
    errands = [
        Errand(each.handle, each.service or "", each.space, (each.during,), version=each.version, number=each.id)
        for each in talks_left(person, services, during, house)
    ]
    for day in days:
        for duty in duties_of(day, house):
            mine = duty.person_id == person.id and duty.service in services
            if mine and duty.during[-1].end > during.start:
                key = f"{day.isoformat()}.{duty.half_day}.{duty.counter}"
                errands.append(Errand(key, duty.service, duty.counter, duty.during, is_duty=True))
    return sorted(errands, key=lambda each: (each.start, each.key))


def helpers_among(people: Iterable[Person], days: list[date], house: House) -> list[Helper]:
    """What keeps each of these people on some dates. Some five queries."""
    people = list(people)
    whole = Interval(civil_day(days[0], house.zone).start, civil_day(days[-1], house.zone).end)
    busy: dict[int, list[Interval]] = {each.id: [] for each in people}
    on_duty: dict[int, list[tuple[str, Interval]]] = {each.id: [] for each in people}
    for person_id, starts_at, ends_at in _kept_by_bookings(busy, whole):
        busy[person_id].append(Interval(starts_at, ends_at))
    for day in days:
        for person_id in people_away(day) & busy.keys():
            busy[person_id].append(civil_day(day, house.zone))
        for duty in duties_of(day, house):
            if duty.person_id in on_duty:
                on_duty[duty.person_id] += [(duty.service, each) for each in duty.during]
    spoken = languages_of(busy)
    return [
        Helper(each.id, each.service, spoken.get(each.id, frozenset()), tuple(busy[each.id]), tuple(on_duty[each.id]))
        for each in people
    ]


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _kept_by_bookings(people: Iterable[int], during: Interval):
    asked = (
        select(Booking.organiser_id, Booking.starts_at, Booking.ends_at)
        .join(Space, Space.id == Booking.space_id)
        .where(
            Booking.organiser_id.in_(sorted(people)),
            Booking.status.in_(HOLDS_PLACE),
            Space.kind.not_in(LEAVES_ONE_FREE),
            overlapping(during),
        )
        .order_by(Booking.id)
    )
    return db.session.execute(asked).all()

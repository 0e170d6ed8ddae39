"""Who could take over a talk: the people of its service who are in no talk and no meeting then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, and_, select

from models.queries.bookings import overlapping
from models.queries.duties import languages_of, people_away, people_on_duty
from models.queries.people import people_by_id, people_of_service
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.house.house import House
from models.rules.house.policy import TRAITS
from models.rules.people.person import Person
from models.rules.times.interval import Interval, civil_date, civil_day
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.space import Space

LEAVES_ONE_FREE = ("desk", "counter")  # where one sits between talks, and is called from


@dataclass(frozen=True, slots=True)
class Colleague:
    """`on_duty`: for that service at that moment. `has_come`: they have a place here today. `talks`: how many they have
    had today, and will have. `speaks`: the languages in which they help people."""

    person: Person
    on_duty: bool
    has_come: bool
    talks: int
    speaks: frozenset[str]


def free_colleagues(service: str, during: Interval, house: House) -> list[Colleague]:
    """Those of a service, or on duty for it, whom nothing else keeps then: on duty first, then who has a place here
    today, and the fewest talks before more. Four queries, and those of people_on_duty()."""
    on_duty = set(people_on_duty(service, during.start, house))
    people = {each.id: each for each in (*people_of_service(service), *people_by_id(on_duty).values())}
    for away in people_away(civil_date(during.start, house.zone)):
        people.pop(away, None)
    taken, talks, come = set[int](), dict.fromkeys(people, 0), set[int]()
    for person_id, kind, starts_at, ends_at in _booked_that_day(people, during, house):
        talks[person_id] += TRAITS[kind].is_talk
        come.update([person_id] if kind in LEAVES_ONE_FREE else [])
        if kind not in LEAVES_ONE_FREE and during.overlaps(Interval(starts_at, ends_at)):
            taken.add(person_id)
    speaks = languages_of(people)
    free = [
        Colleague(each, number in on_duty, number in come, talks[number], speaks[number])
        for number, each in people.items()
        if number not in taken
    ]
    return sorted(
        free,
        key=lambda each: (not each.on_duty, not each.has_come, each.talks, each.person.name, each.person.username),
    )


def _booked_that_day(people: Iterable[int], during: Interval, house: House) -> Sequence[Row]:
    day = civil_day(civil_date(during.start, house.zone), house.zone)
    asked = (
        select(Booking.organiser_id, Space.kind, Booking.starts_at, Booking.ends_at)
        .join(Space, Space.id == Booking.space_id)
        .where(and_(overlapping(day), Booking.organiser_id.in_(sorted(people)), Booking.status.in_(HOLDS_PLACE)))
        .order_by(Booking.id)
    )
    return db.session.execute(asked).all()

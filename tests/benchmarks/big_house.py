"""Houses larger than the demo's: forty rooms on a full day, two hundred thousand bookings, a tower of desks."""

from __future__ import annotations

import itertools
import random
from datetime import date, datetime, timedelta

from sqlalchemy import Table, delete, func, insert, select, true

from models.queries.house import the_house
from models.rules.bookings.fields import BookingRequest
from models.rules.house.house import Space
from models.rules.people.discretion import Booked
from models.rules.people.person import Person
from models.rules.times.interval import Interval, nearest_utc
from models.tables import municipality as places
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.hours import Closure, closure_organisation
from models.tables.patience import MIGRATION, having
from models.tables.person import PersonRole, PersonRow
from models.tables.space import LayoutCapacity, PlanRectangle, SpacePolicyRow
from models.tables.space import Space as SpaceRow
from models.tables.transaction import write_transaction
from tests.cast import BRAM, BRUSSELS, NOW

FULL_DAY = date(2027, 3, 9)
ROOMS, BOOKINGS_THAT_DAY, FULL_DAYS = 40, 160, 56
EVERYBODY, NOT_BRAM = true(), PersonRow.username != BRAM
NINETY = "Een van negentig"
FREE_ROOMS, FREE_FROM, FREE_A_DAY = [f"VZ-9{number:02}" for number in range(20)], date(2027, 5, 10), 10
LEFT = [f"VZ-L{number:02}" for number in range(50)]  # the rooms that a plan empties
A_STATEMENT = 100
A_TRANSACTION = 500  # each row raises the municipality's revision: PostgreSQL keeps the old ones until it ends
COPIED = [column.key for column in SpaceRow.__table__.columns if column.key not in ("id", "code", "name_nl")]
POLICY = [column.key for column in SpacePolicyRow.__table__.columns if column.key not in ("id", "space_id")]


class Slots:
    """Another half hour in a room each time that is free and may be had: ten a day on working days."""

    def __init__(self) -> None:
        self.numbers = itertools.count()

    def next(self) -> tuple[str, datetime, datetime]:
        number = next(self.numbers)
        nth, day = number // len(FREE_ROOMS) % FREE_A_DAY, number // len(FREE_ROOMS) // FREE_A_DAY
        start = datetime.combine(FREE_FROM + timedelta(days=day // 5 * 7 + day % 5), datetime.min.time(), BRUSSELS)
        start += timedelta(hours=8 + nth)
        return FREE_ROOMS[number % len(FREE_ROOMS)], start, start + timedelta(minutes=30)

    def wish(self) -> dict[str, object]:
        room, start, end = self.next()
        return {"space": room, "start": start.isoformat(), "end": end.isoformat(), "attendees": 4}


def more_spaces(like: str, codes: list[str], floor_id: int | None = None, zone_id: int | None = None) -> None:
    """Spaces that are as `like` in all but their code, and where they lie if that is said."""
    space = db.session.execute(select(SpaceRow.__table__).where(SpaceRow.code == like)).mappings().one()
    policy = (
        db.session.execute(select(SpacePolicyRow.__table__).where(SpacePolicyRow.space_id == space["id"]))
        .mappings()
        .first()
    )
    seats = db.session.execute(
        select(LayoutCapacity.layout, LayoutCapacity.places).where(LayoutCapacity.policy_id == policy["id"])
    ).all()
    where = {"floor_id": floor_id or space["floor_id"], "zone_id": zone_id or space["zone_id"]}
    spaces = [
        {name: space[name] for name in COPIED} | where | {"code": code, "name_nl": f"Ruimte {code}"} for code in codes
    ]
    _insert(SpaceRow.__table__, spaces)
    space_ids = db.session.scalars(select(SpaceRow.id).where(SpaceRow.code.in_(codes)).order_by(SpaceRow.id)).all()
    _insert(
        SpacePolicyRow.__table__, [{name: policy[name] for name in POLICY} | {"space_id": id_} for id_ in space_ids]
    )
    policy_ids = select(SpacePolicyRow.id).where(SpacePolicyRow.space_id.in_(space_ids)).order_by(SpacePolicyRow.id)
    _insert(
        LayoutCapacity.__table__,
        [
            {"policy_id": policy_id, "layout": layout, "places": number}
            for policy_id in db.session.scalars(policy_ids).all()
            for layout, number in seats
        ],
    )


def _insert(table: Table, rows: list[dict]) -> None:
    """Many at a statement: each one raises the house's revision."""
    for first in range(0, len(rows), A_STATEMENT):
        db.session.execute(insert(table).values(rows[first : first + A_STATEMENT]))


def forty_rooms() -> None:
    """Forty meeting rooms, and a hundred and sixty bookings in them on each of some days."""
    with write_transaction():
        rooms = [space for space in the_house().spaces.values() if space.kind == "meeting_room"]
        more_spaces("VZ-104", [f"VZ-9{number:02}" for number in range(ROOMS - len(rooms))])
    for nth, day in enumerate(full_days()):
        book_rows(_full_day(day, 160 + nth), NOT_BRAM)


def full_days() -> list[date]:
    """The working days on which the forty rooms are full."""
    days = (FULL_DAY + timedelta(days=number) for number in range(FULL_DAYS))
    return [day for day in days if day.isoweekday() < 6]


def _full_day(day: date, seed: int) -> list[tuple[Space, date, int, int]]:
    rooms = [space for space in the_house().spaces.values() if space.kind == "meeting_room" and len(space.parts) == 1]
    chance, rows = random.Random(seed), []
    for room in rooms:
        hour = 8 * 60
        for _nth in range(4):
            hour += chance.choice((0, 0, 30, 60))
            length = chance.choice((30, 60, 60, 90))
            rows.append((room, day, hour, length))
            hour += length + 15
    return rows + [(rooms[number], day, 17 * 60 + 30, 60) for number in range(BOOKINGS_THAT_DAY - len(rows))]


def never_closed() -> None:
    """No holidays, so that a series has every one of its dates."""
    with write_transaction():
        db.session.execute(delete(closure_organisation))
        db.session.execute(delete(Closure))


def many_others(number: int) -> None:
    """This many bookings in every space of the house, on other days of two years before that day."""
    spaces = [space for space in the_house().spaces.values() if len(space.parts) == 1]
    rows, day = [], FULL_DAY
    while len(rows) < number:
        day -= timedelta(days=1)
        rows += [(space, day, start, 90) for space in spaces for start in (8 * 60, 11 * 60, 14 * 60)]
    book_rows(rows[:number], NOT_BRAM)


def busy_today() -> None:
    """As many again in every space today, between those that many_others() wrote."""
    spaces = [space for space in the_house().spaces.values() if len(space.parts) == 1]
    hours = (9 * 60 + 45, 13 * 60, 16 * 60)
    book_rows([(space, NOW.date(), start, 45) for space in spaces for start in hours], NOT_BRAM)


def ninety_of_bram() -> None:
    """All that he has, so that his own feed has ninety events."""
    room, first = the_house().spaces["VZ-105"], date(2027, 6, 1)
    days = (first + timedelta(days=number) for number in range(90))
    book_rows([(room, day, 10 * 60, 60) for day in days], PersonRow.username == BRAM, NINETY)


@having(MIGRATION)
def book_rows(rows: list[tuple[Space, date, int, int]], who=EVERYBODY, title: str | None = None) -> list[int]:
    """Written past every rule, for the guard alone to look at, however long that takes; their numbers."""
    zone, last = the_house().zone, db.session.execute(select(func.max(Booking.id))).scalar() or 0
    people = db.session.execute(select(PersonRow.id, PersonRow.organisation_id).where(who)).all()
    chance = random.Random(2027)
    for first in range(0, len(rows), A_TRANSACTION):
        values = []
        for number, (space, day, minute, length) in enumerate(rows[first : first + A_TRANSACTION], first):
            person, organisation = chance.choice(people)
            start = nearest_utc(datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute), zone)
            values.append(
                {
                    "uid": f"bench-{day}-{number}",
                    "space_id": space.id,
                    "starts_at": start,
                    "ends_at": start + timedelta(minutes=length),
                    "persons": 4,
                    "layout": "boardroom",
                    "privacy": "title",
                    "organisation_id": organisation,
                    "organiser_id": person,
                    "booked_by_id": person,
                    "created_at": NOW,
                    "updated_at": NOW,
                    "title": title or f"Overleg {number % 90}",
                }
            )
        with write_transaction():
            db.session.connection().execute(insert(Booking.__table__), values)
    return list(db.session.execute(select(Booking.id).where(Booking.id > last).order_by(Booking.id)).scalars())


def rooms_to_leave(free: int = 300) -> list[int]:
    """The numbers of five hundred bookings of staff, ten a day each in fifty rooms, while three hundred more rooms are
    free; all of them on five new floors without a limit."""
    day = FULL_DAY + timedelta(days=7)
    codes = [*LEFT, *(f"VZ-F{number:03}" for number in range(free))]
    with write_transaction():
        for level in range(5):
            more_spaces("VZ-104", codes[level::5], *_new_floor(f"P{level}", level + 50))
    spaces = the_house().spaces
    staff = select(PersonRole.person_id).where(PersonRole.role == "staff")
    return book_rows(
        [(spaces[code], day, 8 * 60 + 60 * nth, 30) for code in LEFT for nth in range(10)], PersonRow.id.in_(staff)
    )


def ninety_days(number: int) -> list[int]:
    """The numbers of so many bookings, spread over the working days of the ninety days before the tests begin."""
    spaces = [space for space in the_house().spaces.values() if len(space.parts) == 1]
    days = [day for back in range(1, 90) if (day := NOW.date() - timedelta(days=back)).isoweekday() < 6]
    chance, rows = random.Random(90), []
    for nth, day in enumerate(days):
        here = number * (nth + 1) // len(days) - number * nth // len(days)
        rows += [
            (space, day, 7 * 60, 330) if space.kind == "desk" else (space, day, 9 * 60, 90)
            for space in chance.sample(spaces, here)
        ]
    return book_rows(rows)


def as_booked(request: BookingRequest, person: Person) -> Booked:
    """A booking as it would stand, unwritten."""
    return Booked(
        0,
        request.space,
        "meeting_room",
        Interval(request.start, request.end),
        status="confirmed",
        attendees=request.attendees,
        persons=request.attendees,
        layout="boardroom",
        exclusive=True,
        organisation=person.organisation,
        privacy="title",
        title=None,
        organiser=person.username,
        booked_by=person.username,
    )


def tower_of_desks(floors: int = 40, desks: int = 75) -> None:
    """Another forty floors with three thousand desks, each floor drawn."""
    with write_transaction():
        for level in range(floors):
            floor_id, zone_id = _new_floor(f"T{level:02}", level + 3)
            codes = [f"WP-T{level:02}-{number:02}" for number in range(desks)]
            more_spaces("WP-1BUR-01", codes, floor_id, zone_id)
            db.session.execute(
                insert(PlanRectangle.__table__),
                [
                    {
                        "scope_type": "space",
                        "scope_code": code,
                        "floor_id": floor_id,
                        "x_m": 1 + number % 15 * 2.5,
                        "y_m": 1 + number // 15 * 2.0,
                        "width_m": 1.6,
                        "depth_m": 0.8,
                    }
                    for number, code in enumerate(codes)
                ],
            )


def _new_floor(code: str, level: int) -> tuple[int, int]:
    """Its number, and that of its only zone."""
    building = db.session.execute(select(places.Building.id)).scalars().first()
    floor_id = db.session.execute(
        insert(places.Floor.__table__).values(code=code, name_nl=f"Toren {level}", building_id=building, level=level)
    ).inserted_primary_key[0]
    zone_id = db.session.execute(
        insert(places.Zone.__table__).values(
            code=f"{code}Z", name_nl=f"Toren {level}", floor_id=floor_id, access="staff"
        )
    ).inserted_primary_key[0]
    return floor_id, zone_id

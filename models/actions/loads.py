"""Write what was made up: the house as any town's is loaded, and its bookings past the rules, a day at a time."""

from __future__ import annotations

from sqlalchemy import insert

from models.actions.bookings.keep_receipt import keep_receipts
from models.queries.loads import is_booked
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import judge
from models.rules.loads.course import Booking, Refused
from models.rules.loads.days import Day
from models.rules.times.interval import civil_date, civil_day
from models.tables.booking import Booking as BookingRow
from models.tables.db import db
from models.tables.log import AuditEntry
from models.tables.patience import LONG, having
from models.tables.transaction import writes

# A statement for many rows: each raises the municipality's revision once.
_BOOKINGS = insert(BookingRow.__table__).returning(BookingRow.__table__.c.id, sort_by_parameter_order=True)
_ENTRIES = insert(AuditEntry.__table__).returning(AuditEntry.__table__.c.id)


@having(LONG)
@writes
def make_day(day: Day) -> int:
    """Write a day's bookings, unless there are some already; how many were written. The guard alone looks at them."""
    house = day.town.house
    if not day.town.is_open(day.day) or is_booked(civil_day(day.day, house.zone)):
        return 0
    made = list(day.bookings())
    bookings = [booking for booking, _late in made]
    if not bookings:
        return 0
    connection = db.session.connection()
    rows = [_row(booking, house, f"load-{day.day}-{number}") for number, booking in enumerate(bookings)]
    numbers = list(connection.execute(_BOOKINGS, rows).scalars())
    entries = [_entry(number, booking) for number, booking in zip(numbers, bookings, strict=True)]
    connection.execute(_ENTRIES, entries).all()
    for late in (late for _booking, late in made if late):
        _refuse(late, house)
    return len(bookings)


def _row(booking: Booking, house: House, uid: str) -> dict[str, object]:
    person = booking.person
    habit = booking.habit
    service = house.services.get(person.service or "") if habit.is_for_clients else None
    return {
        "uid": uid,
        "space_id": booking.space.id,
        "starts_at": booking.during.start,
        "ends_at": booking.during.end,
        "status": booking.status,
        "exclusive": booking.space.exclusive,
        "attendees": booking.persons,
        "persons": booking.persons,
        "visitors": booking.persons - 1 if habit.brings_visitors else None,
        "layout": habit.layout,
        "title": booking.title,
        "privacy": habit.privacy,
        "organisation_id": house.organisations[person.organisation].id,
        "service_id": service.id if service else None,
        "organiser_id": person.id,
        "booked_by_id": person.id,
        "channel": booking.channel,
        "checked_in_at": booking.checked_in_at,
        "created_at": booking.created_at,
        "updated_at": booking.ended_at or booking.created_at,
    }


def _entry(number: int, booking: Booking) -> dict[str, object]:
    return {
        "at": booking.created_at,
        "actor_id": booking.person.id,
        "action": "book",
        "thing": "booking",
        "thing_id": str(number),
        "facts": {"space": booking.space.code, "status": "confirmed"},
    }


def _refuse(late: Refused, house: House) -> None:
    """Judged, and kept as what was asked for in vain."""
    wanted = Wanted(late.taken.space.code, late.taken.during, late.person, late.person, late.taken.persons)
    policy = house.policy(wanted.space, civil_date(wanted.during.start, house.zone))
    facts = Facts(house, (_taken(late.taken),), ())
    verdict = judge(wanted, policy, facts, late.at)
    if not verdict.accepted:
        keep_receipts("refused", [(None, Occasion(wanted, verdict, facts))], house, late.person, late.at)


def _taken(booking: Booking) -> Taken:
    return Taken(1, booking.space.code, booking.during, booking.persons, True, booking.person.id)

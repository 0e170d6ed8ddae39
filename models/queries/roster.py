"""What whoever plans a roster needs beside the duties themselves: its rows, who is away, what is booked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from models.queries.bookings import overlapping
from models.queries.reading import to_change
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.roster.duties import COUNTER
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import Service
from models.tables.roster import Absence, RosterDay, RosterDuty
from models.tables.space import Space
from models.tables.transaction import touched


@dataclass(frozen=True, slots=True)
class Away:
    person_id: int
    first: date
    last: date


def weekly_rows(counter_id: int, weekday: int, half_day: str) -> list[RosterDuty]:
    """All that the pattern says, said or will say of a counter's half-day, oldest first."""
    at = (RosterDuty.counter_id == counter_id, RosterDuty.weekday == weekday, RosterDuty.half_day == half_day)
    return list(to_change(select(RosterDuty).where(*at).order_by(RosterDuty.id)))


def day_row(counter_id: int, day: date, half_day: str) -> RosterDay | None:
    """What is said of a counter's half-day on one date alone."""
    at = (RosterDay.counter_id == counter_id, RosterDay.day == day, RosterDay.half_day == half_day)
    return to_change(select(RosterDay).where(*at)).one_or_none()


def away_from(day: date, person_ids: Collection[int], limit: int = 100) -> list[Away]:
    """Who of these people is away on a date or after it, the soonest first. One query."""
    rows = db.session.execute(
        select(Absence.person_id, Absence.first_day, Absence.last_day)
        .where(Absence.last_day >= day, Absence.person_id.in_(sorted(person_ids)))
        .order_by(Absence.first_day, Absence.id)
        .limit(limit)
    )
    return [Away(*row) for row in rows]


def absences_of(person_id: int, first: date, last: date) -> list[Absence]:
    """Rows of one person that touch these days."""
    touching = (Absence.person_id == person_id, Absence.last_day >= first, Absence.first_day <= last)
    return list(to_change(select(Absence).where(*touching).order_by(Absence.first_day, Absence.id)))


def absences_over(before: date) -> bool:
    return db.session.scalar(select(Absence.id).where(Absence.last_day < before).limit(1)) is not None


def forget_absences(before: date) -> int:
    """Those that ended before a date: nobody needs them any more. How many there were."""
    return touched(delete(Absence).where(Absence.last_day < before))


def talks_by_service(services: Iterable[str], during: Interval) -> list[tuple[str, Interval]]:
    """What is booked for these services, but for counters, which are booked as duties: when, and nothing else of it.
    One query."""
    rows = db.session.execute(
        select(Service.code, Booking.starts_at, Booking.ends_at)
        .join(Service, Service.id == Booking.service_id)
        .join(Space, Space.id == Booking.space_id)
        .where(
            Service.code.in_(sorted(services)),
            Space.sort != COUNTER,
            Booking.status.in_(HOLDS_PLACE),
            overlapping(during),
        )
        .order_by(Booking.id)
    )
    return [(code, Interval(start, end)) for code, start, end in rows]

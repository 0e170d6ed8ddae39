"""Who is on duty where, and who is away, as the roster says; and who speaks what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import case, func, select

from models.queries.kept import kept
from models.queries.reading import pages
from models.queries.revisions import tables_revision
from models.rules.house.house import House
from models.rules.roster.duties import DayDuty, Duty, Roster, WeeklyDuty, at_work, duties_on
from models.rules.times.interval import civil_date
from models.tables.db import db
from models.tables.municipality import Service
from models.tables.person import PersonLanguage, PersonRow
from models.tables.roster import Absence, RosterDay, RosterDuty
from models.tables.space import Space
from models.tables.transaction import is_writing

OF_A_ROSTER = ("roster_duty", "roster_day", "absence", "person")
MOST_WEEKS = 100
MOST_AT_ONCE = 500
# Whoever has left has no duty any more: it is there, and nobody has it.
_WHO = case((PersonRow.active, PersonRow.id), else_=None).label("person_id")


@dataclass(frozen=True, slots=True)
class Week:
    """What is said of the dates of an ISO week: `away` by number, with the first and last day."""

    roster: Roster
    away: tuple[tuple[int, date, date], ...]

    def away_on(self, day: date) -> frozenset[int]:
        return frozenset(person_id for person_id, first, last in self.away if first <= day <= last)


@dataclass(slots=True)
class _Known:
    """What a process keeps of the roster at one revision."""

    weekly: tuple[WeeklyDuty, ...]
    weeks: dict[date, Week] = field(default_factory=dict)


def duties_of(day: date, house: House, zone: str | None = None) -> list[Duty]:
    """Of a date, in a zone or the whole house, also those of people who are away. One query, three where nobody asked
    for that week before."""
    return duties_on(day, week_of(day).roster, house, zone)


def people_on_duty(service: str, moment: datetime, house: House) -> list[int]:
    """The numbers of those who are on duty for a service at a moment; whoever is on leave or ill is left out. Cost as
    duties_of()."""
    day = civil_date(moment, house.zone)
    week = week_of(day)
    return at_work(duties_on(day, week.roster, house), service, moment, week.away_on(day))


def people_away(day: date) -> frozenset[int]:
    """Who is on leave or ill on a date: for coordinators of the service alone. Cost as duties_of()."""
    return week_of(day).away_on(day)


def languages_of(person_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The languages in which people help clients, by number; of whom nothing is said, the one that they read in. One
    query per 500."""
    spoken = (
        select(func.aggregate_strings(PersonLanguage.language, ";"))
        .where(PersonLanguage.person_id == PersonRow.id)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    return {
        number: frozenset((languages or own).split(";"))
        for ids in pages(sorted(set(person_ids)), MOST_AT_ONCE)
        for number, own, languages in db.session.execute(
            select(PersonRow.id, PersonRow.language, spoken).where(PersonRow.id.in_(ids)).order_by(PersonRow.id)
        )
    }


def week_of(day: date) -> Week:
    """The roster of the ISO week of a date; kept until anything of it is written."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    known = kept("roster", tables_revision(*OF_A_ROSTER), lambda: _Known(_weekly()))
    found = known.weeks.get(monday)
    if found is None:
        found = Week(Roster(known.weekly, _days(monday)), _away(monday))
        if not is_writing():
            if len(known.weeks) >= MOST_WEEKS:
                known.weeks.clear()
            known.weeks[monday] = found
    return found


def _weekly() -> tuple[WeeklyDuty, ...]:
    rows = db.session.execute(
        select(
            RosterDuty.weekday,
            RosterDuty.half_day,
            Space.code.label("counter"),
            Service.code.label("service"),
            _WHO,
            RosterDuty.weeks,
            RosterDuty.valid_from,
            RosterDuty.valid_to,
            RosterDuty.id,
        )
        .join(Space, Space.id == RosterDuty.counter_id)
        .join(Service, Service.id == RosterDuty.service_id)
        .outerjoin(PersonRow, PersonRow.id == RosterDuty.person_id)
        .order_by(RosterDuty.id)
    )
    return tuple(WeeklyDuty(*row) for row in rows)


def _days(monday: date) -> tuple[DayDuty, ...]:
    rows = db.session.execute(
        select(RosterDay.day, RosterDay.half_day, Space.code, Service.code, _WHO)
        .join(Space, Space.id == RosterDay.counter_id)
        .outerjoin(Service, Service.id == RosterDay.service_id)
        .outerjoin(PersonRow, PersonRow.id == RosterDay.person_id)
        .where(RosterDay.day >= monday, RosterDay.day < monday + timedelta(days=7))
        .order_by(RosterDay.id)
    )
    return tuple(DayDuty(*row) for row in rows)


def _away(monday: date) -> tuple[tuple[int, date, date], ...]:
    rows = db.session.execute(
        select(Absence.person_id, Absence.first_day, Absence.last_day)
        .where(Absence.last_day >= monday, Absence.first_day < monday + timedelta(days=7))
        .order_by(Absence.id)
    )
    return tuple((row.person_id, row.first_day, row.last_day) for row in rows)

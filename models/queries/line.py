"""Who waits in the lines of today, who was called where, and how many are before somebody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Row, bindparam, func, literal_column, select

from models.queries.duties import duties_of
from models.queries.house import the_house
from models.queries.line_pace import pace_of
from models.rules.house.house import House
from models.rules.line.order import NOT_YET, in_order, number_before, turn_of
from models.rules.line.party import Party
from models.rules.line.served import services_in, services_served_by
from models.rules.line.states import AT_SOMEBODY, OPEN
from models.rules.line.waiting import Waiting, wait_of
from models.rules.people.person import Person
from models.rules.times.interval import civil_date
from models.tables.booking import Booking
from models.tables.db import UtcDateTime, db
from models.tables.line import Visit, VisitStamp
from models.tables.municipality import Service, Zone
from models.tables.person import PersonRow
from models.tables.space import Space

CALLED = ("call", "call_again", "call_out_of_order")
PUT_FIRST = ("make_urgent", "call_out_of_order")
MOST_CALLS, MOST_AT_ONCE = 100, 500


class Call(NamedTuple):
    """A call as a screen in the hall may tell it: a number and the code of a space, nothing of who or what for.
    `state`: what the party is now."""

    number: int
    place: str
    called_at: datetime
    state: str


class PlaceInLine(NamedTuple):
    """How one party stands, for themself: `before`: how many of the same service are called first; `place`: where they
    were called to, while they are; `waits`: how long it will take, while they wait."""

    number: int
    zone: str
    state: str
    before: int
    place: str | None
    called_at: datetime | None
    waits: Waiting


_PARTY = (
    select(
        *(
            getattr(Visit, name)
            for name in (
                "id",
                "handle",
                "number",
                "arrived_at",
                "due_at",
                "quantity",
                "state",
                "state_at",
                "calls",
                "first_called_at",
                "urgent",
                "reason",
            )
        ),
        Zone.code.label("zone"),
        Service.code.label("service"),
        Space.code.label("place"),
        PersonRow.username.label("by"),
    )
    .join(Zone, Zone.id == Visit.zone_id)
    .join(Service, Service.id == Visit.service_id)
    .outerjoin(Space, Space.id == Visit.place_id)
    .outerjoin(PersonRow, PersonRow.id == Visit.person_id)
    .order_by(Visit.arrived_at, Visit.id)
)


def served_by(person: Person, zone: str, now: datetime, house: House) -> frozenset[str]:
    """services_served_by(), with what the roster says of today. Cost as duties_of()."""
    duties = duties_of(_today(house, now), house, zone)
    return services_served_by(person, zone, house, {each.service for each in duties if each.person_id == person.id})


def place_on_duty(person: Person, zone: str, now: datetime, house: House) -> str | None:
    """The counter of a zone at which this person is on duty now. Cost as duties_of()."""
    for each in duties_of(_today(house, now), house, zone):
        if each.person_id == person.id and each.is_at(now):
            return each.counter
    return None


# Put together once, and the verbs as they stand: every screen asks it every few seconds.
_CALLS = (
    select(Visit.number, Space.code, VisitStamp.at, Visit.state)
    .join(Visit, Visit.id == VisitStamp.visit_id)
    .join(Zone, Zone.id == Visit.zone_id)
    .join(Space, Space.id == VisitStamp.place_id)
    .where(
        Zone.code == bindparam("zone"),
        VisitStamp.verb.in_([literal_column(f"'{verb}'") for verb in CALLED]),
        VisitStamp.at >= bindparam("since", type_=UtcDateTime()),
        VisitStamp.at <= bindparam("now", type_=UtcDateTime()),
        Visit.day == bindparam("today", type_=Date()),
    )
    .order_by(VisitStamp.at.desc(), VisitStamp.id.desc())
    .limit(MOST_CALLS)
)


def line_of(zone: str, now: datetime, house: House | None = None) -> list[Party]:
    """Everybody with whom somebody still has to do in a zone today, in the order in which they came. Not for showing:
    of a service only those who work for it are told (services_served_by()). One query."""
    return _parties(Zone.code == zone, Visit.state.in_(OPEN), Visit.day == _today(house or the_house(), now))


def not_come_in(zone: str, since: datetime, now: datetime, house: House) -> list[Party]:
    """Who was called in vain since an instant of today: they may still turn up."""
    lately = (Visit.state == "not_come", Visit.state_at >= since)
    return _parties(Zone.code == zone, *lately, Visit.day == _today(house, now))


def party_under(handle: str) -> Party | None:
    """By what it is called outside, whatever has become of it."""
    found = _parties(Visit.handle == handle)
    return found[0] if found else None


def party_numbered(number: int) -> Party:
    """By its number within the house."""
    return _parties(Visit.id == number)[0]


def at_somebody(person_id: int, now: datetime, house: House) -> Party | None:
    """Whom this person has called, or talks with, today."""
    theirs = (Visit.person_id == person_id, Visit.state.in_(AT_SOMEBODY))
    found = _parties(*theirs, Visit.day == _today(house, now))
    return found[-1] if found else None


def last_place_of(person_id: int, now: datetime, house: House) -> str | None:
    """The code of the space to which this person called somebody last, today."""
    return db.session.scalars(
        select(Space.code)
        .join(Visit, Visit.place_id == Space.id)
        .where(Visit.person_id == person_id, Visit.day == _today(house, now))
        .order_by(Visit.called_at.desc(), Visit.id.desc())
        .limit(1)
    ).first()


def put_first_in(zone: str, services: Collection[str], now: datetime, house: House) -> int:
    """How often somebody came before others for these services in a zone today, by a colleague's word."""
    return db.session.scalars(
        select(func.count())
        .select_from(VisitStamp)
        .join(Visit, Visit.id == VisitStamp.visit_id)
        .join(Zone, Zone.id == Visit.zone_id)
        .join(Service, Service.id == VisitStamp.service_id)
        .where(
            Zone.code == zone,
            Service.code.in_(services),
            Visit.day == _today(house, now),
            VisitStamp.verb.in_(PUT_FIRST),
        )
    ).one()


def calls_of(zone: str, since: datetime, now: datetime) -> list[Call]:
    """The calls in a zone from an instant of today on, the newest last; each call of a party is one. One query."""
    asked = {"zone": zone, "since": since, "now": now, "today": _today(the_house(), now)}
    rows = db.session.connection().execute(_CALLS, asked)
    return [Call(*row) for row in rows][::-1]


def place_in_line(handle: str, now: datetime) -> PlaceInLine | None:
    """None for a handle that is nobody's, or not of today. Five queries, or six."""
    house, party = the_house(), party_under(handle)
    if party is None or civil_date(party.arrived_at, house.zone) != _today(house, now):
        return None
    called, waits = party.state in AT_SOMEBODY, Waiting(0)
    if party.state == "waiting":
        waits = _waits(party.service, party.zone, now, house, party)
    return PlaceInLine(
        party.number,
        party.zone,
        party.state,
        waits.before,
        party.place if called else None,
        party.state_at if called else None,
        waits,
    )


def waiting(service: str, now: datetime, zone: str | None = None) -> Waiting:
    """What somebody is told who would join the line of a service now. `zone`: None for the first where it has one.
    Four queries, or five."""
    house = the_house()
    zone = zone or next((each for each in house.zones if service in services_in(each, house)), None)
    return _waits(service, zone, now, house) if zone else Waiting(0)


def _waits(service: str, zone: str, now: datetime, house: House, party: Party | None = None) -> Waiting:
    """Whoever has an hour is called by that: of them only is said how many come first."""
    settings = house.zones[zone].line
    line = [each for each in line_of(zone, now, house) if each.service == service]
    if party is not None and turn_of(party, settings, now).why == NOT_YET:
        return Waiting(number_before(party, line, settings, now))
    if party is not None:
        before = number_before(party, line, settings, now)
    else:
        before = sum(turn_of(each, settings, now).why != NOT_YET for each in in_order(line, settings, now))
    return wait_of(before, pace_of(service, zone, line, now, house))


def visit_row(handle: str) -> Visit | None:
    """For whoever changes it, within a write transaction."""
    return db.session.execute(select(Visit).where(Visit.handle == handle)).scalar_one_or_none()


def handed_on_to(handle: str, service: str, person_id: int) -> int | None:
    """The number within the house of a party that waits for this service, where this person handed it on last."""
    last = select(func.max(VisitStamp.id)).where(VisitStamp.visit_id == Visit.id).correlate(Visit).scalar_subquery()
    return db.session.scalars(
        select(Visit.id)
        .join(Service, Service.id == Visit.service_id)
        .join(VisitStamp, VisitStamp.id == last)
        .where(Visit.handle == handle, Service.code == service, Visit.state == "waiting")
        .where(VisitStamp.verb == "forward", VisitStamp.person_id == person_id)
    ).one_or_none()


def visit_of_booking(booking_id: int) -> Visit | None:
    return db.session.execute(select(Visit).where(Visit.booking_id == booking_id)).scalar_one_or_none()


def visit_by_key(join_key: str) -> Visit | None:
    return db.session.execute(select(Visit).where(Visit.join_key == join_key)).scalar_one_or_none()


def joined_lately(pressed_at: str, zone: str, since: datetime, now: datetime) -> list[datetime]:
    """When places were taken in a zone by a press that begins so; the newest first."""
    house = the_house()
    days = {_today(house, since), _today(house, now)}
    return list(
        db.session.scalars(
            select(Visit.arrived_at)
            .join(Zone, Zone.id == Visit.zone_id)
            .where(Zone.code == zone, Visit.day.in_(days), Visit.arrived_at > since)
            .where(Visit.join_key.startswith(pressed_at, autoescape=True))
            .order_by(Visit.arrived_at.desc(), Visit.id.desc())
            .limit(MOST_AT_ONCE)
        )
    )


def numbers_of(day: date) -> set[int]:
    """Those that a day has given out."""
    return set(db.session.scalars(select(Visit.number).where(Visit.day == day).order_by(Visit.number)))


def last_begun(visit_id: int) -> datetime | None:
    """When the stretch of a talk that runs began."""
    begun = VisitStamp.verb.in_(("begin", "resume"))
    return db.session.scalars(
        select(VisitStamp.at)
        .where(VisitStamp.visit_id == visit_id, begun)
        .order_by(VisitStamp.at.desc(), VisitStamp.id.desc())
        .limit(1)
    ).first()


def last_counted_at(person_id: int, now: datetime, house: House) -> datetime | None:
    """When this person last counted somebody as helped, today."""
    counted = (Visit.joined_by_id == person_id, Visit.state == "done", Visit.called_at.is_(None))
    return db.session.scalars(
        select(Visit.state_at)
        .where(*counted, Visit.day == _today(house, now))
        .order_by(Visit.state_at.desc(), Visit.id.desc())
        .limit(1)
    ).first()


def stamps_of(visit_ids: Collection[int]) -> Sequence[Row]:
    """What was done with these visits, in order: visit, verb, state, at, reason."""
    return db.session.execute(
        select(VisitStamp.visit_id, VisitStamp.verb, VisitStamp.state, VisitStamp.at, VisitStamp.reason)
        .where(VisitStamp.visit_id.in_(visit_ids))
        .order_by(VisitStamp.visit_id, VisitStamp.at, VisitStamp.id)
    ).all()


def visits_to_forget(today: date, limit: int = MOST_AT_ONCE) -> list[int]:
    """Those of which nothing is to lead to whoever it was any more, the oldest first."""
    due = select(Visit.id).where(Visit.forget_on.is_not(None), Visit.forget_on <= today)
    return list(db.session.scalars(due.order_by(Visit.forget_on, Visit.id).limit(limit)))


def talks_with_a_code(before: datetime, limit: int = MOST_AT_ONCE) -> list[int]:
    """Talks that were over before then, and still have the code of whoever came."""
    over = select(Booking.id).where(Booking.visitor_code.is_not(None), Booking.ends_at < before)
    return list(db.session.scalars(over.order_by(Booking.ends_at, Booking.id).limit(limit)))


def _parties(*conditions: ColumnElement[bool]) -> list[Party]:
    return [Party(**row._mapping) for row in db.session.execute(_PARTY.where(*conditions))]


def _today(house: House, now: datetime) -> date:
    return civil_date(now, house.zone)

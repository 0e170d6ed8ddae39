"""Bookings as the rules need them (Taken, Facts) and as people may come to see them (Booked)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from models.rules.attendance import HOLDS_PLACE
from models.rules.discretion import Booked
from models.rules.facts import Facts, Taken
from models.rules.house import House
from models.rules.interval import Interval, joined
from models.rules.policy import LONGEST_BOOKING
from models.rules.refusals import Refusal
from models.tables.booking import Approval, Booking, Series
from models.tables.db import UtcDateTime, db
from models.tables.municipality import Organisation, Service
from models.tables.person import PersonRow
from models.tables.space import Space

WINDOWS_A_QUERY = 100


def overlapping(during: Interval):
    """Overlap, with a lower bound that spares it the history before the longest booking."""
    return and_(Booking.starts_at < during.end, Booking.ends_at > during.start,
                Booking.starts_at > during.start - LONGEST_BOOKING)


def facts_for(house: House, building: str, windows: Iterable[Interval], organiser_id: int | None) -> Facts:
    """What wishes within `windows` must be judged against: one query per hundred windows, twice."""
    wide = house.widest_buffer
    stretches = joined(window.widened(wide, wide) for window in windows)
    in_building = _taken(house, stretches, [space.id for space in house.spaces.values()
                                            if space.building == building] if len(house.buildings) > 1 else None)
    own = _taken(house, stretches, None, organiser_id) if organiser_id is not None else ()
    return Facts(house, in_building, own)


def _taken(house: House, windows: Sequence[Interval], space_ids: list[int] | None = None,
           organiser_id: int | None = None) -> tuple[Taken, ...]:
    codes = {space.id: space for space in house.spaces.values()}
    found: dict[int, Taken] = {}
    for first in range(0, len(windows), WINDOWS_A_QUERY):
        question = select(
            Booking.id, Booking.space_id, Booking.starts_at, Booking.ends_at, Booking.persons, Booking.exclusive,
            Booking.organiser_id, Booking.wheelchair,
        ).where(Booking.status.in_(HOLDS_PLACE), or_(*map(overlapping, windows[first:first + WINDOWS_A_QUERY])))
        if space_ids is not None:
            question = question.where(Booking.space_id.in_(space_ids))
        if organiser_id is not None:
            question = question.where(Booking.organiser_id == organiser_id)
        for row in db.session.execute(question):
            space = codes[row.space_id]
            found[row.id] = Taken(row.id, space.code, Interval(row.starts_at, row.ends_at), row.persons,
                                  row.exclusive or space.exclusive, row.organiser_id, row.wheelchair)
    return tuple(sorted(found.values(), key=lambda taken: (taken.during.start, taken.id)))


_Organiser, _Booker, _KeyHolder, _Buddy = (aliased(PersonRow) for _ in range(4))

_BOOKED = (
    select(Booking, Space.code, Space.kind, Organisation.code, Service.code, Service.privacy_level, Series.uid,
           _Organiser.username, _Organiser.display_name, _Booker.username, _Booker.display_name,
           _KeyHolder.username, _Buddy.username)
    .join(Space, Space.id == Booking.space_id)
    .join(Organisation, Organisation.id == Booking.organisation_id)
    .join(_Organiser, _Organiser.id == Booking.organiser_id)
    .join(_Booker, _Booker.id == Booking.booked_by_id)
    .outerjoin(Service, Service.id == Booking.service_id)
    .outerjoin(Series, Series.id == Booking.series_id)
    .outerjoin(_KeyHolder, _KeyHolder.id == Booking.key_holder_id)
    .outerjoin(_Buddy, _Buddy.id == Booking.evacuation_buddy_id)
    .order_by(Booking.starts_at, Booking.id)
)


def booked(booking_id: int) -> Booked | None:
    found = _read(_BOOKED.where(Booking.id == booking_id))
    return found[0] if found else None


def bookings_by_id(ids: Sequence[int]) -> list[Booked]:
    return _read(_BOOKED.where(Booking.id.in_(ids)))


def bookings_in_series(uid: str, *, from_start: datetime | None = None) -> list[Booked]:
    """A series' dates in order, at most the 400 it can have."""
    question = _BOOKED.where(Series.uid == uid)
    if from_start is not None:
        question = question.where(Booking.starts_at >= from_start)
    return _read(question)


_START, _END, _EARLIEST = (bindparam(name, type_=UtcDateTime()) for name in ("start", "end", "earliest"))
_ON_A_LINE = (
    select(Booking.id, Booking.space_id, Booking.starts_at, Booking.ends_at, Booking.status, Booking.attendees,
           Booking.persons, Booking.layout, Booking.exclusive, Booking.title, Booking.visitor_code,
           Booking.organisation_id, Booking.service_id, Booking.privacy, _Organiser.username, _Organiser.display_name,
           _Booker.username)
    .join(_Organiser, _Organiser.id == Booking.organiser_id)
    .join(_Booker, _Booker.id == Booking.booked_by_id)
    .where(Booking.status.in_(HOLDS_PLACE), Booking.starts_at < _END, Booking.ends_at > _START,
           Booking.starts_at > _EARLIEST)
    .order_by(Booking.starts_at, Booking.id)
)
_IN_THESE = _ON_A_LINE.where(Booking.space_id.in_(bindparam("spaces", expanding=True)))


def bookings_on(house: House, space_ids: Sequence[int], during: Interval) -> list[Booked]:
    """Whatever holds a place in these spaces at some instant of `during`, with what a timeline or day list tells of it
    and seen_by() decides on; the rest of each is None. Two queries."""
    when = {"start": during.start, "end": during.end, "earliest": during.start - LONGEST_BOOKING}
    every = len(space_ids) == len(house.spaces)
    rows = db.session.connection().execute(
        _ON_A_LINE if every else _IN_THESE, when if every else {**when, "spaces": list(space_ids)}).all()
    awaited = _awaited([row[0] for row in rows if row[4] == "pending"])
    spaces, organisations, services = house.by_id
    found = []
    for (number, space_id, starts_at, ends_at, status, attendees, persons, layout, exclusive, title, visitor_code,
         organisation_id, service_id, privacy, organiser, organiser_name, booked_by) in rows:
        space, service = spaces[space_id], services.get(service_id)
        found.append(Booked(
            number, space.code, space.kind, Interval(starts_at, ends_at), status=status, attendees=attendees,
            persons=persons, layout=layout, exclusive=exclusive, title=title, visitor_code=visitor_code,
            organisation=organisations[organisation_id].code, service=service and service.code,
            service_is_private=service is not None and service.is_private, organiser=organiser,
            organiser_name=organiser_name, booked_by=booked_by, privacy=privacy,
            awaited_roles=awaited.get(number, frozenset())))
    return found


def bookings_page(*, during: Interval | None = None, space_ids: Sequence[int] | None = None,
                  of_person: int | None = None, statuses: Sequence[str] | None = None,
                  after: tuple[datetime, int] | None = None, limit: int = 100) -> list[Booked]:
    """One page of a list, in order of start. `after`: start and id of the last one of the page before."""
    question = _BOOKED
    if during is not None:
        question = question.where(overlapping(during))
    if space_ids is not None:
        question = question.where(Booking.space_id.in_(space_ids))
    if of_person is not None:
        question = question.where(or_(Booking.organiser_id == of_person, Booking.booked_by_id == of_person))
    if statuses is not None:
        question = question.where(Booking.status.in_(statuses))
    if after is not None:
        start, booking_id = after
        question = question.where(or_(Booking.starts_at > start,
                                      and_(Booking.starts_at == start, Booking.id > booking_id)))
    return _read(question.limit(limit))


def booked_where(condition) -> list[Booked]:
    """For this floor's other modules: every booking for which a condition on Booking holds, in order of start."""
    return _read(_BOOKED.where(condition))


def bookings_awaiting(roles: Iterable[str], now: datetime, limit: int = 200) -> list[Booked]:
    """Pending bookings that wait for one of these roles and have not ended, soonest first."""
    waiting = select(Approval.booking_id).where(Approval.role.in_(list(roles)), Approval.approved_at.is_(None))
    return _read(_BOOKED.where(Booking.id.in_(waiting), Booking.status == "pending", Booking.ends_at > now)
                 .limit(limit))


def bookings_from(now: datetime, space_ids: Sequence[int], limit: int = 5000) -> list[Booked]:
    """What still holds a place in these spaces from now on: what a change of capacity may displace."""
    return _read(_BOOKED.where(Booking.space_id.in_(space_ids), Booking.status.in_(HOLDS_PLACE),
                               Booking.ends_at > now).limit(limit))


def _read(question) -> list[Booked]:
    """Two queries: the bookings, and the roles that the pending ones among them wait for."""
    rows = db.session.execute(question.execution_options(populate_existing=True)).all()
    awaited = _awaited([row[0].id for row in rows if row[0].status == "pending"])
    return [_booked(row, awaited.get(row[0].id, frozenset())) for row in rows]


def _awaited(pending: Sequence[int]) -> dict[int, frozenset[str]]:
    """The roles whose word these bookings wait for; no query where none is pending."""
    if not pending:
        return {}
    found = defaultdict(set)
    for booking_id, role in db.session.execute(select(Approval.booking_id, Approval.role).where(
            Approval.booking_id.in_(pending), Approval.approved_at.is_(None))):
        found[booking_id].add(role)
    return {booking_id: frozenset(roles) for booking_id, roles in found.items()}


def _booked(row, awaited_roles: frozenset[str]) -> Booked:
    (booking, space, kind, organisation, service, privacy_level, series, organiser, organiser_name, booked_by,
     booked_by_name, key_holder, buddy) = row
    return Booked(
        id=booking.id, space=space, kind=kind, during=Interval(booking.starts_at, booking.ends_at), uid=booking.uid,
        status=booking.status, attendees=booking.attendees, persons=booking.persons, layout=booking.layout,
        exclusive=booking.exclusive, title=booking.title, note=booking.note, visitor_code=booking.visitor_code,
        organisation=organisation, service=service,
        service_is_private=privacy_level in ("confidential", "secret"), organiser=organiser,
        organiser_name=organiser_name, booked_by=booked_by, booked_by_name=booked_by_name, privacy=booking.privacy,
        series=series, occurrence_at=booking.occurrence_at, sequence=booking.sequence, created_at=booking.created_at,
        updated_at=booking.updated_at, visitors=booking.visitors, wheelchair=booking.wheelchair,
        key_holder=key_holder, evacuation_buddy=buddy, status_reason=booking.status_reason,
        checked_in_at=booking.checked_in_at, version=booking.version, awaited_roles=awaited_roles,
        warnings=tuple(Refusal(**warning) for warning in booking.warnings or ()))


def approval_roles(booking_id: int) -> frozenset[str]:
    """Every role whose word this booking ever needed, given or not."""
    return frozenset(db.session.execute(
        select(Approval.role).where(Approval.booking_id == booking_id)).scalars())

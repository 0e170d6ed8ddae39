"""What may stand in somebody's list of bookings: asked of the database so that next to nothing is read that they do not
get to see. What they see of it is still for seen_by() to say, and who is party to it for Viewer.is_party_to()."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, exists, false, literal_column, or_, select, text, union

from models.queries.bookings import NO_HOLD, PRIVATE_LEVELS, after_the_last, bookings_by_id, overlapping
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.people.discretion import Viewer
from models.rules.people.outsiders import is_on_duty, may_book_in
from models.rules.people.rights import holds
from models.rules.times.interval import Interval, civil_date, civil_day
from models.tables.booking import Approval, Booking
from models.tables.db import db

_HOLDS_A_PLACE = text(f"booking.status IN {HOLDS_PLACE}")
# Literals, so that the small indexes over these are found.
_IS_PENDING = Booking.status == literal_column("'pending'")
_IS_PUBLIC = Booking.privacy == literal_column("'public'")


def bookings_listed(
    viewer: Viewer,
    now: datetime,
    *,
    during: Interval | None,
    space_ids: Sequence[int] | None,
    statuses: Sequence[str],
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[Booked]:
    """One page of what somebody may know of, and a little more, in the order of bookings_page(). Of others' bookings
    without statuses what holds its place and, where no time was asked for, is not over.

    Three queries at most. Each way to know of a booking is a question with an index and a limit of its own.
    """
    wanted = [
        *([overlapping(during)] if during else ()),
        *([Booking.space_id.in_(space_ids)] if space_ids is not None else ()),
        *([Booking.status.in_(statuses)] if statuses else ()),
        *([after_the_last(*after)] if after else ()),
        or_(NO_HOLD, Booking.booked_by_id == viewer.person.id) if viewer.person else NO_HOLD,
    ]
    ways = [*_own(viewer), *_of_others(viewer, space_ids, _kept(viewer, now, during, statuses), now)]
    found = union(*(select(_first(limit, way, *wanted)) for way in ways)).subquery().c
    numbers = select(found.id).order_by(found.starts_at, found.handle).limit(limit)
    return sorted(bookings_by_id(db.session.scalars(numbers).all()), key=lambda each: (each.during.start, each.handle))


def _first(limit: int, *conditions: ColumnElement[bool]) -> Subquery:
    named = select(Booking.id, Booking.starts_at, Booking.handle).where(*conditions)
    return named.order_by(Booking.starts_at, Booking.handle).limit(limit).subquery()


def _own(viewer: Viewer) -> Iterator[ColumnElement[bool]]:
    """As is_party() and sees_to_a_caller() have it, whatever they left since."""
    person, house = viewer.person, viewer.house
    if person:
        yield Booking.organiser_id == person.id
        yield Booking.booked_by_id == person.id
        callers = house.organisations.get(house.public_organisation or "")
        of_callers = and_(Booking.organiser_id.is_(None), Booking.organisation_id == callers.id) if callers else false()
        if callers and "receptionist" in person.roles:
            yield and_(of_callers, _is_open(house))
        elif callers and person.service:
            yield and_(of_callers, _is_of(person.service, house), _is_open(house))
    for service in sorted(viewer.coordinated):
        yield _is_of(service, house)


def _is_of(service: str, house: House) -> ColumnElement[bool]:
    return Booking.service_id == house.services[service].id


def _is_open(house: House) -> ColumnElement[bool]:
    """No talk in confidence."""
    private = [each.id for each in house.services.values() if each.privacy_level in PRIVATE_LEVELS]
    return or_(Booking.service_id.is_(None), Booking.service_id.not_in(private))


def _of_others(
    viewer: Viewer, space_ids: Sequence[int] | None, kept: ColumnElement[bool], now: datetime
) -> Iterator[ColumnElement[bool]]:
    """As is_told_of() has it."""
    person, house = viewer.person, viewer.house
    meant = [house.by_id[0][each] for each in space_ids] if space_ids is not None else house.spaces.values()
    theirs = [space.id for space in meant if may_book_in(person, space)]
    if len(theirs) == len(meant):
        yield kept
        return
    if theirs:
        yield and_(Booking.space_id.in_(theirs), kept)
    yield and_(_IS_PUBLIC, kept)
    if holds(person, "decide_approvals"):
        yield and_(_awaits(viewer), kept)
    if is_on_duty(person):
        yield and_(overlapping(civil_day(civil_date(now, house.zone), house.zone)), kept)


def _kept(viewer: Viewer, now: datetime, during: Interval | None, statuses: Sequence[str]) -> ColumnElement[bool]:
    """As may_be_read() has it, of others' bookings."""
    if statuses:
        return _is_told(viewer)
    to_come = and_(Booking.ends_at > now, Booking.starts_at > now - LONGEST_BOOKING)
    return and_(_HOLDS_A_PLACE, or_(to_come, _is_told(viewer)) if during else to_come)


def _is_told(viewer: Viewer) -> ColumnElement[bool]:
    """As detail_for() has it: of what else this viewer never sees more than that a place is taken."""
    house = viewer.house
    silent, reserved = set(), set()
    for code, each in house.organisations.items():
        if each.professional_secrecy and not viewer.is_inside(code):
            silent.add(each.id)
        if (each.detail_inside if viewer.is_inside(code) else each.detail_outside) == "busy":
            reserved.add(each.id)
    return and_(
        _is_open(house),
        Booking.organisation_id.not_in(sorted(silent)),
        or_(
            _IS_PUBLIC,
            and_(Booking.privacy != "busy", Booking.organisation_id.not_in(sorted(reserved))),
            _awaits(viewer) if holds(viewer.person, "decide_approvals") else false(),
        ),
    )


def _awaits(viewer: Viewer) -> ColumnElement[bool]:
    roles = sorted(viewer.person.roles) if viewer.person else []
    return and_(
        _IS_PENDING,
        exists().where(Approval.booking_id == Booking.id, Approval.role.in_(roles), Approval.approved_at.is_(None)),
    )

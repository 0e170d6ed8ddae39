"""Bookings with all that people may come to see of them, before seen_by() has decided what they do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select, text
from sqlalchemy.orm import aliased

from models.queries.among import among
from models.queries.people import people_by_username
from models.queries.reading import gathered, pages
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import FIELDS, KEPT, PEOPLE_KEPT, Booked, Caller
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.people.person import Person
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval
from models.tables.booking import Approval, Booking, BookingCaller, Series
from models.tables.db import UtcDateTime, db
from models.tables.municipality import Organisation, Service
from models.tables.person import PersonRow
from models.tables.space import Space

A_PAGE = 1000
NO_HOLD = Booking.hold.is_(None)  # what is kept for a moment is in no list but its owner's
PRIVATE_LEVELS = ("confidential", "secret")
WINDOW = [bindparam(name, type_=UtcDateTime()) for name in ("start", "end", "earliest")]


def overlapping(during: Interval | None = None) -> ColumnElement[bool]:
    """Overlap, with a lower bound that spares it the history before the longest booking. None: for a statement that is
    put together once, and asked with the values of bounds()."""
    start, end, earliest = bounds(during).values() if during else WINDOW
    return and_(Booking.starts_at < end, Booking.ends_at > start, Booking.starts_at > earliest)


def bounds(during: Interval) -> dict[str, datetime]:
    return {"start": during.start, "end": during.end, "earliest": during.start - LONGEST_BOOKING}


def keeps_its_place() -> ColumnElement[bool]:
    """What holds a place, and what held it until its end: whoever left early gave it back."""
    return or_(
        Booking.status.in_(HOLDS_PLACE), and_(Booking.status == "completed", Booking.updated_at >= Booking.ends_at)
    )


_PEOPLE = {each.name: aliased(PersonRow) for each in KEPT if each.names == "person"}
_OWN = {each.at: getattr(Booking, each.column) for each in FIELDS if each.column and not each.names}
_COLUMNS = _OWN | {
    "space": Space.code,
    "kind": Space.kind,
    "organisation": Organisation.code,
    "service": Service.code,
    "privacy_level": Service.privacy_level,
    "series": Series.uid,
    **{name: person.username for name, person in _PEOPLE.items()},
    **{f"{name}_name": _PEOPLE[name].display_name for name in ("organiser", "booked_by")},
    **{f"caller.{each.name}": getattr(BookingCaller, each.name) for each in fields(Caller)},
}
_CALLED = [name for name in _COLUMNS if name.startswith("caller.")]
_BOOKED = (
    select(*_COLUMNS.values())
    .join(Space, Space.id == Booking.space_id)
    .join(Organisation, Organisation.id == Booking.organisation_id)
)
for _name, _person in _PEOPLE.items():
    _whose = Booking.__table__.c[f"{_name}_id"]
    _BOOKED = _BOOKED.join(_person, _person.id == _whose, isouter=bool(_whose.nullable))
_BOOKED = (
    _BOOKED.outerjoin(Service, Service.id == Booking.service_id)
    .outerjoin(Series, Series.id == Booking.series_id)
    .outerjoin(BookingCaller, BookingCaller.booking_id == Booking.id)
    .order_by(Booking.starts_at, Booking.id)
)
_UNDER = _BOOKED.where(Booking.handle == bindparam("handle"))
# However many they are, PostgreSQL plans for them once: of a dozen joins that takes longer than to read a hundred.
_THESE = {
    "sqlite": _BOOKED.where(Booking.id.in_(bindparam("ids", expanding=True))),
    "postgresql": _BOOKED.where(text(among("postgresql", "booking.id", "ids"))),
}


def booked(booking_id: int) -> Booked | None:
    found = bookings_by_id([booking_id])
    return found[0] if found else None


def booked_under(handle: str) -> Booked | None:
    """By what it is called outside."""
    found = _read(_UNDER, {"handle": handle})
    return found[0] if found else None


def numbers_under(handles: Collection[str]) -> list[int]:
    """Of those that there are. One query."""
    return list(db.session.scalars(select(Booking.id).where(Booking.handle.in_(handles)).order_by(Booking.id)))


def handles_of(numbers: Collection[int]) -> dict[int, str]:
    """Of those that there are, by number. One query."""
    found = db.session.execute(select(Booking.id, Booking.handle).where(Booking.id.in_(numbers)))
    return {number: handle for number, handle in found}


def bookings_by_id(ids: Sequence[int]) -> list[Booked]:
    """In order of start; of more than a thousand a thousand at a time."""
    these = _THESE[db.engine.dialect.name]
    found = [each for page in pages(ids, A_PAGE) for each in _read(these, {"ids": list(page)})]
    return found if len(ids) <= A_PAGE else sorted(found, key=lambda each: (each.during.start, each.id))


def bookings_in_series(uid: str, *, from_start: datetime | None = None) -> list[Booked]:
    """A series' dates in order, at most the 400 it can have."""
    question = _BOOKED.where(Series.uid == uid)
    if from_start is not None:
        question = question.where(Booking.starts_at >= from_start)
    return _read(question)


def bookings_in_group(group: str) -> list[Booked]:
    """Those that were booked as one, in order of start: at most 200."""
    return _read(_BOOKED.where(Booking.group_handle == group))


def bookings_by_uid(uid: str) -> list[Booked]:
    """What a calendar knows under one name: a booking, or the dates of a series in order, at most 400."""
    return _read(_BOOKED.where(Booking.uid == uid))


def bookings_page(
    *,
    during: Interval | None = None,
    space_ids: Sequence[int] | None = None,
    of_person: int | None = None,
    for_others: bool | None = None,
    statuses: Sequence[str] | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int = 100,
) -> list[Booked]:
    """One page of a list, in order of start; what starts together stands in no order that says which came first.
    `after`: start and handle of the last one of the page before. `of_person`: organised or made by them, whatever they
    left since: what is theirs still is for Viewer.is_party_to() to say. `for_others`: of these only what they made for
    somebody else, or only what is for them."""
    asked: dict[str, object] = {"limit": limit}
    if during is not None:
        asked |= bounds(during)
    if space_ids is not None:
        asked["spaces"] = space_ids
    if of_person is not None:
        asked["person"] = of_person
    if statuses is not None:
        asked["statuses"] = statuses
    if after is not None:
        asked["last_start"], asked["last_handle"] = after
    return _read(_page(frozenset(asked), for_others), asked)


@cache
def _page(asked: frozenset[str], for_others: bool | None) -> Select:
    """Put together once for all pages that are asked by the same things: it takes as long as to read one."""
    question = _BOOKED.order_by(None).order_by(Booking.starts_at, Booking.handle).limit(bindparam("limit"))
    if "person" not in asked:
        question = question.where(NO_HOLD)
    if "start" in asked:
        question = question.where(overlapping())
    if "spaces" in asked:
        question = question.where(Booking.space_id.in_(bindparam("spaces", expanding=True)))
    if "person" in asked:
        own, made = (each == bindparam("person") for each in (Booking.organiser_id, Booking.booked_by_id))
        apart = and_(made, or_(Booking.organiser_id.is_(None), ~own))
        question = question.where({None: or_(own, made), True: apart, False: own}[for_others])
    if "statuses" in asked:
        question = question.where(Booking.status.in_(bindparam("statuses", expanding=True)))
    if "last_start" in asked:
        question = question.where(
            after_the_last(bindparam("last_start", type_=UtcDateTime()), bindparam("last_handle"))
        )
    return question


def after_the_last(start: datetime | BindParameter, handle: str | BindParameter) -> ColumnElement[bool]:
    """Of a list in the order of start and handle; its first bound is the one that an index goes by."""
    return and_(Booking.starts_at >= start, or_(Booking.starts_at > start, Booking.handle > handle))


def all_bookings(
    during: Interval, space_ids: Sequence[int] | None, statuses: Sequence[str], page_size: int
) -> Iterator[Booked]:
    """Every page of bookings_page(), read as they are asked for."""
    last: tuple[datetime, str] | None = None
    while True:
        page = bookings_page(during=during, space_ids=space_ids, statuses=statuses, after=last, limit=page_size)
        yield from page
        if len(page) < page_size:
            return
        last = page[-1].during.start, page[-1].handle


def booked_where(condition: ColumnElement[bool], *, holds: bool = False) -> list[Booked]:
    """For this floor's other modules: every booking for which a condition on Booking holds, in order of start. What is
    only kept for a moment stands in no list; with `holds` it does."""
    return _read(_BOOKED.where(condition if holds else and_(condition, NO_HOLD)))


def bookings_awaiting(roles: Iterable[str], now: datetime, limit: int = 200) -> list[Booked]:
    """Pending bookings that wait for one of these roles and have not ended, in the order in which they were made."""
    waiting = select(Approval.booking_id).where(Approval.role.in_(list(roles)), Approval.approved_at.is_(None))
    return _read(
        _BOOKED.where(Booking.id.in_(waiting), Booking.status == "pending", Booking.ends_at > now)
        .order_by(None)
        .order_by(Booking.created_at, Booking.id)
        .limit(limit)
    )


def bookings_from(now: datetime, space_ids: Sequence[int], limit: int = 5000) -> list[Booked]:
    """What still holds a place in these spaces from now on: what a change of capacity may displace."""
    return _read(
        _BOOKED.where(
            Booking.space_id.in_(space_ids), Booking.status.in_(HOLDS_PLACE), Booking.ends_at > now, NO_HOLD
        ).limit(limit)
    )


def _read(question: Select, values: dict | None = None) -> list[Booked]:
    """Two queries at most: the bookings, and the roles that the pending ones among them wait for."""
    db.session.flush()  # a writer reads what it has just written
    rows = db.session.connection().execute(question, values or {}).all()
    found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    awaited = awaited_of([each["id"] for each in found if each["status"] == "pending"])
    return [_booked(each, awaited.get(each["id"], frozenset())) for each in found]


def awaited_of(pending: Sequence[int]) -> dict[int, frozenset[str]]:
    """The roles whose word these bookings wait for; no query where none is pending."""
    return (
        gathered(
            db.session.execute(
                select(Approval.booking_id, Approval.role).where(
                    Approval.booking_id.in_(pending), Approval.approved_at.is_(None)
                )
            )
        )
        if pending
        else {}
    )


def _booked(values: dict, awaited_roles: frozenset[str]) -> Booked:
    during = Interval(values.pop("during.start"), values.pop("during.end"))
    warnings = tuple(Refusal(**warning) for warning in values.pop("warnings") or ())
    equipment = tuple(values.pop("equipment") or ())
    is_private = values.pop("privacy_level") in PRIVATE_LEVELS
    called = {name.removeprefix("caller."): values.pop(name) for name in _CALLED}
    caller = Caller(**called) if called["name"] else None
    if caller:
        values["organiser_name"] = caller.name
    return Booked(
        during=during,
        warnings=warnings,
        equipment=equipment,
        service_is_private=is_private,
        caller=caller,
        awaited_roles=awaited_roles,
        **values,
    )


def people_of(bookings: Iterable[Booked]) -> dict[str, Person]:
    """Whoever they name, by username: one query per 500."""
    return people_by_username({name for each in bookings for field in PEOPLE_KEPT if (name := getattr(each, field))})

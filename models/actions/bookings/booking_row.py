"""A booking written down: as somebody asked for it, with what the verdict made of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from models.actions.many_rows import add_rows
from models.rules.bookings.fields import ASKED, FIELDS, Booked, BookingRequest
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House, Organisation, Service, Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.holding import hold_until
from models.rules.people.handles import new_handle
from models.rules.people.person import Person
from models.rules.people.visitor_code import new_visitor_code
from models.rules.refusals import Refused, refusal
from models.rules.times.interval import civil_date
from models.tables.booking import Approval, Booking, BookingCaller, Series
from models.tables.db import db

NOT_KEPT = refusal("title_not_kept")
_AS_ASKED = [each.name for each in ASKED if each.column and each.at == each.name]
_NOT_TOLD: dict[str, Any] = {each.name: None for each in ASKED if each.telling}  # Any: each of them may be None
_WRITTEN = [
    (each.column, attrgetter(each.at), each.names)
    for each in FIELDS
    if each.column and each.name not in ("number", "id", "series")
]
_TABLE = Booking.__table__
_BOOKINGS = insert(_TABLE).returning(_TABLE.c.id, _TABLE.c.handle)
_APPROVAL, _CALLER = insert(Approval.__table__), insert(BookingCaller.__table__)


def planned(
    request: BookingRequest, occasion: Occasion, house: House, now: datetime, *, standing: Booked | None = None
) -> Booked:
    """The booking that would be written: a new one, which has no number, no UID and no visitor code yet, or the one
    that stands, changed. Whoever had booked it for themself and hands it on has no part in it any more."""
    wanted, verdict, space = occasion.wanted, occasion.verdict, house.spaces[occasion.wanted.space]
    organiser, is_private = wanted.organiser.username or None, wanted.service is not None and wanted.service.is_private
    privacy = request.privacy or _policy(space.code, occasion.start, house).privacy_default
    if standing is None:
        standing = Booked(
            0,
            space.code,
            space.kind,
            verdict.during,
            status="pending",
            organisation=wanted.organisation,
            privacy=privacy,
            persons=verdict.persons,
            organiser=organiser,
            booked_by=wanted.booker.username,
            title=None,
            layout=verdict.layout,
            sequence=-1,
            created_at=now,
            version=0,
        )
    plan = standing._replace(**{name: getattr(request, name) for name in _AS_ASKED})._replace(
        space=space.code,
        kind=space.kind,
        during=verdict.during,
        layout=verdict.layout,
        persons=verdict.persons,
        exclusive=verdict.apart,
        wheelchair=wanted.wheelchair,
        service_is_private=is_private,
        privacy="busy" if is_private else privacy,
        organiser=organiser,
        organisation=standing.organisation if standing.organiser == organiser else wanted.organisation,
        booked_by=(organiser or wanted.booker.username)
        if standing.booked_by == standing.organiser
        else standing.booked_by,
        caller=request.caller,
        awaited_roles=verdict.approvals,
        warnings=verdict.warnings,
        updated_at=now,
        sequence=standing.sequence + 1,
        version=standing.version + 1,
    )
    if verdict.approvals:
        plan = plan._replace(status="pending", hold_until=hold_until(verdict.during, now, house))
    elif standing.status == "pending":
        plan = plan._replace(status="confirmed")
    if not keeps_no_name(plan, house):
        return plan
    given = NOT_KEPT in standing.warnings or any(getattr(request, name) for name in _NOT_TOLD)
    return plan._replace(**_NOT_TOLD, warnings=verdict.warnings + (NOT_KEPT,) * given)


def keeps_no_name(plan: Booked, house: House) -> bool:
    """A confidential talk, and wherever it is what a caller comes for in confidence: a visitor code stands for the
    visitor."""
    is_talk = _policy(plan.space, plan.during.start, house).traits.is_talk
    return plan.service_is_private and (is_talk or plan.organiser is None)


def _policy(space: str, instant: datetime, house: House) -> SpacePolicy:
    return house.policy(space, civil_date(instant, house.zone))


def booking_values(plan: Booked, people: Mapping[str, Person], house: House) -> dict[str, object]:
    """What stands in the columns. `people`: whoever it names, by username."""
    numbered: dict[str, Mapping[str, Space | Organisation | Service | Person]] = {
        "space": house.spaces,
        "organisation": house.organisations,
        "service": house.services,
        "person": people,
    }
    values: dict[str, object] = {}
    for column, of, names in _WRITTEN:
        value = of(plan)
        values[column] = numbered[names][value].id if names and value else value
    return values | {
        "equipment": list(plan.equipment),
        "warnings": [asdict(warning) for warning in plan.warnings],
        "visitor_code": _visitor_code(plan, house),
    }


def _visitor_code(plan: Booked, house: House) -> str | None:
    return plan.visitor_code or (new_visitor_code() if keeps_no_name(plan, house) else None)


def add_bookings(
    request: BookingRequest,
    accepted: Sequence[Occasion],
    house: House,
    now: datetime,
    series: Series | None = None,
    **more: Any,  # each field has values of its own kind
) -> tuple[Booked, ...]:
    """As they stand from now on, each for one of `accepted`. `more`: what each has beside what was asked. Refused where
    the database itself holds a place to be taken. One statement, whatever their number, and one each for callers and
    for roles that are asked."""
    people = {each.username: each for occasion in accepted for each in occasion.wanted.people.values()}
    plans = [_as_it_stands(planned(request, each, house, now), each, people, house, series) for each in accepted]
    plans = [plan._replace(**more) for plan in plans]
    own = {"series_id": series.id if series else None}
    rows = [booking_values(plan, people, house) | own | {"handle": plan.handle} for plan in plans]
    with guarded():
        numbers = _numbers_of(rows)
    made = tuple(plan._replace(id=number) for plan, number in zip(plans, numbers, strict=True))
    _name_callers(made)
    ask_roles({each.id: each.awaited_roles for each in made})
    return made


def _numbers_of(rows: list[dict[str, object]]) -> list[int]:
    """Once they are written. Of several PostgreSQL gets each column as one array: a name for each of their cells takes
    longer to read than the rows to write, and all other writers wait meanwhile."""
    connection = db.session.connection()
    if len(rows) > 1 and connection.dialect.name == "postgresql":
        return add_rows(_TABLE, rows)
    numbers = {handle: number for number, handle in connection.execute(_BOOKINGS, rows)}
    return [numbers[row["handle"]] for row in rows]


def _as_it_stands(
    plan: Booked, occasion: Occasion, people: Mapping[str, Person], house: House, series: Series | None
) -> Booked:
    """With what a booking has once it is written down: names it is called by, and people as they are called."""
    called = plan.caller or people.get(plan.organiser or "")
    return plan._replace(
        handle=new_handle(),
        uid=series.uid if series else str(uuid.uuid4()),
        series=series.uid if series else None,
        occurrence_at=occasion.start if series else None,
        visitor_code=_visitor_code(plan, house),
        organiser_name=called.name if called else None,
        booked_by_name=people[plan.booked_by].name,
    )


def rewrite_booking(plan: Booked, occasion: Occasion, people: Mapping[str, Person], house: House) -> None:
    with guarded(occasion):
        db.session.connection().execute(
            update(_TABLE).where(_TABLE.c.id == plan.id).values(booking_values(plan, people, house))
        )
    db.session.execute(delete(BookingCaller).where(BookingCaller.booking_id == plan.id))
    _name_callers([plan])


def _name_callers(bookings: Iterable[Booked]) -> None:
    called = [{"booking_id": each.id, **asdict(each.caller)} for each in bookings if each.caller]
    if called:
        db.session.connection().execute(_CALLER, called)


def ask_roles(asked: Mapping[int, Iterable[str]]) -> None:
    """Write down whose word each of these bookings waits for."""
    rows = [{"booking_id": number, "role": role} for number, roles in asked.items() for role in sorted(roles)]
    if rows:
        db.session.connection().execute(_APPROVAL, rows)


@contextmanager
def guarded(*decisions: Occasion) -> Iterator[None]:
    """The guard's word: should judgement and database ever disagree, the answer is a refusal and never half a write."""
    try:
        yield
    except IntegrityError as error:
        if "space_taken" in str(error.orig):
            raise Refused([refusal("space_taken")], decisions=decisions) from error
        raise

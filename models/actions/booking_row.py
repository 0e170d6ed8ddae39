"""A verdict written down as a booking."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from models.actions.series import Date
from models.rules.discretion import Booked
from models.rules.facts import Wanted
from models.rules.fields import BookingRequest
from models.rules.holding import hold_until
from models.rules.house import House
from models.rules.refusals import Refused, refusal
from models.rules.visitor_code import new_visitor_code
from models.tables.booking import Approval, Booking, Series
from models.tables.db import db

_BOOKING, _APPROVAL = insert(Booking.__table__), insert(Approval.__table__)


def planned(request: BookingRequest, wanted: Wanted, date: Date, house: House, now: datetime) -> Booked:
    """The booking that add_booking() would write; it has no number, no UID and no visitor code yet."""
    verdict, space = date.verdict, house.spaces[date.space]
    policy = house.policy(space.code, date.day(house))
    service = wanted.service
    is_private = service is not None and service.is_private
    keeps_no_name = is_private and policy.traits.is_talk
    warnings = verdict.warnings
    if keeps_no_name and (request.title or request.note):
        warnings = (*warnings, refusal("title_not_kept"))
    return Booked(
        id=0, space=space.code, kind=space.kind, during=verdict.during,
        status="pending" if verdict.approvals else "confirmed", attendees=request.attendees, persons=verdict.persons,
        layout=verdict.layout, exclusive=verdict.apart, title=None if keeps_no_name else request.title,
        note=None if keeps_no_name else request.note, organisation=wanted.organisation,
        service=service.code if service else None, service_is_private=is_private,
        organiser=wanted.organiser.username, organiser_name=wanted.organiser.name, booked_by=wanted.booker.username,
        booked_by_name=wanted.booker.name,
        privacy="busy" if is_private else request.privacy or policy.privacy_default, sequence=0, created_at=now,
        updated_at=now, visitors=request.visitors, wheelchair=request.wheelchair or 0,
        equipment=request.equipment,
        key_holder=wanted.key_holder.username if wanted.key_holder else None,
        evacuation_buddy=wanted.evacuation_buddy.username if wanted.evacuation_buddy else None, version=1,
        hold_until=hold_until(verdict.during, now, house) if verdict.approvals else None,
        awaited_roles=verdict.approvals, warnings=warnings)


def add_booking(request: BookingRequest, wanted: Wanted, date: Date, house: House, now: datetime,
                series: Series | None) -> int:
    """Its number. Refused where the database itself holds the place to be taken."""
    plan, space = planned(request, wanted, date, house, now), house.spaces[date.space]
    keeps_no_name = plan.service_is_private and house.policy(space.code, date.day(house)).traits.is_talk
    values = dict(
        uid=series.uid if series else str(uuid.uuid4()), series_id=series.id if series else None,
        occurrence_at=date.start if series else None, space_id=space.id, starts_at=plan.during.start,
        ends_at=plan.during.end, status=plan.status, exclusive=plan.exclusive, attendees=plan.attendees,
        persons=plan.persons, visitors=plan.visitors, wheelchair=plan.wheelchair, layout=plan.layout, title=plan.title,
        note=plan.note, visitor_code=new_visitor_code() if keeps_no_name else None, privacy=plan.privacy,
        organisation_id=house.organisations[wanted.organisation].id,
        service_id=wanted.service.id if wanted.service else None,
        organiser_id=wanted.organiser.id, booked_by_id=wanted.booker.id,
        equipment=list(plan.equipment),
        key_holder_id=wanted.key_holder.id if wanted.key_holder else None,
        evacuation_buddy_id=wanted.evacuation_buddy.id if wanted.evacuation_buddy else None,
        channel=request.channel, warnings=[asdict(warning) for warning in plan.warnings], sequence=plan.sequence,
        hold_until=plan.hold_until, created_at=now, updated_at=now)
    connection = db.session.connection()
    with guarded():
        booking_id = connection.execute(_BOOKING, values).inserted_primary_key[0]
    if plan.awaited_roles:
        connection.execute(_APPROVAL, [{"booking_id": booking_id, "role": role} for role in sorted(plan.awaited_roles)])
    return booking_id


@contextmanager
def guarded() -> Iterator[None]:
    """The guard's word: should judgement and database ever disagree, the answer is a refusal and never half a write."""
    try:
        yield
    except IntegrityError as error:
        if "space_taken" in str(error.orig):
            raise Refused([refusal("space_taken")]) from error
        raise

"""A verdict written down as a booking."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from models.actions.series import Date
from models.rules.facts import Wanted
from models.rules.house import House
from models.rules.refusals import Refused, refusal
from models.rules.request import BookingRequest
from models.rules.visitor_code import new_visitor_code
from models.tables.booking import Approval, Booking, Series
from models.tables.db import db


def add_booking(request: BookingRequest, wanted: Wanted, date: Date, house: House, now: datetime,
                series: Series | None) -> Booking:
    verdict, space = date.verdict, house.spaces[date.space]
    policy = house.policy(space.code, date.day(house))
    is_private = wanted.service is not None and wanted.service.is_private
    keeps_no_name = is_private and policy.traits.is_talk
    warnings = list(verdict.warnings)
    if keeps_no_name and (request.title or request.note):
        warnings.append(refusal("title_not_kept"))
    row = Booking(
        uid=series.uid if series else str(uuid.uuid4()), series_id=series.id if series else None,
        occurrence_at=date.start if series else None, space_id=space.id, starts_at=verdict.during.start,
        ends_at=verdict.during.end, status="pending" if verdict.approvals else "confirmed", exclusive=verdict.apart,
        attendees=request.attendees, persons=verdict.persons, visitors=request.visitors,
        wheelchair=request.wheelchair or 0, layout=verdict.layout,
        title=None if keeps_no_name else request.title, note=None if keeps_no_name else request.note,
        visitor_code=new_visitor_code() if keeps_no_name else None,
        privacy="busy" if is_private else request.privacy or policy.privacy_default,
        organisation_id=house.organisations[wanted.organisation].id,
        service_id=wanted.service.id if wanted.service else None,
        organiser_id=wanted.organiser.id, booked_by_id=wanted.booker.id,
        key_holder_id=wanted.key_holder.id if wanted.key_holder else None,
        evacuation_buddy_id=wanted.evacuation_buddy.id if wanted.evacuation_buddy else None,
        channel=request.channel, warnings=[asdict(warning) for warning in warnings], sequence=0,
        created_at=now, updated_at=now, approvals=[Approval(role=role) for role in sorted(verdict.approvals)])
    db.session.add(row)
    return row


def flush_or_refuse() -> None:
    """The guard's word: should judgement and database ever disagree, the answer is a refusal and never half a write."""
    try:
        db.session.flush()
    except IntegrityError as error:
        if "space_taken" in str(error.orig):
            raise Refused([refusal("space_taken")]) from error
        raise

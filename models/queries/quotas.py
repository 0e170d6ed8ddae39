"""Quotas as they are kept, and what all the bookings of a shared budget take of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from models.rules.bookings.attendance import HELD_PLACE, HOLDS_PLACE
from models.rules.house.house import House
from models.rules.house.quota import Quota, measured
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.rules import QuotaRow
from models.tables.space import Space


def all_quota_rows(limit: int = 500) -> list[QuotaRow]:
    """Those in force longest first."""
    return list(
        db.session.execute(
            select(QuotaRow)
            .order_by(QuotaRow.scope_type, QuotaRow.scope_code, QuotaRow.valid_from, QuotaRow.id)
            .limit(limit)
        ).scalars()
    )


def used(quota: Quota, period: Interval | None, house: House, now: datetime) -> float:
    """What the bookings of a service or an organisation together take of their budget: those that begin in the period,
    or, with None, those that still hold a place. One query; bookings of the same hours are counted as one line.

    A person's own is asked of nobody here: what somebody books is no one's to look up.
    """
    if not quota.is_shared or quota.code is None:
        raise ValueError("only a shared budget is counted")
    question = select(Booking.starts_at, Booking.ends_at, func.count()).group_by(Booking.starts_at, Booking.ends_at)
    if quota.scope == "organisation":
        question = question.where(Booking.organisation_id == house.organisations[quota.code].id)
    else:
        question = question.outerjoin(PersonRow, PersonRow.id == Booking.organiser_id).where(
            func.coalesce(Booking.service_id, PersonRow.service_id) == house.services[quota.code].id
        )
    if quota.kind is not None:
        question = question.join(Space, Space.id == Booking.space_id).where(Space.kind == quota.kind)
    if period is None:
        question = question.where(Booking.status.in_(HOLDS_PLACE), Booking.ends_at > now)
    else:
        question = question.where(
            Booking.status.in_(HELD_PLACE), Booking.starts_at >= period.start, Booking.starts_at < period.end
        )
    return sum(
        count * measured(quota.measure, Interval(start, end), house.zone)
        for start, end, count in db.session.execute(question.order_by(Booking.starts_at, Booking.ends_at))
    )

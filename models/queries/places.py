"""Spaces, zones and the plan as rows to edit, and what of the past refers to a space."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from models.queries.reading import to_change
from models.rules.bookings.attendance import HOLDS_PLACE
from models.tables.booking import Booking, Series
from models.tables.db import db
from models.tables.log import AuditEntry, Feed
from models.tables.municipality import Floor, Organisation, Service, Zone
from models.tables.space import PlanRectangle, Space

ITS_OWN_MAKING = ("create_space", "change_space")  # log entries of what a space is, not of what happened in it


def space_row(code: str) -> Space:
    """Of one that the house has, with the organisations it names itself as those that may book it: two queries."""
    return to_change(select(Space).where(Space.code == code).options(selectinload(Space.bookable_by))).one()


def zone_row(code: str) -> Zone:
    return to_change(select(Zone).where(Zone.code == code).options(selectinload(Zone.bookable_by))).one()


def organisation_rows(codes: Iterable[str]) -> list[Organisation]:
    wanted = sorted(set(codes))
    return list(
        db.session.execute(
            select(Organisation).where(Organisation.code.in_(wanted)).order_by(Organisation.code)
        ).scalars()
    )


def floor_row(code: str) -> Floor:
    return db.session.execute(select(Floor).where(Floor.code == code)).scalar_one()


def service_row(code: str) -> Service:
    return to_change(select(Service).where(Service.code == code)).one()


def plan_rows(scope: str, codes: Iterable[str]) -> dict[str, PlanRectangle]:
    """Where things of one scope are drawn, by code."""
    return {
        row.scope_code: row
        for row in to_change(
            select(PlanRectangle)
            .where(PlanRectangle.scope_type == scope, PlanRectangle.scope_code.in_(sorted(set(codes))))
            .order_by(PlanRectangle.scope_code)
        )
    }


def was_ever_booked(space_id: int) -> bool:
    return any(
        db.session.execute(select(table.id).where(table.space_id == space_id).limit(1)).first()
        for table in (Booking, Series)
    )


def bookings_after(zone_id: int, instant: datetime) -> int:
    """How many bookings in a zone hold a place beyond this instant."""
    return db.session.execute(
        select(func.count())
        .select_from(Booking)
        .join(Space, Space.id == Booking.space_id)
        .where(Space.zone_id == zone_id, Booking.ends_at > instant, Booking.status.in_(HOLDS_PLACE))
    ).scalar_one()


def has_history(space_id: int, code: str) -> bool:
    """Whether a booking, a calendar address or the log refers to it, so that it must stay. At most four queries."""
    in_the_log = or_(
        (AuditEntry.thing == "space") & (AuditEntry.thing_id == code) & AuditEntry.action.not_in(ITS_OWN_MAKING),
        (AuditEntry.thing == "booking") & (AuditEntry.facts["space"].as_string() == code),
    )
    return was_ever_booked(space_id) or any(
        db.session.execute(question.limit(1)).first()
        for question in (select(Feed.id).where(Feed.scope == f"space:{code}"), select(AuditEntry.id).where(in_the_log))
    )

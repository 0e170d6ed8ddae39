"""How many bookings of others under secrecy lie in a change of the house: all that whoever makes it learns of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from models.queries.bookings import PRIVATE_LEVELS
from models.queries.plan_effects import MOST_READ, Prospect, still_held, touched
from models.rules.changes.change import Change
from models.rules.people.discretion import Viewer
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import Organisation, Service
from models.tables.plan import PlanMove, PlanRow

_IS_PRIVATE = and_(Service.id.is_not(None), Service.privacy_level.in_(PRIVATE_LEVELS))
_KEPT_BY = case((_IS_PRIVATE, Service.organisation_id), else_=Booking.organisation_id)  # as kept_by()


def number_under_secrecy(
    changes: Sequence[Change], viewer: Viewer, ahead: Prospect, moved_by: Collection[int] = ()
) -> dict[str, int]:
    """Of other organisations than the viewer's, by organisation: what still holds a place where the changes reach, on
    their days. Whether one of them would have to go is not asked: whoever tries one value after another would read from
    that how many people sit there, until when, and with whom. Those that plans have moved (`moved_by`: the plans'
    numbers) count as before they went. One query, of the 5,000 soonest."""
    if not changes:
        return {}
    there = touched(changes, ahead)
    if moved_by:
        whole = or_(PlanRow.id.in_(moved_by), PlanRow.part_of_id.in_(moved_by))
        moved = select(PlanMove.booking_id).join(PlanRow, PlanRow.id == PlanMove.plan_id).where(whole)
        there = or_(there, Booking.id.in_(moved))
    found = (
        select(_KEPT_BY.label("kept_by_id"))
        .select_from(Booking)
        .join(Organisation, Organisation.id == Booking.organisation_id)
        .outerjoin(Service, Service.id == Booking.service_id)
        .where(still_held(ahead.by.now), there, kept_apart_from(viewer))
        .order_by(Booking.starts_at, Booking.id)
        .limit(MOST_READ)
        .subquery()
    )
    rows = db.session.execute(select(found.c.kept_by_id, func.count()).group_by(found.c.kept_by_id))
    numbers = {organisation: number for organisation, number in rows}
    return {code: numbers[each.id] for code, each in sorted(viewer.house.organisations.items()) if each.id in numbers}


def kept_apart_from(viewer: Viewer) -> ColumnElement[bool]:
    """As is_kept_apart() says of each; for a question that knows the organisation and the service of its bookings."""
    own = viewer.person and viewer.house.organisations[viewer.person.organisation].id
    return and_(_KEPT_BY.is_distinct_from(own), or_(Organisation.professional_secrecy, _IS_PRIVATE))

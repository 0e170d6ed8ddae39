"""Delete a space that nothing of the past refers to."""

from __future__ import annotations

from sqlalchemy import delete

from models.actions.record import record
from models.queries.house import the_house
from models.queries.places import has_history, space_row
from models.queries.policies import policy_rows
from models.rules.changes.place_wishes import composites_with
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.people.rights import may_edit_space
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.tables.db import db
from models.tables.hours import OpeningHours
from models.tables.space import Equipment, PlanRectangle, SpacePart
from models.tables.transaction import writes


@writes
def delete_space(code: str, by: By) -> None:
    """For good; BadRequest has_history where a booking, a calendar address or the log ever spoke of it, stays_a_part
    where another space consists of it."""
    house = the_house()
    if code not in house.spaces:
        raise NotFound
    if not may_edit_space(by.person, house.spaces[code].owner):
        raise NotAllowed("edit_places")
    check_may_be_deleted(code, house)
    _forget(code, house.spaces[code].id)
    record("delete_space", "space", code, *by)


def check_may_be_deleted(code: str, house: House) -> None:
    above = composites_with(house, code)
    if above:
        raise BadRequest("code", "stays_a_part", place=above[0].code)
    if any(code in rule.applies_to for timeline in house.rules.values() for _since, rule in timeline):
        raise BadRequest("code", "has_rules")
    if has_history(house.spaces[code].id, code):
        raise BadRequest("code", "has_history")


def _forget(code: str, space_id: int) -> None:
    """The space and all that is said of it alone."""
    for row in policy_rows(space_id):
        db.session.delete(row)
    for of_this_space in (
        delete(Equipment).where(Equipment.space_id == space_id),
        delete(SpacePart).where(SpacePart.composite_id == space_id),
        delete(PlanRectangle).where(PlanRectangle.scope_type == "space", PlanRectangle.scope_code == code),
        delete(OpeningHours).where(OpeningHours.scope_type == "space", OpeningHours.scope_code == code),
    ):
        db.session.execute(of_this_space)
    db.session.flush()
    db.session.delete(space_row(code))
    db.session.flush()

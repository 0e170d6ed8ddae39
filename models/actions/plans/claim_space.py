"""Claim a space that others have taken, in the name of a body that comes before them: a plan that gives each another
place. It is applied as any other plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models.actions.plans.make_plan import make_plan
from models.actions.plans.work_out_claim import holders_of_place
from models.queries.house import the_house
from models.rules.bookings.fields import BookingRequest
from models.rules.changes.claims import Claim
from models.rules.changes.precedence import claimable_by, may_displace
from models.rules.house.house import House, Precedence
from models.rules.people.person import By, Person
from models.rules.refusals import BadRequest, NotFound, Refused, SeriesRefused
from models.rules.values import Scope


def claim(request: BookingRequest, precedence_code: str, by: By, *, reason: str) -> int:
    """The number of the draft. Raises Refused as the wish would be if the holders of lower rank were not there; where
    somebody of the same rank or a higher one holds the place, that it is taken."""
    if request.space not in the_house().spaces:
        raise NotFound
    if request.recurrence:
        raise BadRequest("recurrence", "not_changeable")
    wish = Claim(Scope("space", request.space), precedence_code, replace(request, override=None))
    return make_plan([wish], reason, by)


def claims_offered(refused: Refused, person: Person, house: House, now: datetime) -> tuple[Precedence, ...]:
    """In whose name this person may claim what they were just refused: where others hold the place and nothing else is
    in the way, the bodies that come before all of them. No query for whoever may claim nothing."""
    bodies = claimable_by(person, house)
    if (
        not bodies
        or isinstance(refused, SeriesRefused)
        or {each.code for each in refused.refusals} != {"space_taken"}
        or not refused.decisions
    ):
        return ()
    holders = holders_of_place(refused.decisions[0], house)
    return tuple(each for each in bodies if holders and may_displace(each, holders, house, now))

"""What was out of order works again: a plan that ends the outage and brings the bookings back."""

from __future__ import annotations

from collections.abc import Iterable

from models.actions.plans.drafts import returning, write_draft
from models.queries.house import the_house
from models.queries.plan_effects import Progress, Prospect, returns
from models.queries.plan_moves import KeptMove, moves_with_parts
from models.queries.plans import kept_plan
from models.rules.changes.checking import checked
from models.rules.changes.outages import Break, Mend
from models.rules.changes.reading import read_changes
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.people.rights import holds, may_see_plan
from models.rules.plans.displaced import Move
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.times.interval import civil_date


def mend(plan_id: int, by: By, *, progress: Progress | None = None) -> int:
    """The number of a draft that ends the outages of an applied plan today, and proposes the return of each booking
    that still stands where that plan put it and whose old place accepts it. BadRequest nothing_to_mend for a plan of
    other changes; one that is being mended already is answered with that draft."""
    if not holds(by.person, "make_plans"):
        raise NotAllowed("make_plans")
    plan = kept_plan(plan_id)
    if plan is None or plan.part_of is not None or not may_see_plan(by.person, plan, the_house()):
        raise NotFound
    broken = [each for each in read_changes(plan.changes) if isinstance(each, Break)]
    if plan.status != "applied" or not broken:
        raise BadRequest("plan", "nothing_to_mend")
    if plan.mended_by is not None:
        return plan.mended_by
    house, mending = the_house(), [Mend(each.place, each.items) for each in broken]
    _found, after = checked(mending, house, by, plan.reason)
    back = returns(_way_back(moves_with_parts(plan_id), after), Prospect(house, after, by), progress)
    return write_draft(mending, plan.reason, by, [returning(each) for each in back], mends=plan_id)


def _way_back(moves: Iterable[KeptMove], house: House) -> list[Move]:
    """For those that are still where the plan put them. They keep their time of now."""
    found = []
    for each in moves:
        booking = each.booking
        if each.to_space and booking.space == each.to_space and booking.during == each.during:
            day = civil_date(booking.during.start, house.zone)
            layout = (
                each.from_layout
                if each.from_layout in house.policy(each.from_space, day).capacities
                else house.policy(each.from_space, day).default_layout
            )
            found.append(Move(booking, each.from_space, layout, booking.during))
    return found

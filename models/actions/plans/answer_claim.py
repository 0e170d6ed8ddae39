"""A holder's word on a claim of their place."""

from __future__ import annotations

from models.actions.plans.in_hand import check_is_draft
from models.actions.plans.work_out_claim import ASKED
from models.actions.record import record
from models.queries.house import the_house
from models.queries.one_booking import booking_for
from models.queries.plan_moves import move_rows
from models.queries.plans import kept_plan, plan_row
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.rules.refusals import NotAllowed, NotFound, Refused, refusal
from models.tables.transaction import writes

ANSWERS = {True: "given", False: "refused"}


@writes
def answer_claim(plan_id: int, booking_id: int, agrees: bool, by: By, *, seen: str | None = None) -> None:
    """Its party says whether it goes where the plan has it; as long as the plan is a draft they may think again.

    `seen`: the place that they were shown. Refused says plan_outdated where the plan has another one by now, and what
    became of the plan where it is no draft. Whoever was not asked: NotFound.
    """
    house = the_house()
    plan, booking = kept_plan(plan_id), booking_for(Viewer.of(by.person, house), booking_id, by.now, least="full")
    rows = [row for row in move_rows(plan_id, booking_id) if row.consent is not None]
    if plan is None or not rows or not Viewer.of(by.person, house).is_party_to(booking):
        raise NotFound
    if by.person.username == plan.created_by != booking.organiser:
        raise NotAllowed("change_booking")  # nobody answers their own question
    check_is_draft(plan)
    row, kept = rows[0], plan_row(plan_id)
    to = next(code for code, space in house.spaces.items() if space.id == row.to_space_id)
    if row.booking_version != booking.version or (seen is not None and seen != to):
        raise Refused([refusal("plan_outdated")])
    if row.consent == ASKED or row.consent != ANSWERS[agrees]:
        row.consent = ANSWERS[agrees]
        kept.version += 1
        record("answer_claim", "plan", plan_id, *by, booking=booking_id, space=to, answer=row.consent)

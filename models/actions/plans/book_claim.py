"""Book what a claim asked for, once its place is free."""

from __future__ import annotations

from models.actions.bookings.book import write_down
from models.actions.bookings.wish import decide
from models.actions.plans.work_out_claim import JudgedClaim, wish_and_facts
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.refusals import Refused


def book_claim(judged: JudgedClaim, plan_id: int, house: House, by: By) -> int:
    """The number of the booking, judged among all who stand there now. Call within the plan's write transaction."""
    claim = judged.claim
    wanted, facts = wish_and_facts(claim, house, by)
    decided = decide(wanted, facts, by.now)
    if not decided.accepted:
        raise Refused(decided.refusals, decisions=(decided,))
    (booking,) = write_down(
        claim.request,
        [decided],
        house,
        by,
        precedence=claim.precedence,
        facts={"plan": plan_id, "precedence": claim.precedence},
    )
    return booking.id

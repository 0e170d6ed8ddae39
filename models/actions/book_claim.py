"""Book what a claim asked for, once its place is free."""

from __future__ import annotations

from models.actions.ask_approval import ask_for_approval
from models.actions.booking_row import add_booking
from models.actions.keep_receipt import keep_receipts
from models.actions.record import record, tell
from models.actions.wish import decide
from models.actions.work_out_claim import JudgedClaim, wish_and_facts
from models.queries.bookings import bookings_by_id
from models.rules.house import House
from models.rules.person import By
from models.rules.refusals import Refused


def book_claim(judged: JudgedClaim, plan_id: int, house: House, by: By) -> int:
    """The number of the booking, judged among all who stand there now. Call within the plan's write transaction."""
    claim, (person, now) = judged.claim, by
    wanted, facts = wish_and_facts(claim, house, by)
    decided = decide(wanted, facts, now)
    if not decided.accepted:
        raise Refused(decided.refusals, decisions=(decided,))
    number = add_booking(claim.request, decided, house, now, precedence=claim.precedence)
    keep_receipts("accepted", [(number, decided)], house, person, now)
    booking, = bookings_by_id([number])
    record("book", "booking", number, *by, space=booking.space, status=booking.status, plan=plan_id,
           precedence=claim.precedence, start=booking.during.start.isoformat(), end=booking.during.end.isoformat(),
           channel=claim.request.channel)
    tell("booked", [booking], (wanted.organiser, person), house, now)
    ask_for_approval([booking], house, now)
    return number

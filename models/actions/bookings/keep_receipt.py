"""Write down on what a decision was taken. Within the transaction of the decision: both stand, or neither."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from models.actions.bookings.wish import decide
from models.queries.bookings import people_of
from models.queries.receipts import last_receipt_of, rulebook_id
from models.queries.taken import facts_for
from models.rules.bookings.fields import Booked
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.judging.facts import Taken
from models.rules.judging.nameless import nameless_reason
from models.rules.judging.receipt import as_json, met, rulebook_of
from models.rules.judging.rejudging import wanted_again
from models.rules.people.callers import organiser_of
from models.rules.people.person import Person
from models.tables.db import db
from models.tables.outage import cannot_now
from models.tables.patience import BRIEF, having
from models.tables.receipt import ReceiptRow, Rulebook
from models.tables.transaction import inserted, writes

MOST_DATES = 20

_RECEIPT = insert(ReceiptRow.__table__).inline()  # nobody asks for the number
_RULEBOOK = insert(Rulebook.__table__)


def keep_receipts(
    decision: str, decided: Iterable[tuple[int | None, Occasion]], house: House, actor: Person | None, now: datetime
) -> None:
    """One receipt for each booking; None where a wish came to nothing. A query and an insert for each space."""
    rows, books = [], {}
    for booking_id, each in decided:
        wanted, verdict, facts = each.wanted, each.verdict, each.known
        if wanted.during.length > LONGEST_BOOKING:
            continue  # nothing of that length was ever judged but for its length
        if wanted.space not in books:
            books[wanted.space] = _rulebook(house, wanted.space)
        policy = house.policy(wanted.space, facts.date_of(wanted.during))
        facts = facts if facts.house is house else replace(facts, house=house)
        rows.append(
            {
                "booking_id": booking_id,
                "rulebook_id": books[wanted.space],
                "decision": decision,
                "at": now,
                "actor_id": actor.id if actor else None,
                "asked_for_id": wanted.organiser.id if booking_id is None and wanted.organiser.has_account else None,
                "facts": as_json(met(wanted, policy, facts, verdict, now, each.waived)),
                "reasons": [asdict(nameless_reason(reason)) for reason in (*verdict.refusals, *verdict.warnings)],
            }
        )
    if rows:
        db.session.connection().execute(_RECEIPT, rows)


def keep_receipts_of(
    decision: str,
    bookings: Iterable[Booked],
    house: House,
    actor: Person | None,
    now: datetime,
    *,
    beside: Iterable[Taken] = (),
) -> None:
    """Of bookings that stand, or stood until this decision: judged once more for it where they are, and written down.
    Some four queries for each organiser. `beside`: what takes their place."""
    bookings, together, decided = list(bookings), defaultdict(list), []
    for booking in bookings:
        together[booking.whose, house.spaces[booking.space].building].append(booking)
    people = people_of(bookings)
    for (_whose, building), here in together.items():
        organiser = organiser_of(here[0], people, house)
        facts = facts_for(house, building, [booking.during for booking in here], organiser, now)
        for taken in beside:
            facts = facts.with_taken(taken)
        for booking in here:
            decided.append((booking.id, decide(wanted_again(booking, people, organiser, house), facts, now)))
    keep_receipts(decision, decided, house, actor, now)


def keep_refusal(decisions: Sequence[Occasion], booker: Person, now: datetime) -> str | None:
    """What was asked for in vain is demand: the handle of its receipt, of a series the first date's. Its own short
    transaction: nothing else came of the wish. None where it cannot be written now: the refusal is as true without."""
    if not decisions:
        return None
    try:
        return _keep_refusal(decisions[:MOST_DATES], booker, now)
    except SQLAlchemyError as error:
        if not cannot_now(error):
            raise
        db.session.rollback()
        return None


@having(BRIEF)
@writes
def _keep_refusal(decisions: Sequence[Occasion], booker: Person, now: datetime) -> str | None:
    keep_receipts("refused", ((None, each) for each in decisions), decisions[0].known.house, booker, now)
    return last_receipt_of(booker.id)


def _rulebook(house: House, space: str) -> int:
    space_id = house.spaces[space].id
    known = rulebook_id(house.revision, space_id)
    if known is not None:
        return known
    content = as_json(rulebook_of(house, space))
    return inserted(_RULEBOOK, {"revision": house.revision, "space_id": space_id, "content": content})

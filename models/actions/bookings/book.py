"""Book a space, once or as a series: judged on a snapshot, judged again under the lock, written whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.actions.bookings.ask_approval import ask_for_approval
from models.actions.bookings.booking_row import add_bookings, planned
from models.actions.bookings.hold import past_holds
from models.actions.bookings.idempotency import Key, answered_before, keep_answer
from models.actions.bookings.keep_receipt import keep_receipts, keep_refusal
from models.actions.bookings.may_change import as_known_now
from models.actions.bookings.series import judge_dates, requested_dates
from models.actions.bookings.wish import decide, wish_of
from models.actions.record import record_each, tell
from models.queries.alternatives import alternatives_to
from models.queries.house import the_house
from models.queries.one_wish import facts_of
from models.queries.receipts import rulebook_id
from models.queries.revisions import revisions, revisions_at_lock
from models.rules.bookings.fields import Booked, BookingRequest
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.judging.facts import Wanted
from models.rules.judging.judge import Verdict
from models.rules.people.callers import organiser_of
from models.rules.people.person import By, Person
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, Refused
from models.tables.booking import Series
from models.tables.db import db
from models.tables.transaction import writes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request for a booking came to. `kept` is the earlier answer where its key was used before; a check has
    bookings without id. `refused`: dates of a series that were left out, each with refusals and alternatives."""

    bookings: tuple[Booked, ...] = ()
    series: str | None = None
    refused: tuple[Occasion, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    kept: dict | None = None


ToKeep = Callable[[Answer], dict] | None  # what a used key answers the next time, beside what was booked


def check(request: BookingRequest, booker: Person, now: datetime) -> Answer:
    """What book() would answer now, writing nothing. Raises what it would raise."""
    if not holds(booker, "book"):
        raise NotAllowed("book")
    house = the_house()
    occasions = _judged(request, wish_of(request, booker, house), house, now)
    accepted = [each for each in occasions if each.accepted]
    return Answer(
        tuple(planned(request, each, house, now) for each in accepted),
        "" if request.recurrence else None,
        tuple(each for each in occasions if not each.accepted),
        tuple(each.verdict for each in accepted),
    )


def book(
    request: BookingRequest,
    booker: Person,
    now: datetime,
    *,
    key: Key | None = None,
    answer_to_keep: ToKeep = None,
) -> Answer:
    """Book, or raise Refused with every reason and what would work instead; that refusal's receipt is kept.

    Cost: some ten queries for a single booking, a bounded number for a series whatever its length. Safe when raced:
    the verdict that counts is given under the write lock, from facts read after it was taken, or from earlier ones
    that still are what would be read.
    """
    try:
        return past_holds(lambda: _booked(request, booker, now, key, answer_to_keep), booker, now)
    except Refused as refused:
        refused.receipt = keep_refusal(refused.decisions, booker, now)
        raise


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was judged before the lock was had, for whom, and at which revisions of house and bookings. Nothing in it is
    older than these, its booker included."""

    at: tuple[int, int]
    booker: Person
    house: House
    occasions: tuple[Occasion, ...]

    def still_holds(self) -> bool:
        """Whether nothing was written since, be it of somebody's roles: what would be read now is what it was judged
        on. Ask under the lock."""
        return revisions_at_lock() == self.at == (self.house.revision, self.at[1])


def _booked(request: BookingRequest, booker: Person, now: datetime, key: Key | None, answer_to_keep: ToKeep) -> Answer:
    house, at = the_house(), revisions()  # before anything else is read: what changes after that is judged again
    kept = answered_before(key, now)
    if kept is not None:
        return Answer(kept=kept)
    booker = as_known_now(booker, "book")
    wanted = wish_of(request, booker, house)
    try:
        occasions = _judged(request, wanted, house, now)  # most refusals end here, before anyone waits for the lock
    except Refused:
        kept = answered_before(key, now)  # what stands in the way may be this very request, sent twice at once
        if kept is None:
            raise
        return Answer(kept=kept)
    for space in {each.wanted.space for each in occasions if each.accepted}:
        rulebook_id(house.revision, house.spaces[space].id)  # remembered: nobody waits for it under the lock
    try:
        return _book_under_lock(request, Snapshot(at, booker, house, occasions), now, key, answer_to_keep)
    except Refused as refused:
        if refused.alternatives or request.recurrence:
            raise
        raise Refused(refused.refusals, alternatives_to(wanted, house, now), refused.decisions) from None


def _judged(
    request: BookingRequest,
    wanted: Wanted,
    house: House,
    now: datetime,
    *,
    with_alternatives: bool = True,
    before: Sequence[Occasion] = (),
) -> tuple[Occasion, ...]:
    """The verdict on each date; raises Refused, with alternatives, where nothing may be booked. `before`: as
    judge_dates() takes it."""
    if request.recurrence:
        return judge_dates(request, wanted, house, now, with_alternatives=with_alternatives, before=before)
    occasion = decide(wanted, facts_of(wanted, house, now), now, request.override)
    if not occasion.accepted:
        raise Refused(occasion.refusals, alternatives_to(wanted, house, now) if with_alternatives else (), (occasion,))
    return (occasion,)


@writes
def _book_under_lock(
    request: BookingRequest, before: Snapshot, now: datetime, key: Key | None, answer_to_keep: ToKeep
) -> Answer:
    """`before`: what was judged without the lock. That stands where nothing was written since; else all is judged
    again. What it offered in place of a refused date stands either way: nobody seeks that while others wait."""
    kept = answered_before(key, now)
    if kept is not None:
        return Answer(kept=kept)
    booker, house, occasions = before.booker, before.house, before.occasions
    if not before.still_holds():
        booker, house = as_known_now(booker, "book"), the_house()
        wanted = wish_of(request, booker, house)
        occasions = _judged(request, wanted, house, now, with_alternatives=False, before=occasions)
    instead = {each.start: each.alternatives for each in before.occasions}
    series = _new_series(request, house, now) if request.recurrence else None
    accepted = [each for each in occasions if each.accepted]
    bookings = write_down(
        request,
        accepted,
        house,
        By(booker, now),
        series,
        facts={
            "overridden": sorted(request.override.rules) if request.override else [],
            "override_reason": request.override.reason if request.override else None,
        },
    )
    answer = Answer(
        bookings,
        series.uid if series else None,
        tuple(replace(each, alternatives=instead.get(each.start, ())) for each in occasions if not each.accepted),
    )
    if key:
        keep_answer(key, [each.id for each in bookings], answer_to_keep(answer) if answer_to_keep else {}, now)
    return answer


def write_down(
    request: BookingRequest,
    accepted: Sequence[Occasion],
    house: House,
    by: By,
    series: Series | None = None,
    *,
    facts: Mapping,
    **beside: Any,  # as add_bookings() takes it
) -> tuple[Booked, ...]:
    """What was accepted, as bookings, with a receipt, an entry and mail for each. Call within a write transaction.
    `facts`: what the log says beside the usual; `beside`: as add_bookings()."""
    made = add_bookings(request, accepted, house, by.now, series, **beside)
    return make_known(made, accepted, request.channel, house, by, facts=facts)


def make_known(
    made: Sequence[Booked], accepted: Sequence[Occasion], channel: str, house: House, by: By, *, facts: Mapping
) -> tuple[Booked, ...]:
    """The same bookings in order of start, with a receipt, an entry and mail for each. One mail for all of them."""
    keep_receipts("accepted", zip([each.id for each in made], accepted, strict=True), house, *by)
    bookings = tuple(sorted(made, key=lambda each: (each.during.start, each.id)))
    said = {
        str(each.id): {
            "space": each.space,
            "status": each.status,
            "channel": channel,
            "start": each.during.start.isoformat(),
            "end": each.during.end.isoformat(),
            **facts,
        }
        for each in bookings
    }
    record_each("book", "booking", said, *by)
    wanted = accepted[0].wanted
    organiser = organiser_of(bookings[0], {wanted.organiser.username: wanted.organiser}, house)  # as far as it is kept
    tell("booked", bookings, (organiser, by.person), house, by.now)
    ask_for_approval(bookings, house, by.now)
    return bookings


def _new_series(request: BookingRequest, house: House, now: datetime) -> Series:
    first = requested_dates(request, house)[0][0]
    series = Series(
        uid=str(uuid.uuid4()),
        rule=request.recurrence,
        starts_at=first.start,
        ends_at=first.end,
        space_id=house.spaces[request.space].id,
        created_at=now,
    )
    db.session.add(series)
    db.session.flush()
    return series

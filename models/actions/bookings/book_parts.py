"""Several bookings as one: a visit with two or three services, rooms side by side. All of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from models.actions.bookings.book import Answer, ToKeep, make_known
from models.actions.bookings.booking_row import add_bookings, keeps_no_name, planned
from models.actions.bookings.hold import past_holds
from models.actions.bookings.idempotency import Key, answered_before, keep_answer
from models.actions.bookings.keep_receipt import keep_refusal
from models.actions.bookings.may_change import as_known_now
from models.actions.bookings.wish import decide, wish_of
from models.queries.alternatives import alternatives_to
from models.queries.house import the_house
from models.queries.taken import facts_about
from models.rules.bookings.fields import FOR_WHOM, Booked, BookingRequest
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Wanted
from models.rules.people.handles import new_handle
from models.rules.people.person import By, Person
from models.rules.people.rights import holds
from models.rules.people.visitor_code import new_visitor_code
from models.rules.refusals import BadRequest, NotAllowed, Refused, SeriesRefused
from models.rules.times.interval import Interval
from models.tables.transaction import writes

MOST_PARTS, MOST_WITH_ALTERNATIVES = 200, 5
Apart = tuple[str | None, str, str]


def check_parts(requests: Sequence[BookingRequest], booker: Person, now: datetime) -> Answer:
    """What book_parts() would answer now, writing nothing. Raises what it would raise."""
    if not holds(booker, "book"):
        raise NotAllowed("book")
    house = the_house()
    occasions = _with_alternatives(lambda: _judged(requests, booker, house, now), house, now)
    plans = zip(requests, occasions, strict=True)
    return Answer(tuple(planned(request, each, house, now) for request, each in plans))


def book_parts(
    requests: Sequence[BookingRequest],
    booker: Person,
    now: datetime,
    *,
    key: Key | None = None,
    answer_to_keep: ToKeep = None,
) -> Answer:
    """Book all of them, or raise SeriesRefused with whatever stands in the way of any: that refusal's receipt is kept.

    Each is judged with those before it in their places. One transaction, one mail for all that are somebody's, one code
    for the visitor. Where two of them are at one time, they are for two visitors, each with a code.
    """
    try:
        return past_holds(lambda: _booked(requests, booker, now, key, answer_to_keep), booker, now)
    except Refused as refused:
        refused.receipt = keep_refusal(refused.decisions, booker, now)
        raise


def _booked(
    requests: Sequence[BookingRequest], booker: Person, now: datetime, key: Key | None, answer_to_keep: ToKeep
) -> Answer:
    house, kept = the_house(), answered_before(key, now)
    if kept is not None:
        return Answer(kept=kept)
    booker = as_known_now(booker, "book")
    _with_alternatives(lambda: _judged(requests, booker, house, now), house, now)  # most end here, without the lock
    return _book_under_lock(requests, booker, now, key, answer_to_keep)


@writes
def _book_under_lock(
    requests: Sequence[BookingRequest], booker: Person, now: datetime, key: Key | None, answer_to_keep: ToKeep
) -> Answer:
    kept = answered_before(key, now)
    if kept is not None:
        return Answer(kept=kept)
    booker, house = as_known_now(booker, "book"), the_house()
    occasions = _judged(requests, booker, house, now)
    group, made = new_handle(), list[Booked]()
    for request, each, code in zip(requests, occasions, _codes(requests, occasions, house, now), strict=True):
        made += add_bookings(request, [each], house, now, group=group, visitor_code=code)
    bookings = make_known(made, occasions, requests[0].channel, house, By(booker, now), facts={"group": group})
    answer = Answer(bookings)
    if key:
        keep_answer(key, [each.id for each in bookings], answer_to_keep(answer) if answer_to_keep else {}, now)
    return answer


def _judged(requests: Sequence[BookingRequest], booker: Person, house: House, now: datetime) -> list[Occasion]:
    """The verdict on each, with those before it in their places; raises SeriesRefused with all that are refused. A
    bounded number of queries for each kind of space, building and service among them."""
    wishes = [_wish_of(nth, each, booker, house) for nth, each in enumerate(requests)]
    windows, known, occasions = [each.during for each in wishes], dict[Apart, Facts](), list[Occasion]()
    for wanted in wishes:
        if (apart := _apart(wanted, house)) not in known:
            known[apart] = facts_about(wanted, house, now, windows)
    for nth, (request, wanted) in enumerate(zip(requests, wishes, strict=True), start=1):
        occasion = decide(wanted, known[_apart(wanted, house)], now, request.override)
        occasions.append(occasion)
        if occasion.accepted:
            taken, held = occasion.granted(-nth)
            known = {each: facts.with_taken(taken).also_holding(held) for each, facts in known.items()}
    refused = [each for each in occasions if not each.accepted]
    if refused:
        raise SeriesRefused(refused)
    return occasions


def _wish_of(nth: int, request: BookingRequest, booker: Person, house: House) -> Wanted:
    """What is wrong with a part is said at its own field; what is said once for all of them stands beside the parts."""
    try:
        return wish_of(request, booker, house)
    except BadRequest as bad:
        raise (bad if bad.field.partition(".")[0] in FOR_WHOM else bad.at(f"parts.{nth}.{bad.field}")) from None


def _apart(wanted: Wanted, house: House) -> Apart:
    """Of what facts must be known apart."""
    space = house.spaces[wanted.space]
    return wanted.service.code if wanted.service else None, space.building, space.kind


def _with_alternatives(judge: Callable[[], list[Occasion]], house: House, now: datetime) -> list[Occasion]:
    """What was judged, or SeriesRefused with what could be had in place of some. No lock is held meanwhile."""
    try:
        return judge()
    except SeriesRefused as refused:
        first, others = refused.dates[:MOST_WITH_ALTERNATIVES], refused.dates[MOST_WITH_ALTERNATIVES:]
        found = [replace(each, alternatives=alternatives_to(each.wanted, house, now)) for each in first]
        raise SeriesRefused((*found, *others)) from None


def _codes(
    requests: Sequence[BookingRequest], occasions: Sequence[Occasion], house: House, now: datetime
) -> Iterator[str | None]:
    """The visitor's code on each, where a code stands for a name in any of them."""
    plans = [planned(request, each, house, now) for request, each in zip(requests, occasions, strict=True)]
    if not any(keeps_no_name(each, house) for each in plans):
        yield from [None] * len(plans)
        return
    visitors: dict[str, list[Interval]] = {}
    for plan in plans:
        free = (code for code, times in visitors.items() if not any(map(plan.during.overlaps, times)))
        code = next(free, None) or new_visitor_code()
        visitors.setdefault(code, []).append(plan.during)
        yield code

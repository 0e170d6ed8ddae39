"""A talk for somebody who stands here: in the first of some spaces that can be had, whoever takes another meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.actions.bookings.book import Answer, write_down
from models.actions.bookings.booking_row import add_bookings
from models.actions.bookings.hold import HELD_FOR, end_holds, let_go, past_holds
from models.actions.bookings.idempotency import Key, answered_before, keep_answer
from models.actions.bookings.keep_receipt import keep_refusal
from models.actions.bookings.may_change import as_known_now
from models.actions.bookings.wish import decide, wish_of
from models.queries.holds import has_just_booked, hold_of
from models.queries.house import the_house
from models.queries.near import facts_near
from models.queries.soonest import soonest_talks
from models.rules.bookings.fields import Booked, BookingRequest
from models.rules.finding.free import may_be_left
from models.rules.finding.occasion import Occasion
from models.rules.finding.soonest import talk_now
from models.rules.house.house import House
from models.rules.people.person import By, Person
from models.rules.refusals import Refused
from models.rules.times.interval import Interval, civil_date
from models.tables.transaction import writes


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody comes for: `asked` in whichever of `spaces` (codes of one building, the best first) is free, for so
    many minutes from now on. Space and time of `asked` are those of the first."""

    asked: BookingRequest
    spaces: tuple[str, ...]
    minutes: int


def book_first(visit: Visit, booker: Person, now: datetime, *, key: Key | None = None) -> Answer:
    """Book the first that is accepted; else raise Refused with what stands in the way of the nearest, and the soonest
    that can be had, over all of them. That refusal's receipt is kept.

    All are judged once without the lock and once under it, however many somebody else takes in the same second. What
    the booker holds makes way for it, and is the first that is tried.
    """
    try:
        return past_holds(lambda: _booked_first(visit, booker, now, key), booker, now)
    except Refused as refused:
        refused.receipt = keep_refusal(refused.decisions, booker, now)
        raise


def hold_first(visit: Visit, booker: Person, now: datetime) -> Booked | None:
    """Keep the first that could be had for a moment, in place of what this person held before; None where there is
    none. Nobody is told, nothing is logged: it is a place that is taken, and for its owner alone anything more."""
    try:
        return past_holds(lambda: _held_first(visit, as_known_now(booker, "book"), now), booker, now)
    except Refused:
        end_holds(now, booker)  # it was for what they no longer ask
        return None


@writes
def _held_first(visit: Visit, booker: Person, now: datetime) -> Booked | None:
    """Whoever pressed Enter meanwhile has their booth: what was asked for while they typed may come after that."""
    house, held = the_house(), hold_of(booker, now)
    if has_just_booked(booker, now):
        return None
    let_go([held.id] if held else [])
    nearest = _nearest(_decided(visit, booker, house, now, held))
    if not nearest.accepted:
        raise Refused(nearest.refusals)
    wanted = nearest.wanted
    request = replace(
        visit.asked,
        space=wanted.space,
        start=wanted.during.start,
        end=wanted.during.end,
        service=None,  # whoever coordinates it would read of it
        privacy="busy",
    )
    nearest = replace(nearest, wanted=replace(wanted, service=None), verdict=replace(nearest.verdict, warnings=()))
    [made] = add_bookings(request, [nearest], house, now, status="pending", hold="typing", hold_until=now + HELD_FOR)
    return made


def _booked_first(visit: Visit, booker: Person, now: datetime, key: Key | None) -> Answer:
    kept = answered_before(key, now)
    if kept is not None:
        return Answer(kept=kept)
    booker, house = as_known_now(booker, "book"), the_house()
    nearest = _nearest(_decided(visit, booker, house, now, hold_of(booker, now)))
    if nearest.accepted:
        answer = _book_under_lock(visit, booker, now, key)
        if isinstance(answer, Answer):
            return answer
        nearest = answer
    kept = answered_before(key, now)  # what stands in the way may be this very form, sent twice at once
    if kept is not None:
        return Answer(kept=kept)
    spaces = [house.spaces[code] for code in visit.spaces]
    instead = soonest_talks(nearest.wanted, visit.minutes, spaces, house, now)
    raise Refused(nearest.refusals, instead, (nearest,))


@writes
def _book_under_lock(visit: Visit, booker: Person, now: datetime, key: Key | None) -> Answer | Occasion:
    """What was booked, or the nearest that is refused by now."""
    kept = answered_before(key, now)
    if kept is not None:
        return Answer(kept=kept)
    booker, house = as_known_now(booker, "book"), the_house()
    held = hold_of(booker, now)
    let_go([held.id] if held else [])
    nearest = _nearest(_decided(visit, booker, house, now, held))
    if not nearest.accepted:
        return nearest
    wanted = nearest.wanted
    request = replace(visit.asked, space=wanted.space, start=wanted.during.start, end=wanted.during.end)
    answer = Answer(write_down(request, [nearest], house, By(booker, now), facts={}))
    if key:
        keep_answer(key, [each.id for each in answer.bookings], {}, now)
    return answer


def _nearest(decided: Sequence[Occasion]) -> Occasion:
    """The one that is accepted, else that of which the least is refused."""
    return min(decided, key=lambda each: len(each.refusals))


def _decided(visit: Visit, booker: Person, house: House, now: datetime, held: Booked | None) -> list[Occasion]:
    """The verdict on each that nobody visibly holds, or where there is none on all of them, up to the first that is
    accepted. Two queries, and one for who is about that day."""
    wanted, today = wish_of(visit.asked, booker, house), civil_date(now, house.zone)
    spaces = sorted(visit.spaces, key=lambda code: held is None or code != held.space)  # the others stay in order
    policies = {code: house.policy(code, today) for code in spaces if code in house.spaces}
    wishes = {code: talk_now(visit.minutes, each.slot_minutes, now, house.zone) for code, each in policies.items()}
    within = Interval(min(each.start for each in wishes.values()), max(each.end for each in wishes.values()))
    facts = facts_near(
        house,
        list(wishes),
        within,
        wanted.organiser,
        now,
        service=wanted.service,
        without=held.id if held else None,
    )
    decided = []
    for code in [each for each in wishes if may_be_left(wishes[each], policies[each], facts)] or wishes:
        decided.append(decide(replace(wanted, space=code, during=wishes[code]), facts, now))
        if decided[-1].accepted:
            break
    return decided

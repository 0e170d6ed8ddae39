"""Move, change or hand on a booking, or dates of its series, by the same rules as a new one: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete

from models.actions.bookings.ask_approval import ask_for_approval
from models.actions.bookings.booking_row import NOT_KEPT, ask_roles, planned, rewrite_booking
from models.actions.bookings.follow_move import follow_move
from models.actions.bookings.hold import past_holds
from models.actions.bookings.keep_receipt import keep_receipts
from models.actions.bookings.may_change import booking_to_change, dates_in_scope
from models.actions.bookings.tell_change import tell_of_change
from models.actions.bookings.wish import (
    asked_for,
    check_caller,
    check_service,
    decide,
    people_named,
    requested_time,
)
from models.actions.record import check_as_seen, record
from models.queries.alternatives import alternatives_to
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.one_wish import facts_of
from models.queries.taken import facts_about
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import ASKED, FOR_WHOM, PEOPLE_ASKED, Booked, BookingRequest
from models.rules.finding.occasion import Occasion
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import Verdict
from models.rules.judging.rejudging import asks_it_alone
from models.rules.people.callers import organiser_of
from models.rules.people.discretion import Viewer
from models.rules.people.person import By, Person
from models.rules.people.rights import may_book_for
from models.rules.refusals import BadRequest, IsKept, NotAllowed, Refused, SeriesRefused, refusal
from models.rules.times.interval import Interval, LocalTimeMissing, civil_date, wall_to_utc
from models.tables.booking import Approval
from models.tables.db import db
from models.tables.transaction import writes

CHANGEABLE = frozenset({"override", *(each.name for each in ASKED if each.changed)})
NOT_JUDGED = frozenset(each.name for each in ASKED if not each.judged)
_STANDING = [each for each in ASKED if each.stands]

T = TypeVar("T")
Apart = tuple[int, str | None, str]
Changes = Mapping[str, Any]  # by field, each value of that field's own type


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants otherwise of a booking. `changes`: only that; `scope`: how far in its series; `version`: the
    one its editor saw."""

    booking_id: int
    changes: Changes
    person: Person
    now: datetime
    scope: str = "this"
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One booking as it stands and as it is to be."""

    standing: Booked
    request: BookingRequest
    wanted: Wanted

    @property
    def is_handed_on(self) -> bool:
        return self.request.whose != self.standing.whose


@dataclass(frozen=True, slots=True)
class _Written:
    """What became of a wish: each booking as it stood and as it is, who is named there, and which ask for approval."""

    wish: Wish
    changed: list[tuple[Booked, Booked]]
    people: Mapping[str, Person]
    asking: frozenset[int]


def change(
    booking_id: int,
    changes: Changes,
    person: Person,
    now: datetime,
    *,
    scope: str = "this",
    version: int | None = None,
) -> Booked:
    """The booking as changed. A new start or end moves every date in scope by the same wall time; `on_behalf_of` or
    `caller` hands all of them on. Raises Refused with what would work instead."""
    wish = Wish(booking_id, changes, person, now, scope, version)
    return past_holds(lambda: _or_what_would_work(wish, lambda: _change(wish)), person, now)


def check_change(
    booking_id: int, changes: Changes, person: Person, now: datetime, scope: str = "this"
) -> list[Verdict]:
    """The verdict on each date that would change; or raise what change() would raise. Writes nothing."""
    wish = Wish(booking_id, changes, person, now, scope)
    decided = _or_what_would_work(wish, lambda: _decided(wish, the_house())[0])
    return [occasion.verdict for _move, occasion in decided if occasion.facts]


def _or_what_would_work(wish: Wish, work: Callable[[], T]) -> T:
    """Refused, with what would be accepted instead: sought once no lock is held."""
    unknown = sorted(set(wish.changes) - CHANGEABLE)
    if unknown:
        raise BadRequest(unknown[0], "not_changeable")
    try:
        return work()
    except (SeriesRefused, IsKept):
        raise
    except Refused as refused:
        found = [alternatives_to(each.wanted, the_house(), wish.now) for each in refused.decisions]
        raise Refused(refused.refusals, *found) from None


@writes
def change_together(wishes: Iterable[Wish]) -> None:
    """Several bookings, each as its wish says, all or none: each person concerned gets one mail about all of theirs.
    Raises what change() would raise of the first that cannot be, without what would work instead."""
    written = [_written(wish, the_house()) for wish in wishes]
    if written:
        people = {name: person for each in written for name, person in each.people.items()}
        _tell(written, people, written[0].wish.now)


@writes
def _change(wish: Wish) -> Booked:
    written = _written(wish, the_house())
    _tell([written], written.people, wish.now)
    return next(changed for _standing, changed in written.changed if changed.id == wish.booking_id)


def _tell(written: Sequence[_Written], people: Mapping[str, Person], now: datetime) -> None:
    house = the_house()
    tell_of_change([pair for each in written for pair in each.changed], people, house, now)
    ask_for_approval(
        [changed for each in written for _standing, changed in each.changed if changed.id in each.asking], house, now
    )


def _written(wish: Wish, house: House) -> _Written:
    now = wish.now
    decided, people = _decided(wish, house)
    asking = set()
    for move, occasion in _in_safe_order(decided):
        standing, request = move.standing, move.request
        plan = _rewritten(move, occasion, people, house, now)
        follow_move(standing, plan, house, By(wish.person, now))
        if plan.awaited_roles:
            asking.add(standing.id)
        whose = [_account(organiser_of(standing, people, house)), _account(move.wanted.organiser)]
        record(
            "change",
            "booking",
            standing.id,
            wish.person,
            now,
            changed=sorted(wish.changes),
            space=request.space,
            start=request.start.isoformat(),
            end=request.end.isoformat(),
            **{"handed_on": whose} if move.is_handed_on else {},
        )
    keep_receipts(
        "changed", [(move.standing.id, each) for move, each in decided if each.facts], house, wish.person, now
    )
    changed = {each.id: each for each in bookings_by_id([move.standing.id for move, _occasion in decided])}
    return _Written(
        wish, [(move.standing, changed[move.standing.id]) for move, _occasion in decided], people, frozenset(asking)
    )


def _decided(wish: Wish, house: House) -> tuple[list[tuple[Move, Occasion]], dict[str, Person]]:
    """What is to be of each date, with what was decided on it, and everybody whom they name, by username."""
    booking = booking_to_change(wish.booking_id, By(wish.person, wish.now), house)
    check_as_seen(booking.version, wish.version)
    if wish.scope == "group" and "space" in wish.changes:
        raise BadRequest("space", "a_space_each")
    dates = _open_dates(booking, wish, house)
    check_caller(wish.changes, house)
    requests = _requests(dates, booking, wish.changes, house)
    both = list(zip(dates, requests, strict=True))
    _check_may_hand_on([standing for standing, request in both if request.whose != standing.whose], wish, house)
    parties = {name for each in dates for name in (each.organiser, each.booked_by) if name}
    people = people_named(requests, wish.person, beside=parties, fields=wish.changes.keys() & {*PEOPLE_ASKED})
    check_service(wish.changes.get("service"), wish.person, house)
    moves = [
        Move(
            standing,
            request,
            asked_for(
                request,
                wish.person,
                people,
                house,
                organiser=None if request.whose else organiser_of(standing, people, house),
                replaces=standing.id,
                start_changes=request.start != standing.during.start,
            ),
        )
        for standing, request in both
    ]
    if any(move.is_handed_on and not may_book_for(wish.person, move.wanted.organiser, house) for move in moves):
        raise NotAllowed("book_for_outsiders")
    return list(zip(moves, _judged(moves, wish, house), strict=True)), people


def _check_may_hand_on(dates: Iterable[Booked], wish: Wish, house: House) -> None:
    """Whoever may change a booking may leave it for whom it is. Only its party hands it on: anybody else would give,
    or take for themself, what they may not read. Somebody who has checked in is there, and nobody else in their place.
    """
    viewer = Viewer.of(wish.person, house)
    for each in dates:
        if not viewer.is_party_to(each):
            raise NotAllowed("book_for_outsiders")
        if each.status == "checked_in":
            raise Refused([refusal("wrong_status", actual=each.status)])


def _open_dates(booking: Booked, wish: Wish, house: House) -> list[Booked]:
    """What can still be changed: a booking that holds its place and is not over. This one must be among them."""
    is_open = {
        each.id: each
        for each in dates_in_scope(booking, wish.scope, wish.person, house)
        if each.status in HOLDS_PLACE and each.during.end > wish.now and not each.hold
    }
    if booking.id not in is_open:
        raise Refused([refusal("wrong_status", actual=booking.status)])
    return list(is_open.values())


def _requests(dates: Iterable[Booked], pivot: Booked, changes: Changes, house: House) -> list[BookingRequest]:
    """The others move in wall time as far as the one that was looked at."""
    target, requests = requested_time(_request(pivot, changes, house)), []
    for each in dates:
        during = target if each.id == pivot.id else _shifted(each.during, pivot.during, target, house)
        requests.append(_request(each, {**changes, "start": during.start, "end": during.end}, house))
    return requests


def _request(booking: Booked, changes: Changes, house: House) -> BookingRequest:
    """As if it were asked anew: what stands, and what is to be otherwise. What is taken away the house decides."""
    asked: dict[str, Any] = {each.name: each.of(booking) for each in _STANDING}  # as of Changes
    if not changes.keys().isdisjoint(FOR_WHOM):
        asked |= dict.fromkeys(FOR_WHOM)
    asked |= {"exclusive": asks_it_alone(booking, house), **changes}
    if "space" in changes and "layout" not in changes and asked["space"] in house.spaces:
        offered = house.policy(asked["space"], civil_date(asked["start"], house.zone)).capacities
        if booking.layout not in offered:
            del asked["layout"]
    return BookingRequest(**{name: value for name, value in asked.items() if value is not None})


def _shifted(during: Interval, old: Interval, new: Interval, house: House) -> Interval:
    """Another date of the series moved by the same wall-clock difference, with the same wall-clock length."""

    def wall(instant: datetime) -> datetime:
        return instant.astimezone(house.zone).replace(tzinfo=None)

    try:
        return Interval(
            wall_to_utc(wall(during.start) + (wall(new.start) - wall(old.start)), house.zone),
            wall_to_utc(wall(during.end) + (wall(new.end) - wall(old.end)), house.zone),
        )
    except LocalTimeMissing:
        raise Refused([refusal("local_time_missing")]) from None


def _judged(moves: Sequence[Move], wish: Wish, house: House) -> list[Occasion]:
    """A decision on each, as it stands where nothing that is judged changes. Moved dates do not stand in each other's
    way at their old places."""
    if wish.changes.keys() <= NOT_JUDGED:
        return [_as_it_stands(move) for move in moves]
    known = _known(moves, wish.now, house)
    occasions = []
    for move in moves:
        occasion = decide(move.wanted, known[_apart(move, house)], wish.now, wish.changes.get("override"))
        occasions.append(occasion)
        if occasion.accepted and len(moves) > 1:
            taken, held = occasion.granted(-move.standing.id)
            known = {each: facts.with_taken(taken).also_holding(held) for each, facts in known.items()}
    refused = tuple(each for each in occasions if not each.accepted)
    if refused and len(moves) > 1:
        raise SeriesRefused(refused)
    if refused:
        raise Refused(refused[0].refusals, decisions=refused)
    return occasions


def _known(moves: Sequence[Move], now: datetime, house: House) -> dict[Apart, Facts]:
    """What each is judged by. Of one booking that is what is around it; only where several leave their places to each
    other must all be known of their buildings."""
    apart = {_apart(move, house): move.wanted for move in moves}  # nearly always one
    if len(moves) == 1:
        return {each: facts_of(wanted, house, now) for each, wanted in apart.items()}
    windows, leaving = [move.wanted.during for move in moves], {move.standing.id for move in moves}
    return {each: facts_about(wanted, house, now, windows).without(leaving) for each, wanted in apart.items()}


def _apart(move: Move, house: House) -> Apart:
    """Of what facts must be known apart: one date of a series may be somebody else's, or in another building."""
    return move.wanted.organiser.id, move.request.service, house.spaces[move.wanted.space].building


def _as_it_stands(move: Move) -> Occasion:
    standing = move.standing
    return Occasion(
        move.wanted,
        Verdict(
            standing.during,
            standing.layout,
            standing.persons,
            standing.exclusive,
            (),
            tuple(each for each in standing.warnings if each != NOT_KEPT),
            standing.awaited_roles,
        ),
        None,
    )


def _account(person: Person) -> int | None:
    """As the log names somebody."""
    return person.id if person.has_account else None


def _in_safe_order(decided: Iterable[tuple[Move, Occasion]]) -> list[tuple[Move, Occasion]]:
    """The guard looks at each row as it is written: dates that move later go last first, so that none is written where
    the next of its series still stands."""
    decided = sorted(decided, key=lambda each: each[0].standing.during.start)
    first, _occasion = decided[0]
    return decided[::-1] if first.wanted.during.start > first.standing.during.start else decided


def _rewritten(move: Move, occasion: Occasion, people: Mapping[str, Person], house: House, now: datetime) -> Booked:
    """As it is from now on: it asks for approval, for the first time or again, unless what was approved covers it."""
    standing = move.standing
    plan = planned(move.request, occasion, house, now, standing=standing)
    if occasion.facts is None or _covers(standing, plan):
        plan = plan._replace(status=standing.status, hold_until=standing.hold_until, awaited_roles=frozenset())
    else:
        db.session.execute(delete(Approval).where(Approval.booking_id == plan.id))
    rewrite_booking(plan, occasion, people, house)
    ask_roles({plan.id: plan.awaited_roles})
    return plan


def _covers(standing: Booked, plan: Booked) -> bool:
    """Same party, space, layout and use, within the same time, for no more people."""
    same = ("whose", "space", "layout", "exclusive")
    return (
        all(getattr(standing, name) == getattr(plan, name) for name in same)
        and standing.during.covers(plan.during)
        and plan.persons <= standing.persons
    )

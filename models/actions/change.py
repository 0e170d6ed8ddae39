"""Move or change a booking, or the dates of its series, by the same rules as a new one: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete

from models.actions.ask_approval import ask_for_approval
from models.actions.booking_row import guarded
from models.actions.keep_receipt import keep_receipts
from models.actions.may_change import booking_to_change, dates_in_scope
from models.actions.record import record, tell
from models.actions.series import Date, as_taken
from models.actions.wish import Named, decide, people_named, requested_time, wish_of
from models.queries.alternatives import alternatives_to
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.people import people_by_username
from models.queries.taken import facts_for
from models.rules.attendance import HOLDS_PLACE
from models.rules.discretion import Booked
from models.rules.facts import Wanted
from models.rules.fields import BookingRequest
from models.rules.holding import hold_until
from models.rules.house import House
from models.rules.interval import Interval, LocalTimeMissing, civil_date, wall_to_utc
from models.rules.judging import Verdict
from models.rules.person import Person
from models.rules.policy import SpacePolicy
from models.rules.receipt import Decided
from models.rules.refusals import BadRequest, Refused, SeriesRefused, refusal
from models.rules.visitor_code import new_visitor_code
from models.tables.booking import Approval, Booking
from models.tables.db import db
from models.tables.transaction import retried, write_transaction

CHANGEABLE = frozenset({"space", "start", "end", "attendees", "title", "layout", "service", "privacy", "exclusive",
                        "visitors", "wheelchair", "equipment", "evacuation_buddy", "key_holder", "note", "override"})
NOT_JUDGED = frozenset({"title", "privacy", "note"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Move:
    """One booking as it stands and as it is to be."""

    old: Booked
    request: BookingRequest
    wanted: Wanted


def change(booking_id: int, changes: Mapping[str, object], person: Person, now: datetime, *, scope: str = "this",
           version: int | None = None) -> Booked:
    """The booking as changed. `changes` holds only what is to be otherwise; a new start or end moves every date in
    scope by the same wall time. Raises Refused with what would work instead. `version`: the one its editor saw."""
    return _or_what_would_work(
        lambda: retried(lambda: _change(booking_id, changes, person, now, scope, version)),
        booking_id, changes, person, now)


def check_change(booking_id: int, changes: Mapping[str, object], person: Person, now: datetime,
                 scope: str = "this") -> list[Verdict]:
    """The verdict on each date that would change; or raise what change() would raise. Writes nothing."""
    def judged() -> list[Decided | None]:
        house = the_house()
        booking = booking_to_change(booking_id, person, house)
        return _judged(_moves(_open_dates(booking, scope, now), booking, changes, person, house), changes, house, now)

    decisions = _or_what_would_work(judged, booking_id, changes, person, now)
    return [decided.verdict for decided in decisions if decided]


def _or_what_would_work(work: Callable[[], T], booking_id: int, changes: Mapping[str, object], person: Person,
                        now: datetime) -> T:
    """Refused, with what would be accepted instead: sought once no lock is held."""
    unknown = sorted(set(changes) - CHANGEABLE)
    if unknown:
        raise BadRequest(unknown[0], "not_changeable")
    try:
        return work()
    except SeriesRefused:
        raise
    except Refused as refused:
        house = the_house()
        booking = booking_to_change(booking_id, person, house)
        wanted = _moves([booking], booking, changes, person, house)[0].wanted
        stuck = refused.alternatives or any(each.code in ("wrong_status", "changed_meanwhile")
                                            for each in refused.refusals)
        raise Refused(refused.refusals, () if stuck else alternatives_to(wanted, house, now)) from None


def _change(booking_id, changes, person, now, scope, version) -> Booked:
    with write_transaction():
        house = the_house()
        booking = booking_to_change(booking_id, person, house)
        if version is not None and version != booking.version:
            raise Refused([refusal("changed_meanwhile")])
        moves = _moves(_open_dates(booking, scope, now), booking, changes, person, house)
        decisions = _judged(moves, changes, house, now)
        asking = set()
        for move, decided in _in_safe_order(zip(moves, decisions, strict=True)):
            if _write(move, decided and decided.verdict, house, now):
                asking.add(move.old.id)
            with guarded():
                db.session.flush()
            record("change", "booking", move.old.id, person, now, changed=sorted(changes), space=move.request.space,
                   start=move.request.start.isoformat(), end=move.request.end.isoformat())
        keep_receipts("changed", ((move.old.id, decided) for move, decided in zip(moves, decisions, strict=True)
                                  if decided), house, person, now)
        changed = bookings_by_id([move.old.id for move in moves])
        people = people_by_username({booking.organiser, booking.booked_by})
        tell("changed", changed, people.values(), house, now)
        ask_for_approval((each for each in changed if each.id in asking), house, now)
    return next(each for each in changed if each.id == booking_id)


def _open_dates(booking: Booked, scope: str, now: datetime) -> list[Booked]:
    """What can still be changed: a booking that holds its place and is not over. This one must be among them."""
    is_open = {each.id: each for each in dates_in_scope(booking, scope)
               if each.status in HOLDS_PLACE and each.during.end > now}
    if booking.id not in is_open:
        raise Refused([refusal("wrong_status", actual=booking.status)])
    return list(is_open.values())


def _moves(dates: list[Booked], pivot: Booked, changes: Mapping[str, object], person: Person,
           house: House) -> list[Move]:
    asked = _request(pivot, changes, pivot.during, house)
    target = requested_time(asked)
    named = people_named(replace(asked, on_behalf_of=pivot.organiser), _as_booker(person, pivot))
    moves = []
    for date in dates:
        during = target if date.id == pivot.id else _shifted(date.during, pivot.during, target, house)
        request = _request(date, {**changes, "start": during.start, "end": during.end}, during, house)
        wanted = wish_of(request, person, Named(named.organiser, named.key_holder, named.evacuation_buddy), house,
                         during, replaces=date.id, start_changes=during.start != date.during.start)
        moves.append(Move(date, request, wanted))
    return moves


def _as_booker(person: Person, booking: Booked) -> Person:
    """Whoever may change a booking may leave it for whom it is: that right was judged when it was made."""
    return replace(person, roles=person.roles | {"facility_manager"}, scope="manage")


def _request(booking: Booked, changes: Mapping[str, object], during: Interval, house: House) -> BookingRequest:
    kept = {"space": booking.space, "start": during.start, "end": during.end, "attendees": booking.attendees,
            "title": booking.title, "layout": booking.layout, "service": booking.service, "privacy": booking.privacy,
            "visitors": booking.visitors, "wheelchair": booking.wheelchair, "note": booking.note,
            "equipment": booking.equipment,
            "evacuation_buddy": booking.evacuation_buddy, "key_holder": booking.key_holder,
            "exclusive": bool(booking.exclusive) and not house.spaces[booking.space].exclusive}
    wished = {**kept, **changes}
    if "space" in changes and "layout" not in changes and wished["space"] in house.spaces:
        offered = house.policy(wished["space"], during.start.astimezone(house.zone).date()).capacities
        if booking.layout not in offered:
            wished["layout"] = None
    return BookingRequest(**wished)


def _shifted(date: Interval, old: Interval, new: Interval, house: House) -> Interval:
    """Another date of the series moved by the same wall-clock difference, with the same wall-clock length."""
    def wall(instant: datetime) -> datetime:
        return instant.astimezone(house.zone).replace(tzinfo=None)

    try:
        return Interval(wall_to_utc(wall(date.start) + (wall(new.start) - wall(old.start)), house.zone),
                        wall_to_utc(wall(date.end) + (wall(new.end) - wall(old.end)), house.zone))
    except LocalTimeMissing:
        raise Refused([refusal("local_time_missing")]) from None


def _judged(moves: list[Move], changes: Mapping[str, object], house: House, now: datetime) -> list[Decided | None]:
    """A decision per move, None where nothing that is judged changes. Moved dates do not stand in each other's way at
    their old places."""
    if set(changes) <= NOT_JUDGED:
        return [None] * len(moves)
    building = house.spaces[moves[0].wanted.space].building
    leaving = {move.old.id for move in moves}
    first = moves[0].wanted
    facts = facts_for(house, building, [move.wanted.during for move in moves], first.organiser, now,
                      service=first.service, kinds=(house.spaces[first.space].kind,))
    facts = facts.without(leaving)
    decisions, refused = [], []
    for move in moves:
        decided = decide(move.wanted, facts, now, changes.get("override"))
        decisions.append(decided)
        if not decided.verdict.accepted:
            refused.append(Date(move.wanted.during.start, move.wanted.space, decided))
        elif len(moves) > 1:
            taken, held = as_taken(-move.old.id, move.wanted, decided.verdict, house)
            facts = facts.with_taken(taken).also_holding(held)
    if refused and len(moves) > 1:
        raise SeriesRefused(refused)
    if refused:
        raise Refused(refused[0].refusals)
    return decisions


def _in_safe_order(judged: Iterable[tuple[Move, Decided | None]]) -> list[tuple[Move, Decided | None]]:
    """The guard looks at each row as it is written: dates that move later go last first, so that none is written where
    the next of its series still stands."""
    judged = sorted(judged, key=lambda each: each[0].old.during.start)
    later = judged[0][0].wanted.during.start > judged[0][0].old.during.start
    return judged[::-1] if later else judged


def _write(move: Move, verdict: Verdict | None, house: House, now: datetime) -> bool:
    """Whether it now asks for approval, for the first time or again."""
    row, request = db.session.get(Booking, move.old.id), move.request
    policy = house.policy(request.space, civil_date(move.wanted.during.start, house.zone))
    row.title, row.note, row.privacy = request.title, request.note, request.privacy or policy.privacy_default
    row.sequence, row.version, row.updated_at = row.sequence + 1, row.version + 1, now
    if verdict is None:
        if move.old.service_is_private:
            row.privacy = "busy"
            _keep_no_name(row, policy)
        return False
    row.space_id, row.layout = house.spaces[request.space].id, verdict.layout
    row.starts_at, row.ends_at = verdict.during.start, verdict.during.end
    row.attendees, row.persons, row.exclusive = request.attendees, verdict.persons, verdict.apart
    row.visitors, row.wheelchair = request.visitors, request.wheelchair or 0
    row.equipment = list(request.equipment)
    row.service_id = move.wanted.service.id if move.wanted.service else None
    row.key_holder_id = move.wanted.key_holder.id if move.wanted.key_holder else None
    row.evacuation_buddy_id = move.wanted.evacuation_buddy.id if move.wanted.evacuation_buddy else None
    row.warnings = [asdict(warning) for warning in verdict.warnings]
    if move.wanted.service and move.wanted.service.is_private:
        row.privacy = "busy"
        _keep_no_name(row, policy)
    if _only_shrinks(move, verdict):
        return False
    db.session.execute(delete(Approval).where(Approval.booking_id == row.id))
    db.session.add_all(Approval(booking_id=row.id, role=role) for role in sorted(verdict.approvals))
    if verdict.approvals:
        row.status, row.hold_until = "pending", hold_until(verdict.during, now, house)
    elif row.status == "pending":
        row.status = "confirmed"
    return bool(verdict.approvals)


def _keep_no_name(row: Booking, policy: SpacePolicy) -> None:
    if policy.traits.is_talk:
        row.title, row.note = None, None
        row.visitor_code = row.visitor_code or new_visitor_code()


def _only_shrinks(move: Move, verdict: Verdict) -> bool:
    """What was approved covers it still: same space, layout and use, within the same time, for no more people."""
    old = move.old
    return (old.space == move.request.space and old.layout == verdict.layout and old.during.covers(verdict.during)
            and verdict.persons <= (old.persons or 0) and bool(old.exclusive) == verdict.apart)

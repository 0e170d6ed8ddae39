"""What a plan would do: the bookings in its reach, day by day, in the house as it is and in the one that is to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_, or_, select

from models.queries.bookings import NO_HOLD, bookings_by_id, people_of
from models.queries.taken import facts_for
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.changes.change import Change
from models.rules.changes.spaces import recounted
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Taken
from models.rules.judging.judge import Verdict
from models.rules.judging.rejudging import Scene, judged_again, standing
from models.rules.people.person import By, Person
from models.rules.plans.displaced import (
    Displaced,
    Move,
    displaced_on_a_day,
    hurdles_of,
    settled,
    untouched_but_refused,
    verdict_on,
)
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval, civil_date, civil_day
from models.tables.booking import Booking
from models.tables.db import db

MOST_READ = 5000
MOST_NAMED = 10_000  # spaces in one question

NOTHING: Mapping[int, Taken] = MappingProxyType({})

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Prospect:
    """The house as it is and as it is to be, who plans, and when. `beside`: what a claim puts into it. `within`: the
    spaces that whoever made the plan may change; None: all of them."""

    house: House
    after: House
    by: By
    beside: Mapping[int, Taken] = field(default_factory=dict)
    within: frozenset[str] | None = None

    def touched_by(self, change: Change) -> frozenset[str]:
        spaces = change.spaces(self.house) | change.spaces(self.after)
        return spaces if self.within is None else spaces & self.within


@dataclass(frozen=True, slots=True)
class Reach:
    """The bookings that a change may touch, in order of start; `is_partial`: there are more than one plan looks at."""

    bookings: tuple[Booked, ...]
    people: Mapping[str, Person]
    is_partial: bool


def reach_of(changes: Sequence[Change], ahead: Prospect) -> Reach:
    """The 5,000 soonest at most, in pages of a thousand; with everybody whom they name."""
    ids = list(
        db.session.execute(
            select(Booking.id)
            .where(still_held(ahead.by.now), touched(changes, ahead))
            .order_by(Booking.starts_at, Booking.id)
            .limit(MOST_READ + 1)
        ).scalars()
    )
    bookings = tuple(bookings_by_id(ids[:MOST_READ]))
    return Reach(bookings, people_of(bookings), len(ids) > MOST_READ)


def still_held(now: datetime) -> ColumnElement[bool]:
    """What holds a place, and is not over; nothing that is kept for a moment, which is gone before a plan is there."""
    return and_(Booking.status.in_(HOLDS_PLACE), Booking.ends_at > now, NO_HOLD)


def touched(changes: Sequence[Change], ahead: Prospect) -> ColumnElement[bool]:
    """The bookings that the changes may touch. Many changes at once are taken together as one: what is judged in vain
    costs less than a question that no database can read."""
    reaches = {(ahead.touched_by(change), change.since, change.until, change.organisations) for change in changes}
    if sum(len(spaces) for spaces, *_rest in reaches) > MOST_NAMED:
        lasts = [last for _spaces, _first, last, _organisations in reaches if last is not None]
        reaches = {
            (
                frozenset().union(*(spaces for spaces, *_rest in reaches)),
                min(first for _spaces, first, *_rest in reaches),
                max(lasts) if len(lasts) == len(reaches) else None,
                frozenset(),
            )
        }
    return or_(*(_within(ahead.after, *reach) for reach in reaches))


def _within(
    house: House, spaces: frozenset[str], first: date, last: date | None, organisations: frozenset[str]
) -> ColumnElement[bool]:
    asked = [Booking.ends_at > civil_day(first, house.zone).start]
    if len(spaces) < len(house.spaces):
        asked.append(Booking.space_id.in_([house.spaces[code].id for code in sorted(spaces)]))
    if last is not None:
        asked.append(Booking.starts_at < civil_day(last, house.zone).end)
    if organisations:
        asked.append(Booking.organisation_id.in_([house.organisations[code].id for code in sorted(organisations)]))
    return and_(*asked)


def worked_out(
    changes: Sequence[Change], ahead: Prospect, progress: Progress | None = None
) -> tuple[list[Displaced], bool]:
    """Whom the changes displace, and where each would go; and whether more bookings lie in reach than one plan looks
    at. A query per thousand of them, per 500 people, and per day on which there are such bookings; nothing is locked
    meanwhile."""
    reach = reach_of(changes, ahead)
    displaced: list[Displaced] = []
    placed: dict[int, Taken] = {}
    done, whole = 0, len(reach.bookings)
    for building, day, bookings in by_day(reach.bookings, ahead.house):
        scene = scene_of(ahead, building, [day, *(each.during for each in bookings)], bookings, reach.people, placed)
        found, facts = displaced_on_a_day(recounted(bookings, ahead.after), scene, placed=_told(progress, done, whole))
        displaced += found
        going = {each.booking.id for each in found if each.to.place}
        placed |= {each.id: each for each in facts.taken if each.id in going}
        done += len(bookings)
        _told(progress, done, whole)(0)
    return displaced, reach.is_partial


def _told(progress: Progress | None, done: int, whole: int) -> Callable[[int], None]:
    """Says how far it has come as bookings of a day find a place. `done`: before that day, with all who may stay."""

    def more(number: int) -> None:
        nonlocal done
        done += number
        if progress:
            progress(min(done, whole), whole)

    return more


def by_day(bookings: Iterable[Booked], house: House) -> list[tuple[str, Interval, list[Booked]]]:
    """The building, the civil day, and the bookings that begin there on it; the soonest day first."""
    days: dict[tuple[date, str], list[Booked]] = defaultdict(list)
    for each in bookings:
        days[civil_date(each.during.start, house.zone), house.spaces[each.space].building].append(each)
    return [(building, civil_day(day, house.zone), on_day) for (day, building), on_day in sorted(days.items())]


def scene_of(
    ahead: Prospect,
    building: str,
    windows: Sequence[Interval],
    bookings: Iterable[Booked],
    people: Mapping[str, Person],
    placed: Mapping[int, Taken] = NOTHING,
) -> Scene:
    """All that stands in a building within these times, in the house as it is and in the one that is to be, where those
    in `placed` are elsewhere. One query per hundred windows.

    What was counted by heads a moment ago is no booking: nobody moves for it.
    """
    house, after, (planner, now) = ahead.house, ahead.after, ahead.by
    placed = {**placed, **ahead.beside}
    before = facts_for(house, building, windows, None, now)
    anew = {each.id: standing(each, people, after) for each in recounted(bookings, after)}
    kept = [anew.get(each.id, each) for each in before.taken if each.id not in placed]
    come = [
        each
        for each in placed.values()
        if after.spaces[each.space].building == building and any(window.overlaps(each.during) for window in windows)
    ]
    taken = tuple(sorted((*kept, *come), key=lambda each: (each.during.start, each.id)))
    return Scene(Facts(house, before.taken, before.own), Facts(after, taken, before.own), people, planner, now)


def scene_around(booking: Booked, moves: Iterable[Move], ahead: Prospect, *windows: Interval) -> Scene:
    """For one booking: what stands at its time, and at others, once the other moves of its plan are done."""
    house = ahead.house
    others = [each for each in moves if each.booking.id != booking.id]
    people = people_of([booking, *(each.booking for each in others)])
    days = [civil_day(civil_date(each.start, house.zone), house.zone) for each in (booking.during, *windows)]
    placed = {each.booking.id: settled(each, people, ahead.after) for each in others}
    return scene_of(
        ahead, house.spaces[booking.space].building, [booking.during, *windows, *days], [booking], people, placed
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a plan's moves and of everybody else in its reach, judged once more: the verdict on each move that
    stands and the roles whose word its booking needs where it is now; what keeps others from their new place; whom the
    change displaces beside them."""

    verdicts: dict[int, tuple[Verdict, frozenset[str]]]
    hindered: dict[int, tuple[Refusal, ...]]
    added: dict[int, tuple[Refusal, ...]]


def checked(
    moves: Sequence[Move],
    left: Collection[int],
    others: Iterable[Booked],
    ahead: Prospect,
    progress: Progress | None = None,
) -> Checked:
    """Each move among all the others, and each of `others` once all are done: one query a day, one per 500 people."""
    by_booking = {each.booking.id: each for each in moves}
    everybody = {each.id: each for each in (*(move.booking for move in moves), *others)}
    people = people_of(everybody.values())
    placed = {number: settled(move, people, ahead.after) for number, move in by_booking.items()}
    found, done = Checked({}, {}, {}), 0
    for building, day, bookings in by_day(everybody.values(), ahead.house):
        going = [by_booking[each.id] for each in bookings if each.id in by_booking]
        windows = [day, *(each.during for each in bookings), *(move.during for move in going)]
        scene = scene_of(ahead, building, windows, bookings, people, placed)
        for move in going:
            hurdles = hurdles_of(move, scene)
            if hurdles:
                found.hindered[move.booking.id] = hurdles
            else:
                needed = judged_again(move.booking, scene, scene.before).approvals
                found.verdicts[move.booking.id] = verdict_on(move, scene), needed
        staying = [
            each for each in recounted(bookings, ahead.after) if each.id not in by_booking and each.id not in left
        ]
        found.added.update(untouched_but_refused(staying, left, scene))
        done += len(bookings)
        if progress:
            progress(done, len(everybody))
    return found


def returns(moves: Sequence[Move], ahead: Prospect, progress: Progress | None = None) -> list[Move]:
    """Those that can be made together: a move that is refused is left out, until none is."""
    moves = [each for each in moves if each.booking.status in HOLDS_PLACE and each.booking.during.end > ahead.by.now]
    while moves:
        refused = checked(moves, (), (), ahead, progress).hindered
        if not refused:
            break
        moves = [each for each in moves if each.booking.id not in refused]
    return moves

"""Where displaced bookings go: at the same time, with the least disturbance over all of them, not first come first.

Bookings that compete are assigned to places together, at the least total cost (new_places.py), and each is then judged
among all the others. What judge() will not have is assigned anew among what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.rules.bookings.fields import Booked
from models.rules.finding.free import may_be_left
from models.rules.house.house import House
from models.rules.judging.facts import Facts
from models.rules.judging.judge import Verdict
from models.rules.judging.rejudging import Scene, hindering, judged_again, refusals_before, standing
from models.rules.plans.new_places import Place, Setting, best_first, cost_of_none, possible_places, settings_for
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval

IMPOSSIBLE = 1e9
MOST_SHARING = 6  # columns of a shared space in one assignment
ROUNDS = 12
MOST_TRIED = 40  # places of which judge() is asked for one booking, for the quick look knows most of it
NOT_OF_A_PLACE = ("organisation:", "service:", "person")
COMPARED_WITH_GREED = 60  # groups up to this size are also placed one by one, and the better of both is taken


@dataclass(frozen=True, slots=True)
class Rehoused:
    """Where a booking would go. Without a place: `hurdles` is what keeps it from the `nearest`; none is offered at all
    where that is None."""

    booking: Booked
    place: Place | None = None
    during: Interval | None = None
    hurdles: tuple[Refusal, ...] = ()
    nearest: str | None = None

    @property
    def cost(self) -> float:
        return self.place.cost if self.place else cost_of_none(self.booking)


def rehoused(
    displaced: Sequence[Booked], scene: Scene, facts: Facts, *, placed: Callable[[int], None] = lambda _number: None
) -> tuple[list[Rehoused], Facts]:
    """A place for each, as far as there is one that judge() accepts among all the others; and the facts once they are
    there. `facts`: the house that is to be, without the displaced. `placed` hears how many more are done."""
    found: list[Rehoused] = []
    for group in groups_in_time(displaced, facts.house):
        # 1. All of the group at once, which is best where nobody's place depends on another's.
        best = _by_assignment(group, scene, facts)
        # 2. The matrix knows no head counts, and not that a room takes one after another. Where that may have mattered,
        #    one by one is tried too; only for small groups, for each booking asks judge() of place after place.
        if len(group) <= COMPARED_WITH_GREED and best.is_doubtful:
            greedy = _one_by_one(group, scene, facts)
            best = min(best, greedy, key=lambda each: each.cost)
        # 3. The next group meets these at their new places: of another kind or time, it counts in the same zones.
        facts = best.facts
        found += best.result()
        placed(len(group))
    return found, facts


def groups_in_time(bookings: Iterable[Booked], house: House) -> list[list[Booked]]:
    """Those that compete for the same places: of one kind and building, and overlapping, be it through others."""
    groups: list[list[Booked]] = []
    open_groups: dict[tuple[str, str], list[Booked]] = {}
    until: dict[tuple[str, str], datetime] = {}
    for booking in sorted(bookings, key=lambda each: (each.during.start, each.id)):
        key = (house.spaces[booking.space].building, booking.kind)
        if key not in open_groups or booking.during.start >= until[key]:
            open_groups[key] = []
            groups.append(open_groups[key])
            until[key] = booking.during.end
        open_groups[key].append(booking)
        until[key] = max(until[key], booking.during.end)
    return groups


@dataclass
class _Placing:
    """Bookings of one group on their way to a place."""

    scene: Scene
    facts: Facts
    rows: list[Booked]
    options: dict[int, dict[str, Place]] = field(default_factory=dict)
    said_before: dict[int, tuple[Refusal, ...]] = field(default_factory=dict)
    settled: dict[int, Rehoused] = field(default_factory=dict)
    refused: set[tuple[int, str]] = field(default_factory=set)
    tried: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Booked], scene: Scene, facts: Facts) -> _Placing:
        settings: dict[date, list[Setting]] = {}
        placing = cls(scene, facts, list(rows))
        for booking in rows:
            day = facts.date_of(booking.during)
            if day not in settings:
                settings[day] = settings_for(booking, facts.house)
            placing.options[booking.id] = possible_places(booking, scene, facts.house, settings[day])
            placing.said_before[booking.id] = refusals_before(booking, scene)
        return placing

    @property
    def waiting(self) -> list[Booked]:
        return [
            booking
            for booking in self.rows
            if booking.id not in self.settled and self.tried.get(booking.id, 0) < MOST_TRIED
        ]

    @property
    def is_doubtful(self) -> bool:
        """Whether judge() thought otherwise of the assignment, or it left somebody without a place."""
        stretches = [each.during for each in self.rows]
        return (
            bool(self.refused)
            or len(self.settled) < len(self.rows)
            # Not all at one instant: a room could take one after another, and a column of the matrix takes one.
            or (max(each.start for each in stretches) >= min(each.end for each in stretches))
        )

    @property
    def cost(self) -> float:
        return sum(
            self.settled[booking.id].cost if booking.id in self.settled else cost_of_none(booking)
            for booking in self.rows
        )

    def result(self) -> list[Rehoused]:
        return [self.settled.get(booking.id) or self._without_place(booking) for booking in self.rows]

    def judged(self, booking: Booked, place: Place) -> tuple[Verdict, tuple[Refusal, ...]]:
        verdict = judged_again(booking, self.scene, self.facts, space=place.space, layout=place.layout)
        return verdict, hindering(verdict, self.said_before[booking.id], self.facts)

    def settle(self, booking: Booked, place: Place) -> bool:
        """Put it there, if judge() accepts it among those who are there by now."""
        verdict, hurdles = self.judged(booking, place)
        if hurdles:
            self.refused.add((booking.id, place.space))
            self.tried[booking.id] = self.tried.get(booking.id, 0) + 1
            if any((each.scope or "").startswith(NOT_OF_A_PLACE) for each in hurdles):
                self.tried[booking.id] = MOST_TRIED  # its organisation is closed: so it is everywhere
            return False
        self.settled[booking.id] = Rehoused(booking, place, verdict.during)
        self.facts = self.facts.with_taken(
            standing(booking, self.scene.people, self.facts.house, space=place.space, verdict=verdict)
        )
        return True

    def _without_place(self, booking: Booked) -> Rehoused:
        nearest = min(self.options[booking.id].values(), key=best_first, default=None)
        if nearest is None:
            return Rehoused(booking)
        return Rehoused(booking, hurdles=self.judged(booking, nearest)[1], nearest=nearest.space)


def _by_assignment(rows: Sequence[Booked], scene: Scene, facts: Facts) -> _Placing:
    """The best places for all of them at once; whatever judge() will not have is assigned anew among what is left."""
    placing = _Placing.of(rows, scene, facts)
    for _round in range(ROUNDS):
        waiting = placing.waiting
        pairs = _assigned(waiting, placing) if waiting else []
        if not pairs:
            break
        # Each is judged among those settled before it: whom no place would cost most goes while there is most room.
        for booking, place in sorted(pairs, key=lambda pair: -cost_of_none(pair[0])):
            placing.settle(booking, place)  # what is refused is not offered again: so the rounds come to an end
    _try_what_is_left(placing)
    return placing


def _one_by_one(rows: Sequence[Booked], scene: Scene, facts: Facts) -> _Placing:
    """Each the best place that is left, those hardest to place first."""
    placing = _Placing.of(rows, scene, facts)
    placing.rows.sort(key=lambda booking: (len(placing.options[booking.id]), -cost_of_none(booking), booking.id))
    _try_what_is_left(placing)
    return placing


def _try_what_is_left(placing: _Placing) -> None:
    for booking in placing.waiting:
        likely = _Room(placing.facts).among(booking, placing).values()
        for place in sorted(likely, key=best_first):
            if placing.settle(booking, place) or placing.tried[booking.id] >= MOST_TRIED:
                break


def _assigned(waiting: list[Booked], placing: _Placing) -> list[tuple[Booked, Place]]:
    """The cheapest assignment of who waits to spaces that seem free: each in one, at most a few in a shared one."""
    room = _Room(placing.facts)
    likely = [room.among(booking, placing) for booking in waiting]
    spaces = placing.facts.house.spaces
    # One column takes one booking. A shared space gets several; whether they fit together, settle() hears from judge().
    columns = [
        code
        for code in sorted(set().union(*likely))
        for _copy in range(1 if spaces[code].exclusive else min(len(waiting), MOST_SHARING))
    ]
    costs = [[options[code].cost if code in options else IMPOSSIBLE for code in columns] for options in likely]
    chosen = assignment(costs, [cost_of_none(booking) for booking in waiting])
    return [
        (booking, options[columns[column]])
        for booking, options, column in zip(waiting, likely, chosen, strict=True)
        if column is not None
    ]


def assignment(costs: Sequence[Sequence[float]], costs_of_none: Sequence[float]) -> list[int | None]:
    """For each row its column, each column once, at the least total cost; None where nothing is cheaper than none."""
    import numpy  # scipy is large: only who plans pays for it
    from scipy.optimize import linear_sum_assignment

    rows, columns = len(costs), len(costs[0]) if costs else 0
    # Behind the spaces a column for each booking alone, at the cost of having none: so there always is an assignment,
    # and somebody stays without a place where that is cheaper than driving another from theirs.
    matrix = numpy.full((rows, columns + rows), IMPOSSIBLE)
    if columns:
        matrix[:, :columns] = numpy.asarray(costs, dtype=float)
    matrix[numpy.arange(rows), columns + numpy.arange(rows)] = costs_of_none
    chosen = linear_sum_assignment(matrix)[1]
    return [
        int(column) if column < columns and costs[row][column] < IMPOSSIBLE else None
        for row, column in enumerate(chosen)
    ]


class _Room:
    """What seems free and large enough by a quick look; the word is judge()'s. Each stretch of time is looked at once
    per space."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._known: dict[tuple[Interval, bool], dict[str, int]] = {}

    def among(self, booking: Booked, placing: _Placing) -> dict[str, Place]:
        apart = bool(booking.exclusive) and not self.facts.house.spaces[booking.space].exclusive
        known = self._known.setdefault((booking.during, apart), {})
        people, found = booking.persons or 0, {}
        for code, place in placing.options[booking.id].items():
            if code not in known:
                known[code] = self._people_more(code, booking.during, apart)
            if known[code] >= people and (booking.id, code) not in placing.refused:
                found[code] = place
        return found

    def _people_more(self, space: str, during: Interval, apart: bool) -> int:
        """How many more people the nested limits leave there; -1 where somebody has it, or it is closed."""
        facts, house = self.facts, self.facts.house
        day = facts.date_of(during)
        policy = house.policy(space, day)
        if not may_be_left(during, policy, facts, apart=apart):
            return -1
        rooms = [
            limit - facts.most_people(scope, place, during)
            for scope, place in (("zone", policy.zone), ("floor", policy.floor), ("building", policy.building))
            if (limit := house.limit(scope, place, day)) is not None
        ]
        return min(rooms, default=10**9)

"""Whom a change of the house displaces on a day, where each would go, and whether a plan still holds true."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.judging.facts import Facts, Taken
from models.rules.judging.judge import Verdict
from models.rules.judging.rejudging import (
    Scene,
    hindering,
    judged_again,
    newly_refused,
    refusals_before,
    standing,
)
from models.rules.people.person import Person
from models.rules.plans.crowding import Present, claims_of, least_to_leave, strongest_first
from models.rules.plans.new_places import Place
from models.rules.plans.rehousing import Rehoused, rehoused
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval, civil_date

CROWDS = {"shared_space_full": "space", "zone_full": "zone", "floor_full": "floor", "building_full": "building"}
REFUGE = "refuge_places_full"
INNER_FIRST = (*CROWDS, REFUGE)
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Displaced:
    """A booking that no longer fits, why, and where it would go."""

    reasons: tuple[Refusal, ...]
    to: Rehoused

    @property
    def booking(self) -> Booked:
        return self.to.booking


def displaced_on_a_day(
    bookings: Sequence[Booked], scene: Scene, *, placed: Callable[[int], None] = lambda _number: None
) -> tuple[list[Displaced], Facts]:
    """Those of `bookings` that the change displaces, each with a place if there is one; and the facts once they moved.

    Whoever does not fit for themselves must go. Where people together are too many, the fewest go that suffice, and
    others in their stead if nothing accepts them; those come back for whom there is room in the end.
    """
    planning = _Planning(bookings, scene, placed)
    must = [each for each in planning.refused if not _is_together(planning.refused[each])]
    planning.move(must, planning.who_leaves(must))
    for _round in range(ROUNDS):
        more = planning.still_too_many()
        if not more:
            break
        planning.move([], more)
    planning.take_back(must)
    return planning.result(), planning.facts


class _Planning:
    """One day's plan while it is being made."""

    def __init__(self, bookings: Sequence[Booked], scene: Scene, placed: Callable[[int], None]) -> None:
        self.scene, self.placed = scene, placed
        self.by_id = {each.id: each for each in bookings}
        self.facts = scene.after
        self.refused = newly_refused(bookings, scene, scene.after)
        self.claims = claims_of(bookings, scene.after.house, scene.now)
        self.moves: dict[int, Rehoused] = {}

    def who_leaves(self, gone: Collection[int]) -> set[int]:
        """Of those whom only others stand in the way of: who goes, once `gone` have gone."""
        candidates = {
            number
            for number, reasons in self.refused.items()
            if _is_together(reasons) and number not in gone and number not in self.moves
        }
        return _leaving(
            candidates, self.refused, self.by_id, self.claims, self.scene, self.facts.without(frozenset(gone))
        )

    def move(self, must: Iterable[int], chosen: Iterable[int]) -> None:
        going = [self.by_id[number] for number in (*must, *chosen)]
        free = self.facts.without({each.id for each in going})
        found, facts = rehoused(going, self.scene, free, placed=self.placed)
        for each in found:
            self.moves[each.booking.id] = each
            if each.place is None:
                facts = facts.with_taken(standing(each.booking, self.scene.people, facts.house))
        self.facts = facts

    def still_too_many(self) -> set[int]:
        """Whom else it takes, where some of those who were to go have no place to go to."""
        if all(each.place for each in self.moves.values()):
            return set()
        staying = [each for number, each in self.by_id.items() if number not in self.moves]
        again = {
            number: reasons
            for number, reasons in newly_refused(staying, self.scene, self.facts).items()
            if _is_together(reasons)
        }
        self.refused.update({number: reasons for number, reasons in again.items() if number not in self.refused})
        return _leaving(set(again), again, self.by_id, self.claims, self.scene, self.facts)

    def take_back(self, must: Collection[int]) -> None:
        """Nobody goes who could stay: whoever fits where they are, among all the others at their new places."""
        for number in strongest_first(self.moves.keys() - frozenset(must), self.claims):
            booking, facts = self.by_id[number], self.facts.without({number})
            if not newly_refused([booking], self.scene, facts):
                self.facts = facts.with_taken(standing(booking, self.scene.people, facts.house))
                del self.moves[number]

    def result(self) -> list[Displaced]:
        return [Displaced(self.refused[number], each) for number, each in sorted(self.moves.items())]


def _leaving(
    candidates: set[int],
    refused: Mapping[int, Sequence[Refusal]],
    by_id: Mapping[int, Booked],
    claims: Mapping[int, int],
    scene: Scene,
    facts: Facts,
) -> set[int]:
    """Place by place, the inner before the outer; then whoever meets another who has the stronger claim."""
    left: set[int] = set()
    crowds = {
        (reason.code, reason.scope): reason.limit
        for number in candidates
        for reason in refused[number]
        if reason.code in INNER_FIRST and reason.scope is not None and isinstance(reason.limit, int)
    }
    for (code, scope), limit in sorted(crowds.items(), key=lambda each: (INNER_FIRST.index(each[0][0]), each[0][1])):
        movable = {
            number
            for number in candidates - left
            if any((each.code, each.scope) == (code, scope) for each in refused[number])
        }
        here = [each for each in _in_scope(code, scope, facts) if each.id not in left]
        left |= least_to_leave(
            [
                Present(
                    each.id,
                    each.during,
                    each.in_refuge if code == REFUGE else each.persons,
                    claims[each.id] if each.id in movable else None,
                )
                for each in here
            ],
            limit,
        )
    kept = facts.without(candidates)
    for number in strongest_first(candidates - left, claims):
        booking = by_id[number]
        if newly_refused([booking], scene, kept):
            left.add(number)
        else:
            kept = kept.with_taken(standing(booking, scene.people, facts.house))
    return left


def _in_scope(code: str, scope: str, facts: Facts) -> list[Taken]:
    sort, _, place = scope.partition(":")
    spaces = facts.house.spaces
    if sort == "space":
        parts = frozenset(spaces[place].parts)
        return [each for each in facts.taken if parts & facts.house.leaves_taken_by(each.space)]
    return [each for each in facts.taken if getattr(spaces[each.space], sort) == place]


def _is_together(reasons: Iterable[Refusal]) -> bool:
    """Whether only other bookings are in the way."""
    return all(each.clash for each in reasons)


@dataclass(frozen=True, slots=True)
class Move:
    """A booking on its way from where it stands to a place and time."""

    booking: Booked
    space: str
    layout: str
    during: Interval


def settled(move: Move, people: Mapping[str, Person], house: House) -> Taken:
    """What it holds once it is there."""
    booking, policy = move.booking, house.policy(move.space, civil_date(move.during.start, house.zone))
    wants_alone = bool(booking.exclusive) and not house.spaces[booking.space].exclusive
    return replace(
        standing(booking, people, house),
        space=move.space,
        during=move.during,
        persons=policy.persons(booking.attendees, move.layout),
        apart=policy.exclusive or wants_alone,
    )


def hurdles_of(move: Move, scene: Scene) -> tuple[Refusal, ...]:
    """What keeps a booking from the place and time meant for it; nothing where it may go. `scene` has every other
    move of its plan in it, so that two may change places."""
    return hindering(verdict_on(move, scene), refusals_before(move.booking, scene), scene.after)


def verdict_on(move: Move, scene: Scene) -> Verdict:
    """What judge() says of a booking where it is to go, in the house that is to be."""
    return judged_again(
        move.booking,
        scene,
        scene.after,
        space=move.space,
        layout=move.layout,
        during=move.during if move.during != move.booking.during else None,
    )


def untouched_but_refused(
    bookings: Iterable[Booked], left: Collection[int], scene: Scene
) -> dict[int, tuple[Refusal, ...]]:
    """Of those whom a plan leaves alone: whom its change displaces all the same. Whoever stays above a limit, because
    no place was found and somebody said that this is so, stands in nobody's way."""
    return newly_refused(bookings, scene, scene.after.without(frozenset(left)))


def accepted_places(places: Iterable[Place], booking: Booked, scene: Scene, most: int) -> list[Place]:
    """Those of them that judge() accepts now, in their order."""
    found: list[Place] = []
    for place in places:
        if len(found) < most and not hurdles_of(Move(booking, place.space, place.layout, booking.during), scene):
            found.append(place)
    return found

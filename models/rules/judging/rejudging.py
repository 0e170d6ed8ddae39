"""A booking that stands, judged again: where it is or in another place, before a change of the house and after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import Verdict, judge
from models.rules.judging.when import desk_blocks
from models.rules.people.callers import organiser_of
from models.rules.people.person import Person
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval, civil_date

HELD_ALREADY = frozenset({"quota_reached"})  # a booking that stands took its share when it was made


@dataclass(frozen=True, slots=True)
class Scene:
    """The same bookings in the house as it is and in the one that is to be. `people`: whoever they name, by username;
    `planner`: whose word need not be asked for."""

    before: Facts
    after: Facts
    people: Mapping[str, Person]
    planner: Person
    now: datetime


def standing(
    booking: Booked,
    people: Mapping[str, Person],
    house: House,
    *,
    space: str | None = None,
    verdict: Verdict | None = None,
) -> Taken:
    """The place that it holds; with a verdict, the one that it would hold in `space`."""
    organiser = organiser_of(booking, people, house)
    during, persons, apart = (
        (verdict.during, verdict.persons, verdict.apart)
        if verdict
        else (booking.during, booking.persons or 0, bool(booking.exclusive) or house.spaces[booking.space].exclusive)
    )
    return Taken(
        booking.id,
        space or booking.space,
        during,
        persons,
        apart,
        organiser.id,
        booking.in_refuge,
        organiser.is_outside,
    )


def asks_it_alone(booking: Booked, house: House) -> bool:
    """Whether it shares its space with none because it asked so, and not because that space is like that."""
    return bool(booking.exclusive) and not house.spaces[booking.space].exclusive


def as_asked(during: Interval, policy: SpacePolicy, house: House) -> Interval:
    """A desk is booked for the part of a block that lay in the hours; whether it still fits is asked of the block."""
    if not policy.in_half_days:
        return during
    blocks = desk_blocks(civil_date(during.start, house.zone), house.zone)
    return next((block for block in blocks if block.covers(during)), during)


def wanted_again(
    booking: Booked,
    people: Mapping[str, Person],
    planner: Person,
    house: House,
    *,
    space: str | None = None,
    layout: str | None = None,
    during: Interval | None = None,
) -> Wanted:
    """What it asks for, at its own place and time or at others. A desk is asked for its whole block."""
    time = during or booking.during
    code = space or booking.space
    policy = house.policy(code, civil_date(time.start, house.zone))
    return Wanted.of(
        booking,
        people,
        house,
        space=code,
        during=as_asked(time, policy, house),
        organiser=organiser_of(booking, people, house),
        booker=planner,
        layout=layout or booking.layout,
        exclusive=asks_it_alone(booking, house) and not policy.exclusive,
        start_changes=time.start != booking.during.start,
        replaces=booking.id,
    )


def judged_again(
    booking: Booked,
    scene: Scene,
    facts: Facts,
    *,
    space: str | None = None,
    layout: str | None = None,
    during: Interval | None = None,
) -> Verdict:
    """The verdict on a booking among `facts`, where it stands or at another place, layout or time."""
    wanted = wanted_again(booking, scene.people, scene.planner, facts.house, space=space, layout=layout, during=during)
    policy = facts.house.policy(wanted.space, facts.date_of(wanted.during))
    return judge(wanted, policy, facts, scene.now)


def newly_refused(bookings: Iterable[Booked], scene: Scene, facts: Facts) -> dict[int, tuple[Refusal, ...]]:
    """What speaks against each booking at its own place among `facts`, and did not in the house before; those against
    which nothing does are not in it. Most are judged once."""
    found = {}
    for booking in bookings:
        refusals = _without_held(judged_again(booking, scene, facts).refusals)
        if refusals:
            said = refusals_before(booking, scene)
            new = tuple(each for each in refusals if _is_news(each, said))
            if new:
                found[booking.id] = new
    return found


def refusals_before(booking: Booked, scene: Scene) -> tuple[Refusal, ...]:
    """What spoke against it already: somebody set a rule aside for it, or a change that nobody planned displaced it."""
    return _without_held(judged_again(booking, scene, scene.before).refusals)


def hindering(verdict: Verdict, said_before: Collection[Refusal], facts: Facts) -> tuple[Refusal, ...]:
    """What keeps a booking from another place: not its quotas, nor a rule that was set aside for it where it is."""
    day = facts.date_of(verdict.during)
    waived = {
        each.code for each in said_before if each.rule is not None and facts.house.rule(each.rule, day).override_allowed
    }
    return tuple(each for each in _without_held(verdict.refusals) if each.code not in waived)


def _without_held(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    return tuple(each for each in refusals if each.code not in HELD_ALREADY)


def _is_news(refusal: Refusal, said: Iterable[Refusal]) -> bool:
    """A limit that was passed already is news again where it became lower."""
    for other in said:
        if (other.code, other.scope) == (refusal.code, refusal.scope):
            now, before = refusal.limit, other.limit
            return isinstance(now, int | float) and isinstance(before, int | float) and now < before
    return True

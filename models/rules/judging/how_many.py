"""How many: places, head counts at every instant, and whoever is already there (R01-R08, R10, R20, R23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.modes import REFUSES, SILENT, mode_of
from models.rules.presence.headcount import Presence, peak
from models.rules.refusals import Refusal, refusal
from models.rules.times.interval import Interval, civil_date


def people_refusals(
    wanted: Wanted, policy: SpacePolicy, facts: Facts, persons: int, half_days: Interval
) -> Iterator[Refusal]:
    """`half_days`: a desk's whole block, however little of it lies in the day's hours; otherwise the time itself."""
    yield from _places(wanted, policy, persons, facts)
    if next(in_the_way(wanted, policy, facts), None) is not None:
        yield refusal("space_taken", scope=f"space:{policy.space}")
    yield from _head_counts(wanted, policy, facts, persons)
    yield from _refuge(wanted, policy, facts)
    yield from _company(wanted, policy, facts)
    yield from _person(wanted, policy, facts, half_days)
    if wanted.attendees is not None and wanted.attendees < policy.min_attendees:
        yield refusal("few_people", scope=f"space:{policy.space}", limit=policy.min_attendees, actual=wanted.attendees)


def _places(wanted: Wanted, policy: SpacePolicy, persons: int, facts: Facts) -> Iterator[Refusal]:
    """The strictest limit that refuses; before it a stricter one that only warns, which must not hide it."""
    scope, day, people = f"space:{policy.space}", facts.date_of(wanted.during), max(persons, 1)
    limits = policy.limits(wanted.layout or policy.default_layout)
    if not limits:
        yield refusal("layout_not_offered", scope=scope)
    for places in limits:
        mode = mode_of(places.rule, policy, facts.house, day)
        if mode == SILENT:
            continue
        if people > places.limit:
            yield refusal("too_many_people", scope=scope, limit=places.limit, actual=people, rule=places.rule)
        elif mode == REFUSES and not policy.exclusive and not wanted.exclusive:
            others = {other.id: other for other in facts.in_places(policy.parts) if other.id != wanted.replaces}
            together = persons + peak((Presence(each.during, each.persons) for each in others.values()), wanted.during)
            if together > places.limit:
                yield refusal("shared_space_full", scope=scope, limit=places.limit, actual=together)
        if mode == REFUSES:
            return


def in_the_way(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> Iterator[Taken]:
    """R06: overlap, or a gap smaller than the buffers between two bookings of exclusive spaces. Composites and their
    parts meet in the physical spaces they take, one that shares several of them in each."""
    return met(wanted.during, policy, facts, apart=wanted.exclusive, without=wanted.replaces)


def met(
    during: Interval, policy: SpacePolicy, facts: Facts, *, apart: bool = False, without: int | None = None
) -> Iterator[Taken]:
    """What a booking for that time would meet there. `apart`: it would have a shared space for itself."""
    apart, widest = apart or policy.exclusive, facts.house.widest_buffer
    near = during.widened(widest, widest)
    for other in facts.in_places(policy.parts):
        if (
            (apart or other.apart)
            and other.id != without
            and near.overlaps(other.during)
            and kept_clear(other, policy, facts.house).overlaps(during)
        ):
            yield other


def kept_clear(other: Booked | Taken, policy: SpacePolicy, house: House) -> Interval:
    """A booking's time, with what must stay free around it where both its space and this one are exclusive."""
    theirs = house.policy(other.space, civil_date(other.during.start, house.zone))
    before, after = clear_around(theirs, policy)
    return other.during.widened(before, after) if before or after else other.during


def clear_around(theirs: SpacePolicy, policy: SpacePolicy) -> tuple[timedelta, timedelta]:
    """What must stay free before and after a booking of theirs."""
    if not (policy.exclusive and theirs.exclusive):
        return timedelta(), timedelta()
    return max(policy.buffer_after, theirs.buffer_before), max(theirs.buffer_after, policy.buffer_before)


def _head_counts(wanted: Wanted, policy: SpacePolicy, facts: Facts, persons: int) -> Iterator[Refusal]:
    """R03, R04, R05: the peak of everyone present in zone, floor and building at any instant of this booking."""
    house, day = facts.house, facts.date_of(wanted.during)
    for code, scope, place in (
        ("zone_full", "zone", policy.zone),
        ("floor_full", "floor", policy.floor),
        ("building_full", "building", policy.building),
    ):
        limit = house.limit(scope, place, day)
        if limit is None:
            continue
        together = persons + facts.most_people(scope, place, wanted.during, without=wanted.replaces)
        if together > limit:
            full = refusal(code, scope=f"{scope}:{place}", limit=limit, actual=together)
            yield full.unconditional() if persons > limit else full


def _refuge(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> Iterator[Refusal]:
    """R20: a lift stands still in a fire. Above the ground floor each wheelchair needs a place on the stairs where its
    user can wait, or somebody who helps."""
    floor = facts.house.floors[policy.floor]
    limit = floor.refuge_wheelchair_places
    if not wanted.in_refuge or floor.level <= 0 or limit is None:
        return
    together = wanted.in_refuge + facts.most_in_refuge(floor.code, wanted.during, without=wanted.replaces)
    if together > limit:
        full = refusal("refuge_places_full", scope=f"floor:{floor.code}", limit=limit, actual=together)
        yield full.unconditional() if wanted.in_refuge > limit else full


def _company(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> Iterator[Refusal]:
    """R23: nobody talks with the public alone in a zone."""
    if not policy.traits.is_talk or mode_of("R23", policy, facts.house, facts.date_of(wanted.during)) == SILENT:
        return
    needed = facts.house.rule("R23", facts.date_of(wanted.during), policy.zone).number
    fewest = facts.fewest_staff(policy.zone, wanted.during, wanted.organiser, without=wanted.replaces)
    if fewest < needed:
        yield refusal("alone", scope=f"zone:{policy.zone}", limit=needed, actual=fewest)


def _person(wanted: Wanted, policy: SpacePolicy, facts: Facts, half_days: Interval) -> Iterator[Refusal]:
    """R10: one desk per person and half-day; and a remark when someone is named in two talks at once. Neither where it
    would tell the booker what is not theirs to know."""
    for other in facts.of_organiser(wanted.organiser.id):
        if other.id == wanted.replaces or not other.during.overlaps(half_days):
            continue
        theirs = facts.house.policy(other.space, facts.date_of(other.during)).traits
        if policy.traits.one_at_a_time and theirs.one_at_a_time and "person_busy" not in wanted.untold:
            yield refusal("person_busy", scope="person")
            return
        if policy.traits.is_talk and theirs.is_talk and "staff_busy" not in wanted.untold:
            yield refusal("staff_busy", scope="person")
            return

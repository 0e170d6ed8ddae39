"""For whom: what a service asks of a talk, what a wheelchair or a screen asks of a space, and whose neighbourhood a
desk is in (R11, R12, R13, R16, R21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.people.person import Person
from models.rules.refusals import Refusal, refusal
from models.rules.times.interval import Interval, civil_dates, civil_day, wall_instant


def service_refusals(wanted: Wanted, policy: SpacePolicy, facts: Facts, now: datetime) -> Iterator[Refusal]:
    """What a space lacks for those who come: panic button, sightline, room for the party or a wheelchair, equipment, a
    neighbourhood of one's own."""
    scope = f"space:{policy.space}"
    service = wanted.service
    if service and service.requires_panic_button and not policy.panic_button:
        yield refusal("panic_button_needed", scope=scope)
    if policy.traits.is_talk and not policy.sightline and _touches_late_hours(wanted, policy.zone, facts):
        yield refusal("sightline_needed", scope=scope)
    party = _party(wanted)
    if service and service.max_party is not None and party is not None and party > service.max_party:
        yield refusal("party_too_large", scope=f"service:{service.code}", limit=service.max_party, actual=party)
    wheelchair_places = policy.wheelchair_places if policy.accessible else 0
    if wanted.wheelchair > wheelchair_places:
        yield refusal("not_accessible", scope=scope, limit=wheelchair_places, actual=wanted.wheelchair)
    missing = wanted.equipment - policy.equipment
    if missing:
        yield refusal("equipment_missing", scope=scope, actual=";".join(sorted(missing)))
    yield from _neighbourhood(wanted, policy, facts, now)


def _neighbourhood(wanted: Wanted, policy: SpacePolicy, facts: Facts, now: datetime) -> Iterator[Refusal]:
    """R16: a service's desks are first for its own people, until some hours before."""
    hours = hours_for_others(policy, wanted.organiser, facts.house, facts.date_of(wanted.during))
    if hours is not None and now < wanted.during.start - timedelta(hours=hours):
        yield refusal("neighbourhood_first", scope=f"zone:{policy.zone}", limit=hours)


def hours_for_others(policy: SpacePolicy, person: Person, house: House, day: date) -> int | None:
    """Until how many hours before its start a desk is first for others than this person; None where it never is."""
    if not policy.traits.one_at_a_time or not is_others_neighbourhood(policy.zone, person, house):
        return None
    return house.rule("R16", day, policy.zone).number


def is_others_neighbourhood(zone: str, person: Person, house: House) -> bool:
    """Whether services have their home in a zone, and none of them is this person's. A silent zone and any other that
    is nobody's home are open to all alike."""
    at_home = house.neighbourhoods.get(zone, frozenset())
    return bool(at_home) and person.home_zone != zone and person.service not in at_home


def _party(wanted: Wanted) -> int | None:
    """Clients present: as said, else everyone but one member of staff; None where nobody said how many come."""
    if wanted.visitors is not None:
        return wanted.visitors
    return wanted.attendees - 1 if wanted.attendees is not None else None


def _touches_late_hours(wanted: Wanted, zone: str, facts: Facts) -> bool:
    return any(
        late_hours(day, zone, facts.house).overlaps(wanted.during)
        for day in civil_dates(wanted.during, facts.house.zone)
    )


def late_hours(day: date, zone: str, house: House) -> Interval:
    """The part of a date in which colleagues must be able to see into a booth of a zone."""
    late = wall_instant(day, house.rule("R12", day, zone).clock, house.zone)
    return Interval(late, civil_day(day, house.zone).end)

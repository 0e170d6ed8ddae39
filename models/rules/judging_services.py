"""For whom: what a service asks of a talk, and what a wheelchair asks of a space (R11, R12, R13, R21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from models.rules.facts import Facts, Wanted
from models.rules.interval import Interval, civil_dates, civil_day, nearest_utc
from models.rules.policy import SpacePolicy
from models.rules.refusals import Refusal, refusal

SIGHTLINE_FROM = "17:00"


def service_refusals(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> Iterator[Refusal]:
    scope = f"space:{policy.space}"
    service = wanted.service
    if service and service.requires_panic_button and not policy.panic_button:
        yield refusal("panic_button_needed", scope=scope)
    if policy.traits.is_talk and not policy.sightline and _touches_late_hours(wanted, facts):
        yield refusal("sightline_needed", scope=scope)
    party = _party(wanted)
    if service and service.max_party is not None and party is not None and party > service.max_party:
        yield refusal("party_too_large", scope=f"service:{service.code}", limit=service.max_party, actual=party)
    wheelchair_places = policy.wheelchair_places if policy.accessible else 0
    if wanted.wheelchair > wheelchair_places:
        yield refusal("not_accessible", scope=scope, limit=wheelchair_places, actual=wanted.wheelchair)


def _party(wanted: Wanted) -> int | None:
    """Clients present: as said, else everyone but one member of staff; None where nobody said how many come."""
    if wanted.visitors is not None:
        return wanted.visitors
    return wanted.attendees - 1 if wanted.attendees is not None else None


def _touches_late_hours(wanted: Wanted, facts: Facts) -> bool:
    """Whether any part lies after the hour from which colleagues must be able to see into the booth."""
    zone = facts.house.zone
    limit = facts.house.rule("R12", facts.date_of(wanted.during)).parameter_time(SIGHTLINE_FROM)
    hour, minute = map(int, limit.split(":"))
    for day in civil_dates(wanted.during, zone):
        late = nearest_utc(datetime.combine(day, time(hour, minute)), zone)
        ends = civil_day(day, zone).end
        if late < ends and Interval(late, ends).overlaps(wanted.during):
            return True
    return False

"""How much: what one person, or all of a service or organisation together, may book (R17 and the house's quotas)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from models.rules.house.house import House, Service
from models.rules.house.policy import SpacePolicy
from models.rules.house.quota import Quota, measured, period_of
from models.rules.judging.facts import Facts, Held, Wanted
from models.rules.people.person import Person
from models.rules.refusals import Refusal, refusal
from models.rules.times.interval import Interval


def quota_refusals(
    wanted: Wanted, policy: SpacePolicy, facts: Facts, now: datetime, half_days: Interval
) -> Iterator[Refusal]:
    """Every quota that this booking would pass. `half_days`: a desk's whole block, otherwise the time itself."""
    house, day = facts.house, facts.date_of(wanted.during)
    for quota in quotas_for(house, wanted.organiser, wanted.service, (policy.kind,), day, policy.zone):
        during = half_days if quota.measure == "half_days" else wanted.during
        own = measured(quota.measure, during, house.zone)
        total = own + used(quota, wanted, facts, now, day)
        if total > quota.amount:
            over = refusal("quota_reached", scope=quota.whose, limit=quota.amount, actual=_number(total), per=quota.per)
            yield over.unconditional() if own > quota.amount else over


def quotas_for(
    house: House, person: Person, service: Service | None, kinds: Collection[str], day: date, zone: str | None = None
) -> Iterator[Quota]:
    """The quotas of a date that concern a booking of one of these kinds; R17 is one of them, as it holds in the zone
    where one is known."""
    for quota in (*house.quotas, desk_quota(house, day, zone)):
        if quota.holds_on(day) and (quota.kind is None or quota.kind in kinds) and _is_about(quota, person, service):
            yield quota


def desk_quota(house: House, day: date, zone: str | None = None) -> Quota:
    """R17: so many half days at a desk a week, for each person. A zone's own number is for bookings there; those of the
    whole house count towards it."""
    amount = house.rule("R17", day, zone).number
    return Quota("person", None, "desk", "half_days", "week", amount, date.min)


def used(quota: Quota, wanted: Wanted, facts: Facts, now: datetime, day: date) -> float:
    """What others of the same quota, or the same person's other bookings, take of it in the period of that date."""
    return facts.used(
        ("quota", quota, day, wanted.organiser.id, wanted.replaces), lambda: _used(quota, wanted, facts, now, day)
    )


def _used(quota: Quota, wanted: Wanted, facts: Facts, now: datetime, day: date) -> float:
    zone, period = facts.house.zone, period_of(quota.period, day, facts.house.zone)
    return sum(
        measured(quota.measure, held.during, zone)
        for held in facts.held
        if held.id != wanted.replaces
        and _counts(held, quota, wanted)
        and (held.stands and held.during.end > now if period is None else period.has(held.during.start))
    )


def service_of(person: Person, service: Service | None) -> str | None:
    """On whose account a booking stands: the service it is for, else the organiser's own."""
    return service.code if service else person.service


def _is_about(quota: Quota, person: Person, service: Service | None) -> bool:
    if quota.scope == "organisation":
        return quota.code == person.organisation
    if quota.scope == "service":
        return quota.code == service_of(person, service)
    if quota.scope == "role":
        return quota.code in person.roles
    return quota.code in (None, person.username)


def _counts(held: Held, quota: Quota, wanted: Wanted) -> bool:
    if quota.kind is not None and held.kind != quota.kind:
        return False
    if quota.scope == "organisation":
        return held.organisation == quota.code
    if quota.scope == "service":
        return held.service == quota.code
    return wanted.organiser.has_account and held.organiser == wanted.organiser.id


def _number(total: float) -> int | float:
    return int(total) if total == int(total) else round(total, 2)

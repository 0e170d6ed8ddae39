"""Receipts as the house once wrote them: with usernames, services and the numbers of people and bookings in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter

from models.rules.house.house import House, Names
from models.rules.house.policy import SpacePolicy
from models.rules.house.quota import Quota
from models.rules.house.timeline import held_or_first
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.how_much import quotas_for
from models.rules.judging.judge import Verdict
from models.rules.judging.old_receipts import OldMet
from models.rules.judging.receipt import HALF_A_DAY, as_json, met, rulebook_of
from models.rules.people.person import Person


def facts_once(
    wanted: Wanted,
    policy: SpacePolicy,
    facts: Facts,
    verdict: Verdict,
    now: datetime,
    waived: frozenset[str] = frozenset(),
) -> dict[str, object]:
    house, settled = facts.house, replace(wanted, during=verdict.during)
    day, without = facts.date_of(verdict.during), wanted.replaces
    around = verdict.during.widened(house.widest_buffer, house.widest_buffer)
    that_day = wanted.during.widened(HALF_A_DAY, HALF_A_DAY)
    own = tuple(each for each in facts.of_organiser(wanted.organiser.id) if each.during.overlaps(that_day))
    taken = {each.id: each for each in facts.in_places(policy.parts) if each.during.overlaps(around)}
    today = met(wanted, policy, facts, verdict, now, waived)
    quotas = quotas_for(house, settled.organiser, settled.service, (policy.kind,), day, policy.zone)
    kept = OldMet(
        replace(wanted.with_each(_unnamed), service=wanted.service and replace(wanted.service, names=Names(nl=""))),
        None if policy == held_or_first(house.policies[policy.space], day) else policy,
        now,
        tuple(taken.values()),
        own,
        {each.space: house.spaces[each.space].sort for each in own},
        today.closures,
        today.counts,
        {str(each.id): facts.used(("quota", each, day, wanted.organiser.id, without), lambda: 0) for each in quotas},
        waived,
    )
    return TypeAdapter(OldMet).dump_python(kept, mode="json")


def content_once(house: House, space: str) -> dict[str, object]:
    """A rulebook had the quotas of the whole house, and the services at home in its zone."""
    content = as_json(rulebook_of(house, space))
    del content["is_neighbourhood"]
    neighbours = sorted(house.neighbourhoods.get(house.spaces[space].zone, ()))
    quotas = TypeAdapter(tuple[Quota, ...]).dump_python(house.quotas, mode="json")
    return {**content, "quotas": quotas, "neighbours": neighbours}


def _unnamed(person: Person) -> Person:
    return replace(person, name="", email=None, coordinates=frozenset(), heads=frozenset(), delegates=frozenset())

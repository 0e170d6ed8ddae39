"""Receipts as they were written while people, services and bookings still stood in them: read, and left without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from models.rules.house.policy import SpacePolicy
from models.rules.house.quota import Quota
from models.rules.judging.facts import Taken, Wanted
from models.rules.judging.how_much import desk_quota
from models.rules.judging.nameless import (
    nameless_policies,
    nameless_quotas,
    nameless_scope,
    nameless_space,
    nameless_wish,
    numbered,
    own_day,
)
from models.rules.judging.receipt import Met, Rulebook, house_of, met_from, rulebook_from
from models.rules.times.hours import Closure
from models.rules.times.interval import civil_date

Json = dict[str, Any]  # Any: as the database keeps it


@dataclass(frozen=True, slots=True)
class OldMet:
    """What Met was. `used`: of each quota, by its number; `sorts`: of the spaces in `own`."""

    wanted: Wanted
    policy: SpacePolicy | None
    now: datetime
    taken: tuple[Taken, ...]
    own: tuple[Taken, ...]
    sorts: Mapping[str, str]
    closures: tuple[Closure, ...]
    counts: Mapping[str, int]
    used: Mapping[str, float]
    waived: frozenset[str] = frozenset()


def met_in(facts: Json, content: Json) -> Met:
    """What a receipt says, whenever it was written; `content`: its rulebook's. ValidationError for what is none."""
    if "used" not in facts:
        return met_from(facts)
    old = _shapes()[0].validate_python(facts)
    without = old.wanted.replaces
    kept = Met(
        nameless_wish(old.wanted),
        replace(old.policy, reason="") if old.policy else None,
        old.now,
        numbered(old.taken, without=without),
        own_day(old.own, old.sorts, without=without),
        old.closures,
        old.counts,
        (),
        old.wanted.organiser.service in content.get("neighbours", ()),
        old.waived,
    )
    return replace(kept, quotas=nameless_quotas(_used(old, kept, content)))


def _used(old: OldMet, kept: Met, content: Json) -> Iterator[tuple[Quota, float]]:
    """Those of its rulebook; R17 is no row of them, and is made of the rule."""
    rulebook = rulebook_in(content)
    house = house_of(rulebook, kept)
    day = civil_date(kept.wanted.during.start, house.zone)
    quotas = _shapes()[1].validate_python(content.get("quotas", ()))
    for quota in (*quotas, desk_quota(house, day, rulebook.zone.code)):
        if str(quota.id) in old.used:
            yield quota, old.used[str(quota.id)]


def rulebook_in(content: Json) -> Rulebook:
    """The same of a rulebook."""
    if "neighbours" not in content:
        return rulebook_from(content)
    rulebook = rulebook_from({**content, "is_neighbourhood": bool(content["neighbours"])})
    return replace(
        rulebook,
        spaces=tuple(map(nameless_space, rulebook.spaces)),
        policies={code: nameless_policies(timeline) for code, timeline in rulebook.policies.items()},
    )


def reasons_in(reasons: list[Json]) -> list[Json]:
    """Its reasons, whichever service they are about."""
    return [{**each, "scope": nameless_scope(each["scope"])} for each in reasons]


def asked_for_in(facts: Json) -> int | None:
    """For whom it was asked, where that still stands in it."""
    number: int = facts["wanted"]["organiser"]["id"]
    return number if number > 0 else None


@cache
def _shapes() -> tuple[TypeAdapter[OldMet], TypeAdapter[tuple[Quota, ...]]]:
    """Made when the first of them is read: a new town has none."""
    return TypeAdapter(OldMet), TypeAdapter(tuple[Quota, ...])

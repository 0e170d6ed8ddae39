"""The lines of the safety register, from the rows that hold limits and from the log for what was soon replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select

from models.queries.people import people_by_id
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import RULES
from models.rules.presence.register import PLACES, SAFETY, Line, Set, in_order, lines_of
from models.tables.db import db
from models.tables.log import AuditEntry
from models.tables.municipality import HeadCountLimit, OccupancyRule
from models.tables.space import LayoutCapacity, SpacePolicyRow

MOST_ENTRIES = 20_000
SET_AGAIN = ("set_limit", "set_rule")

Names = Mapping[int | None, str]  # of those who set something, by number


def register(house: House, places: Collection[tuple[str, str]] | None = None) -> list[Line]:
    """Every change of a limit, the latest first; of these places alone, as ("zone", "Z1-VER"), where they are named.
    Rules are those that the prevention adviser owns. Five queries, one more per 500 people who set them."""
    limits, policies, layouts, rules, entries = _limits(), _policies(), _layouts(), _rules(), _entries()
    names: Names = {
        number: person.name
        for number, person in people_by_id(
            {row.set_by_id for row in (*limits, *policies, *rules) if row.set_by_id}
            | {entry.actor_id for entry in entries if entry.actor_id}
        ).items()
    }
    said = [*_of_limits(limits, names), *_of_spaces(policies, layouts, house, names), *_of_rules(rules, names)]
    lines = [*_lines(said, house), *_replaced(entries, {row.code for row in rules}, names)]
    return in_order(
        line
        for line in lines
        if places is None or (line.scope, line.code) in places or (line.zone and ("zone", line.zone) in places)
    )


def _limits() -> list[HeadCountLimit]:
    return list(
        db.session.execute(
            select(HeadCountLimit).order_by(
                HeadCountLimit.scope_type, HeadCountLimit.scope_code, HeadCountLimit.valid_from
            )
        ).scalars()
    )


def _policies() -> list:
    columns = ("id", "space_id", "valid_from", "set_at", "set_by_id", "reason", *SAFETY)
    return list(
        db.session.execute(
            select(*(getattr(SpacePolicyRow, name) for name in columns)).order_by(
                SpacePolicyRow.space_id, SpacePolicyRow.valid_from
            )
        )
    )


def _layouts() -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for policy, layout, places in db.session.execute(
        select(LayoutCapacity.policy_id, LayoutCapacity.layout, LayoutCapacity.places).order_by(LayoutCapacity.layout)
    ):
        found[policy][layout] = places
    return found


def _rules() -> list[OccupancyRule]:
    return list(
        db.session.execute(
            select(OccupancyRule)
            .where(OccupancyRule.owner_role == "prevention_adviser")
            .order_by(OccupancyRule.code, OccupancyRule.zone_code, OccupancyRule.valid_from)
        ).scalars()
    )


def _entries() -> list[AuditEntry]:
    return list(
        db.session.execute(
            select(AuditEntry)
            .where(AuditEntry.action.in_(SET_AGAIN))
            .order_by(AuditEntry.id.desc())
            .limit(MOST_ENTRIES)
        ).scalars()
    )[::-1]


def _lines(said: Iterable[tuple[str, str, Set]], house: House) -> Iterator[Line]:
    """`said`: scope and code of what it is of, and what was set, in order of date."""
    by_place: dict[tuple[str, str, str], list[Set]] = defaultdict(list)
    for scope, code, what in said:
        by_place[scope, code, what.zone].append(what)
    for (scope, code, _zone), sets in by_place.items():
        lines = lines_of(scope, code, sets)
        if scope == "space" and house.policies[code][0][1].traits.one_at_a_time:
            lines = (line for line in lines if not line.is_first)  # that a desk has one place says nothing
        yield from lines


def _of_limits(rows: list[HeadCountLimit], names: Names) -> Iterator[tuple[str, str, Set]]:
    for row in rows:
        yield (
            row.scope_type,
            row.scope_code,
            Set(
                row.valid_from,
                {"max_persons": row.max_persons},
                row.set_at,
                names.get(row.set_by_id),
                row.reason,
                row.legal_basis,
            ),
        )


def _of_spaces(
    rows: list, layouts: dict[int, dict[str, int]], house: House, names: Names
) -> Iterator[tuple[str, str, Set]]:
    for row in rows:
        values = {name: getattr(row, name) for name in SAFETY} | {
            PLACES + layout: places for layout, places in layouts.get(row.id, {}).items()
        }
        if row.ventilation_m3h is None:
            values["air_level"] = None  # it says something only together with the ventilation
        yield (
            "space",
            house.by_id[0][row.space_id].code,
            Set(row.valid_from, values, row.set_at, names.get(row.set_by_id), row.reason),
        )


def _of_rules(rows: list[OccupancyRule], names: Names) -> Iterator[tuple[str, str, Set]]:
    for row in rows:
        yield (
            "rule",
            row.code,
            Set(
                row.valid_from,
                dict.fromkeys(("mode", "parameter", "applies_to"))
                if row.lifted
                else {
                    "mode": Rule(row.code, row.severity, mode=row.mode).in_force,
                    "parameter": (row.parameter or None) if RULES[row.code].takes else None,
                    "applies_to": row.applies_to or None,
                },
                row.set_at,
                names.get(row.set_by_id),
                row.reason,
                row.legal_basis,
                row.zone_code,
            ),
        )


def _replaced(entries: list[AuditEntry], rules: Collection[str], names: Names) -> Iterator[Line]:
    """What was set for a day and then set otherwise for that same day: its row says the latter, the log both."""
    latest: dict[tuple, AuditEntry] = {}
    for entry in entries:
        facts, thing = entry.facts, entry.thing
        key = (thing, entry.thing_id, facts.get("zone"), facts["valid_from"])
        earlier = latest.get(key)
        if earlier is not None and (thing != "rule" or entry.thing_id in rules):
            yield from _told_again(earlier, entry, names)
        latest[key] = entry


def _told_again(earlier: AuditEntry, later: AuditEntry, names: Names) -> Iterator[Line]:
    facts = earlier.facts
    for what in ("max_persons",) if "max_persons" in facts else ("mode", "parameter", "applies_to"):
        was = None if what == "max_persons" else _plain(facts["before"][what])
        now = facts[what] if what == "max_persons" else _plain(facts["after"][what])
        if what == "max_persons" or was != now:
            yield Line(
                earlier.thing,
                earlier.thing_id,
                what,
                was,
                now,
                date.fromisoformat(facts["valid_from"]),
                earlier.at,
                names.get(earlier.actor_id),
                facts.get("reason", ""),
                facts.get("legal_basis"),
                replaced_at=later.at,
                zone=facts.get("zone") or "",
            )


def _plain(value: object) -> object:
    return (";".join(value) if isinstance(value, list) else value) or None

"""Set how a rule holds. Earlier rows stay: they are the register of what held when."""

from __future__ import annotations

from models.actions.record import record_change
from models.queries.policies import rows_of_rule
from models.rules.changes.rules import SetRule
from models.rules.house.house import House, Rule
from models.rules.people.person import By, Why
from models.tables.db import db
from models.tables.municipality import OccupancyRule

KEPT = ("severity", "scope", "rule")


def set_rule(change: SetRule, house: House, by: By, why: Why) -> None:
    """Make the rows say what the timeline says. Those from its first day on that say something else are this
    person's."""
    code, zone, first = change.code, change.zone or "", change.since
    stored = rows_of_rule(code)
    rows = {row.valid_from: row for row in stored if row.zone_code == zone}
    text = {name: getattr(stored[0], name) for name in KEPT} if stored else {}
    timeline, usual = change.timeline(house), house.rule(code, first)
    for since, rule in timeline:
        row, held = rows.get(since), rule or usual
        says = {
            "lifted": rule is None,
            "mode": rule.mode if rule else None,
            "parameter": held.parameter,
            "applies_to": ";".join(sorted(rule.applies_to)) if rule else "",
        }
        if row is None:
            row = OccupancyRule(
                code=code,
                zone_code=zone,
                valid_from=since,
                owner_role=held.owner_role,
                override_allowed=held.override_allowed,
                **{**text, "severity": held.severity},
            )
            db.session.add(row)
        elif since != first and all(getattr(row, name) == value for name, value in says.items()):
            continue
        for name, value in says.items():
            setattr(row, name, value)
        row.version = (row.version or 0) + 1
        if since >= first:
            row.reason, row.legal_basis, row.set_by_id, row.set_at = *why, by.person.id, by.now
    db.session.flush()
    record_change(
        "set_rule",
        change,
        by,
        why,
        legal_basis=why.legal_basis,
        **({"zone": change.zone} if change.zone else {}),
        before=_told(house.rule(code, first, change.zone)),
        after=_told(change.imagined(house).rule(code, first, change.zone)),
    )


def _told(rule: Rule) -> dict[str, object]:
    return {"mode": rule.in_force, "parameter": rule.parameter, "applies_to": sorted(rule.applies_to)}

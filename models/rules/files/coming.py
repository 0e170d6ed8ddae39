"""What a file's row changes of what holds: only what it says otherwise than when it was last read.

Managers set places, limits and rules from a date on, beside the files; so the rest stays as it holds today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from models.rules.changes.spaces import RULES
from models.rules.files.cells import LAYOUTS, day, places
from models.rules.files.columns import SHAPES
from models.rules.files.draft import Known, key_of
from models.rules.files.municipality import Record
from models.rules.values import ALWAYS

LENGTHS = frozenset({"min_minutes", "max_minutes"})
# By file, the columns that hold from a date on and keep their history.
DATED: Mapping[str, frozenset[str]] = {
    "buildings": frozenset({"max_persons"}),
    "floors": frozenset({"fire_max_persons"}),
    "zones": frozenset({"max_persons"}),
    "spaces": frozenset({*RULES, "ceiling", "vent_level", "active"}) - {"air_level"},
    "occupancy_rules": frozenset(
        {"severity", "scope", "rule", "parameter", "applies_to", "owner_role", "override_allowed", "mode"}
    ),
}


def coming(file: str, record: Record, said: Known, present: Known) -> dict[str, object]:
    """A coded row as it will hold from today on, by the columns that `present` knows of it; a new one as it is read."""
    values, key = stated(file, record.values), key_of(SHAPES[file], record.values)
    return _joined(file, values, said.of(file).get(key, {}), present.of(file).get(key))


def rule_of(values: Mapping[str, object]) -> tuple[object, object]:
    """Of which rule a row is, and for which zone alone; None: for the whole house."""
    return values["code"], values["zone_code"]


def is_first_word(rule: Record, present: Known) -> bool:
    """Whether nobody said anything of this rule before: then its days that are over count, too."""
    (code, zone), known = rule_of(rule.values), present.of("occupancy_rules")
    if zone is None:
        return (code, None, ALWAYS) not in known
    return all(row["code"] != code for row in known.values())


def is_lifted_since(rule: Record, said: Known, present: Known) -> bool:
    """Whether a file says of a zone what it said before, and the zone has nothing of its own any more."""
    last = last_said(rule, said)
    return (*rule_of(rule.values), ALWAYS) not in present.of("occupancy_rules") and all(
        name in last and last[name] == value for name, value in dated("occupancy_rules", rule.values).items()
    )


def coming_rule(record: Record, said: Known, present: Known) -> dict[str, object]:
    """A rule that the file says holds already, as it will hold from today on."""
    before = present.of("occupancy_rules").get((*rule_of(record.values), ALWAYS))
    after = _joined("occupancy_rules", record.values, last_said(record, said), before)
    return after | {"valid_from": before["valid_from"]} if before else after


def last_said(rule: Record, said: Known) -> Mapping[str, object]:
    """What the files said before of a rule that holds already."""
    where, since, told = rule_of(rule.values), rule.values["valid_from"], said.of("occupancy_rules")
    return told.get((*where, ALWAYS)) or told.get((*where, since)) or {}


def standing(records: Iterable[Record], today: date) -> dict[tuple[object, object], Record]:
    """Of each rule the last record whose day has come, by code and zone."""
    begun = sorted(
        (record for record in records if day(record.values, "valid_from") <= today),
        key=lambda record: day(record.values, "valid_from"),
    )
    return {rule_of(record.values): record for record in begun}


def stated(file: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """A floor's two limits are one, the stricter, which was worked out when it was read."""
    if file != "floors":
        return values
    return {name: value for name, value in values.items() if name != "max_persons"} | {
        "fire_max_persons": values["max_persons"]
    }


def dated(file: str, values: Mapping[str, object]) -> dict[str, object]:
    """What a row says of what holds from a date on."""
    found = {name: values[name] for name in sorted(DATED[file])}
    return found | {LAYOUTS: places(values)} if LAYOUTS in values else found


def _joined(
    file: str, values: Mapping[str, object], last: Mapping[str, object], before: Mapping[str, object] | None
) -> dict[str, object]:
    if before is None:
        return dict(values)
    kept = {name for name in DATED.get(file, ()) if name in last and values[name] == last[name]}
    if not kept >= LENGTHS:
        kept -= LENGTHS  # one of them alone might not fit the other
    row = {name: before[name] if name in kept else values[name] for name in before if name != LAYOUTS}
    if LAYOUTS in before:
        row[LAYOUTS] = _layouts(values, last, before, str(row["default_layout"]))
    return row


def _layouts(
    values: Mapping[str, object], last: Mapping[str, object], before: Mapping[str, object], default: str
) -> dict[str, int]:
    """Places by layout: those that the file changed, beside those that it left alone. The default is always offered."""
    told, told_before, stood = places(values), places(last), places(before)
    left = dict(stood)
    for layout in told.keys() | told_before.keys():
        if told.get(layout) != told_before.get(layout):
            left.pop(layout, None)
            if layout in told:
                left[layout] = told[layout]
    if default != before["default_layout"]:
        left[default] = told[default]
    if default not in left:
        left[default] = stood[default] if default in stood else told[default]
    return left

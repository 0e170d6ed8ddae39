"""What files would change in the house: new rows, changed columns, and what goes where a file replaces all there was.

Managers set places, limits and rules from a date on, beside the files. So of these a file changes only what it says
otherwise than when it was last read (`said`); the rest stays as it holds today (`present`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.changes.spaces import RULES
from models.rules.files.cells import LAYOUTS, day, places
from models.rules.files.columns import SHAPES
from models.rules.files.draft import LAYOUT_PREFIX, Known, key_of
from models.rules.files.municipality import Reading, Record
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
REPLACED = ("opening_hours", "closures", "plan")
SAID_TWICE = ("cap_default", "municipality_code")  # by another column as well


@dataclass(frozen=True, slots=True)
class Change:
    """`sort`: new, changed or gone. `columns`: name, value before and value after, as the files have them."""

    file: str
    name: str
    sort: str
    columns: tuple[tuple[str, object, object], ...]
    line: int | None = None


def changes_of(reading: Reading, said: Known, present: Known, today: date) -> tuple[Change, ...]:
    """In the order of files and lines. Nothing that stays as it is, is among them."""
    return tuple(change for file in SHAPES for change in _changes_of_file(file, reading, said, present, today))


def coming(file: str, record: Record, said: Known, present: Known) -> dict[str, object]:
    """A coded row as it will hold from today on, by the columns that `present` knows of it; a new one as it is read."""
    values, key = stated(file, record.values), key_of(SHAPES[file], record.values)
    return _joined(file, values, said.of(file).get(key, {}), present.of(file).get(key))


def coming_rule(record: Record, said: Known, present: Known) -> dict[str, object]:
    """A rule that the file says holds already, as it will hold from today on."""
    before = present.of("occupancy_rules").get((record.values["code"], ALWAYS))
    after = _joined("occupancy_rules", record.values, last_said(record, said), before)
    return after | {"valid_from": before["valid_from"]} if before else after


def last_said(rule: Record, said: Known) -> Mapping[str, object]:
    """What the files said before of a rule that holds already."""
    code, since, told = rule.values["code"], rule.values["valid_from"], said.of("occupancy_rules")
    return told.get((code, ALWAYS)) or told.get((code, since)) or {}


def standing(records: Iterable[Record], today: date) -> dict[object, Record]:
    """Of each rule the last record whose day has come, by code."""
    begun = sorted(
        (record for record in records if day(record.values, "valid_from") <= today),
        key=lambda record: day(record.values, "valid_from"),
    )
    return {record.values["code"]: record for record in begun}


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


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[tuple[str, object, object], ...]:
    """Columns by name, value before and after; places by layout as columns of their own."""
    one, other = _flat(before), _flat(after)
    return tuple(
        (name, one.get(name), other.get(name))
        for name in dict.fromkeys([*one, *other])
        if one.get(name) != other.get(name)
    )


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


def _changes_of_file(file: str, reading: Reading, said: Known, present: Known, today: date) -> Iterator[Change]:
    records, shape = reading.records[file], SHAPES[file]
    if file in REPLACED:
        yield from _replaced(file, records, present, replaces=file in reading.present)
    elif file == "occupancy_rules":
        yield from _changes_of_rules(records, said, present, today)
    else:
        for record in records:
            before = present.of(file).get(key_of(shape, record.values))
            yield from _change(file, record, before, coming(file, record, said, present))


def _changes_of_rules(records: Iterable[Record], said: Known, present: Known, today: date) -> Iterator[Change]:
    """Of a rule that holds already only the last word counts; days before it stay as they were."""
    records, known = list(records), present.of("occupancy_rules")
    in_force = standing(records, today)
    for record in records:
        code, since = record.values["code"], day(record.values, "valid_from")
        if (code, ALWAYS) not in known:
            yield from _change("occupancy_rules", record, None, record.values)
        elif since > today:
            yield from _change("occupancy_rules", record, known.get((code, since)), record.values)
        elif in_force[code] is record:
            yield from _change("occupancy_rules", record, known[code, ALWAYS], coming_rule(record, said, present))


def _change(
    file: str, record: Record, before: Mapping[str, object] | None, after: Mapping[str, object]
) -> Iterator[Change]:
    name = str(record.values[SHAPES[file].key[0]])
    if before is None:
        yield Change(file, name, "new", _told(after, (*SHAPES[file].key, *SAID_TWICE)), record.line)
    elif columns := differing(before, {name: after[name] for name in before}):
        yield Change(file, name, "changed", columns, record.line)


def _replaced(file: str, records: Iterable[Record], present: Known, *, replaces: bool) -> Iterator[Change]:
    """What comes, and, where the file takes the place of all there was, what goes. A place drawn elsewhere changes."""
    there = [dict(row) for row in present.of(file).values()]
    names = tuple(column.name for column in SHAPES[file].columns)
    left = Counter(_row_key(row, names) for row in there) if replaces else Counter()
    keyed = {key_of(SHAPES[file], row): row for row in there} if SHAPES[file].key else {}
    changed = set()
    for record in records:
        row = {name: record.values[name] for name in names}
        if left[_row_key(row, names)]:
            left[_row_key(row, names)] -= 1
            continue
        before = keyed.get(key_of(SHAPES[file], row)) if keyed else None
        if before is None:
            yield Change(file, _name(row), "new", _told(row, ()), record.line)
        else:
            changed.add(key_of(SHAPES[file], row))
            yield Change(file, _name(row), "changed", differing(before, row), record.line)
    for row in there:
        if left[_row_key(row, names)] and not (keyed and key_of(SHAPES[file], row) in changed):
            left[_row_key(row, names)] -= 1
            yield Change(file, _name(row), "gone", tuple((name, value, None) for name, _, value in _told(row, ())))


def _row_key(row: Mapping[str, object], names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(row[name] for name in names)


def _name(row: Mapping[str, object]) -> str:
    return str(row.get("scope_code") or row.get("code") or row.get("date"))


def _told(values: Mapping[str, object], key: Iterable[str]) -> tuple[tuple[str, object, object], ...]:
    """Of a new row what it says beside its key."""
    return tuple(
        (name, None, value)
        for name, value in _flat(values).items()
        if name not in key and value is not None and value != ()
    )


def _flat(values: Mapping[str, object]) -> dict[str, object]:
    flat = {name: value for name, value in values.items() if name != LAYOUTS}
    return flat | {f"{LAYOUT_PREFIX}{layout}": number for layout, number in sorted(places(values).items())}

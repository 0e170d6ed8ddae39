"""What files would change in the house: new rows, changed columns, and what goes where a file replaces all there was.

Managers set places, limits and rules from a date on, beside the files. So of these a file changes only what it says
otherwise than when it was last read (`said`); the rest stays as it holds today (`present`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.files.cells import LAYOUTS, day, places
from models.rules.files.columns import SHAPES
from models.rules.files.coming import (
    coming,
    coming_rule,
    is_first_word,
    is_lifted_since,
    rule_of,
    standing,
)
from models.rules.files.draft import LAYOUT_PREFIX, Known, key_of
from models.rules.files.municipality import Reading, Record
from models.rules.values import ALWAYS

REPLACED = ("opening_hours", "closures", "roster", "plan")
SAID_TWICE = ("cap_default", "municipality_code")  # by another column as well


@dataclass(frozen=True, slots=True)
class Change:
    """`sort`: new, changed or gone. `columns`: name, value before and after, as the files have them. A rule for one
    zone alone has both in its `name`: "R16 Z1-BUR"."""

    file: str
    name: str
    sort: str
    columns: tuple[tuple[str, object, object], ...]
    line: int | None = None


def changes_of(reading: Reading, said: Known, present: Known, today: date) -> tuple[Change, ...]:
    """In the order of files and lines. Nothing that stays as it is, is among them."""
    return tuple(change for file in SHAPES for change in _changes_of_file(file, reading, said, present, today))


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[tuple[str, object, object], ...]:
    """Columns by name, value before and after; places by layout as columns of their own."""
    one, other = _flat(before), _flat(after)
    return tuple(
        (name, one.get(name), other.get(name))
        for name in dict.fromkeys([*one, *other])
        if one.get(name) != other.get(name)
    )


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
        where, since = rule_of(record.values), day(record.values, "valid_from")
        if is_first_word(record, present):
            yield from _change("occupancy_rules", record, None, record.values)
        elif since > today:
            yield from _change("occupancy_rules", record, known.get((*where, since)), record.values)
        elif in_force[where] is record and not is_lifted_since(record, said, present):
            before = known.get((*where, ALWAYS))
            yield from _change("occupancy_rules", record, before, coming_rule(record, said, present))


def _change(
    file: str, record: Record, before: Mapping[str, object] | None, after: Mapping[str, object]
) -> Iterator[Change]:
    name = " ".join(str(value) for value in (record.values[SHAPES[file].key[0]], _zone_of(file, record)) if value)
    if before is None:
        yield Change(file, name, "new", _told(after, (*SHAPES[file].key, *SAID_TWICE)), record.line)
    elif columns := differing(before, {name: after[name] for name in before}):
        yield Change(file, name, "changed", columns, record.line)


def _zone_of(file: str, record: Record) -> object:
    return record.values["zone_code"] if file == "occupancy_rules" else None


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
    return str(next(filter(None, map(row.get, ("scope_code", "code", "date", "counter_code")))))


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

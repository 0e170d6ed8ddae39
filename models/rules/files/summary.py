"""What files say and would change, as it is shown and kept: numbers, and of each list as much as a page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from models.rules.files.changes import Change
from models.rules.files.draft import Assumption
from models.rules.files.export import cell
from models.rules.files.municipality import Reading
from models.rules.files.sheet import Fault

MOST_FAULTS, MOST_CHANGES, NAMED_ROWS = 100, 200, 5


@dataclass(frozen=True, slots=True)
class Summary:
    """`sorts`: how many changes of each sort; `in_all`: of each file. `changes`: the first of each file. Values are
    texts, as a cell has them."""

    rows: int = 0
    sorts: Mapping[str, int] | None = None
    in_all: Mapping[str, int] | None = None
    changes: tuple[Change, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    unread: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    faults_in_all: int = 0

    def as_json(self) -> dict[str, Any]:  # Any: as JSON has it
        return asdict(self)


def summary_of(reading: Reading, changes: Iterable[Change]) -> Summary:
    """Of files without a fault: what is shown of them, however many rows they have."""
    by_file: dict[str, list[Change]] = {}
    sorts: Counter[str] = Counter()
    for change in changes:
        by_file.setdefault(change.file, []).append(change)
        sorts[change.sort] += 1
    return Summary(
        sum(reading.counts().values()),
        dict(sorts),
        {file: len(found) for file, found in by_file.items()},
        tuple(_in_text(each) for found in by_file.values() for each in found[:MOST_CHANGES]),
        tuple(map(_assumed, reading.assumptions[:MOST_FAULTS])),
        reading.unread,
    )


def of_faults(faults: tuple[Fault, ...]) -> Summary:
    """Of files that are refused: the first hundred faults, and how many there are."""
    shown = (Fault(each.file, each.line, each.column, each.code, _plain(each.facts)) for each in faults[:MOST_FAULTS])
    return Summary(faults=tuple(shown), faults_in_all=len(faults))


def from_json(kept: Mapping[str, Any]) -> Summary:  # Any: as JSON has it
    """What as_json() made of it."""
    return Summary(
        kept["rows"],
        kept["sorts"],
        kept["in_all"],
        tuple(Change(**{**each, "columns": tuple(map(tuple, each["columns"]))}) for each in kept["changes"]),
        tuple(Assumption(**{**each, "rows": tuple(each["rows"])}) for each in kept["assumptions"]),
        tuple(kept["unread"]),
        tuple(Fault(**each) for each in kept["faults"]),
        kept["faults_in_all"],
    )


def _in_text(change: Change) -> Change:
    columns = tuple(
        (name, cell(change.file, name, before), cell(change.file, name, after))
        for name, before, after in change.columns
    )
    return Change(change.file, change.name, change.sort, columns, change.line)


def _assumed(each: Assumption) -> Assumption:
    said = cell(each.file.removesuffix(".csv"), each.column or "", each.value)
    return Assumption(each.code, each.file, each.column, said, each.rows)


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else str(value) for name, value in facts.items()
    }

"""The house as CSV files that import as what they came from: the demo's columns, and others that say something."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from models.rules.files.cells import LAYOUTS, places
from models.rules.files.columns import SHAPES
from models.rules.files.draft import LAYOUT_PREFIX, Known
from models.rules.files.sheet import FORMULA
from models.rules.house.policy import CUBIC_METRES_PER_PERSON
from models.rules.values import ALWAYS, PEOPLE, AnyValue

# Beside what the columns of SHAPES say themselves: after which column those stand that the demo has too.
AFTER: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("spaces", "default_layout"): tuple(
        f"{LAYOUT_PREFIX}{layout}" for layout in ("boardroom", "ushape", "classroom", "theatre", "reception")
    ),
    ("spaces", "vent_level"): ("vent_max_40", "vent_max_25"),
}
OF_PEOPLE = frozenset({"users", "roster"})
USUAL: Mapping[str, tuple[str, ...]] = {
    file: tuple(
        name
        for column in shape.columns
        if not column.rare
        for name in (column.name, *AFTER.get((file, column.name), ()))
    )
    for file, shape in SHAPES.items()
}


def exported(present: Known, *, people: bool = True) -> dict[str, bytes]:
    """Every file by name, as `present` has the house; with `people`, those that name them. The same house gives the
    same bytes."""
    files = {
        file: [
            _row(file, values, present)
            for key, values in present.of(file).items()
            if file != "occupancy_rules" or (isinstance(key, tuple) and key[-1] == ALWAYS)
        ]
        for file in USUAL
    }
    return {f"{file}.csv": _written(file, rows) for file, rows in files.items() if people or file not in OF_PEOPLE}


def cell(file: str, name: str, value: object) -> str:
    """A value as its column writes it, such as its reader reads back."""
    return "" if value is None else _takes(file, name).written(value)


@cache
def _takes(file: str, name: str) -> AnyValue:
    column = SHAPES[file].column(name)
    return column.takes if column else PEOPLE  # a layout's places


def _row(file: str, values: Mapping[str, object], present: Known) -> dict[str, object]:
    row = dict(values)
    if file == "buildings":
        row["municipality_code"] = next(iter(present.of("municipality")), None)
    elif file == "occupancy_rules":
        del row["valid_from"]
    elif file == "spaces":
        offered, air = places(row), row["ventilation_m3h"]
        row.pop(LAYOUTS, None)
        row["cap_default"] = offered.get(str(row["default_layout"]))
        row |= {f"{LAYOUT_PREFIX}{layout}": number for layout, number in offered.items()}
        row |= {
            f"vent_max_{per_person}": air // per_person if isinstance(air, int) else None
            for per_person in CUBIC_METRES_PER_PERSON.values()
        }
    return row


def _columns(file: str, rows: Sequence[Mapping[str, object]]) -> list[str]:
    """The demo's, then those in which some row says something that no other column says."""
    usual, known = USUAL[file], {column.name: column.default for column in SHAPES[file].columns}
    layouts = sorted({name for row in rows for name in row if name.startswith(LAYOUT_PREFIX)} - {*usual, *known})
    more = [
        name
        for name in (*known, *layouts)
        if name not in usual
        and any(
            row.get(name) not in (None, known.get(name)) and name != f"{LAYOUT_PREFIX}{row.get('default_layout')}"
            for row in rows
        )
    ]
    return [*usual, *more]


def _written(file: str, rows: Sequence[Mapping[str, object]]) -> bytes:
    columns, text = _columns(file, rows), io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_guarded(file, name, row.get(name)) for name in columns])
    return text.getvalue().encode()


def _guarded(file: str, column: str, value: object) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe, which read_sheet() takes away again."""
    text = cell(file, column, value)
    if isinstance(value, str | tuple):
        text = unicodedata.normalize("NFC", text.strip())
        return f"'{text}" if re.match(FORMULA, text) else text
    return text

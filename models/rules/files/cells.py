"""What stands in the columns of a row that was read: each column holds one kind of value, and is asked for it here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

LAYOUTS = "layouts"


def day(row: Mapping[str, object], name: str) -> date:
    """The date in a column of dates, of a row that has one."""
    value = row[name]
    assert isinstance(value, date), name
    return value


def codes(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The codes in a column that lists some."""
    value = row.get(name)
    return value if isinstance(value, tuple) else ()


def places(row: Mapping[str, object]) -> dict[str, int]:
    """Of a space, its places by layout."""
    found = row.get(LAYOUTS)
    return dict(found) if isinstance(found, Mapping) else {}

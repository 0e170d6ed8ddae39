"""Many values asked for at once, in one parameter: the statement stays the same however many there are. SQL of another
length each time takes longer to write than to answer."""

from __future__ import annotations

import json
from collections.abc import Iterable

DIALECTS = ("sqlite", "postgresql")


def among(dialect: str, column: str, name: str, sort: str = "integer") -> str:
    """Whether a column is one of the values that the parameter `name` holds."""
    if dialect == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(:{name}))"
    return f"{column} = ANY (CAST(:{name} AS {sort}[]))"


def each_of(dialect: str, name: str, called: str) -> str:
    """A row for each of these numbers, its `value`, under what they are `called`."""
    return (
        f"json_each(:{name}) AS {called}"
        if dialect == "sqlite"
        else f"unnest(CAST(:{name} AS integer[])) AS {called} (value)"
    )


def listed(dialect: str, values: Iterable[object]) -> object:
    """What such a parameter is given. SQLite has no arrays."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)

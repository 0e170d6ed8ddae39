"""What many questions have in common: a page at a time, what belongs together, rows as they now are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ScalarResult, Select

from models.tables.db import db

K = TypeVar("K")
V = TypeVar("V")


def pages(wanted: Sequence[V], size: int) -> Iterator[Sequence[V]]:
    """SQLite takes no more than some thousand parameters in one statement."""
    return (wanted[first : first + size] for first in range(0, len(wanted), size))


def gathered(pairs: Iterable[Iterable[Any]]) -> dict[K, frozenset[V]]:  # Any: a row is of two types at once
    """What belongs to each thing, from pairs of both."""
    found = defaultdict(set)
    for thing, belonging in pairs:
        found[thing].add(belonging)
    return {thing: frozenset(all_of_it) for thing, all_of_it in found.items()}


def to_change(question: Select[V]) -> ScalarResult[V]:
    """Rows for whoever changes them: as the database has them now, whatever this session read of them before."""
    return db.session.scalars(question.execution_options(populate_existing=True))

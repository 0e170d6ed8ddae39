"""What a process keeps in memory of what it read, for as long as the revision that it was read at stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from models.tables.db import db
from models.tables.transaction import is_writing

T = TypeVar("T")
KEPT: WeakKeyDictionary = (
    WeakKeyDictionary()
)  # engine -> {what: (revision, what was made of it)}, and the house's keeper


def kept(what: str, revision: object, make: Callable[[], T]) -> T:
    """What `make` makes, made again only once the revision is another.

    A writer may take what is there, but leaves nothing behind: it may hold changes that are rolled back, and their
    revision is then given again.
    """
    shelf = KEPT.setdefault(db.engine, {})
    found = shelf.get(what)
    if found is None or found[0] != revision:
        found = revision, make()
        if not is_writing():
            shelf[what] = found
    return found[1]

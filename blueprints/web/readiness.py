"""Whether requests should be sent here, and what else is wrong: within a second, whatever the database does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from blueprints.web.database import newest_revision
from models.queries.house import house_is_old_for
from models.queries.soundness import Soundness, soundness

SECONDS_TO_ANSWER = 0.8
SECONDS_LOCKED = 3
SECONDS_BETWEEN_LOOKS = 15
SECONDS_TO_FOLLOW = 2
ROUND_IS_OLD = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Readiness:
    """`hindrance`: why requests should not be sent here. `warnings`: what else is wrong; pages can still be read, and
    another machine would do no better."""

    hindrance: str | None
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """One look at the database at a time. One that hangs (a server that is frozen says nothing, not even no) is left to
    itself, and no second one is sent after it: when the server goes on, so does this."""

    url: str
    newest: str | None
    ask: Callable[[str, str | None], Soundness] = soundness
    looking_since: float | None = None
    locked_since: float | None = None
    last_locked_at: float = 0.0
    follows: bool = False
    found: Soundness | None = None
    error: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> Soundness | None:
        """How the database is; None where it says nothing in time. Raises SQLAlchemyError where it says no."""
        with self.guard:
            if self.looking_since is None:
                self.looking_since, self.done = time.monotonic(), threading.Event()
                threading.Thread(target=self._ask, args=(self.done,), daemon=True).start()
            done, until = self.done, self.looking_since + SECONDS_TO_ANSWER
        if not done.wait(max(0.0, until - time.monotonic())):
            return None
        if self.error is not None:
            raise self.error
        return self.found

    def locked_seconds(self, found: Soundness, at: float) -> float:
        """SQLite does not say since when its lock is held: there it is the time since it was first met so, as long as
        looks follow each other closely. Met again after a longer while it counts as another lock, held since now."""
        if not found.is_locked:
            self.locked_since = None
            return found.locked_seconds
        if self.locked_since is None or at - self.last_locked_at > SECONDS_BETWEEN_LOOKS:
            self.locked_since = at
        self.last_locked_at = at
        return at - self.locked_since

    def _ask(self, done: threading.Event) -> None:
        try:
            self.found, self.error = self.ask(self.url, self.newest), None
        except (SQLAlchemyError, OSError) as error:
            self.error = error
        finally:
            with self.guard:
                self.looking_since = None
                begins = not self.follows and self.error is None and self.found is not None and self.found.is_locked
                self.follows |= begins
            done.set()
        if begins:
            threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        """Look on until the lock is free, whether anybody asks or not: a watchdog that comes by each minute would
        otherwise never hear since when it is held."""
        try:
            while (found := self.look()) is None or found.is_locked:
                if found is not None:
                    self.locked_seconds(found, time.monotonic())
                time.sleep(SECONDS_TO_FOLLOW)
            self.locked_seconds(found, time.monotonic())
        except (SQLAlchemyError, OSError):
            self.locked_since = None
        finally:
            self.follows = False


@dataclass(frozen=True, slots=True)
class State:
    """`found`: None where the database does not say how it is within a second. `newest`: the last migration of this
    code."""

    found: Soundness | None
    locked_seconds: float
    newest: str | None


def state_of(app: Flask) -> State:
    watch = _watch(app)
    try:
        found = watch.look()
    except (SQLAlchemyError, OSError):
        found = None
    return State(found, watch.locked_seconds(found, time.monotonic()) if found else 0.0, watch.newest)


def readiness(app: Flask, now: datetime) -> Readiness:
    """At most a second. Costs one connection and six reads, and no write."""
    watch = _watch(app)
    try:
        found = watch.look()
    except (SQLAlchemyError, OSError):
        return Readiness("database unreachable")
    if found is None:
        return Readiness("database does not answer")
    if found.revision != watch.newest:
        return Readiness("database not migrated")
    warnings = list(warnings_of(found, watch.locked_seconds(found, time.monotonic()), now))
    if old := house_is_old_for():
        warnings.append(f"the house could not be read anew for {old:.0f} s, and is shown as it was before")
    return Readiness(None, tuple(warnings))


def warnings_of(found: Soundness, locked: float, now: datetime) -> Iterator[str]:
    """In words of a machine. `locked`: for how many seconds nobody could write."""
    if locked >= SECONDS_LOCKED:
        yield f"nobody can write to the database for {locked:.0f} s"
    if found.is_full:
        yield "disk full, or nearly so"
    if found.is_read_only:
        yield "database read-only"
    if not found.rounds:
        yield "worker: no round has ended yet"
    for job, ended_at in found.rounds:
        if now - ended_at > ROUND_IS_OLD:
            yield f"worker: last round of {job} ended {(now - ended_at) // timedelta(seconds=1)} s ago"


def _watch(app: Flask) -> Watch:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    watch: Watch | None = app.extensions.get("watch")
    if watch is None or watch.url != url:
        watch = app.extensions["watch"] = Watch(url, newest_revision())
    return watch

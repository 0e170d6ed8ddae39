"""What a piece of work costs: CPU, bytes, questions to the database, beside a baseline measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, event

ROUNDS = 40


@dataclass(frozen=True)
class Figure:
    """`ratio`: how many times its baseline it costs; of a rate, what part of its baseline it reaches. CPU is this
    process's own: a database server's is not in it."""

    database: str
    what: str
    baseline: str
    ratio: float
    cpu_ms: float | None = None
    bytes: int | None = None
    queries: float | None = None
    per_second: float | None = None


@dataclass(frozen=True)
class Cost:
    cpu_ms: float
    queries: float
    bytes: int


def measured(work: Callable[[int], int | None], engine: Engine | None = None, rounds: int = ROUNDS) -> Cost:
    """The median of all rounds but the first, which warms up. `work` is given the round's number and may answer how
    many bytes it made."""
    work(0)
    cpu, questions, size = [], [], 0
    for number in range(1, rounds + 1):
        with _counting(engine) as counted:
            started = time.process_time()
            size = work(number) or 0
            cpu.append((time.process_time() - started) * 1000)
        questions.append(counted[0])
    return Cost(sorted(cpu)[rounds // 2], sorted(questions)[rounds // 2], size)


@contextmanager
def _counting(engine: Engine | None) -> Iterator[list[int]]:
    counted = [0]

    def count(*_args) -> None:
        counted[0] += 1

    if engine is None:
        yield counted
        return
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", count)

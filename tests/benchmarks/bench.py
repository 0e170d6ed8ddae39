"""One house on one database, served and opened in this process too: what rows are measured on."""

from __future__ import annotations

import itertools
import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from statistics import median

from flask import Flask
from sqlalchemy import Engine, event, func, select, update

from models.tables.booking import Booking
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.benchmarks import big_house, processes
from tests.benchmarks.figures import Measured
from tests.benchmarks.people import People
from tests.benchmarks.server import HELLO, Served
from tests.benchmarks.visitors import Answer, Caller, Insider, Visitor
from tests.cast import ANN, NOW

Work = Callable[[Visitor, int], Answer | None]
Meanwhile = Callable[[int], None]
A_WHILE, FEW, MANY = 1.5, 2, 1000  # seconds that a row is measured, and how often at least and at most
LONG_AGO = NOW - timedelta(days=120)  # no feed reaches so far back
SETTLED = 0.05  # seconds in which a server ends what it does after its answer


class Bench(People):
    """`name`: the database's. `database`: its first process; None where it works within the app."""

    def __init__(self, app: Flask, name: str, served: Served, database: int | None) -> None:
        super().__init__(app)
        self.name, self.served, self.database = name, served, database
        with app.app_context():
            self.engine: Engine = db.engine
        self.numbers = itertools.count()
        self.slots, self.raw_slots = big_house.Slots(), itertools.count()

    @cached_property
    def hello(self) -> Measured:
        """Of the page that says hello, on the same server."""
        return self.cost(lambda visitor, _n: visitor.ask("GET", HELLO), {}) | {"hello": 1.0}

    def cost(
        self,
        work: Work,
        headers: Mapping[str, str] | None = None,
        *,
        before: Meanwhile | None = None,
        inside: bool = False,
        most: int = MANY,
    ) -> dict[str, float]:
        """Of one piece of `work`, which is given another number each time, at most `most` times. As Ann in a browser
        where no headers say otherwise. `before`: what happens each time before it, taken off again. `inside`: also in
        this process, where questions to the database are counted."""
        headers = self.in_browser(ANN) if headers is None else headers
        caller = self.caller(headers)
        answer = work(caller, next(self.numbers))
        found = self.spent(lambda: self._again_and_again(work, caller, before, most))
        if before is not None:
            beside = self.spent(lambda: self._again_and_again(_nothing, caller, before, most, seconds=0.5))
            found |= {name: max(found[name] - beside[name], 0.0) for name in beside}
        if answer is not None:
            found |= {"raw": len(answer.body), "sent": answer.sent}
        return found | (self.cost_inside(work, headers, before) if inside else {})

    def request(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        before: Meanwhile | None = None,
    ) -> Measured:
        """Of the same request time and again, beside the page that says hello."""
        return self.beside_hello(
            self.cost(lambda visitor, _n: visitor.ask(method, path), headers, before=before, inside=True)
        )

    def beside_hello(self, found: dict[str, float]) -> dict[str, float]:
        return found | {"hello": found["ms"] / (self.hello["ms"] or math.inf)}

    def caller(self, headers: Mapping[str, str]) -> Caller:
        return Caller(self.served.port, headers)

    def somebody_books(self, number: int) -> None:
        """Somewhere on a day long past, somebody, who is none of whom rows look at."""
        with self.app.app_context(), write_transaction():
            oldest = select(func.max(Booking.id)).where(Booking.starts_at < LONG_AGO).scalar_subquery()
            db.session.execute(update(Booking).where(Booking.id == oldest).values(note=f"{number}"))

    def spent(self, work: Callable[[], int]) -> dict[str, float]:
        """CPU of server and database over the whole of `work`, divided by how often it says that it did it."""
        time.sleep(SETTLED)
        before, started = self._cpu(), time.perf_counter()
        rounds = work()
        wall = (time.perf_counter() - started) * 1000
        time.sleep(SETTLED)
        app, database = (now - then for now, then in zip(self._cpu(), before, strict=True))
        found = {"ms": (app + database) / rounds, "app": app / rounds, "wall": wall / rounds}
        return found | ({"db": database / rounds} if self.database else {})

    def _cpu(self) -> tuple[float, float]:
        return processes.cpu_ms(self.served.process), processes.cpu_ms(self.database) if self.database else 0.0

    def cost_here(self, work: Callable[[int], None], most: int = MANY) -> dict[str, float]:
        """Of what this process does itself, and what the database does for it."""
        work(next(self.numbers))
        before, own = self._cpu()[1], time.process_time()
        with self._questions() as asked:
            rounds = self._again_and_again(lambda _visitor, number: work(number), None, most=most)
        app, database = (time.process_time() - own) * 1000 / rounds, (self._cpu()[1] - before) / rounds
        found = {"ms": app + database, "app": app, "queries": len(asked) / rounds}
        return found | ({"db": database} if self.database else {})

    def cost_inside(
        self, work: Work, headers: Mapping[str, str], before: Meanwhile | None = None, most: int = MANY
    ) -> dict[str, float]:
        """In this process: its CPU, and the questions to the database. What happens before each is not in it."""
        insider, cpu = Insider(self.app.test_client(use_cookies=False), headers), []
        until = time.perf_counter() + 0.5
        work(insider, next(self.numbers))
        while len(cpu) < most and (not cpu or time.perf_counter() < until):
            if before is not None:
                before(next(self.numbers))
            with self._questions() as asked:
                started = time.process_time()
                work(insider, next(self.numbers))
                cpu.append((time.process_time() - started) * 1000)
        return {"inside": median(cpu), "queries": len(asked)}

    @contextmanager
    def _questions(self) -> Iterator[list[str]]:
        """What is sent to the database within the block."""
        asked: list[str] = []

        def note(_connection, _cursor, statement: str, *_more) -> None:
            asked.append(statement)

        event.listen(self.engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(self.engine, "before_cursor_execute", note)

    def _again_and_again(
        self, work: Work, visitor: Visitor | None, before: Meanwhile | None = None, most: int = MANY, seconds=A_WHILE
    ) -> int:
        done, until = 0, time.perf_counter() + seconds
        while done < min(FEW, most) or (done < most and time.perf_counter() < until):
            if before is not None:
                before(next(self.numbers))
            work(visitor, next(self.numbers))
            done += 1
        return done

    def rate(self, work: Work, clients: int, headers: Mapping[str, str], seconds: float = 3.0) -> float:
        """How many pieces of work a second this many clients get done, each on a connection of its own."""
        return rate(work, [self.caller(headers) for _each in range(clients)], self.numbers, seconds)


def _nothing(_visitor: Visitor, _number: int) -> None:
    pass


def rate(work, visitors, numbers, seconds: float = 3.0) -> float:
    """Pieces of work a second, over some seconds after a short start."""
    done, wrong = [0] * len(visitors), []
    start = time.perf_counter() + 0.5
    until = start + seconds

    def run(client: int) -> None:
        try:
            while (moment := time.perf_counter()) < until:
                work(visitors[client], next(numbers))
                done[client] += moment >= start
        except AssertionError as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(client,)) for client in range(len(visitors))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if wrong:
        raise wrong[0]
    return sum(done) / seconds

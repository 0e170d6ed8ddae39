"""Many at once: after a manager's change, and beside fifteen who write each second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from sqlalchemy import select, update

from models.tables.db import db
from models.tables.space import Space, SpacePolicyRow
from models.tables.transaction import write_transaction
from tests.benchmarks import pages
from tests.benchmarks.bench import Bench
from tests.benchmarks.booking import book_one
from tests.benchmarks.feeds import address_of
from tests.benchmarks.figures import Measured, Row, at_most
from tests.benchmarks.visitors import Caller
from tests.cast import ANN, BRAM

AT_ONCE, TIMES = 8, 5
WRITES_A_SECOND, SECONDS = 15, 4.0


def after_a_change(bench: Bench) -> Measured:
    """The first page of eight people at once; their cost together, and how long the last of them waited."""
    mine, waited = bench.in_browser(ANN), []

    def all_at_once() -> int:
        begun = time.perf_counter()
        callers = [bench.caller(mine) for _each in range(AT_ONCE)]
        together = [threading.Thread(target=_one_page, args=(caller,)) for caller in callers]
        for each in together:
            each.start()
        for each in together:
            each.join()
        waited.append((time.perf_counter() - begun) * 1000)
        return 1

    all_at_once()
    found = []
    for number in range(TIMES):
        _change(bench, number)
        found.append(bench.spent(all_at_once))
    middle = sorted(found, key=lambda each: each["ms"])[TIMES // 2]
    return middle | {"wall": sorted(waited[1:])[TIMES // 2]}


def _one_page(caller: Caller) -> None:
    caller.ask("GET", pages.TIMELINE)


def _change(bench: Bench, number: int) -> None:
    """Of one room's policy, by somebody else than the server."""
    with bench.app.app_context(), write_transaction():
        room = select(Space.id).where(Space.code == "VZ-905").scalar_subquery()
        db.session.execute(
            update(SpacePolicyRow).where(SpacePolicyRow.space_id == room).values(max_minutes=480 + 15 * number)
        )


def beside_writers(bench: Bench, ask: Callable[[Caller], object], headers) -> Measured:
    """One reader after another, while fifteen bookings a second are made. What they alone cost is taken off."""
    alone = bench.spent(lambda: _write_for(bench, SECONDS))
    reader, waited = bench.caller(headers), []
    ask(reader)

    def both() -> int:
        written = []
        writer = threading.Thread(target=lambda: written.append(_write_for(bench, SECONDS)))
        writer.start()
        while writer.is_alive():
            begun = time.perf_counter()
            ask(reader)
            waited.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.01)
        writes.extend(written)
        return len(waited)

    writes: list[int] = []
    found, reads = bench.spent(both), len(waited)
    cost = {
        part: max(found[part] - alone[part] * writes[0] / reads, 0.0) for part in ("ms", "app", "db") if part in found
    }
    return bench.beside_hello(cost) | {"wall": sorted(waited)[reads * 95 // 100], "per_s": reads / SECONDS}


def _write_for(bench: Bench, seconds: float) -> int:
    writer, work, begun = bench.caller(bench.as_program()), book_one(bench), time.perf_counter()
    for number in range(round(seconds * WRITES_A_SECOND)):
        time.sleep(max(0.0, begun + number / WRITES_A_SECOND - time.perf_counter()))
        work(writer, number)
    return round(seconds * WRITES_A_SECOND)


def _day(bench: Bench) -> Measured:
    mine = bench.in_browser(ANN)
    return beside_writers(bench, lambda reader: reader.ask("GET", pages.TIMELINE), mine)


def _poll(bench: Bench) -> Measured:
    address = address_of(bench, BRAM, "mine")
    tag = bench.caller({}).ask("GET", address).headers["ETag"]
    return beside_writers(bench, lambda reader: reader.ask("GET", address), {"If-None-Match": tag})


ROWS = (
    Row("first page after a manager's change, 8 at once", at_most(ms=500), after_a_change),
    Row("day of 40 rooms beside 15 writes a second", at_most(ms=4), _day),
    Row("feed, nothing new, beside 15 writes a second", at_most(hello=1.5), _poll),
)

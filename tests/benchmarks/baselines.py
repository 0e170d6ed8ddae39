"""What all others stand beside: a page that says hello, and a day's bookings asked for in plain SQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import text

from models.tables.db import UtcDateTime
from tests.benchmarks import big_house
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Measured, Row
from tests.benchmarks.visitors import Insider


def _hello_inside(bench: Bench) -> Measured:
    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    greeting = Insider(hello.test_client(), {})
    return {"inside": bench.cost_here(lambda _number: greeting.ask("GET", "/") and None)["app"]}


_DAY = """
    SELECT booking.*, space.code FROM booking JOIN space ON space.id = booking.space_id
     WHERE space.kind = 'meeting_room' AND starts_at >= :since AND starts_at < :until"""


def _plain_day(bench: Bench) -> Measured:
    begin = datetime.combine(big_house.FULL_DAY, datetime.min.time(), UTC)
    stored = UtcDateTime().process_bind_param
    dialect = bench.engine.dialect
    since, until = (stored(begin + timedelta(days=days), dialect) for days in (0, 1))
    if dialect.name == "sqlite":
        since, until = (each.isoformat(" ", "microseconds") for each in (since, until))

    def read(_number: int) -> None:
        with bench.engine.connect() as connection:
            assert len(connection.execute(text(_DAY), {"since": since, "until": until}).all()) == 160

    return bench.cost_here(read)


ROWS = (
    Row("hello-world, same server", (), lambda bench: bench.hello),
    Row("hello-world, in process", (), _hello_inside),
    Row("the day of 40 rooms in plain SQL", (), _plain_day),
)

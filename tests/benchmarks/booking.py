"""Bookings: by a program, by the form, how many a second, and a long series with somebody beside it."""

from __future__ import annotations

import re
import threading
import time
from datetime import datetime, timedelta

from sqlalchemy import text

from models.tables.db import UtcDateTime
from tests.benchmarks import big_house
from tests.benchmarks.bench import Bench, rate
from tests.benchmarks.figures import Measured, Row, at_least, at_most
from tests.cast import ANN, BRUSSELS, NOW
from tests.demo_building import open_day_and_night

ROOMS, A_DAY = big_house.FREE_ROOMS, 10
SERIES = "FREQ=DAILY;COUNT=250"


def book_one(bench: Bench, expected=(201,)):
    return lambda visitor, _n: visitor.ask("POST", "/api/v1/bookings", json=bench.slots.wish(), expected=expected)


def _by_program(bench: Bench) -> Measured:
    return bench.beside_hello(bench.cost(book_one(bench), bench.as_program(), inside=True))


def _form_and_booking(bench: Bench) -> Measured:
    """The form opened, filled in and sent: two requests, their cost together."""
    mine = bench.in_browser(ANN)

    def fill_in(visitor, _number: int):
        room, start, end = bench.slots.next()
        address = f"/rooms/{room}/book"
        form = visitor.ask("GET", f"{address}?start={start:%Y-%m-%dT%H:%M}")
        fields = {
            "date": f"{start:%Y-%m-%d}",
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "attendees": "4",
            "layout": "boardroom",
            "title": "Bench",
            "privacy": "title",
        }
        for name, value in re.findall(
            r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.body.decode()
        ):
            fields.setdefault(name, value)
        cookie = form.headers.get("Set-Cookie", "").partition(";")[0] or mine["Cookie"]
        visitor.ask("POST", address, form=fields, headers={"Cookie": cookie}, expected=(303,))
        return form

    return bench.beside_hello(bench.cost(fill_in, mine, inside=True))


_PLAIN = """
    INSERT INTO booking (uid, handle, space_id, starts_at, ends_at, status, exclusive, persons, layout, privacy,
                         organisation_id, organiser_id, booked_by_id, created_at, updated_at, version)
    SELECT :uid, :uid, space.id, :start, :end, 'confirmed', :yes, 4, 'boardroom', 'busy', organisation.id, person.id,
           person.id, :now, :now, 1
      FROM space, person JOIN organisation ON organisation.id = person.organisation_id
     WHERE space.code = :space AND person.username = :who"""


def raw_insert(bench: Bench):
    """The same guarded row in plain SQL, in a transaction of its own: what the database alone costs."""
    stored = UtcDateTime().process_bind_param
    dialect, numbers = bench.engine.dialect, bench.raw_slots

    def written(instant):
        value = stored(instant, dialect)
        return value.isoformat(" ", "microseconds") if dialect.name == "sqlite" else value

    def insert(_visitor, _number: int) -> None:
        number = next(numbers)
        start = NOW + timedelta(days=1000 + number // len(ROOMS) // A_DAY, hours=number // len(ROOMS) % A_DAY)
        with bench.engine.execution_options(writes=True).begin() as connection:
            connection.execute(
                text(_PLAIN),
                {
                    "uid": f"raw-{number}",
                    "start": written(start),
                    "end": written(start + timedelta(minutes=30)),
                    "now": written(NOW),
                    "yes": True,
                    "space": ROOMS[number % len(ROOMS)],
                    "who": ANN,
                },
            )

    return insert


def _plain(bench: Bench) -> Measured:
    """The database's part of it, and this process's."""
    insert = raw_insert(bench)
    return bench.cost_here(lambda number: insert(None, number))


def _rate(clients: int):
    """Beside the plain INSERT by as many."""

    def measured(bench: Bench) -> Measured:
        plain = rate(raw_insert(bench), [None] * clients, bench.numbers)
        booked = bench.rate(book_one(bench), clients, bench.as_program())
        return {"per_s": booked, "share": booked / plain}

    return measured


def _series(bench: Bench) -> Measured:
    return _long_series(bench, "VZ-920")[0]


def _meanwhile(bench: Bench) -> Measured:
    """How long at most another waits, who books one thing after another while the series is on its way."""
    return _long_series(bench, "VZ-921")[1]


def _long_series(bench: Bench, room: str) -> tuple[Measured, Measured]:
    with bench.app.app_context():
        open_day_and_night(room)
    start = datetime.combine(big_house.FULL_DAY, datetime.min.time(), BRUSSELS) + timedelta(hours=20)
    wish = {
        "space": room,
        "start": start.isoformat(),
        "end": (start + timedelta(hours=1)).isoformat(),
        "attendees": 4,
        "recurrence": SERIES,
    }
    series, other = bench.caller(bench.as_program()), bench.caller(bench.as_program())
    book_one(bench)(other, 0)  # warms up
    waited: list[float] = []

    def come_in_between() -> None:
        while not lasted:
            begun = time.perf_counter()
            book_one(bench, expected=(201, 503))(other, 0)  # sent away after five seconds: so long they waited
            waited.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.05)

    def both() -> int:
        beside, begun = threading.Thread(target=come_in_between), time.perf_counter()
        beside.start()
        try:
            answer = series.ask("POST", "/api/v1/bookings", json=wish, expected=(201,))
        finally:
            lasted.append((time.perf_counter() - begun) * 1000)
            beside.join()
        assert len(answer.json["items"]) == 250
        return 1

    lasted: list[float] = []
    found = bench.spent(both)
    return found | {"wall": lasted[0]}, {"wall": max(waited)}


ROWS = (
    Row("guarded INSERT in SQL", (), _plain),
    Row("booking by API", at_most(ms=5), _by_program),
    Row("form and booking", at_most(ms=14), _form_and_booking),
    Row("bookings by API, 1 client", at_least(share=0.3), _rate(1)),
    Row("bookings by API, 8 clients", at_least(share=0.3), _rate(8)),
    Row("series of 250 dates", at_most(wall=1500), _series),
    Row("another booker while a series of 250 is booked", at_most(wall=300), _meanwhile),
)

"""The pages that most people open: a day of rooms, a week, a month, today."""

from __future__ import annotations

from datetime import timedelta

from tests.benchmarks import big_house
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Measured, Row, at_most
from tests.cast import ANN

DAY = big_house.FULL_DAY
TIMELINE = f"/rooms?date={DAY}&view=timeline"
SIZE = {"raw": 25_000, "sent": 6_000}


def _page(path: str):
    return lambda bench: bench.request(path)


def _first_reading(bench: Bench) -> Measured:
    """Another full day each time, which nobody has read before."""
    days = iter(big_house.full_days()[1:])
    spent = bench.cost(lambda visitor, _n: visitor.ask("GET", f"/rooms?date={next(days)}&view=timeline"), most=30)
    rest = bench.cost_inside(
        lambda visitor, _n: visitor.ask("GET", f"/rooms?date={next(days)}&view=timeline"), bench.in_browser(ANN), most=5
    )
    return bench.beside_hello(spent | rest)


def _unchanged(bench: Bench, *, others_book: bool) -> Measured:
    mine = bench.in_browser(ANN)
    tag = bench.caller(mine).ask("GET", TIMELINE).headers["ETag"]
    return bench.request(TIMELINE, mine | {"If-None-Match": tag}, before=bench.somebody_books if others_book else None)


def _month(bench: Bench) -> Measured | str:
    path = f"/rooms?date={DAY}&view=month"
    if b"view=month" not in bench.caller(bench.in_browser(ANN)).ask("GET", TIMELINE).body:
        return "there is no month of rooms yet"
    return bench.request(path)


ROWS = (
    Row("day of 40 rooms, first reading", at_most(ms=8, **SIZE), _first_reading),
    Row("day of 40 rooms, repeated", at_most(ms=4, **SIZE), _page(TIMELINE)),
    Row(
        "day of 40 rooms, repeated, others booked meanwhile",
        at_most(ms=4),
        lambda b: b.request(TIMELINE, before=b.somebody_books),
    ),
    Row("day of 40 rooms, unchanged (304)", at_most(hello=2.5), lambda b: _unchanged(b, others_book=False)),
    Row(
        "day of 40 rooms, unchanged, others booked meanwhile",
        at_most(hello=2.5),
        lambda b: _unchanged(b, others_book=True),
    ),
    Row("week of 40 rooms", at_most(ms=15), _page(f"/rooms?date={DAY}&view=week")),
    Row("month of 40 rooms", at_most(ms=25), _month),
    Row("list of 40 rooms", (), _page(f"/rooms?date={DAY}&view=list")),
    Row("today, 800 bookings a day in the building", at_most(ms=12), _page("/")),
    Row("plan of 80 desks", (), _page(f"/desks?date={DAY}&view=plan&floor=F1")),
    Row("list of 80 desks", (), _page(f"/desks?date={DAY}&view=list")),
    Row("booking form", (), _page("/rooms/VZ-103/book")),
    Row("finder", (), _page(f"/find?attendees=6&date={DAY + timedelta(days=1)}&when=at&start=10:00&minutes=60")),
)

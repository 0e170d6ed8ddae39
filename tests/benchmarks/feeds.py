"""Calendar programs: they ask day and night, nearly always in vain."""

from __future__ import annotations

from sqlalchemy import select, update

from models.actions.people.feeds import make_feed
from models.queries.people import person_by_username
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.benchmarks import big_house, processes
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Aim, Measured, Row, at_most
from tests.cast import ANN, BRAM, NOW

A_POLL = at_most(hello=1.5)
FLAT = Aim("mb", 32)


def address_of(bench: Bench, username: str, scope: str) -> str:
    with bench.app.test_request_context():
        return f"/feeds/{make_feed(scope, None, person_by_username(username), NOW).token}.ics"


def _poll(bench: Bench, username: str, scope: str, *, others_book: bool, method: str = "GET") -> Measured:
    address = address_of(bench, username, scope)
    tag = bench.caller({}).ask("GET", address).headers["ETag"]
    return bench.request(
        address,
        {} if method == "HEAD" else {"If-None-Match": tag},
        method=method,
        before=bench.somebody_books if others_book else None,
    )


def _ninety(bench: Bench) -> Measured:
    return bench.request(address_of(bench, BRAM, "mine"), {})


def _one_changed(bench: Bench) -> Measured:
    """What changed it is counted with the database."""
    with bench.app.app_context():
        own = db.session.scalars(select(Booking.id).where(Booking.title == big_house.NINETY).order_by(Booking.id)).all()

    def moved_on(number: int) -> None:
        with bench.app.app_context(), write_transaction():
            db.session.execute(
                update(Booking)
                .where(Booking.id == own[number % len(own)])
                .values(version=Booking.version + 1, attendees=number % 7 + 1)
            )

    return bench.request(address_of(bench, BRAM, "mine"), {}, before=moved_on)


def _thousands(bench: Bench) -> Measured:
    """Ten full feeds at the most; how much memory the process that wrote them grew by at its peak."""
    address = address_of(bench, ANN, "organisation:GEM")
    served = bench.served.process
    found = bench.cost(lambda visitor, _n: visitor.ask("GET", "/healthz"), {})
    before = processes.memory_mb(served, peak=False)
    processes.forget_peaks(served)
    found = bench.cost(lambda visitor, _n: visitor.ask("GET", address), {})
    grown = [now - then for now, then in zip(processes.memory_mb(served, peak=True), before, strict=True)]
    return bench.beside_hello(found) | {"mb": max(grown)}


ROWS = (
    Row("feed, nothing new (304)", A_POLL, lambda b: _poll(b, BRAM, "mine", others_book=False)),
    Row("feed, nothing new, others booked meanwhile", A_POLL, lambda b: _poll(b, BRAM, "mine", others_book=True)),
    Row("feed of a floor, likewise", A_POLL, lambda b: _poll(b, ANN, "floor:F1", others_book=True)),
    Row(
        "feed, HEAD, others booked meanwhile", A_POLL, lambda b: _poll(b, BRAM, "mine", others_book=True, method="HEAD")
    ),
    Row("feed of 90 events", at_most(ms=8), _ninety),
    Row("feed of 90 events, one of them changed", (), _one_changed),
    Row("feed of 30,000 events", (*at_most(ms=4000), FLAT), _thousands),
)

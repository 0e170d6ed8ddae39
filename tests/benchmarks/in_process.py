"""What pages and bookings cost one process, beside a hello-world page and the same row written in plain SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from blueprints.web.identity import SESSION_KEY
from models.actions.bookings.book import book
from models.actions.people.attempts import Knock
from models.actions.people.set_password import set_passwords
from models.actions.people.sign_in import sign_in
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.bookings.fields import BookingRequest
from models.rules.people.passwords import passwords_at
from models.rules.refusals import Refused
from models.tables.db import UtcDateTime, db
from tests.benchmarks import big_house
from tests.benchmarks.figures import Cost, Figure, measured
from tests.cast import ANN, FARID, NOW, ask

ROOMS = ("VZ-101", "VZ-102", "VZ-103", "VZ-104", "VZ-105", "VZ-106", "VZ-202", "VZ-203", "VZ-204")
DAY = big_house.FULL_DAY
PAGES = {
    "day timeline, 40 rooms, 160 bookings": f"/rooms?date={DAY}&view=timeline",
    "the same as a list": f"/rooms?date={DAY}&view=list",
    "the same over a week": f"/rooms?date={DAY}&view=week",
    "plan of 80 desks": f"/desks?date={DAY}&view=plan&floor=F1",
    "list of 80 desks": f"/desks?date={DAY}&view=list",
    "today for me": "/",
    "booking form": "/rooms/VZ-103/book",
}
OTHERS = 200_000
HELLO, INSERT = "hello-world page", "guarded INSERT in SQL"


class Bench:
    """One app on one database; `name` is the database's."""

    def __init__(self, app: Flask, name: str) -> None:
        self.app, self.name = app, name
        with app.app_context():
            self.engine: Engine = db.engine
        hello = Flask("hello")
        hello.add_url_rule("/", view_func=lambda: "hello")
        greeting = hello.test_client()
        self.hello = measured(lambda _n: len(greeting.get("/").data), rounds=400)
        self.visitor = _signed_in(app)

    def figure(self, what: str, cost: Cost, base: Cost, baseline: str) -> Figure:
        return Figure(
            self.name, what, baseline, cost.cpu_ms / base.cpu_ms, round(cost.cpu_ms, 3), cost.bytes, cost.queries
        )

    def bookings(self) -> Iterator[Figure]:
        with self.app.test_request_context():
            ann, farid = person_by_username(ANN), person_by_username(FARID)
            raw = measured(raw_insert, self.engine)
            yield self.figure(INSERT, raw, raw, "itself")
            for what, work in (
                ("a booking, accepted", lambda n: book(free_slot(n), ann, NOW) and None),
                ("a booking, refused with three alternatives", lambda _n: _refused(farid)),
            ):
                yield self.figure(what, measured(work, self.engine), raw, INSERT)

    def pages(self, beside: str) -> Iterator[Figure]:
        """`beside`: what else stands in the database."""
        for what, path in PAGES.items():
            yield self.page(f"{what}{beside}", path)

    def page(self, what: str, path: str, **headers: str) -> Figure:
        self._opened(path)
        return self.figure(what, measured(lambda _n: self._opened(path, **headers), self.engine), self.hello, HELLO)

    def unchanged(self) -> Figure:
        path = next(iter(PAGES.values()))
        self._opened(path)
        tag = self.visitor.get(path).headers["ETag"]
        return self.page("day timeline, unchanged (304)", path, If_None_Match=tag)

    def form_and_booking(self) -> Figure:
        """The form opened, filled in and sent: two requests, their cost together."""
        self.app.config["WTF_CSRF_ENABLED"] = False

        def fill_in(number: int) -> None:
            wish = free_slot(number, week=8)
            local = wish.start.astimezone(_zone(self.app))
            address = f"/rooms/{wish.space}/book"
            self._opened(f"{address}?start={local:%Y-%m-%dT%H:%M}")
            answer = self.visitor.post(
                address,
                data={
                    "date": f"{local:%Y-%m-%d}",
                    "start": f"{local:%H:%M}",
                    "end": f"{local + timedelta(minutes=30):%H:%M}",
                    "attendees": "4",
                    "layout": "boardroom",
                    "title": "Bench",
                    "privacy": "title",
                },
            )
            assert answer.status_code == 303, answer.text

        cost = measured(fill_in, self.engine)
        self.app.config["WTF_CSRF_ENABLED"] = True
        return self.figure("booking form and the booking", cost, self.hello, HELLO)

    def _opened(self, path: str, **headers: str) -> int:
        answer = self.visitor.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        assert answer.status_code in (200, 304), (path, answer.status_code)
        return len(answer.data)


def figures(app: Flask, name: str) -> Iterator[Figure]:
    bench = Bench(app, name)
    yield bench.figure(HELLO, bench.hello, bench.hello, "itself")
    yield from bench.bookings()
    yield bench.form_and_booking()
    _change(app, big_house.forty_rooms)
    yield from bench.pages("")
    yield bench.unchanged()
    _change(app, lambda: big_house.many_others(OTHERS))
    yield from bench.pages(f", {OTHERS} elsewhere")
    yield bench.unchanged()
    _change(app, big_house.many_spaces)
    yield bench.page("finder over 500 spaces", f"/find?attendees=6&date={DAY}&when=at&start=10:00&minutes=60")
    _change(app, big_house.tower_of_desks)
    yield bench.page("plan of a floor of 3000 desks", f"/desks?date={DAY}&view=plan&floor=T05")


def _change(app: Flask, work: Callable[[], None]) -> None:
    with app.app_context():
        work()


def _zone(app: Flask):
    with app.app_context():
        return the_house().zone


def _signed_in(app: Flask) -> FlaskClient:
    passwords = passwords_at(time_cost=1, memory_cost=8, parallelism=1)
    with app.test_request_context():
        set_passwords([ANN], "benchmarks only", passwords)
        token = sign_in(Knock(ANN, ANN, "127.0.0.1"), "benchmarks only", passwords, NOW).token
    visitor = app.test_client()
    with visitor.session_transaction() as cookie:
        cookie[SESSION_KEY] = token
    return visitor


def free_slot(number: int, week: int = 0) -> BookingRequest:
    """A request that is accepted, another one each time: rooms, half hours and days in turn."""
    room = ROOMS[number % len(ROOMS)]
    request = ask(room, "2027-03-15T08:00", "08:30", attendees=4)
    later = timedelta(days=7 * week + number // len(ROOMS) // 9, hours=number // len(ROOMS) % 9)
    return BookingRequest(room, request.start + later, request.end + later, attendees=4)


_PLAIN = """
    INSERT INTO booking (uid, space_id, starts_at, ends_at, status, exclusive, persons, layout, privacy,
                         organisation_id, organiser_id, booked_by_id, created_at, updated_at, version)
    SELECT 'bench', space.id, :start, :end, 'confirmed', :yes, 4, 'boardroom', 'busy', organisation.id, person.id,
           person.id, :now, :now, 1
      FROM space, person JOIN organisation ON organisation.id = person.organisation_id
     WHERE space.code = :space AND person.username = :who"""


def raw_insert(number: int) -> None:
    """The same guarded row in plain SQL, in a transaction of its own: what the database alone costs."""
    start = free_slot(number, week=4).start
    stored = UtcDateTime().process_bind_param
    dialect = db.engine.dialect

    def written(instant):
        value = stored(instant, dialect)
        return value.isoformat(" ", "microseconds") if dialect.name == "sqlite" else value

    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            text(_PLAIN),
            {
                "start": written(start),
                "end": written(start + timedelta(minutes=30)),
                "now": written(NOW),
                "yes": True,
                "space": ROOMS[number % len(ROOMS)],
                "who": ANN,
            },
        )


def _refused(person) -> None:
    """Somebody holds that half hour."""
    try:
        book(ask("VZ-104", "2027-03-15T08:00", "08:30", attendees=4), person, NOW)
    except Refused as refused:
        assert refused.alternatives
    db.session.rollback()

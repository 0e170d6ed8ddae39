"""What people wait for reads no more because much is booked elsewhere: on other days, in other buildings, by others.

Never time, which a busy machine changes: statements, and the rows that the database looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import delete, select, text

from blueprints.web.identity import SESSION_KEY
from models.actions.people.attempts import Knock
from models.actions.people.create_token import create_token
from models.actions.people.feeds import make_feed
from models.actions.people.set_password import set_passwords
from models.actions.people.sign_in import sign_in
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.people.passwords import passwords_at
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.space import Space
from models.tables.transaction import write_transaction
from tests.benchmarks.big_house import book_rows
from tests.benchmarks.buildings import building_of_rooms
from tests.cast import ANN, NOW, at
from tests.house.rows_read import Read, counted

DAY, LONG_AGO = date(2027, 3, 9), date(2026, 9, 1)
FEEDS = ("mine", "space:VZ-104", "floor:F1")
HERS = "VZ-103"
FEW, MANY = range(1), range(1, 13)  # 360 bookings elsewhere, later 4,680
OTHERS = PersonRow.username != ANN
MOST = 1.1  # times what the same reads when few others booked anything
# PostgreSQL takes now this way and now that, and steps over rows that are gone. Whoever looks through all that is
# booked on other days reads 1,900 more.
BY_CHANCE = {"sqlite": 0, "postgresql": 400}


class House:
    """Ann's house, her bookings in it, and how she asks: by browser, program and calendar."""

    def __init__(self, app: Flask) -> None:
        self.app, self.nth, self.booked, self.tags = app, 0, 0, {}
        with app.test_request_context():
            building_of_rooms("G1", 20)
            ann = person_by_username(ANN)
            spaces = the_house().spaces
            book_rows([(spaces["VZ-104"], DAY, hour * 60, 60) for hour in (9, 11, 14)], PersonRow.username == ANN)
            self.program = {"Authorization": f"Bearer {create_token(ANN, 'write', NOW)}"}
            self.feeds = {scope: make_feed(scope, None, ann, NOW).token for scope in FEEDS}
            passwords = passwords_at(time_cost=1, memory_cost=8, parallelism=1)
            set_passwords([ANN], "a house test only", passwords)
            token = sign_in(Knock(ANN, ANN, "127.0.0.1"), "a house test only", passwords, NOW).token
            self.engine = db.engine
        self.browser = app.test_client()
        with self.browser.session_transaction() as cookie:
            cookie[SESSION_KEY] = token

    def others_book(self, times: range) -> None:
        """Each time in every space, on a day long past."""
        with self.app.test_request_context():
            spaces = [space for space in the_house().spaces.values() if len(space.parts) == 1 and space.code != HERS]
            book_rows([(each, LONG_AGO - timedelta(days=nth), 600, 60) for nth in times for each in spaces], OTHERS)
            _look_anew()

    def others_book_in_the_other_building(self, times: range) -> None:
        """Each time in all its rooms, on each of the days about this one."""
        with self.app.test_request_context():
            spaces = [space for space in the_house().spaces.values() if space.building == "G1"]
            days = [DAY + timedelta(days=nth) for nth in range(-7, 3)]
            book_rows([(each, day, 420 + 40 * nth, 30) for day in days for nth in times for each in spaces], OTHERS)
            _look_anew()

    def somebody_books(self) -> None:
        """Last summer, so that nothing stands in memory any more that hangs on others' bookings."""
        self.nth += 1
        with self.app.test_request_context():
            book_rows([(the_house().spaces["VZ-101"], date(2026, 6, 1) - timedelta(days=self.nth), 600, 60)], OTHERS)

    def cost(self, work: Callable[[House], object]) -> Read:
        self.tags.clear()
        work(self)
        self.somebody_books()
        with counted(self.engine) as read:
            work(self)
        self.take_back()
        return read

    def grown(self, before: dict[str, Read], works: set[str]) -> dict[str, tuple[Read, Read]]:
        """Which of these cost more by now."""
        chance = BY_CHANCE[self.engine.dialect.name]
        costs = {what: (before[what], self.cost(WORKS[what])) for what in WORKS if what in works}
        return {
            what: (then, now)
            for what, (then, now) in costs.items()
            if now.queries > then.queries or now.rows > then.rows * MOST + chance
        }

    def take_back(self) -> None:
        """What Ann booked meanwhile: her own bookings may well be read."""
        with self.app.test_request_context(), write_transaction():
            hers = select(Space.id).where(Space.code == HERS).scalar_subquery()
            db.session.execute(delete(Booking).where(Booking.space_id == hers))


def _look_anew() -> None:
    """What PostgreSQL knows of its tables and finds its way by. It rather reads a few thousand rows one and all: here
    it goes by an index wherever there is one, as among two hundred thousand."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            for told in ("enable_seqscan", "jit"):
                connection.execute(text(f'ALTER DATABASE "{db.engine.url.database}" SET {told} = off'))
        db.session.remove()
        db.engine.dispose()


def read_feed(scope: str, *, again: bool):
    def work(house: House) -> None:
        address = f"/feeds/{house.feeds[scope]}.ics"
        known = house.tags.get(scope) if again else None
        answer = house.app.test_client().get(address, headers={"If-None-Match": known} if known else {})
        assert answer.status_code == (304 if known else 200)
        house.tags[scope] = answer.headers["ETag"]

    return work


def page(path: str):
    def work(house: House) -> None:
        assert house.browser.get(path).status_code == 200

    return work


def listed(house: House) -> None:
    """Hers, the only ones to come: whoever first reads what is over reads all there ever was."""
    answer = house.app.test_client().get("/api/v1/bookings?limit=10", headers=house.program)
    assert len(answer.json["items"]) == 3


def refused(house: House) -> None:
    wish = {"space": "VZ-104", "start": at(f"{DAY}T09:00").isoformat(), "end": at(f"{DAY}T10:00").isoformat()}
    answer = house.app.test_client().post("/api/v1/bookings", json=wish, headers=house.program)
    assert answer.status_code == 409
    assert len(answer.json["alternatives"]) == 3


def booked(house: House) -> str:
    house.booked += 1
    start = at(f"{DAY + timedelta(days=1)}T08:00") + timedelta(hours=house.booked % 10)
    wish = {"space": HERS, "start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    answer = house.app.test_client().post("/api/v1/bookings", json=wish, headers=house.program)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def changed(house: House) -> None:
    address = f"/api/v1/bookings/{booked(house)}"
    answer = house.app.test_client().patch(address, json={"attendees": 3}, headers=house.program)
    assert answer.status_code == 200, answer.text


WORKS = {
    "a feed poll (304)": read_feed("mine", again=True),
    "a poll of a floor's feed (304)": read_feed("floor:F1", again=True),
    "my feed": read_feed("mine", again=False),
    "a room's feed": read_feed("space:VZ-104", again=False),
    "a day of rooms": page(f"/rooms?date={DAY}&view=timeline"),
    "a week of rooms": page(f"/rooms?date={DAY}&view=week"),
    "a day of desks": page(f"/desks?date={DAY}&view=plan&floor=F1"),
    "today": page("/"),
    "my bookings": page("/mine"),
    "a list of bookings without a window": listed,
    "a refusal with alternatives": refused,
    "a booking": booked,
    "a booking and its change": changed,
}


def test_what_people_wait_for_reads_no_more_because_others_book_elsewhere(demo_app):
    """PostgreSQL may find it quicker to look through a day of all buildings than through one building's spaces."""
    house = House(demo_app)
    house.others_book(FEW)
    house.others_book_in_the_other_building(FEW)
    before = {what: house.cost(work) for what, work in WORKS.items()}
    house.others_book(MANY)
    assert house.grown(before, set(WORKS)) == {}, "on other days"
    if house.engine.dialect.name == "sqlite":
        house.others_book_in_the_other_building(MANY)
        assert house.grown(before, set(WORKS)) == {}, "in another building"

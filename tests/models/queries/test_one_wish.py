"""What is read for one wish is enough: the verdict, and what its receipt keeps, are those of the whole building."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.exc import IntegrityError

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.wish import decide
from models.queries.house import the_house
from models.queries.one_wish import facts_of
from models.queries.people import people_by_username
from models.queries.reading import pages
from models.queries.taken import facts_about
from models.rules.house.house import House, Space
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.receipt import met
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import Building, Floor, Zone
from models.tables.presence import SpaceCount
from models.tables.transaction import write_transaction
from tests.benchmarks.big_house import more_spaces
from tests.cast import ANN, DORA, JEF, LIEN, NOW, ask, at

PEOPLE = (ANN, DORA, JEF, LIEN)
QUARTER, WISHES = timedelta(minutes=15), 60
LENGTHS = (1, 2, 4, 8, 16, 40)


def second_building() -> None:
    """With as many sorts of space as a town needs to have people sit in both."""
    with write_transaction():
        building, floor, zone = Building(code="B2", name_nl="B2"), Floor(code="B2-F", name_nl="F"), None
        db.session.add(building)
        db.session.flush()
        floor.building_id = building.id
        db.session.add(floor)
        db.session.flush()
        zone = Zone(code="B2-Z", name_nl="Z", floor_id=floor.id)
        db.session.add(zone)
        db.session.flush()
        for like in ("VZ-104", "WP-1BUR-01", "SK-01"):
            more_spaces(like, [f"B2-{like}-{number}" for number in range(2)], floor.id, zone.id)


def bookings_at_random(chance: random.Random, number: int) -> None:
    """Past every rule, for the guard alone to look at: rows that it will not have are left out."""
    house, people = the_house(), list(people_by_username(PEOPLE).values())
    for _nth in range(number):
        space, who = chance.choice(list(house.spaces.values())), chance.choice([*people, None])
        start = at("2027-03-08T07:00") + chance.randrange(40) * QUARTER
        row = {
            "uid": "at-random",
            "space_id": space.id,
            "starts_at": start,
            "ends_at": start + chance.choice(LENGTHS) * QUARTER,
            "status": chance.choice(("confirmed", "confirmed", "pending", "checked_in", "cancelled", "completed")),
            "exclusive": space.exclusive,
            "persons": chance.randint(1, 9),
            "wheelchair": chance.choice((0, 0, 1, 2)),
            "layout": "boardroom",
            "organisation_id": house.organisations["GEM" if who is None else who.organisation].id,
            "organiser_id": who.id if who else None,
            "booked_by_id": people[0].id,
            "evacuation_buddy_id": chance.choice((None, people[1].id)),
            "created_at": NOW,
            "updated_at": NOW,
        }
        try:
            with write_transaction():
                db.session.connection().execute(insert(Booking.__table__), row)
        except IntegrityError:
            continue


def limits_at_random(chance: random.Random, house: House, space: str) -> House:
    """The same house with limits around a space that are so low that they bind."""
    here = house.spaces[space]
    places = [(sort, getattr(here, sort)) for sort in ("zone", "floor", "building") if chance.random() < 0.5]
    return replace(house, limits={each: ((date.min, chance.randint(1, 60)),) for each in places})


def wish_at_random(chance: random.Random, house: House) -> Wanted:
    people = list(people_by_username(PEOPLE).values())
    who, space = chance.choice(people), chance.choice(list(house.spaces.values()))
    start = at("2027-03-08T07:00") + chance.randrange(40) * QUARTER
    return Wanted(
        space.code,
        Interval(start, start + chance.choice(LENGTHS) * QUARTER),
        who,
        chance.choice([who, people[0]]),
        attendees=chance.choice((None, 1, 3, 12)),
        wheelchair=chance.choice((0, 0, 1)),
        exclusive=chance.random() < 0.2,
        service=chance.choice([None, *house.services.values()]),
        evacuation_buddy=chance.choice((None, people[1])),
    )


def standing_near(wanted: Wanted, space: Space) -> Taken:
    """The date before of a series of the same organiser, which comes so late that the wish begins before its end."""
    during = Interval(wanted.during.start - QUARTER, wanted.during.start + QUARTER)
    return Taken(10**6, space.code, during, 7, space.exclusive, wanted.organiser.id, 1)


def judged(wanted: Wanted, facts: Facts, now) -> tuple:
    """The verdict, and what a receipt keeps of it."""
    verdict = decide(wanted, facts, now).verdict
    return verdict, met(wanted, facts.house.policy(wanted.space, facts.date_of(wanted.during)), facts, verdict, now)


@pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.deep] if n > 1 else []) for n in range(12)])
def test_a_verdict_is_the_same_on_what_its_own_place_knows_and_on_the_whole_building(demo, seed):
    chance = random.Random(seed)
    if seed % 2:
        second_building()
    bookings_at_random(chance, 120)
    counted = [each for each in the_house().spaces.values() if not each.exclusive]
    now = at("2027-03-08T09:00")
    with write_transaction():
        db.session.add_all([SpaceCount(space_id=each.id, persons=9, at=now) for each in counted[:2]])
    codes, numbers = set(), list(db.session.scalars(select(Booking.id).order_by(Booking.id)))
    for _nth in range(WISHES):
        wanted = replace(wish_at_random(chance, the_house()), replaces=chance.choice((None, chance.choice(numbers))))
        house = limits_at_random(chance, the_house(), wanted.space)
        others = [
            Interval(wanted.during.start + timedelta(days=day), wanted.during.end + timedelta(days=day))
            for day in (0, 1)
        ]
        whole = judged(wanted, facts_about(wanted, house, now), now)
        assert judged(wanted, facts_of(wanted, house, now), now) == whole
        assert judged(wanted, facts_of(wanted, house, now, others), now) == whole
        previous = standing_near(wanted, chance.choice(list(house.spaces.values())))
        beside = facts_about(wanted, house, now).with_taken(previous)
        assert judged(wanted, facts_of(wanted, house, now).with_taken(previous), now) == judged(wanted, beside, now)
        codes.update(each.code for each in (*whole[0].refusals, *whole[0].warnings))
    assert "space_taken" in codes
    assert len(codes & {"zone_full", "floor_full", "building_full"}) >= 2


def crowds_elsewhere(numbers: range) -> None:
    """So many bookings that the wish of this test has nothing to do with: half of them in another building at the same
    time, half in its own on other days."""
    house = the_house()
    ann = people_by_username([ANN])[ANN]
    other = [each for each in house.spaces.values() if each.building == "B2"]
    here = [each for each in house.spaces.values() if each.building != "B2" and len(each.parts) == 1]
    rows = []
    for nth in numbers:
        space = (other, here)[nth % 2][nth // 2 % len((other, here)[nth % 2])]
        day = 0 if nth % 2 == 0 else 1 + nth // 2 // len(here)
        minute = nth // 2 // len(other) if day == 0 else 540
        start = at("2027-03-08T00:00") + timedelta(days=day, minutes=minute)
        rows.append(
            {
                "uid": "elsewhere",
                "space_id": space.id,
                "starts_at": start,
                "ends_at": start + timedelta(minutes=1),
                "exclusive": True,
                "layout": "boardroom",
                "organisation_id": house.organisations["GEM"].id,
                "organiser_id": None,
                "booked_by_id": ann.id,
                "created_at": NOW,
                "updated_at": NOW,
            }
        )
    for some in pages(rows, 500):
        with write_transaction():
            db.session.connection().execute(insert(Booking.__table__), some)
    with write_transaction():
        db.session.execute(text("ANALYZE"))


@contextmanager
def questions() -> Iterator[list[str]]:
    """Every statement that is sent within."""
    heard: list[str] = []

    def hear(_connection, _cursor, statement, *_more) -> None:
        heard.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(db.engine, "before_cursor_execute", hear)


def reading(work) -> int:
    """How many rows PostgreSQL reads for it, or how many steps SQLite takes: the same each time, on any machine."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        before = _read_so_far(connection)
        work()
        return _read_so_far(connection) - before
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    driver = connection.connection.driver_connection
    driver.set_progress_handler(count, 10)
    work()
    driver.set_progress_handler(None, 0)
    return steps


def _read_so_far(connection: Connection) -> int:
    """Of the server's books, which for up to a second hold what earlier transactions of this connection read too."""
    counted = "SELECT sum(coalesce(idx_tup_fetch, 0) + seq_tup_read) FROM pg_stat_xact_user_tables"
    return connection.execute(text(f"{counted} WHERE relname IN ('booking', 'crowd')")).scalar_one()


def test_a_booking_asks_and_reads_no_more_with_hundreds_elsewhere_and_in_another_building(demo):
    second_building()
    who, request = people_by_username([ANN])[ANN], ask("VZ-104", "2027-03-08T09:00", "10:00", attendees=4)
    asked, read = [], []
    for more in (range(60), range(60, 2000)):
        db.session.rollback()
        crowds_elsewhere(more)
        house = the_house()
        wanted = Wanted("VZ-104", Interval(request.start, request.end), who, who, attendees=4)
        read.append(reading(lambda house=house, wanted=wanted: facts_of(wanted, house, NOW)))
        with questions() as heard:
            (booking,) = book(request, who, NOW).bookings
        asked.append(len(heard))
        cancel(booking.id, who, NOW)
    assert asked[1] <= asked[0] <= 14
    assert read[1] <= 2 * read[0]

"""A floor's limit lowered with 300 bookings on it, while eight people keep booking: one plan, and no limit passed."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from models.actions.bookings.book import book
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_moves import moves_of
from models.queries.plans import kept_plan
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.people.discretion import Booked
from models.rules.presence.headcount import Presence, peak
from models.rules.times.interval import Interval
from models.tables.db import db
from models.tables.log import AuditEntry, OutboxRow
from tests.cast import ANN, BRAM, DORA, ELS, JEF, NOW, ask, at
from tests.models.actions.racing import book_all_day_long, plan_until_it_holds, race

OFFICES = [
    ANN,
    BRAM,
    DORA,
    ELS,
    JEF,
    "consulent.werkwinkel.02",
    "medewerker.burgerzaken.03",
    "medewerker.burgerzaken.04",
]
CLERKS = {f"WP-1BUR-{number:02}": f"medewerker.burgerzaken.{number:02}" for number in range(1, 17)} | {
    f"WP-1OMG-{number:02}": f"medewerker.omgeving.en.vrije.tijd.{number:02}" for number in range(1, 13)
}
ROOMS = {
    "VZ-101": (30, "theatre"),
    "VZ-102": (20, "theatre"),
    "VZ-103": (12, None),
    "VZ-104": (8, None),
    "VZ-105": (6, None),
    "VZ-106": (4, None),
}  # 80 people in six rooms, with 28 at desks 108
ELSEWHERE = ["VZ-202", "VZ-203", "VZ-204"]
LIMIT = 100
WEEK = [f"2027-03-{day:02}" for day in range(8, 13)]
LOWERED = [{"scope": "floor:F1", "set": {"max_persons": LIMIT}, "from": WEEK[0]}]


def fill_the_floor() -> int:
    """Every room from eight to four, and a row of desks, five days long."""
    made = 0
    for day in WEEK:
        for desk, clerk in CLERKS.items():
            made += is_booked(ask(desk, f"{day}T07:00", "19:00"), person_by_username(clerk))
        for room, (people, layout) in ROOMS.items():
            for hour in range(8, 16):
                made += is_booked(
                    ask(
                        room,
                        f"{day}T{hour:02}:00",
                        f"{hour:02}:45",
                        attendees=people,
                        layout=layout,
                    ),
                    person_by_username(OFFICES[hour % 2]),
                )
    return made


def is_booked(request, who) -> bool:
    return bool(book(request, who, NOW).bookings)


def standing() -> list[Booked]:
    return [each for each in bookings_page(limit=10_000) if each.status in HOLDS_PLACE]


def peak_on_the_floor(bookings: list[Booked]) -> int:
    spaces, week = the_house().spaces, Interval(at(f"{WEEK[0]}T00:00"), at("2027-03-13T00:00"))
    return peak((Presence(each.during, each.persons) for each in bookings if spaces[each.space].floor == "F1"), week)


def on_anothers_lap(bookings: list[Booked]) -> list[tuple[int, int]]:
    house = the_house()
    return [
        (one.id, other.id)
        for one in bookings
        for other in bookings
        if one.id < other.id
        and one.during.overlaps(other.during)
        and house.leaves_taken_by(one.space) & house.leaves_taken_by(other.space)
    ]


def run(work, arguments):
    return work(*arguments)


def test_one_plan_is_applied_while_eight_people_keep_booking(demo_app, demo_url):
    with demo_app.test_request_context():
        assert fill_the_floor() >= 300
        assert peak_on_the_floor(standing()) > LIMIT
    crowd = [(book_all_day_long, (who, [*ROOMS, *ELSEWHERE], seed, 12)) for seed, who in enumerate(OFFICES)]
    outcomes = race(demo_url, run, [*crowd[:4], (plan_until_it_holds, (LOWERED, 40)), *crowd[4:]], processes=5)
    number, answers = outcomes[4]
    assert answers[-1] == "applied"
    assert set(answers[:-1]) <= {"plan_outdated"}
    with demo_app.test_request_context():
        moves, bookings = moves_of(number), standing()
        assert kept_plan(number).status == "applied"
        assert moves
        assert all(each.hurdles or each.nearest is None for each in moves if each.to_space is None)
        left = {each.booking.id for each in moves if each.to_space is None}
        assert peak_on_the_floor([each for each in bookings if each.id not in left]) <= LIMIT
        assert on_anothers_lap(bookings) == []
        told = Counter(db.session.execute(select(OutboxRow.recipient_id).where(OutboxRow.kind == "moved")).scalars())
        assert told
        assert set(told.values()) == {1}
        assert len(db.session.execute(select(AuditEntry.id).where(AuditEntry.action == "apply_plan")).all()) == 1

"""A whole day of the line on real databases: who is called in which order, and what the stamps tell of it."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime, timedelta
from heapq import heappop, heappush

import pytest
from sqlalchemy import select, update

from models.actions.line.begin import begin
from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.actions.line.interrupt import interrupt, resume
from models.actions.line.join import Joining, join_line
from models.queries.house import the_house
from models.queries.line import stamps_of
from models.queries.people import person_by_username
from models.rules.people.person import By, Person
from models.tables.db import db
from models.tables.line import Visit
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.cast import GERDA, NOW
from tests.models.actions.racing import race
from tests.models.actions.racing_jobs import call_until_nobody_waits

pytestmark = pytest.mark.usefixtures("demo")
HALL, BOOTHS, PASS, LICENCE = "Z0-LOK", "Z0-SPR", "GEM-BEV", "GEM-RIJ"
OFFICE, SOCIAL = "medewerker.burgerzaken", "maatschappelijk.werker"
COUNTERS = [(f"{OFFICE}.01", HALL, "LK-01", PASS), (f"{OFFICE}.04", HALL, "LK-03", LICENCE)]
MORE_COUNTERS = [(f"{OFFICE}.05", HALL, "LK-02", PASS), (f"{OFFICE}.08", HALL, "LK-04", LICENCE)]
TEN_BOOTHS = [
    *((f"{OFFICE}.{who}", BOOTHS, booth, "GEM-VRE") for who, booth in (("03", "SK-01"), ("07", "SK-02"))),
    *((f"{OFFICE}.{who}", BOOTHS, booth, "GEM-BST") for who, booth in (("02", "SK-03"), ("06", "SK-04"))),
    *((f"{SOCIAL}.{who}", BOOTHS, f"SK-0{n}", "OCMW-INT") for n, who in enumerate(("01", "07", "13"), 5)),
    *((f"hulpverlener.caw.0{n}", "Z0-CAW", f"SK-0{booth}", "CAW-ONT") for n, booth in ((1, 8), (5, 9))),
    ("consulent.werkwinkel.01", "Z0-WW", "SK-10", "WW-BEM"),
]
Seat = tuple[str, str, str, str]


class OneDay:
    """People come over eight hours, each for the service of some seat; whoever has nobody presses "next"."""

    def __init__(self, seed: int, seats: list[Seat], visitors: int) -> None:
        self.chance, self.seats, self.visitors = random.Random(seed), seats, visitors
        self.people: list[Person] = [person_by_username(who) for who, *_seat in seats]
        self.free = set(range(len(seats)))
        self.happens: list[tuple[datetime, int, str, int, str]] = []

    def pass_by(self) -> None:
        gerda = person_by_username(GERDA)
        for number in range(self.visitors):
            self._later(NOW + timedelta(seconds=self.chance.randrange(8 * 3600)), "comes", number % len(self.seats))
        while self.happens:
            now, _number, what, seat, handle = heappop(self.happens)
            if what == "comes":
                join_line(Joining(self.seats[seat][1], self.seats[seat][3]), gerda, now)
            else:
                self._press(what, seat, handle, By(self.people[seat], now))
            for each in sorted(self.free):
                if self.seats[each][3] == self.seats[seat][3]:
                    self._next(each, now)

    def _later(self, at: datetime, what: str, seat: int, handle: str = "") -> None:
        heappush(self.happens, (at, self.chance.randrange(10**9), what, seat, handle))

    def _next(self, seat: int, now: datetime) -> None:
        _who, zone, place, _service = self.seats[seat]
        called = call_next(zone, place, By(self.people[seat], now))
        if called is not None:
            self.free.discard(seat)
            self._later(now + timedelta(seconds=30), "begin", seat, called.party.handle)

    def _press(self, what: str, seat: int, handle: str, by: By) -> None:
        in_a_while = by.now + timedelta(seconds=self.chance.randrange(60, 900))
        if what == "begin":
            begin(handle, by)
            self._later(in_a_while, self.chance.choice(("finish", "finish", "interrupt")), seat, handle)
        elif what == "interrupt":
            interrupt(handle, by)
            self._later(in_a_while, "resume", seat, handle)
        elif what == "resume":
            resume(handle, by, self.seats[seat][2])
            self._later(in_a_while, "finish", seat, handle)
        else:
            finish(handle, by, "as_booked")
            self.free.add(seat)


@pytest.mark.parametrize(
    ("seats", "visitors"),
    [(COUNTERS, 16), pytest.param(COUNTERS + MORE_COUNTERS + TEN_BOOTHS, 300, marks=pytest.mark.deep)],
)
def test_on_a_whole_day_the_order_is_fair_and_every_stamp_is_right(seats, visitors):
    OneDay(2027, seats, visitors).pass_by()
    visits = db.session.scalars(select(Visit).order_by(Visit.arrived_at, Visit.id)).all()
    assert [each.state for each in visits] == ["done"] * visitors
    called = defaultdict(list)
    for each in visits:
        called[each.service_id].append(each.first_called_at)
    assert all(calls == sorted(calls) for calls in called.values())
    told = defaultdict(list)
    for stamp in stamps_of([each.id for each in visits]):
        told[stamp.visit_id].append(stamp)
    for each in visits:
        stamps = told[each.id]
        assert [stamp.at for stamp in stamps] == sorted(stamp.at for stamp in stamps)
        assert (stamps[0].verb, stamps[0].at, stamps[-1].verb) == ("join", each.arrived_at, "finish")
        assert next(stamp.at for stamp in stamps if stamp.verb == "call") == each.first_called_at
        talked = [
            after.at - before.at for before, after in zip(stamps, stamps[1:], strict=False) if before.state == "begun"
        ]
        assert sum(talked, timedelta()) == timedelta(seconds=each.handled_seconds)


@pytest.mark.deep
def test_of_five_hundred_in_line_twenty_at_once_call_each_one_time(demo_url):
    callers = [f"{OFFICE}.{n:02}" for n in range(1, 21)]
    with write_transaction():
        service = the_house().services[PASS].id
        db.session.execute(update(PersonRow).where(PersonRow.username.in_(callers)).values(service_id=service))
    gerda = person_by_username(GERDA)
    waiting = [join_line(Joining(HALL, PASS), gerda, NOW + timedelta(seconds=n)).number for n in range(500)]
    got = race(demo_url, call_until_nobody_waits, [(who, HALL, "LK-01") for who in callers], processes=20)
    assert sorted(number for each in got for number in each) == sorted(waiting)

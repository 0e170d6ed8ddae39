"""The nights in which the clock changes: an hour that comes twice, one that does not come, and one lived through again
because somebody set the machine right."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from blueprints.mail.worker import run
from models.queries.bookings import bookings_page
from tests.cast import BRUSSELS
from tests.demo_building import open_day_and_night
from tests.drills.serving import keys_of_ann

ON_ONE = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.deep])]
ROOM = "VZ-104"
HALF_AN_HOUR = timedelta(minutes=30)
# By night: each half hour, as one would read it off the wall with its distance from UTC.
BACK = ["01:30+02:00", "02:00+02:00", "02:30+02:00", "02:00+01:00", "02:30+01:00", "03:00+01:00"]
ON = ["01:30+01:00", "03:00+02:00", "03:30+02:00"]
NIGHTS = {"2026-10-25": BACK, "2027-03-28": ON}


class Night:
    """The site and its worker, at whatever time it is."""

    def __init__(self, app: Flask, clock) -> None:
        self.app, self.clock, self.client = app, clock, app.test_client(use_cookies=False)
        self.token, self.cookie = keys_of_ann(app)

    def at(self, instant: datetime) -> None:
        """The worker comes by, and somebody looks at the pages that tell of this day."""
        self.clock.instant = instant
        with self.app.app_context():
            run(once=True)
        assert 1
        for path in ("/", "/mine", f"/rooms?date={instant.astimezone(BRUSSELS):%Y-%m-%d}", "/readyz?strict=1"):
            assert self.client.get(path, headers={"Cookie": self.cookie}).status_code == 200, (path, instant)

    def book(self, start: str, end: str) -> int:
        wish = {"space": ROOM, "start": start, "end": end, "attendees": 2, "title": "Night watch"}
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.post("/api/v1/bookings", json=wish, headers=headers).status_code

    def stands(self) -> list[tuple[datetime, str]]:
        with self.app.app_context():
            return sorted((each.during.start, each.status) for each in bookings_page(limit=20))


@pytest.mark.parametrize("shelf", ON_ONE, indirect=True)
def test_the_clock_may_change_and_each_hour_is_booked_and_freed_once(demo_app, clock):
    with demo_app.app_context():
        open_day_and_night(ROOM)
    night, before = Night(demo_app, clock), []
    for day, hours in NIGHTS.items():
        starts = [datetime.fromisoformat(f"{day}T{hour}") for hour in hours]
        assert {later - start for start, later in zip(starts, starts[1:], strict=False)} == {HALF_AN_HOUR}
        for nth, start in enumerate(starts):
            night.at(start)
            assert night.book(start.isoformat(), (start + HALF_AN_HOUR).isoformat()) == 201
            assert night.book(start.isoformat(), (start + HALF_AN_HOUR).isoformat()) == 409
            night.at(start + timedelta(minutes=14))
            assert night.stands() == [*before, *((each, "released") for each in starts[:nth]), (start, "confirmed")]
            night.at(start + timedelta(minutes=15))
        before += [(each, "released") for each in starts]
        for hour in range(2):  # set right: what has been done is not done again
            night.at(starts[-1] + timedelta(minutes=15) - timedelta(hours=hour))
        assert night.stands() == before
    assert night.book("2027-03-28T02:30:00", "2027-03-28T04:00:00") == 400  # no such time on any wall

"""What the feed tests share: the town's people book, make an address, and a calendar program reads it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

import icalendar
from flask import Flask

from models.actions.bookings.book import book
from models.actions.people.feeds import make_feed
from models.queries.people import person_by_username
from tests.cast import ask


@dataclass
class Town:
    """The demo building with a clock that stands still until `clock.instant` is set."""

    app: Flask
    clock: object

    @contextmanager
    def acting(self, who: str):
        """Within it, actions may be called; gives the person and the present instant."""
        with self.app.test_request_context():
            yield person_by_username(who), self.clock()

    def book(self, who: str, space: str, start: str, end: str, **more):
        with self.acting(who) as (person, now):
            return book(ask(space, start, end, **more), person, now).bookings

    def address(self, who: str, scope: str = "mine", detail: str | None = None) -> str:
        with self.acting(who) as (person, now):
            return f"/feeds/{make_feed(scope, detail, person, now).token}.ics"

    def get(self, address: str, **headers):
        return self.app.test_client().get(
            address, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    def octets(self, who: str, scope: str = "mine", detail: str | None = None) -> bytes:
        return self.get(self.address(who, scope, detail)).data

    def events(self, who: str, scope: str = "mine", detail: str | None = None) -> list[icalendar.Event]:
        return icalendar.Calendar.from_ical(self.octets(who, scope, detail)).walk("VEVENT")

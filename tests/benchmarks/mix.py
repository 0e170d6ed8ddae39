"""What a town's people do at a server all together, at a steady rate: pages, feeds, questions and bookings.

    python -m tests.benchmarks.mix --rate 20 --bookings 1 --seconds 60 --server PID [--database PID]

Asks the server at PORT on 127.0.0.1, whose database and secret are those of the settings, one that make-load filled.
Says how long answers took and what share of one core server and database took. Not a test: nothing is asserted, and
what it books stays.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from app import create_app
from blueprints.web.identity import SESSION_KEY
from models.actions.people.create_token import create_token
from models.actions.people.feeds import make_feed
from models.queries.house import the_house
from models.queries.loads import everybody
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.people.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import SessionRow
from models.tables.transaction import write_transaction
from tests.benchmarks.machine import load
from tests.benchmarks.processes import cpu_ms, memory_mb
from tests.benchmarks.visitors import Caller

# Of a hundred requests that only read. A feed is asked with the tag of the last answer.
READS = {"today": 20, "rooms": 20, "desks": 15, "mine": 10, "feed": 20, "free": 10, "check": 5}
AT_ONCE = 24
EVERY_ANSWER = range(200, 600)


class Somebody:
    """One person with a browser, a program and a calendar."""

    def __init__(self, app, person: Person, now: datetime) -> None:
        token = new_token()
        with write_transaction():
            session = SessionRow(token_hash=token_hash(token), person_id=person.id, created_at=now, last_used_at=now)
            session.ends_at = now + timedelta(hours=8)
            db.session.add(session)
        signed = app.session_interface.get_signing_serializer(app).dumps({SESSION_KEY: token})
        self.browser = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={signed}"}
        self.program = {"Authorization": f"Bearer {create_token(person.username, 'write', now)}"}
        self.feed = f"/feeds/{make_feed('mine', None, person, now).token}.ics"
        self.tag = ""


class Mix:
    """Who asks what. Chance hangs on the seed alone."""

    def __init__(self, house: House, people: list[Somebody], today: date, seed: int) -> None:
        self.chance, self.people = random.Random(seed), people
        self.days = [day for n in range(1, 14) if (day := today + timedelta(days=n)).isoweekday() < 6]
        self.rooms = [each.code for each in house.spaces.values() if each.kind == "meeting_room"]
        self.zone = house.zone

    def ask(self, what: str, caller: Caller, who: Somebody) -> int:
        day = self.chance.choice(self.days)
        page = {"today": "/", "rooms": f"/rooms?date={day}", "desks": f"/desks?date={day}", "mine": "/mine"}
        if what in page:
            return self._got(caller, page[what], who.browser)
        if what == "feed":
            answer = caller.ask("GET", who.feed, headers={"If-None-Match": who.tag}, expected=EVERY_ANSWER)
            who.tag = answer.headers.get("ETag", who.tag)
            return answer.status
        wish = self._wish(day)
        if what == "free":
            asked = f"kind=meeting_room&minutes=60&attendees=4&start={day}T08:00:00Z&end={day}T16:00:00Z"
            return self._got(caller, f"/api/v1/availability?{asked}", who.program)
        path = "/api/v1/bookings/check" if what == "check" else "/api/v1/bookings"
        return caller.ask("POST", path, json=wish, headers=who.program, expected=EVERY_ANSWER).status

    def _got(self, caller: Caller, path: str, headers) -> int:
        return caller.ask("GET", path, headers=headers, expected=EVERY_ANSWER).status

    def _wish(self, day: date) -> dict[str, object]:
        start = datetime(day.year, day.month, day.day, self.chance.randint(8, 16), tzinfo=self.zone)
        end = start + timedelta(minutes=self.chance.choice((30, 60)))
        room = self.chance.choice(self.rooms)
        return {"space": room, "start": start.isoformat(), "end": end.isoformat(), "attendees": 2, "title": "Overleg"}

    def times(self, rate: float, bookings: float, seconds: float) -> Iterator[tuple[float, str, Somebody]]:
        """When what is to be asked, by whom: evenly, whatever the answers take."""
        reads, weights = list(READS), list(READS.values())
        reading = rate - bookings
        asked = [(n / reading, self.chance.choices(reads, weights)[0]) for n in range(int(reading * seconds))]
        asked += [(n / bookings, "book") for n in range(int(bookings * seconds))]
        for at, what in sorted(asked):
            yield at, what, self.chance.choice(self.people)


def run(port: int, mix: Mix, rate: float, bookings: float, seconds: float) -> tuple[dict, Counter, float]:
    """How long each sort of answer took, in ms from the moment at which it was to be asked; the statuses; how late the
    last question was."""
    todo: queue.SimpleQueue = queue.SimpleQueue()
    took, statuses, late = defaultdict(list), Counter(), [0.0]

    def work() -> None:
        caller = Caller(port, {})
        while (task := todo.get()) is not None:
            due, what, who = task
            late[0] = max(late[0], time.monotonic() - due)
            try:
                status = mix.ask(what, caller, who)
            except OSError:
                status, caller = 0, Caller(port, {})
            took[what].append((time.monotonic() - due) * 1000)
            statuses[what, status] += 1

    workers = [threading.Thread(target=work, daemon=True) for _each in range(AT_ONCE)]
    for each in workers:
        each.start()
    begun = time.monotonic()
    for at, what, who in mix.times(rate, bookings, seconds):
        time.sleep(max(0.0, begun + at - time.monotonic()))
        todo.put((begun + at, what, who))
    for _each in workers:
        todo.put(None)
    for each in workers:
        each.join()
    return took, statuses, late[0]


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rate", type=float, default=20, help="requests a second, bookings among them")
    asked.add_argument("--bookings", type=float, default=1, help="bookings a second")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--server", type=int, required=True, help="number of gunicorn's first process")
    asked.add_argument("--database", type=int, help="number of PostgreSQL's first process")
    told = asked.parse_args()
    app, now = create_app(), datetime.now(UTC)
    with app.test_request_context():
        house = the_house()
        chosen = random.Random(1).sample([each for each in everybody() if each.home_zone], told.people)
        people = [Somebody(app, each, now) for each in chosen]
        db.session.remove()
    port, mix = int(os.environ.get("PORT", "8000")), Mix(house, people, now.date(), 1)
    run(port, mix, told.rate, told.bookings, 5)  # warm
    processes = {"server": told.server, "database": told.database}
    before = {name: cpu_ms(number) for name, number in processes.items() if number}
    begun = time.monotonic()
    took, statuses, late = run(port, mix, told.rate, told.bookings, told.seconds)
    lasted = time.monotonic() - begun
    number = sum(map(len, took.values()))
    share = {name: round((cpu_ms(processes[name]) - ms) / 1000 / lasted, 3) for name, ms in before.items()}
    found = {
        "requests_s": round(number / lasted, 1),
        "share_of_a_core": share,
        "cpu_ms_a_request": {name: round(each * lasted * 1000 / number, 2) for name, each in share.items()},
        "memory_mb": [round(each) for each in memory_mb(told.server, peak=False)],
        "late_s": round(late, 2),
        "load": load(),
        "statuses": {f"{what} {status}": count for (what, status), count in sorted(statuses.items())},
        "ms": {
            what: {"p50": round(percentile(each, 0.5)), "p95": round(percentile(each, 0.95)), "n": len(each)}
            for what, each in sorted(took.items())
        },
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""A real gunicorn of two processes, what is asked of it, and how long each answer took."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import create_engine, select

from app import create_app
from models.actions.people.create_token import create_token
from models.queries.people import person_by_username
from models.rules.people.tokens import new_token, token_hash
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.person import SessionRow
from models.tables.transaction import write_transaction
from tests.cast import ANN, NOW, ask
from tests.databases import SECRET
from tests.drills.site import settings_for

SETTINGS = {"TREFPUNT_SECRET_KEY": SECRET, "TREFPUNT_PROBES": "0", "TREFPUNT_API_LIMIT": "0"}
FORM = "application/x-www-form-urlencoded"
T = TypeVar("T")
ROOMS = ("VZ-101", "VZ-102", "VZ-103", "VZ-104", "VZ-105", "VZ-106")


@dataclass(frozen=True)
class Answer:
    status: int  # 0: none came, the process was gone
    text: str
    headers: Mapping[str, str]
    seconds: float

    @property
    def told_no(self) -> bool:
        """Whoever sent it was told that nothing was done, in their own language if that was known."""
        return self.status == 503 and any(each in self.text for each in ("Nothing was booked", "niets geboekt"))


@dataclass
class Site:
    """One town in a drill. Its people: Ann, with a token for programs and a cookie for pages."""

    url: str
    port: int
    token: str
    cookie: str
    log: Path
    server: subprocess.Popen | None = None
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(64))

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {"Cookie": self.cookie, "Accept-Language": "en"})

    def form_token(self, path: str) -> str:
        """Of the form on a page, for which the browser is given another cookie."""
        page = self.get(path)
        self.cookie = page.headers["Set-Cookie"].partition(";")[0]
        return page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]

    def send(self, path: str, fields: Mapping[str, str]) -> Answer:
        """A form, by Ann's browser."""
        headers = {"Cookie": self.cookie, "Accept-Language": "en", "Content-Type": FORM}
        return self._ask("POST", path, urlencode(fields), headers)

    def book(self, number: int, key: str | None = None) -> Answer:
        """The program's booking of this number: another half hour or room than any other's."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers |= {"Accept-Language": "en", **({"Idempotency-Key": key} if key else {})}
        return self._ask("POST", "/api/v1/bookings", json.dumps(wish(number)), headers)

    def standing(self) -> Counter[int]:
        """The numbers of the bookings in the database, however they came there."""
        engine = create_engine(self.url)
        with engine.connect() as connection:
            titles = connection.execute(select(Booking.title).where(Booking.title.like("Drill %"))).scalars().all()
        engine.dispose()
        return Counter(int(title.rpartition(" ")[2]) for title in titles)

    def at_once(self, asked: Callable[[T], Answer], numbers: Iterable[T]) -> list[Future[Answer]]:
        return [self.pool.submit(asked, number) for number in numbers]

    def back_within(self, seconds: float, asked: Callable[[], Answer]) -> float:
        """How long it took until this was answered well."""
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            if 200 <= asked().status < 400:
                return time.monotonic() - began
            time.sleep(0.1)
        raise AssertionError(f"not back within {seconds} seconds")

    def processes(self) -> list[int]:
        assert self.server is not None
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [int(each) for each in children.split()]

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            text = answer.read().decode()
            return Answer(answer.status, text, dict(answer.headers), time.monotonic() - began)
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, repr(error), {}, time.monotonic() - began)
        finally:
            connection.close()


def wish(number: int) -> dict[str, object]:
    """Six rooms, eight half hours a working day with what they need between them, from Monday on."""
    room, nth = ROOMS[number % len(ROOMS)], number // len(ROOMS)
    day, hour = divmod(nth, 8)
    first = ask(room, "2027-03-08T08:30", "09:00")
    later = timedelta(days=day // 4 * 7 + day % 4, hours=hour)
    start, end = (first.start + later).isoformat(), (first.end + later).isoformat()
    return {"space": room, "start": start, "end": end, "attendees": 2, "title": f"Drill {number}"}


@contextmanager
def served(url: str, folder: Path, **environment: str) -> Iterator[Site]:
    """Around a drill: the site on a database with the demo building, gone in the end whatever became of it."""
    taken = socket.create_server(("127.0.0.1", 0), backlog=512)
    site = Site(url, taken.getsockname()[1], *_keys(url), log=folder / "gunicorn.log")
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"fd://{taken.fileno()}"]
    with site.log.open("w") as log:
        site.server = subprocess.Popen(
            [*command, "--log-level", "warning", "tests.drills.site:site()"],
            env={**os.environ, **SETTINGS, "TREFPUNT_DATABASE_URL": url, **environment},
            stdout=log,
            stderr=log,
            pass_fds=[taken.fileno()],  # a port that is let go and taken again may be somebody else's meanwhile
        )
        taken.close()
        try:
            site.back_within(60, lambda: site.get("/readyz"))
            yield site
        finally:
            site.server.send_signal(signal.SIGTERM)
            try:
                site.server.wait(30)
            finally:
                site.server.kill()
            site.pool.shutdown(cancel_futures=True)


def _keys(url: str) -> tuple[str, str]:
    app = create_app(settings_for(url))
    keys = keys_of_ann(app)
    with app.app_context():
        db.engine.dispose()
    return keys


def keys_of_ann(app: Flask) -> tuple[str, str]:
    """Her token and the cookie of her browser, which is never idle for too long."""
    with app.test_request_context():
        token, session = create_token(ANN, "write", NOW), new_token()
        ann = person_by_username(ANN)
        assert ann is not None
        until = NOW + timedelta(days=30)
        with write_transaction():
            db.session.add(
                SessionRow(
                    token_hash=token_hash(session),
                    person_id=ann.id,
                    created_at=NOW,
                    last_used_at=until,
                    ends_at=until,
                )
            )
        signer = app.session_interface.get_signing_serializer(app)
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'sign_in': session})}"
        db.session.remove()
    return token, cookie

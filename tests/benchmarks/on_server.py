"""Requests and bookings a second through gunicorn, beside a hello-world page on the same server and the plain INSERT.

Clients and server share this machine's processors, so only the ratios mean something.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask

from models.actions.people.create_token import create_token
from models.tables.db import db
from tests.benchmarks import big_house
from tests.benchmarks.figures import Figure
from tests.benchmarks.in_process import raw_insert
from tests.cast import ANN, NOW, ask

CLIENTS, SECONDS = 4, 3.0
HELLO, INSERT = "hello-world page, same server", "guarded INSERT in SQL"
ROOMS = [f"VZ-9{number:02}" for number in range(20)]


def figures(app: Flask, name: str, url: str) -> Iterator[Figure]:
    with app.test_request_context():
        token = create_token(ANN, "write", NOW)
        inserts = _rate(itertools.count(10_000).__next__, raw_insert, clients=1)
        db.session.remove()
    with _served(url) as port:
        hello = _requests(port, lambda _n: ("GET", "/hello-world/", None, {}))
        yield Figure(name, HELLO, "itself", 1.0, per_second=round(hello))
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        day = f"/api/v1/bookings?start={big_house.FULL_DAY}T00:00:00Z&end={big_house.FULL_DAY}T23:00:00Z"
        lists = _requests(port, lambda _n: ("GET", day, None, headers))
        yield Figure(name, "bookings of a day as JSON", HELLO, lists / hello, per_second=round(lists))
        yield Figure(name, INSERT, "itself", 1.0, per_second=round(inserts))
        booked = _requests(port, lambda number: ("POST", "/api/v1/bookings", _wish(number), headers), expected=201)
        yield Figure(name, "bookings accepted over HTTP", INSERT, booked / inserts, per_second=round(booked))
        yield Figure(name, "bookings accepted over HTTP", HELLO, booked / hello, per_second=round(booked))


def _wish(number: int) -> str:
    """Another half hour each time: twenty rooms, ten a day each, on working days from April on."""
    room, nth = ROOMS[number % len(ROOMS)], number // len(ROOMS)
    first = ask(room, "2027-04-05T08:00", "08:30")
    week, rest = divmod(nth // 10, 4)
    later = timedelta(days=7 * week + rest, hours=nth % 10)
    return json.dumps(
        {
            "space": room,
            "start": (first.start + later).isoformat(),
            "attendees": 4,
            "end": (first.end + later).isoformat(),
        }
    )


def _requests(port: int, request: Callable[[int], tuple], expected: int = 200) -> float:
    """How many a second are answered as expected, asked by a few clients that each keep their connection."""
    own = threading.local()

    def ask_one(number: int) -> None:
        if not hasattr(own, "connection"):
            own.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        method, path, body, headers = request(number)
        own.connection.request(method, path, body, headers)
        answer = own.connection.getresponse()
        text = answer.read()
        if answer.status != expected:
            raise AssertionError(f"{path}: {answer.status} {text[:300]!r}")

    return _rate(itertools.count().__next__, ask_one, CLIENTS)


def _rate(number: Callable[[], int], work: Callable[[int], None], clients: int) -> float:
    """Calls of `work` a second, over some seconds after a short start."""
    done, wrong = [0] * clients, []
    start = time.perf_counter() + 0.5
    until = start + SECONDS

    def run(client: int) -> None:
        try:
            while (moment := time.perf_counter()) < until:
                work(number())
                done[client] += moment >= start
        except AssertionError as error:
            wrong.append(error)

    if clients == 1:
        run(0)
    else:
        threads = [threading.Thread(target=run, args=(client,)) for client in range(clients)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    if wrong:
        raise wrong[0]
    return sum(done) / SECONDS


@contextmanager
def _served(url: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "tests.benchmarks.site:site()",
        ],
        env={**os.environ, "PORT": str(port), "BENCH_DATABASE_URL": url},
        stderr=subprocess.DEVNULL,  # a line for each request
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _try in range(150):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")

"""gunicorn's worker: whatever its threads do, a watchdog is answered."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from blueprints.serving import WatchedWorker, for_watchers

HEALTH = b"GET /trefpunt/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LONG_BEFORE_THEY_END = 20  # seconds, of the sixty for which a thread is stuck
SERVER = ("gunicorn", "--config", "python:tests.blueprints.stuck", "tests.blueprints.stuck:stuck()")


@pytest.fixture
def port() -> Iterator[int]:
    """One worker with four threads, as ours, without the app."""
    taken = socket.create_server(("127.0.0.1", 0), backlog=512)
    found = taken.getsockname()[1]
    worker = f"{WatchedWorker.__module__}.{WatchedWorker.__name__}"
    options = ("--bind", f"fd://{taken.fileno()}", "--worker-class", worker, "--threads", "4", "--no-control-socket")
    server = subprocess.Popen(
        [sys.executable, "-m", *SERVER, *options, "--worker-connections", "40", "--graceful-timeout", "1"],
        env={**os.environ, "TREFPUNT_BASE_URL": "https://town.example/trefpunt"},
        stderr=subprocess.DEVNULL,
        pass_fds=[taken.fileno()],  # a port that is let go and taken again may be somebody else's meanwhile
    )
    taken.close()
    try:
        for _try in range(200):
            try:
                assert asked(found, HEALTH).startswith(b"HTTP/1.1 ")
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        server.kill()
        server.wait(20)


def asked(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=LONG_BEFORE_THEY_END) as connection:
        connection.sendall(request)
        return connection.recv(4096)


def test_a_watchdog_is_answered_while_every_thread_is_stuck_and_many_say_nothing(port):
    with ExitStack() as held:
        for said in [b""] * 60 + [b"GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n"] * 4 + [b"GET /healthz"] * 6:
            connection = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=LONG_BEFORE_THEY_END))
            connection.sendall(said)
        time.sleep(0.3)
        for request in (HEALTH, HEALTH.replace(b"/trefpunt", b""), HEALTH.replace(b"GET", b"HEAD")):
            assert asked(port, request).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("base_url", "head", "found"),
    [
        ("", b"GET /healthz HTTP/1.1", True),
        ("https://town.example", b"HEAD /readyz?strict=1 HTTP/1.1", True),
        ("https://town.example/trefpunt", b"GET /trefpunt/readyz HTTP/1.1", True),
        ("https://town.example/trefpunt", b"GET /other/readyz HTTP/1.1", False),
        ("", b"GET /rooms/healthz HTTP/1.1", False),  # a page that asks the database whatever it likes
        ("", b"POST /healthz HTTP/1.1", False),  # its body may be long in coming
        ("", b"GET /healthzz HTTP/1.1", False),
    ],
)
def test_only_a_health_check_is_taken_for_one(base_url, head, found):
    assert (for_watchers(base_url).match(head) is not None) is found

"""gunicorn with two processes, as it serves in production, and beside Trefpunt a page that says hello."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

HELLO = "/hello-world/"
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    process: int


@contextmanager
def served(url: str) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "tests.benchmarks.site:site()"],
        env={**os.environ, "PORT": str(port), "BENCH_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # a line for each request
    )
    try:
        _wait_for(port)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _try in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")

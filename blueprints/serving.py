"""How requests are taken in: gunicorn's threads, and beside them a few that only say whether all is well.

Stands apart from everything else of ours, for gunicorn loads it before anything of the app.
"""

from __future__ import annotations

import os
import re
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from selectors import EVENT_READ
from typing import Any
from urllib.parse import urlsplit

from gunicorn.workers.gthread import TConn, ThreadWorker

WATCHERS = 2  # requests of a watchdog that are answered at once
LONGEST_HEAD = 8192


class WatchedWorker(ThreadWorker):
    """A gthread worker in which no request waits in a thread before it has been sent, and whose health checks are
    answered by threads of their own: with every other one stuck, /healthz and /readyz answer as ever."""

    def init_process(self) -> None:
        self.watchers = ThreadPoolExecutor(WATCHERS, "watcher")
        self.for_watchers = for_watchers(os.environ.get("TREFPUNT_BASE_URL") or "")
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """As gunicorn's, but until it says something a connection stands on the poller: in a thread, as gunicorn has
        it for five seconds, four that say nothing would keep everybody out."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another process was first, or it went away again
        if self.nr_conns + 1 >= self.worker_connections:
            self._make_room()
        self.nr_conns += 1
        connection = TConn(self.cfg, client, address, listener.getsockname())
        connection.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(connection)
        self.poller.register(client, EVENT_READ, partial(self.on_pending_socket_readable, connection))

    def enqueue_req(self, conn: TConn) -> None:
        pool = self.watchers if self._is_of_a_watchdog(conn) else self.tpool
        pool.submit(self.handle, conn).add_done_callback(partial(self._finished, conn))

    def handle_quit(self, sig: int, frame: Any) -> None:
        self.watchers.shutdown(wait=False)
        super().handle_quit(sig, frame)

    def _make_room(self) -> None:
        """Close the connection that has been silent for longest: thousands of them must not keep the next one out."""
        for silent in (self.pending_conns, self.keepalived_conns):
            if silent:
                connection = silent.popleft()
                self.poller.unregister(connection.sock)
                self.nr_conns -= 1
                connection.close()
                return

    def _finished(self, conn: TConn, done: Future[Any]) -> None:
        self.method_queue.defer(self.finish_request, conn, done)

    def _is_of_a_watchdog(self, conn: TConn) -> bool:
        """Whether a whole health check lies there to be read. One that is sent in pieces would be waited for: that may
        happen to any other thread, not to these."""
        try:
            head: bytes = conn.sock.recv(LONGEST_HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except OSError:
            return False
        return self.for_watchers.match(head) is not None and b"\r\n\r\n" in head


def for_watchers(base_url: str) -> re.Pattern[bytes]:
    """GET or HEAD of a health check, below the base URL's path or with that taken off."""
    path = re.escape(urlsplit(base_url.strip()).path.rstrip("/").encode())
    return re.compile(rb"(?:GET|HEAD) (?:" + path + rb")?/(?:healthz|readyz)[ ?]")

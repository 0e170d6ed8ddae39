"""A mail server for tests: takes every letter and keeps it, or answers, keeps silent and dies as it is told."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

DIES = "dies"


class Letterbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[EmailMessage] = []
        self.octets: list[bytes] = []
        self.connections = 0
        self.refuses = False
        self.says: dict[str, list[str]] = defaultdict(list)  # by command: the answers in place of the usual ones
        self.seconds_each = 0.0  # before each answer
        self.seconds_each_octet = 0.0
        self.greets = True
        self.when_taken: Callable[[], object] = lambda: None  # between having a letter and saying so

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as smtplib asks for."""

    def handle(self) -> None:
        self.server.connections += 1
        if not self.server.greets:
            self.rfile.read()
            return
        try:
            self._answer("", "220 letterbox")
            while line := self.rfile.readline().strip():
                word = line.split()[0].upper().decode()
                if word == "DATA":
                    if self._answer(word, "354 go on"):
                        self._take()
                elif word == "RCPT" and self.server.refuses:
                    self._answer(word, "451 not now")
                elif word == "QUIT":
                    self._answer(word, "221 bye")
                    return
                else:
                    self._answer(word, "250 fine")
        except OSError:
            return  # it died, or whoever came has gone

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        self.server.octets.append(b"".join(lines))
        self.server.letters.append(message_from_bytes(self.server.octets[-1], policy=policy.default))
        self.server.when_taken()
        self._answer("taken", "250 taken")

    def _answer(self, word: str, usual: str) -> bool:
        """Whether it is the usual one."""
        said = self.server.says[word].pop(0) if self.server.says[word] else usual
        if said == DIES:
            raise ConnectionError
        time.sleep(self.server.seconds_each)
        for octet in f"{said}\r\n".encode() if self.server.seconds_each_octet else ():
            self.wfile.write(bytes([octet]))
            time.sleep(self.server.seconds_each_octet)
        if not self.server.seconds_each_octet:
            self.wfile.write(f"{said}\r\n".encode())
        return said == usual


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    with Letterbox() as box:
        serving = threading.Thread(target=box.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        serving.start()
        try:
            yield box
        finally:
            box.shutdown()
            serving.join()

"""A connection to a mail server on which nothing takes longer than it may: SMTP (RFC 5321) under deadlines.

A timeout of the socket bounds each wait for some octets. A server that sends one a second would stretch that for ever,
so a watch shuts the connection when the time of a step is over, whatever is going on in it.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from functools import lru_cache
from threading import Timer
from urllib.parse import SplitResult, unquote

PORTS = {"smtp": 25, "smtps": 465}
MOST_ON_A_LINE = 500
CLOSING = 421  # what a server may say at any point: it hangs up


@dataclass(frozen=True, slots=True)
class Deadlines:
    """In seconds. `opening`: from its name until letters may be given. `step`: until a command is answered."""

    opening: float = 15
    step: float = 60


class LineLost(Exception):
    """The server is not to be had, or the connection broke: no letter is at fault. Its words are a code."""


class LetterRefused(Exception):
    """This letter is not taken. Its words are a code: what was refused, and the server's number."""

    def __init__(self, what: str, code: int) -> None:
        super().__init__(f"{what}_refused {code}")
        self.is_final = code >= 500


class Line:
    """Open until closed or lost. One letter after the other."""

    def __init__(self, url: SplitResult, deadlines: Deadlines) -> None:
        """Raises LineLost."""
        self._deadlines = deadlines
        self._host, self._port = url.hostname or "", _port(url)
        until = time.monotonic() + deadlines.opening
        with _as_lost("opening"):
            found = _connected(self._host, self._port, until)
            # A second handle on the same connection: shutting it ends the first, whatever TLS has made of that one.
            self._watched = found.dup()
            try:
                with self._within(until - time.monotonic()):
                    self._server = _greeted(found, url, deadlines)
            except BaseException:
                self._watched.close()
                found.close()
                raise

    def give(self, letter: EmailMessage) -> None:
        """Returns once the server has taken it. Raises LetterRefused, after which the next may be given, or LineLost:
        then nobody knows whether it was taken."""
        (sender,), (recipient,) = letter["From"].addresses, letter["To"].addresses
        with _as_lost("letter"):
            try:
                self._give(letter, sender, recipient)
            except (LetterRefused, ValueError):  # the latter: it cannot be written so that a server understands it
                with self._within(self._deadlines.step):
                    self._server.rset()
                raise

    def _give(self, letter: EmailMessage, sender: Address, recipient: Address) -> None:
        international = not (sender.addr_spec + recipient.addr_spec).isascii()
        if international and not self._server.has_extn("smtputf8"):
            raise LetterRefused("address", 553)
        octets = letter.as_bytes(policy=SMTPUTF8.clone(max_line_length=MOST_ON_A_LINE) if international else None)
        options = ["SMTPUTF8", "BODY=8BITMIME"] if international else []
        if self._server.has_extn("size"):
            options.append(f"SIZE={len(octets)}")
        with self._within(self._deadlines.step):
            _check("sender", self._server.mail(sender.addr_spec, options))
        with self._within(self._deadlines.step):
            _check("recipient", self._server.rcpt(recipient.addr_spec))
        with self._within(2 * self._deadlines.step):  # it answers twice: that it may come, and that it has come
            try:
                answer = self._server.data(octets)
            except smtplib.SMTPDataError as error:
                answer = (error.smtp_code, b"")
            _check("content", answer)

    def close(self) -> None:
        with suppress(OSError), self._within(min(self._deadlines.step, self._deadlines.opening)):
            self._server.quit()
        self._server.close()
        self._watched.close()

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        watch = Timer(max(seconds, 0), self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._watched.shutdown(socket.SHUT_RDWR)


@contextmanager
def _as_lost(when: str) -> Iterator[None]:
    """What the network and the server do, in a word. Login and TLS are told apart: these are settings to mend."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise LineLost(f"login_refused {error.smtp_code}") from error
    except smtplib.SMTPResponseException as error:
        raise LineLost(f"server_refused {error.smtp_code}") from error
    except socket.gaierror as error:
        raise LineLost("name_unknown") from error
    except ssl.SSLError as error:
        raise LineLost("tls_failed") from error
    except ConnectionRefusedError as error:
        raise LineLost("connection_refused") from error
    except OSError as error:  # smtplib's own are OSErrors too: hung up, by the server or by our watch
        raise LineLost(f"no_answer_at_{when}") from error


def _check(what: str, answer: tuple[int, bytes]) -> None:
    code = answer[0]
    if code == CLOSING or code < 0:
        raise smtplib.SMTPServerDisconnected
    if code >= 400:
        raise LetterRefused(what, code)


def _port(url: SplitResult) -> int:
    return url.port or (587 if url.scheme == "smtp" and url.username else PORTS[url.scheme])


def _connected(host: str, port: int, until: float) -> socket.socket:
    """By the first of its addresses that answers in time."""
    refused: OSError = TimeoutError()
    for family, *_kind, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        remaining = until - time.monotonic()
        if remaining <= 0:
            break
        connection = socket.socket(family, socket.SOCK_STREAM)
        connection.settimeout(remaining)
        try:
            connection.connect(address)
        except OSError as error:
            connection.close()
            refused = error
        else:
            return connection
    raise refused


def _greeted(connection: socket.socket, url: SplitResult, deadlines: Deadlines) -> smtplib.SMTP:
    host = url.hostname or ""
    if url.scheme == "smtps":
        connection = trusting().wrap_socket(connection, server_hostname=host)
    connection.settimeout(2 * deadlines.step)  # the watch is there before it
    server = _Smtp(connection, host)
    code, words = server.getreply()
    if code != 220:
        raise smtplib.SMTPConnectError(code, words)
    server.ehlo_or_helo_if_needed()
    if url.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls(context=trusting() if url.username else unproven())
        server.ehlo()
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server


class _Smtp(smtplib.SMTP):
    """smtplib's conversation, on a connection that is there already."""

    def __init__(self, connection: socket.socket, host: str) -> None:
        super().__init__(local_hostname=_own_name())
        self.sock, self._host = connection, host  # the latter is what STARTTLS holds its certificate to


@lru_cache(maxsize=1)
def _own_name() -> str:
    """Looked up once: where nobody answers for names, that alone takes seconds."""
    name = socket.getfqdn()
    return name if "." in name else "[127.0.0.1]"


@lru_cache(maxsize=1)
def trusting() -> ssl.SSLContext:
    """Made once: it reads all certificates of the machine."""
    return ssl.create_default_context()


@lru_cache(maxsize=1)
def unproven() -> ssl.SSLContext:
    """A relay inside the house often signed its own certificate; with no password to lose, better so than in clear."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context

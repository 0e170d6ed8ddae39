"""What comes over the wire and is hardly HTTP: a server that runs as in production says no to it, shows no trace, goes
on answering, and grows no fatter."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.town import quiet_town
from tests.cast import ANN
from tests.databases import SECRET

ROOT = Path(__file__).parent.parent.parent
ASKED = (
    "POST /api/v1/bookings HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
)
FORM = "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
PARTS = "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\n"
PAGE = "GET /login HTTP/1.1\r\nHost: a\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n\r\n"
BEHIND = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
RAW = (
    (ASKED + CHUNKED + "ZZ\r\n{{}}\r\n0\r\n\r\n", "400", "a chunk whose length is none"),
    (ASKED + CHUNKED + "-5\r\n{{}}\r\n0\r\n\r\n", "400", "a chunk of less than nothing"),
    (ASKED + CHUNKED + "2\r\n{{}}XX0\r\n\r\n", "400", "a chunk that goes on behind its end"),
    (ASKED + CHUNKED + "2;a=" + "x" * 20_000 + "\r\n{{}}\r\n0\r\n\r\n", "400", "a chunk with a story"),
    (ASKED + CHUNKED + "ffffffffffffffffff\r\n{{}}", "400|413", "a chunk larger than any"),
    (ASKED + CHUNKED + "5\r\n{{}}", "400", "a chunk cut off"),
    (ASKED + CHUNKED + "ZZ\r\n" + BEHIND + BEHIND, "400", "requests hidden behind a broken chunk"),
    (ASKED + "Content-Length: 50\r\n\r\n{{}}", "400", "a body cut off"),
    (ASKED + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}x", "400", "two lengths"),
    (ASKED + "Content-Length: 4\r\n" + CHUNKED + "0\r\n\r\n" + BEHIND, "400", "a length beside chunks"),
    (ASKED + "Content-Length: -2\r\n\r\n{{}}", "400", "less than no length"),
    (ASKED + "Content-Length: 99999999999999999999\r\n\r\n{{}}", "413", "a length that nothing has"),
    (ASKED + "Transfer-Encoding: gzip\r\n\r\n{{}}", "400", "a coding that is no last one"),
    (ASKED + "Transfer-Encoding: xchunked\r\n\r\n" + BEHIND, "501", "a coding that nobody knows: so RFC 9112 has it"),
    (ASKED + "Expect: junk\r\nContent-Length: 2\r\n\r\n{{}}", "417", "an expectation that nobody meets"),
    (FORM + CHUNKED + "ZZ\r\nusername=a\r\n0\r\n\r\n", "400", "a form in broken chunks"),
    (FORM + "Content-Length: 500\r\n\r\nusername=a", "400", "a form cut off"),
    (
        PARTS + 'Content-Length: 500\r\n\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
        "400",
        "parts cut off",
    ),
    (PAGE + "".join(f"X-{n}: y\r\n" for n in range(500)) + "\r\n", "431", "a flood of headers"),
    (PAGE + "X: " + "y" * 20_000 + "\r\n\r\n", "431", "a header without end"),
    (PAGE + "X: a\0b\r\n\r\n", "400", "a NUL in a header"),
    (PAGE + "X : a\r\n\r\n", "400", "a blank before the colon"),
    (PAGE + "X: a\r\n b\r\n\r\n", "400", "a header folded"),
    (PAGE + "junk\r\n\r\n", "400", "a header that is none"),
    (PAGE + "PATH_INFO: /metrics\r\nSCRIPT_NAME: /x\r\n\r\n", "200", "another path in a header: it says nothing here"),
    ("GET /login\r\n\r\n", "400", "HTTP/0.9"),
    ("GET /login HTTP/3.0\r\nHost: a\r\n\r\n", "400", "an HTTP to come"),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400", "HTTP/2 unasked"),
    ("GET http://evil.example/login HTTP/1.1\r\nHost: a\r\n\r\n", "200", "an address in full"),
    ("CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n", "400|404|405", "a tunnel"),
    ("TRACE /login HTTP/1.1\r\nHost: a\r\nCookie: a=secret\r\n\r\n", "405", "an echo"),
    ("G<T /login HTTP/1.1\r\nHost: a\r\n\r\n", "400", "a method that is none"),
    ("GET /" + "a" * 9_000 + " HTTP/1.1\r\nHost: a\r\n\r\n", "414", "an address without end"),
    ("GET /%zz%ff%00 HTTP/1.1\r\nHost: a\r\n\r\n", "400|404", "escapes that are none"),
    ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", "404", "a way up and out"),
    ("GET /login HTTP/1.1\r\nHost: a b\x01\r\n\r\n", "400", "a host that is none"),
    ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "", "TLS where there is none"),
    ("", "", "nothing at all"),
)


@pytest.fixture(scope="module")
def served(sqlite_shelf, tmp_path_factory) -> Iterator[tuple[int, str, int]]:
    """The port of a server of one process, a token, and its process."""
    with quiet_town(sqlite_shelf, tmp_path_factory.mktemp("mail")) as town:
        environ = os.environ | {
            "TREFPUNT_DATABASE_URL": town.app.config["SQLALCHEMY_DATABASE_URI"],
            "TREFPUNT_SECRET_KEY": SECRET,
            "TREFPUNT_MAIL_DIR": str(tmp_path_factory.mktemp("letters")),
        }
        command = [sys.executable, "-m", "gunicorn", "app:create_app()"]
        options = ["--bind", "127.0.0.1:0", "--workers", "1"]
        server = subprocess.Popen([*command, *options], cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr is not None
            told = ""
            while not re.search(r"Booting worker with pid: \d+", told):
                line = server.stderr.readline()
                assert line, f"the server ended: {told}"
                told += line
            port = int(re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", told).group(1))
            worker = int(re.search(r"Booting worker with pid: (\d+)", told).group(1))
            assert status_of(asked(port, BEHIND)) == "200"
            yield port, town.token(ANN), worker
        finally:
            server.terminate()
            server.wait()
            server.stderr.close()


def asked(port: int, raw: str) -> bytes:
    """All that comes back until the server hangs up: nothing more is sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(raw.encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def status_of(answer: bytes) -> str:
    return answer.split(b" ", 2)[1].decode() if answer else ""


def resident(process: int) -> int:
    """In KiB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text()).group(1))


def test_what_is_hardly_http_is_refused_and_the_server_goes_on(served):
    port, token, worker = served
    for turn in range(4):
        if turn == 1:  # by now it has loaded whatever a refusal needs
            before = resident(worker)
        for raw, status, what in RAW:
            answer = asked(port, raw.format(token=token))
            assert re.fullmatch(status, status_of(answer)), (what, answer[:300])
            assert b"Traceback" not in answer, what
            assert b"secret" not in answer, what
            assert answer.count(b"HTTP/1.1 200") == (status == "200"), f"{what}: more was answered than was asked"
        assert status_of(asked(port, BEHIND)) == "200"
    assert resident(worker) - before < 4_096

"""No mail server holds up a round for longer than its deadlines, and what it refuses is told apart."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from blueprints.mail.line import Deadlines, LetterRefused, Line, LineLost
from models.actions.outbox import LEASE
from tests.blueprints.mail.letterbox import DIES

SHORT, LONG = 0.5, 60  # a server that answers at once may take a while on a machine that does other things as well
PATIENT = Deadlines(opening=LONG, step=LONG)


def letter(address: str = "ann@example.org") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = Address("Town", addr_spec="town@example.org"), address, "Booked"
    made.set_content("Come in.")
    return made


def open_line(box, deadlines: Deadlines = PATIENT) -> closing[Line]:
    return closing(Line(urlsplit(box.url), deadlines))


@pytest.mark.parametrize("how", [{"greets": False}, {"seconds_each_octet": 0.1}, {"seconds_each": 2}])
def test_a_server_that_says_nothing_or_an_octet_at_a_time_is_left(box, how):
    vars(box).update(how)
    began = time.monotonic()
    with pytest.raises(LineLost, match="no_answer_at_opening"):
        open_line(box, Deadlines(opening=SHORT, step=LONG))
    assert time.monotonic() - began < LONG


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"": ["554 go away"]}, "server_refused 554"),
        ({"": [DIES]}, "no_answer_at_opening"),
        ({"EHLO": [DIES]}, "no_answer_at_opening"),
    ],
)
def test_why_there_is_no_line_is_told_in_a_word(box, says, told):
    box.says.update(says)
    with pytest.raises(LineLost, match=told):
        open_line(box)


def test_where_nobody_listens_the_connection_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(LineLost, match="connection_refused"):
        Line(urlsplit(f"smtp://127.0.0.1:{port}"), PATIENT)


@pytest.mark.parametrize(
    ("word", "answer", "told", "is_final"),
    [
        ("MAIL", "451 later", "sender_refused 451", False),
        ("MAIL", "553 not as this", "sender_refused 553", True),
        ("RCPT", "451 later", "recipient_refused 451", False),
        ("RCPT", "550 nobody", "recipient_refused 550", True),
        ("DATA", "452 full", "content_refused 452", False),
        ("taken", "554 spam", "content_refused 554", True),
    ],
)
def test_a_letter_that_is_refused_leaves_the_line_to_the_next(box, word, answer, told, is_final):
    box.says[word] = [answer]
    with open_line(box) as line:
        with pytest.raises(LetterRefused, match=told) as refused:
            line.give(letter())
        line.give(letter())
    assert refused.value.is_final == is_final
    assert box.connections == 1


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({}, {"RCPT": ["421 closing"]}),  # as a server says that is being stopped
        ({}, {"MAIL": [DIES]}),
        ({}, {"taken": [DIES]}),
        ({"seconds_each": 2}, {}),
        ({"seconds_each_octet": 0.2}, {}),
    ],
)
def test_a_line_that_breaks_is_no_letters_fault(box, how, says):
    line = Line(urlsplit(box.url), Deadlines(opening=LONG, step=SHORT))
    vars(box).update(how)
    box.says.update(says)
    began = time.monotonic()
    with pytest.raises(LineLost, match="no_answer_at_letter"), closing(line):
        line.give(letter())
    assert time.monotonic() - began < LONG


def test_a_server_may_take_as_long_for_each_answer_as_a_step_and_the_lease_outlives_them_all(box):
    with open_line(box, PATIENT) as line:
        box.seconds_each = 0.2
        line.give(letter())
    assert len(box.letters) == 1
    usual = Deadlines()
    answers = 6  # to MAIL, RCPT, twice to DATA, to RSET; and one to spare for writing it
    assert LEASE.total_seconds() > usual.opening + answers * usual.step


def test_an_address_that_the_server_cannot_write_is_refused_and_not_the_line(box):
    with open_line(box) as line:
        with pytest.raises(LetterRefused, match="address_refused"):
            line.give(letter("josé@example.org"))
        line.give(letter())

"""Whose a party is: whoever called it has it, and a colleague does nothing with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.line.begin import begin
from models.actions.line.call_again import call_again
from models.actions.line.call_next import call_next
from models.actions.line.finish import finish
from models.actions.line.forward import forward
from models.actions.line.interrupt import interrupt, resume
from models.actions.line.join import Joining, join_line
from models.actions.line.park import park
from models.actions.line.put_back import put_back
from models.actions.line.send_away import send_away
from models.queries.line import stamps_of, visit_row
from models.queries.people import person_by_username
from models.rules.people.person import By
from models.rules.refusals import NotFound, Refused
from tests.cast import ANN, CHRIS, GERDA, NOW

pytestmark = pytest.mark.usefixtures("demo")
HALL, PASS, LICENCE = "Z0-LOK", "GEM-BEV", "GEM-RIJ"
COLLEAGUE = "medewerker.burgerzaken.05"  # of the same service


def by(who: str, minutes: float = 0) -> By:
    return By(person_by_username(who), NOW + timedelta(minutes=minutes))


def called() -> str:
    handle = join_line(Joining(HALL, PASS), person_by_username(GERDA), NOW).handle
    call_next(HALL, "LK-01", by(ANN, 1))
    return handle


def is_with_a_colleague(action, handle: str, who: By, *more) -> bool:
    before = visit_row(handle).state
    with pytest.raises(Refused) as refused:
        action(handle, who, *more)
    return refused.value.refusals[0].code == "with_a_colleague" and visit_row(handle).state == before


def test_a_colleague_does_nothing_with_a_party_that_somebody_has():
    handle, other = called(), by(COLLEAGUE, 2)
    for action in (begin, call_again, park, send_away, put_back):
        assert is_with_a_colleague(action, handle, other)
    for by_ann in (begin, interrupt, park):
        by_ann(handle, by(ANN, 3))
        for action in (interrupt, park, send_away):
            assert is_with_a_colleague(action, handle, other)
        assert is_with_a_colleague(resume, handle, other, "LK-02")
        assert is_with_a_colleague(finish, handle, other, "as_booked")
        with pytest.raises(Refused):
            forward(handle, LICENCE, other)
    assert put_back(handle, other).state == "waiting"  # parked: whoever is there may free it


def test_a_coordinator_frees_what_a_colleague_cannot_go_on_with():
    handle = called()
    assert is_with_a_colleague(begin, handle, by(CHRIS, 2))
    begin(handle, by(ANN, 2))
    assert interrupt(handle, by(CHRIS, 3)).by == ANN
    assert resume(handle, by(CHRIS, 4), "LK-02").by == CHRIS
    assert is_with_a_colleague(finish, handle, by(ANN, 5), "as_booked")
    assert finish(handle, by(CHRIS, 6), "as_booked").state == "done"


def test_whoever_goes_on_with_a_party_does_so_where_they_sit_and_nobody_else_is():
    handle = called()
    begin(handle, by(ANN, 2))
    park(handle, by(ANN, 3))
    join_line(Joining(HALL, PASS), person_by_username(GERDA), NOW)
    call_next(HALL, "LK-01", by(COLLEAGUE, 4))
    for who in (ANN, CHRIS):
        with pytest.raises(Refused, match="place_in_use"):
            resume(handle, by(who, 5), "LK-01")
    assert resume(handle, by(CHRIS, 6), "LK-02").place == "LK-02"


def test_whoever_has_called_somebody_in_another_line_is_told_so_and_calls_nobody():
    called()
    with pytest.raises(Refused, match="called_elsewhere"):
        call_next("Z0-HAL", "SB-01", by(ANN, 2))


def test_handed_on_twice_is_once_and_answered_to_whoever_did_it():
    handle = called()
    with pytest.raises(Refused):
        forward(handle, LICENCE, by(COLLEAGUE, 2))
    once = forward(handle, LICENCE, by(ANN, 3))
    assert forward(handle, LICENCE, by(ANN, 3)) == once
    assert [each.verb for each in stamps_of([visit_row(handle).id])] == ["join", "call", "forward"]
    with pytest.raises(NotFound):  # whose press it was not is told nothing
        forward(handle, LICENCE, by(COLLEAGUE, 4))

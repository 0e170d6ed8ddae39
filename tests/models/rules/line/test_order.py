"""Who is next, and why: nobody picks, nobody who keeps to the hour waits longer for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.house.line_settings import LineSettings
from models.rules.line.order import in_order, next_of, number_before, turn_of
from models.rules.line.party import Party
from models.rules.line.states import OPEN, STATES, TRANSITIONS, state_after
from tests.cast import at

SETTINGS = LineSettings(early=timedelta(minutes=10), late=timedelta(minutes=10))


def party(came: str, due: str | None = None, *, number: int = 1, service: str = "PASS", **more) -> Party:
    return Party(
        f"party-{number}",
        number,
        "HAL",
        service,
        at(f"2027-03-08T{came}"),
        due_at=at(f"2027-03-08T{due}") if due else None,
        id=number,
        **more,
    )


@pytest.mark.parametrize(
    ("came", "due", "urgent", "why", "since"),
    [
        ("09:00", None, False, "longest", "09:00"),
        ("09:00", "10:40", False, "not_yet", "10:40"),  # 40 minutes early
        ("09:00", "10:10", False, "appointment", "10:10"),  # from ten minutes before its hour
        ("09:40", "09:30", False, "appointment", "09:30"),  # ten minutes late is in time
        ("09:41", "09:30", False, "came_late", "09:41"),  # later joins the others when it came
        ("09:55", "10:40", True, "urgent", "09:55"),
    ],
)
def test_at_ten_each_stands_where_it_does_for_one_reason(came, due, urgent, why, since):
    turn = turn_of(party(came, due, urgent=urgent), SETTINGS, at("2027-03-08T10:00"))
    assert turn == (why, at(f"2027-03-08T{since}"))


@pytest.mark.parametrize(
    ("line", "next_number", "why"),
    [
        ([("09:10", None), ("09:05", None)], 2, "longest"),
        ([("08:00", None), ("09:50", "10:05")], 2, "appointment"),  # near its hour: before whoever waits longest
        ([("08:00", None), ("09:50", "10:30")], 1, "longest"),  # its hour is not near
        ([("09:00", None), ("09:20", "08:30")], 1, "longest"),  # too late for its hour: joined at 09:20
        ([("09:00", "10:10"), ("09:30", "09:55")], 2, "appointment"),  # by the hour, not by who came first
        ([("09:50", "10:30")], None, None),  # nobody is called before their time
        ([], None, None),
    ],
)
def test_the_next_at_ten_is_who_a_fair_person_would_call(line, next_number, why):
    parties = [party(*each, number=number) for number, each in enumerate(line, 1)]
    found = next_of(parties, {"PASS"}, SETTINGS, at("2027-03-08T10:00"))
    assert (found and (found[0].number, found[1].why)) == (next_number and (next_number, why))


def test_nobody_calls_for_a_service_for_which_they_do_not_work():
    line = [party("09:00", service="SOCIAL"), party("09:30", number=2)]
    found = next_of(line, {"PASS"}, SETTINGS, at("2027-03-08T10:00"))
    assert found is not None
    assert found[0].number == 2


def _drawn() -> st.SearchStrategy[list[Party]]:
    minutes = st.integers(0, 240)
    one = st.tuples(minutes, st.none() | minutes, st.sampled_from(STATES), st.booleans())
    start = at("2027-03-08T08:00")
    return st.lists(one, max_size=30).map(
        lambda each: [
            Party(
                f"party-{number}",
                number,
                "HAL",
                "PASS",
                start + timedelta(minutes=came),
                due_at=None if due is None else start + timedelta(minutes=due),
                state=state,
                urgent=urgent,
                id=number,
            )
            for number, (came, due, state, urgent) in enumerate(each, 1)
        ]
    )


@given(line=_drawn(), minute=st.integers(0, 300))
def test_the_order_is_fair_whoever_comes_when(line, minute):
    # Nobody stands in line before they have come.
    now = max([at("2027-03-08T08:00") + timedelta(minutes=minute), *(each.arrived_at for each in line)])
    ordered = in_order(line, SETTINGS, now)
    assert sorted(each.id for each in ordered) == [each.id for each in line if each.state == "waiting"]
    for before, after in zip(ordered, ordered[1:], strict=False):
        one, other = turn_of(before, SETTINGS, now), turn_of(after, SETTINGS, now)
        if before.due_at is None and after.due_at is None and before.urgent == after.urgent:
            assert before.arrived_at <= after.arrived_at, "who came first is called first"
        assert not (after.urgent and not before.urgent)
        assert not (one.why == "not_yet" and other.why != "not_yet"), "nobody is kept for who may not be called yet"
    found = next_of(line, {"PASS"}, SETTINGS, now)
    if found is not None:
        assert found[0] == ordered[0]
        assert found[0].due_at is None or found[0].urgent or found[0].due_at - SETTINGS.early <= now
    for at_place, each in enumerate(ordered):
        assert number_before(each, line, SETTINGS, now) == at_place
    if ordered:  # put back, or handed on, it stands where it stood
        called = [replace(each, state="called") if each.id == ordered[0].id else each for each in line]
        back = [replace(each, state="waiting") if each.id == ordered[0].id else each for each in called]
        assert in_order(back, SETTINGS, now) == ordered


@given(verbs=st.lists(st.sampled_from(tuple(TRANSITIONS)), max_size=40))
def test_whatever_is_pressed_a_party_is_in_one_known_state_and_is_done_once(verbs):
    state = "waiting"
    for verb in verbs:
        after = state_after(verb, state)
        if after is not None:
            assert state != "done", "what is done is done"
            assert state in OPEN or (state, after) == ("not_come", "waiting")
            state = after
    assert state in STATES


def test_a_talk_begins_only_with_somebody_who_was_called():
    assert {verb for verb, changes in TRANSITIONS.items() if "begun" in changes.values()} == {"begin", "resume"}
    assert TRANSITIONS["begin"] == {"called": "begun"}
    assert "waiting" not in TRANSITIONS["resume"]

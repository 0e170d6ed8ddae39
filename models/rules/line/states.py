"""What may become of a party in line: a small table of states."""

from __future__ import annotations

STATES = ("waiting", "called", "not_come", "parked", "away", "begun", "interrupted", "done")
OPEN = ("waiting", "called", "parked", "away", "begun", "interrupted")  # somebody still has to do with it
AT_SOMEBODY = ("called", "begun")  # of whom a colleague has one at a time
BY_NUMBER = ("waiting", "called", "not_come", "parked", "away")  # who has yet to come when their number is called
LEFT_FOR_LATER = ("parked", "away", "interrupted")
WITH_SOMEBODY = (*AT_SOMEBODY, *LEFT_FOR_LATER)  # nobody else does anything with them

# verb -> {state now: state after}; whatever is not here cannot be done
TRANSITIONS: dict[str, dict[str, str]] = {
    "call": {"waiting": "called"},
    "call_out_of_order": {"waiting": "called"},
    "call_again": {"called": "called"},
    "give_up_calling": {"called": "not_come"},
    "put_back": {"called": "waiting", "not_come": "waiting", "parked": "waiting", "away": "waiting"},
    "park": {"called": "parked", "begun": "parked", "interrupted": "parked"},
    "send_away": {"called": "away", "begun": "away", "interrupted": "away"},
    "begin": {"called": "begun"},
    "interrupt": {"begun": "interrupted"},
    "resume": {"parked": "begun", "away": "begun", "interrupted": "begun"},
    "finish": {"called": "done", "begun": "done", "interrupted": "done", "parked": "done", "away": "done"},
    "forward": {"called": "waiting", "begun": "waiting", "interrupted": "waiting", "parked": "waiting"},
    "make_urgent": {"waiting": "waiting"},
}
VERBS = tuple(TRANSITIONS)


def state_after(verb: str, state: str) -> str | None:
    """None where it cannot be done (any more)."""
    return TRANSITIONS[verb].get(state)

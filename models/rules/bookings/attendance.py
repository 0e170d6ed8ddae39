"""What may become of a booking: a small table of states."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.rules.times.interval import Interval

STATUSES = ("pending", "confirmed", "checked_in", "completed", "cancelled", "declined", "released")
HOLDS_PLACE = STATUSES[:3]
HELD_PLACE = STATUSES[:4]  # until its end, also where whoever was there has left
ONCE_STOOD = (*HELD_PLACE, "released")
GONE = STATUSES[4:]
CHECK_IN_OPENS = timedelta(minutes=15)

# verb -> {status now: status after}; a status that is already the outcome answers unchanged
TRANSITIONS: dict[str, dict[str, str]] = {
    "check_in": {"confirmed": "checked_in"},
    "release": {"confirmed": "released", "pending": "released", "checked_in": "completed"},
    "approve": {"pending": "confirmed"},
    "decline": {"pending": "declined"},
    "cancel": {"pending": "cancelled", "confirmed": "cancelled"},
}
DONE = {
    "check_in": {"checked_in"},
    "release": {"released", "completed"},
    "approve": {"confirmed", "checked_in"},
    "decline": {"declined"},
    "cancel": {"cancelled"},
}


def next_status(verb: str, status: str, during: Interval, now: datetime) -> str | None:
    """The status after `verb`: the present one where it is already done, None where it cannot be done (any more)."""
    if status in DONE[verb]:
        return status
    after = TRANSITIONS[verb].get(status)
    if after is None or during.end <= now:
        return None
    if verb == "check_in" and now < during.start - CHECK_IN_OPENS:
        return None
    return after

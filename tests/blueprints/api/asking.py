"""Bodies of requests as programs send them."""

from __future__ import annotations

MONDAY = "2027-03-08"


def moment(clock: str, day: str = MONDAY) -> str:
    return f"{day}T{clock}:00+01:00"


def wish(space: str = "VZ-101", start: str = "09:00", end: str = "10:00", day: str = MONDAY, **more) -> dict:
    """A booking on the cast's Monday, in winter time."""
    return {"space": space, "start": moment(start, day), "end": moment(end, day), **more}


def codes(answer) -> list[str]:
    return [each["code"] for each in answer.json["refusals"]]

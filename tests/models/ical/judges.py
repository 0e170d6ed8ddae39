"""Calendar programs that read our files and say what they see. None of them knows our code.

Each takes a file and returns its occurrences from 2026 to 2036. They are given the zone under a
name that exists nowhere, so that they must read our VTIMEZONE rather than trust the name.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import recurring_ical_events
import vobject

from tests.needs import need

FROM, TO = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
TEST_TOOLS = Path(__file__).parents[2]


@dataclass(frozen=True, order=True)
class Seen:
    """One line in somebody's agenda."""

    start: datetime
    end: datetime
    uid: str
    summary: str
    status: str


def _nameless(octets: bytes) -> bytes:
    """The same file with its zone's name spelt backwards, which no program knows."""
    return re.sub(rb"(?<=TZID[=:])[\w/+-]+", lambda name: name[0][::-1], octets)


def seen_by_recurring_ical_events(octets: bytes) -> list[Seen]:
    """As Python programs see it."""
    calendar = icalendar.Calendar.from_ical(_nameless(octets))
    return sorted(
        Seen(
            event.start.astimezone(UTC),
            event.end.astimezone(UTC),
            str(event["uid"]),
            str(event["summary"]),
            str(event["status"]).lower(),
        )
        for event in recurring_ical_events.of(calendar).between(FROM, TO)
    )


def seen_by_vobject(octets: bytes) -> list[Seen]:
    """As older Python programs see it. vobject knows no RECURRENCE-ID: a changed date hides the one it replaces."""
    events = vobject.readOne(_nameless(octets).decode()).vevent_list
    replaced = {
        (event.uid.value, event.recurrence_id.value.astimezone(UTC))
        for event in events
        if "recurrence-id" in event.contents
    }
    seen = []
    for event in events:
        length = event.dtend.value.astimezone(UTC) - event.dtstart.value.astimezone(UTC)
        dates = event.getrruleset(addRDate=True) if "rrule" in event.contents else [event.dtstart.value]
        for date in dates:
            start = date.astimezone(UTC)
            if "rrule" in event.contents and (event.uid.value, start) in replaced:
                continue
            seen.append(Seen(start, start + length, event.uid.value, event.summary.value, event.status.value.lower()))
    return sorted(seen)


def seen_by_ical_js(octets: bytes) -> list[Seen]:
    """As Thunderbird and Nextcloud see it."""
    need(shutil.which("node"), "node", "nodejs")
    need((TEST_TOOLS / "node_modules" / "ical.js").is_dir(), "ical.js", "it with `npm ci --prefix tests`")
    judge = Path(__file__).with_name("ical_js_judge.mjs")
    answer = subprocess.run(
        ["node", judge, FROM.isoformat(), TO.isoformat()],
        input=_nameless(octets),
        capture_output=True,
        check=True,
        timeout=120,
    )
    return sorted(
        Seen(
            datetime.fromtimestamp(each["start"], UTC),
            datetime.fromtimestamp(each["end"], UTC),
            each["uid"],
            each["summary"],
            each["status"],
        )
        for each in json.loads(answer.stdout)
    )


JUDGES = (seen_by_recurring_ical_events, seen_by_vobject, seen_by_ical_js)

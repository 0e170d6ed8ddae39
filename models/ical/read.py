"""A calendar file as events: the inverse of write.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar, get_args
from urllib.parse import unquote

import icalendar  # noqa: TID251 - the one place that asks it

from models.ical.event import Classification, Event, Mailbox, Recurring, Status

Word = TypeVar("Word", bound=str)


def read_events(octets: bytes) -> tuple[Event, ...]:
    """Every event of a calendar file, in the file's order.

    Raises ValueError where the file is no calendar, where an event lacks uid, start or end or has a status or class of
    its own making, and where a time is a bare date or has no zone: a booking has an instant to begin at.
    """
    return tuple(_event(component) for component in icalendar.Calendar.from_ical(octets).walk("VEVENT"))


def _event(component: icalendar.Component) -> Event:
    if "UID" not in component:
        raise ValueError("an event without a UID")
    stamp = _instant(component, "DTSTAMP")
    return Event(
        uid=str(component["UID"]),
        start=_instant(component, "DTSTART"),
        end=_instant(component, "DTEND"),
        summary=str(component.get("SUMMARY", "")),
        status=_word(component, "STATUS", get_args(Status), "confirmed"),
        sequence=int(component.get("SEQUENCE", 0)),
        changed_at=_instant(component, "LAST-MODIFIED") if "LAST-MODIFIED" in component else stamp,
        created_at=_instant(component, "CREATED") if "CREATED" in component else stamp,
        location=_text(component, "LOCATION"),
        description=_text(component, "DESCRIPTION"),
        recurrence=_recurrence(component),
        recurrence_id=_instant(component, "RECURRENCE-ID") if "RECURRENCE-ID" in component else None,
        organiser=_mailbox(component["ORGANIZER"]) if "ORGANIZER" in component else None,
        attendees=tuple(_mailbox(address) for address in _all(component, "ATTENDEE")),
        url=_text(component, "URL"),
        classification=_word(component, "CLASS", get_args(Classification), "PUBLIC"),
    )


def _word(component: icalendar.Component, name: str, words: tuple[Word, ...], usual: Word) -> Word:
    said = str(component.get(name, usual)).casefold()
    for word in words:
        if word.casefold() == said:
            return word
    raise ValueError(f"{name} is none of {', '.join(words)}")


def _all(component: icalendar.Component, name: str) -> list[Any]:  # Any: each property has values of its own kind
    """The values of a property that may come more than once: icalendar gives a lone one bare."""
    values = component.get(name, [])
    return values if isinstance(values, list) else [values]


def _text(component: icalendar.Component, name: str) -> str | None:
    return str(component[name]) if name in component else None


def _instant(component: icalendar.Component, name: str) -> datetime:
    return _aware(getattr(component.get(name), "dt", None), name)


def _aware(value: object, name: str) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{name} is no instant")
    return value


def _recurrence(component: icalendar.Component) -> Recurring | None:
    if "RRULE" not in component:
        return None
    left_out = (_aware(start.dt, "EXDATE") for dates in _all(component, "EXDATE") for start in dates.dts)
    rule = component["RRULE"].to_ical()
    return Recurring(rule if isinstance(rule, str) else rule.decode(), tuple(left_out))


def _mailbox(address: object) -> Mailbox:
    if not isinstance(address, icalendar.vCalAddress):
        raise ValueError("somebody without an address")  # noqa: TRY004 - of a file, as the others
    reply = address.params.get("PARTSTAT", "NEEDS-ACTION").lower()
    return Mailbox(unquote(str(address).removeprefix("mailto:")), address.params.get("CN", ""), reply)

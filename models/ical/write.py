"""Events as a calendar file: feeds to subscribe to, and invitations to mail (RFC 5545, 7986, 6047)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from models.ical.event import Event, Mailbox, Recurring
from models.ical.lines import folded, mailbox, text, uri, utc, wall
from models.ical.timezone import is_utc, steady_offset, timezone_lines
from models.rules.times.interval import wall_to_utc

__all__ = ["Event", "Mailbox", "Recurring", "calendar_text", "invitation"]

# A calendar must hold at least one component: one without events has its zone, as it is since this year.
YEAR_OF_NO_EVENTS = 2020

CLOSING = b"END:VCALENDAR\r\n"

# A series spans at most 24 months, whatever far year its UNTIL names.
YEARS_OF_A_SERIES = 2


def calendar_text(
    events: Iterable[Event],
    *,
    name: str,
    zone: ZoneInfo,
    product_id: str,
    refresh: timedelta,
    method: str | None = None,
) -> bytes:
    """A feed in the zone's wall time, to be asked for again after `refresh`.

    The same events give the same bytes in whatever order they come, so the ETag can be a hash
    of them. A series' changed dates follow the series.
    """
    events = tuple(events)
    about = opening(years_of(events), name=name, zone=zone, product_id=product_id, refresh=refresh, method=method)
    return about + written(events, zone, method) + CLOSING


def opening(
    years: Collection[int], *, name: str, zone: ZoneInfo, product_id: str, refresh: timedelta, method: str | None = None
) -> bytes:
    """What stands before a feed's events, for whoever writes these piece by piece. `years`: see years_of()."""
    every = _duration(refresh)
    about = (
        text("NAME", name),
        text("X-WR-CALNAME", name),
        f"REFRESH-INTERVAL;VALUE=DURATION:{every}",
        f"X-PUBLISHED-TTL:{every}",
    )
    return _opening(years, zone=zone, product_id=product_id, method=method, about=about)


def invitation(
    events: Iterable[Event], *, method: Literal["REQUEST", "CANCEL"], zone: ZoneInfo, product_id: str
) -> bytes:
    """The text/calendar part of an iMIP mail (RFC 6047) that asks for, moves or cancels one booking or series.

    The mail's part carries the same method: `text/calendar; method=REQUEST; charset=utf-8`.
    Every event must have one and the same uid, an organiser and someone invited: ValueError otherwise,
    for calendar programs would drop the mail without a word.
    """
    events = tuple(events)
    if len({event.uid for event in events}) != 1:
        raise ValueError("an invitation is about one booking or series")
    if not all(event.organiser and event.attendees for event in events):
        raise ValueError("an invitation needs an organiser and someone invited")
    if method == "CANCEL":
        events = tuple(replace(event, status="cancelled") for event in events)
    about = _opening(years_of(events), zone=zone, product_id=product_id, method=method)
    return about + written(events, zone, method) + CLOSING


def _opening(
    years: Collection[int], *, zone: ZoneInfo, product_id: str, method: str | None, about: Iterable[str] = ()
) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", text("PRODID", product_id), "CALSCALE:GREGORIAN"]
    if method:
        lines.append(f"METHOD:{method}")
    lines.extend(about)
    if not is_utc(zone):
        known = years or (YEAR_OF_NO_EVENTS,)
        lines.extend(timezone_lines(zone, min(known), max(known)))
    return folded(lines)


def written(events: Iterable[Event], zone: ZoneInfo, method: str | None = None) -> bytes:
    """The events alone, in an order of their own."""
    ordered = sorted(
        events, key=lambda event: (event.uid, event.recurrence_id is not None, event.recurrence_id or event.start)
    )
    return folded(line for event in ordered for line in _event_lines(event, zone, method))


def years_of(events: Iterable[Event]) -> set[int]:
    """The years in which any time of these events falls, as far as the zone's rules must be right for them."""
    years: set[int] = set()
    for event in events:
        years.update(instant.year for instant in (event.start, event.end, event.recurrence_id) if instant)
        if event.recurrence:
            years.add(event.start.year + YEARS_OF_A_SERIES)
    return years


def _event_lines(event: Event, zone: ZoneInfo, method: str | None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield text("UID", event.uid)
    if event.recurrence_id:
        yield _local("RECURRENCE-ID", event.recurrence_id, zone)
    yield f"SEQUENCE:{event.sequence}"
    changed_at = utc(event.changed_at)
    yield f"DTSTAMP:{changed_at}"
    yield f"LAST-MODIFIED:{changed_at}"
    if event.created_at:
        yield f"CREATED:{utc(event.created_at)}"
    yield from _start_and_end(event, zone)
    if event.recurrence:
        yield f"RRULE:{event.recurrence.rrule}"
        for start in sorted(set(event.recurrence.left_out)):
            yield _local("EXDATE", start, zone)
    yield f"STATUS:{event.status.upper()}"
    yield f"CLASS:{event.classification}"
    yield text("SUMMARY", event.summary)
    if event.location:
        yield text("LOCATION", event.location)
    if event.description:
        yield text("DESCRIPTION", event.description)
    if event.url:
        yield uri("URL", event.url)
    yield from _people(event, method)
    yield "END:VEVENT"


def _people(event: Event, method: str | None) -> Iterator[str]:
    if event.organiser:
        yield mailbox("ORGANIZER", event.organiser.address, event.organiser.name)
    # What is published is nobody's invitation: RFC 5546 forbids the list there.
    if method == "PUBLISH":
        return
    for invited in event.attendees:
        asked = {"RSVP": "TRUE"} if method == "REQUEST" and invited.reply == "needs-action" else {}
        yield mailbox(
            "ATTENDEE",
            invited.address,
            invited.name,
            CUTYPE="INDIVIDUAL",
            ROLE="REQ-PARTICIPANT",
            PARTSTAT=invited.reply.upper(),
            **asked,
        )


def _start_and_end(event: Event, zone: ZoneInfo) -> tuple[str, str]:
    """DTSTART and DTEND; both in UTC where either falls in the hour that an autumn night repeats.

    A wall time that comes twice means the first by RFC 5545, but ical.js takes the second, and programs
    that subtract wall times get the length wrong when only one of the two is in UTC. A series keeps
    its wall time, for that is what it repeats.
    """
    day = event.start.date()
    if day == event.end.date() and (offset := steady_offset(zone, day)) is not None and not is_utc(zone):  # most are
        first, last = wall(event.start + offset), wall(event.end + offset)
        return f"DTSTART;TZID={zone.key}:{first}", f"DTEND;TZID={zone.key}:{last}"
    if not event.recurrence and (_comes_twice(event.start, zone) or _comes_twice(event.end, zone)):
        return f"DTSTART:{utc(event.start)}", f"DTEND:{utc(event.end)}"
    return _local("DTSTART", event.start, zone), _local("DTEND", event.end, zone)


def _comes_twice(instant: datetime, zone: ZoneInfo) -> bool:
    if steady_offset(zone, instant.date()) is not None:
        return False
    local = instant.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _local(name: str, instant: datetime, zone: ZoneInfo) -> str:
    """The instant in the zone's wall time, or in UTC where that wall time means another instant."""
    offset = None if is_utc(zone) else steady_offset(zone, instant.date())
    if offset is not None:
        return f"{name};TZID={zone.key}:{wall(instant + offset)}"
    clock = instant.astimezone(zone).replace(tzinfo=None)
    # The second 02:30 of an autumn night has no wall time of its own.
    if is_utc(zone) or wall_to_utc(clock, zone) != instant:
        return f"{name}:{utc(instant)}"
    return f"{name};TZID={zone.key}:{wall(clock)}"


def _duration(length: timedelta) -> str:
    """An RFC 5545 duration in the largest whole unit."""
    seconds = round(length.total_seconds())
    if seconds % 3600 == 0:
        return f"PT{seconds // 3600}H"
    return f"PT{seconds // 60}M" if seconds % 60 == 0 else f"PT{seconds}S"

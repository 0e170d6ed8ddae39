"""A series as calendar programs want it: one event that repeats, and one more for each date that differs from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from models.ical.event import Event, Recurring
from models.rules.times.interval import Interval
from models.rules.times.recurrence import BadRecurrence, Occurrence, occurrences, read_rule


def series_events(
    rule: str, first: Interval, dates: Sequence[Event], zone: ZoneInfo, *, sequence: int, changed_at: datetime
) -> tuple[Event, ...]:
    """The master of a series and its changed dates, from which a calendar program gets exactly `dates`.

    `rule` and `first`: as the series was asked for. `dates`: each with the series' uid and, as recurrence_id, the start
    it was asked for; what the rule gives beyond them is left out. `sequence` and `changed_at` are the master's: made of
    all dates there ever were, so that neither goes back when one is left out.

    A series without master (each date an event with its recurrence_id) where no master would be read alike everywhere:
    on one of its dates the clocks skip the hour.
    """
    asked = _asked(rule, first, zone)
    kept = {date.recurrence_id for date in dates}
    if not kept & asked.keys():
        return tuple(dates)
    last = max(start for start in asked if start in kept)
    usual = _usual(dates, asked, first)
    master = replace(
        usual,
        recurrence_id=None,
        start=first.start,
        end=first.end,
        sequence=sequence,
        changed_at=changed_at,
        created_at=min((date.created_at for date in dates if date.created_at), default=None),
        recurrence=Recurring(
            replace(read_rule(rule), count=None, until=last).canonical,
            tuple(start for start in asked if start <= last and start not in kept),
        ),
    )
    return (master, *(date for date in dates if not _as_the_master(date, usual, asked, first)))


def _asked(rule: str, first: Interval, zone: ZoneInfo) -> dict[datetime, Occurrence]:
    """Every date of the rule by its start; none where a rule cannot tell calendar programs which they are."""
    try:
        found, skipped = occurrences(rule, first.start.astimezone(zone).replace(tzinfo=None), first.length, zone)
    except BadRecurrence:
        return {}
    return {} if skipped else {occurrence.start: occurrence for occurrence in found}


def _usual(dates: Sequence[Event], asked: dict[datetime, Occurrence], first: Interval) -> Event:
    """The date whose content most of them share: the master repeats it."""
    in_place = [date for date in dates if _is_in_place(date, asked, first)] or dates
    contents = Counter(_content(date) for date in in_place)
    most = max(contents.values())
    return next(date for date in in_place if contents[_content(date)] == most)


def _as_the_master(date: Event, usual: Event, asked: dict[datetime, Occurrence], first: Interval) -> bool:
    return _content(date) == _content(usual) and _is_in_place(date, asked, first)


def _is_in_place(date: Event, asked: dict[datetime, Occurrence], first: Interval) -> bool:
    """At the rule's own time, as long as the first date by the clock on the wall and by the stopwatch: programs differ
    on which of the two a master repeats."""
    occurrence = asked.get(date.recurrence_id) if date.recurrence_id else None
    return (
        occurrence is not None
        and (date.start, date.end) == (occurrence.start, occurrence.end)
        and date.end - date.start == first.length
    )


def _content(date: Event) -> tuple[object, ...]:
    return (date.summary, date.status, date.location, date.description, date.url, date.classification)

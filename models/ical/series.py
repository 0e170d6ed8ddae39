"""A series as calendar programs want it: one event that repeats, and one more for each date that differs from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.ical.event import Event, Recurring
from models.rules.times.interval import Interval, LocalTimeMissing, wall_to_utc
from models.rules.times.recurrence import BadRecurrence, Occurrence, occurrences, read_rule


def series_events(
    rule: str, first: Interval, dates: Sequence[Event], zone: ZoneInfo, *, sequence: int, changed_at: datetime
) -> tuple[Event, ...]:
    """The master of a series and its changed dates, from which a calendar program gets exactly `dates`.

    `rule` and `first`: as the series was asked for. `dates`: each with the series' uid and, as recurrence_id, the start
    it was asked for; what the rule gives beyond them is left out. `sequence` and `changed_at` are the master's: made of
    all dates there ever were, so that neither goes back when one is left out.

    Where none of its dates stands where it was asked for, the master is made anew if a rule leads to where most of them
    went: it repeats there, and their recurrence_id is the start they have by it.

    A series without master (each date an event with its recurrence_id) where no master would be read alike everywhere:
    on one of its dates the clocks skip the hour.
    """
    asked = _asked(rule, first, zone)
    if not {date.recurrence_id for date in dates} & asked.keys():
        return tuple(dates)
    if anew := _moved_together(rule, asked, first, dates, zone):
        rule, asked, first, dates = anew
    kept = {date.recurrence_id for date in dates}
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


def _moved_together(
    rule: str, asked: dict[datetime, Occurrence], first: Interval, dates: Sequence[Event], zone: ZoneInfo
) -> tuple[str, dict[datetime, Occurrence], Interval, Sequence[Event]] | None:
    """The rule at the hours to which the whole series went, with its dates; None where it did not go as a whole."""
    ours = [date for date in dates if date.recurrence_id in asked]
    if any(_is_in_place(date, asked, first) for date in ours):
        return None
    by, length = _usual_move(ours, asked, zone)
    last = max(date.recurrence_id for date in ours if date.recurrence_id)
    try:
        starts = {each.start: wall_to_utc(each.wall_start + by, zone) for each in asked.values() if each.start <= last}
    except LocalTimeMissing:
        return None
    there = Interval(starts[first.start], starts[first.start] + length)
    moved = replace(read_rule(rule), count=None, until=starts[last])
    days = (there.start.astimezone(zone).date() - first.start.astimezone(zone).date()).days
    turned = tuple(sorted((nth, (day + days) % 7) for nth, day in moved.weekdays))  # Tuesdays that went to Wednesdays
    anew = _asked(replace(moved, weekdays=turned).canonical, there, zone)
    if list(anew) != list(starts.values()):
        return None
    dates = [replace(date, recurrence_id=date.recurrence_id and starts.get(date.recurrence_id)) for date in ours]
    return replace(moved, weekdays=turned).canonical, anew, there, dates


def _usual_move(
    dates: Sequence[Event], asked: dict[datetime, Occurrence], zone: ZoneInfo
) -> tuple[timedelta, timedelta]:
    """How far most of them went on the wall clock, and how long they last there."""
    moves = Counter(
        (date.start.astimezone(zone).replace(tzinfo=None) - asked[date.recurrence_id].wall_start, date.end - date.start)
        for date in dates
        if date.recurrence_id
    )
    return moves.most_common(1)[0][0]


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
    """But for its link: each date has its own, and with that alone none differs from the others."""
    description = (date.description or "").replace(date.url or "", "")
    return (date.summary, date.status, date.location, description, date.classification)

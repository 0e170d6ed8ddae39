"""When: grid, length, horizon, opening hours, closures, evenings, protected breaks (R14, R15, R22)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.rules.house.house import House
from models.rules.house.policy import HALF_DAYS, SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.modes import REFUSES, mode_of
from models.rules.people.person import Person
from models.rules.refusals import Refusal, refusal
from models.rules.times.hours import HoursKind, closed_for
from models.rules.times.interval import (
    Interval,
    civil_date,
    joined,
    minus,
    nearest_utc,
    wall_instant,
    wall_length,
    wall_span,
)
from models.rules.values import MINUTES_A_DAY

MINUTE, QUARTER = timedelta(minutes=1), 15


@dataclass(frozen=True, slots=True)
class BookedTime:
    """The time that would be booked, and how it lies in the hours open to this booker."""

    during: Interval
    blocks: Interval | None  # the desk's half-day block or blocks it stands for
    is_on_grid: bool
    is_closed: bool  # the organisation's own closure touches it
    is_open: bool  # wholly inside one stretch open to this booker
    is_evening: bool  # part of it outside the ordinary hours, be it too late
    ends_too_late: bool = False  # an evening booking that ends after 23:00, whether or not hours were set so late


def booked_time(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> BookedTime:
    """What asking for this time books: the time itself, or the open part of a desk's half-day block."""
    closed = closed_for(facts.house.closures, wanted.organisation, wanted.during, facts.house.zone)
    ordinary = facts.house.hours.stretches(policy.scopes, wanted.during, ordinary_kinds(wanted.organiser, policy))
    if policy.in_half_days:
        return _desk_time(wanted, facts, ordinary, closed)
    open_to_booker = ordinary
    if policy.after_hours_allowed:
        evenings = facts.house.hours.stretches(policy.scopes, wanted.during, ("after_hours",))
        open_to_booker = joined((*ordinary, *evenings))
    is_open = any(stretch.covers(wanted.during) for stretch in open_to_booker)
    is_ordinary = any(stretch.covers(wanted.during) for stretch in ordinary)
    ends_too_late = policy.after_hours_allowed and not is_ordinary and _ends_too_late(wanted, policy, facts)
    return BookedTime(
        wanted.during,
        None,
        is_on_grid=all(
            slot_start(instant, policy.slot_minutes, facts.house.zone) == instant
            for instant in (wanted.during.start, wanted.during.end)
        ),
        is_closed=any(stretch.overlaps(wanted.during) for stretch in closed),
        is_open=is_open,
        is_evening=(is_open and not is_ordinary) or ends_too_late,
        ends_too_late=ends_too_late,
    )


def ordinary_kinds(person: Person, policy: SpacePolicy) -> tuple[HoursKind, ...]:
    """Talks, counter duties and whatever is for an association or resident lie within the public's hours."""
    return ("public",) if policy.traits.receives_public or person.is_outside else ("staff_access",)


def slot_start(instant: datetime, slot_minutes: int, zone: ZoneInfo) -> datetime:
    """The start of the slot in which an instant lies, on the wall-clock grid counted from local midnight. Half-days
    have no grid: there quarters serve."""
    wall = instant.astimezone(zone)
    return instant - timedelta(
        minutes=(wall.hour * 60 + wall.minute) % (slot_minutes or QUARTER),
        seconds=wall.second,
        microseconds=wall.microsecond,
    )


@lru_cache(maxsize=1000)
def desk_blocks(day: date, zone: ZoneInfo) -> tuple[Interval, ...]:
    """Morning, afternoon and the two together, as asked for on a date."""
    (opens, noon), (_, closes) = HALF_DAYS
    spans = (wall_span(day, opens, noon, zone), wall_span(day, noon, closes, zone), wall_span(day, opens, closes, zone))
    return tuple(span for span in spans if span)


def _desk_time(wanted: Wanted, facts: Facts, ordinary: Sequence[Interval], closed: Sequence[Interval]) -> BookedTime:
    """A desk's block need only overlap the day's hours: the part inside them is booked. Asking for just that part means
    the block, so that a desk booked on a half day can be changed without being off the grid."""
    day, zone = facts.date_of(wanted.during), facts.house.zone
    usable = minus(ordinary, closed)
    blocks = desk_blocks(day, zone)
    used = {block: _hull(block, usable) for block in blocks}
    block = next((each for each in blocks if each == wanted.during), None) or next(
        (each for each in blocks if used[each] == wanted.during), None
    )
    if block is None:
        is_open = any(stretch.covers(wanted.during) for stretch in ordinary)
        return BookedTime(wanted.during, None, False, any(s.overlaps(wanted.during) for s in closed), is_open, False)
    inside = used[block]
    return BookedTime(
        inside or block,
        block,
        True,
        is_closed=inside is None and _hull(block, ordinary) is not None,
        is_open=_hull(block, ordinary) is not None,
        is_evening=False,
    )


def _hull(block: Interval, stretches: Iterable[Interval]) -> Interval | None:
    inside = [common for stretch in stretches if (common := stretch.common(block))]
    return Interval(inside[0].start, inside[-1].end) if inside else None


def time_refusals(
    wanted: Wanted, policy: SpacePolicy, facts: Facts, now: datetime, when: BookedTime
) -> Iterator[Refusal]:
    """What grid, length, horizon, hours and breaks have against the time that would be booked."""
    scope = f"space:{policy.space}"
    if not when.is_on_grid:
        yield refusal("off_grid", scope=scope, limit=policy.slot_minutes)
    if not policy.in_half_days:
        yield from _length_refusals(wanted.during, policy, facts.house.zone)
    if wanted.start_changes:
        if wanted.during.start > horizon(now, policy.advance_days, facts.house.zone):
            yield refusal("too_far_ahead", scope=scope, limit=policy.advance_days)
        if _start_is_over(wanted, policy, facts, now):
            yield refusal("in_the_past", scope=scope)
    if when.is_closed:
        yield refusal("organisation_closed", scope=f"organisation:{wanted.organisation}")
    elif when.ends_too_late:
        latest = latest_end(policy.zone, facts.house, facts.date_of(wanted.during))
        yield refusal("too_late_at_night", scope=scope, limit=latest)
    if not (when.is_open or when.is_closed or _night_is_refused(policy, facts, wanted, when)):
        yield refusal("outside_hours", scope=scope)
    if when.is_evening and not (wanted.key_holder and wanted.key_holder.may_hold_keys):
        yield refusal("key_holder_needed", scope=scope)
    if (wanted.exclusive or policy.exclusive) and _takes_a_break(wanted, policy, facts):
        yield refusal("protected_break", scope=scope)


def _length_refusals(during: Interval, policy: SpacePolicy, zone: ZoneInfo) -> Iterator[Refusal]:
    scope, least, most = f"space:{policy.space}", policy.min_minutes, policy.max_minutes
    if (minutes := _minutes(during, least, zone, max)) < least:
        yield refusal("too_short", scope=scope, limit=least, actual=minutes)
    if (minutes := _minutes(during, most, zone, min)) > most:
        yield refusal("too_long", scope=scope, limit=most, actual=minutes)


def _takes_a_break(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> bool:
    """Whether having the place to oneself takes it from others at a break of theirs, or at any hour where it is never
    anyone's alone (R15)."""
    if policy.traits.never_exclusive and wanted.exclusive:
        return True
    breaks = facts.house.hours.stretches(policy.scopes, wanted.during, ("protected_break",))
    return any(pause.overlaps(wanted.during) for pause in breaks)


def _minutes(during: Interval, limit: int, zone: ZoneInfo, either: Callable[[int, int], int]) -> int:
    """Those that pass. Where the limit is a whole day, a date of 23 or 25 hours is one as well: then `either` those or
    the ones on the wall, whichever keeps the limit."""
    passing = during.length // MINUTE
    return passing if limit < MINUTES_A_DAY else either(passing, wall_length(during, zone) // MINUTE)


@lru_cache(maxsize=1000)
def horizon(now: datetime, advance_days: int, zone: ZoneInfo) -> datetime:
    """The latest start: the same wall time that many dates ahead, for a day is not always 24 hours."""
    return nearest_utc(now.astimezone(zone).replace(tzinfo=None) + timedelta(days=advance_days), zone)


def _start_is_over(wanted: Wanted, policy: SpacePolicy, facts: Facts, now: datetime) -> bool:
    """Whether the grid slot or desk block in which it starts has ended; the one now running may still be booked."""
    if policy.in_half_days:
        day, zone = facts.date_of(wanted.during), facts.house.zone
        halves = desk_blocks(day, zone)[:2]
        ends = [half.end for half in halves if half.has(wanted.during.start)]
        return (ends[0] if ends else wanted.during.end) <= now
    slot = slot_start(wanted.during.start, policy.slot_minutes, facts.house.zone)
    return slot + timedelta(minutes=policy.slot_minutes) <= now


def _night_is_refused(policy: SpacePolicy, facts: Facts, wanted: Wanted, when: BookedTime) -> bool:
    """Too late is said instead of outside hours where it refuses: as a warning it opens no door that R14 keeps shut."""
    return when.ends_too_late and mode_of("R22", policy, facts.house, facts.date_of(wanted.during)) == REFUSES


def latest_end(zone: str, house: House, day: date) -> str:
    """The time on the wall, such as `23:00`, until which evenings may last in a zone on a day (R22)."""
    return house.rule("R22", day, zone).clock


def _ends_too_late(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> bool:
    """R22, of a booking that is partly outside the ordinary hours where evenings are allowed."""
    day = facts.date_of(wanted.during)
    latest = wall_instant(day, latest_end(policy.zone, facts.house, day), facts.house.zone)
    if wanted.during.end <= latest:
        return False
    evening = facts.house.hours.stretches(policy.scopes, wanted.during, ("after_hours",))
    if wanted.during.start >= latest:
        return any(civil_date(stretch.start, facts.house.zone) == day for stretch in evening)
    until_then = Interval(wanted.during.start, latest)
    ordinary = facts.house.hours.stretches(policy.scopes, wanted.during, ordinary_kinds(wanted.organiser, policy))
    return any(stretch.overlaps(until_then) for stretch in evening) and any(
        stretch.covers(until_then) for stretch in joined((*ordinary, *evening))
    )

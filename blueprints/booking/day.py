"""One date on the wall calendar as a row of quarters: what is taken, closed and free in each space.

Everything a row says of a booking has passed seen_by(): of others' it may say no more than that the place is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _

from blueprints.web.language import language
from models.queries.bookings import bookings_on
from models.rules.discretion import Booked, Viewer, seen_by
from models.rules.headcount import Presence, profile
from models.rules.hours import closed_for
from models.rules.house import House, Space
from models.rules.interval import Interval, civil_date, civil_day, minus
from models.rules.person import Person
from models.rules.policy import SpacePolicy
from models.rules.rights import holds

QUARTERS = 96
OPENS, CLOSES = 7, 20


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a row. `column` and `span` in quarters of the wall clock from midnight."""

    label: str
    url: str
    start_label: str
    end_label: str
    column: int
    span: int
    state: str


@dataclass(frozen=True, slots=True)
class Day:
    """A civil date in the house, and the instant at which somebody looks at it."""

    date: date
    viewer: Viewer
    now: datetime

    @property
    def house(self) -> House:
        return self.viewer.house

    @property
    def during(self) -> Interval:
        return civil_day(self.date, self.house.zone)

    @property
    def is_today(self) -> bool:
        return self.date == civil_date(self.now, self.house.zone)

    @property
    def now_quarter(self) -> int | None:
        return self.quarter(self.now) if self.is_today else None

    def policy(self, space: Space) -> SpacePolicy:
        return self.house.policy(space.code, self.date)

    def quarter(self, instant: datetime, *, up: bool = False) -> int:
        """In which quarter of this date an instant lies, 0 before it and 96 after it; `up` rounds an end upwards."""
        wall = instant.astimezone(self.house.zone)
        if wall.date() != self.date:
            return 0 if wall.date() < self.date else QUARTERS
        minutes = wall.hour * 60 + wall.minute
        return -(-minutes // 15) if up else minutes // 15


def wall_clock(instant: datetime, house: House) -> str:
    return f"{instant.astimezone(house.zone):%H:%M}"


def bookings_of(spaces: Sequence[Space], during: Interval, house: House) -> dict[str, list[Booked]]:
    """What takes each space at some instant of `during`, whether booked itself, as a part of a composite or through one
    of its own parts. Two queries, whatever the number of spaces. Not for showing: see seen_by()."""
    rows_of_part = defaultdict(list)
    for space in spaces:
        for part in space.parts:
            rows_of_part[part].append(space.code)
    touching = [space.id for space in house.spaces.values() if any(part in rows_of_part for part in space.parts)]
    found: dict[str, list[Booked]] = {space.code: [] for space in spaces}
    for booking in bookings_on(touching, during) if touching else ():
        for code in {row for part in house.spaces[booking.space].parts for row in rows_of_part.get(part, ())}:
            found[code].append(booking)
    return found


def is_for(space: Space, person: Person) -> bool:
    """Whether this person's people may book it; whoever books for anyone sees all of them."""
    return not space.bookable_by or person.organisation in space.bookable_by or holds(person, "book_for_anyone")


def open_stretches(space: Space, day: Day) -> tuple[Interval, ...]:
    """When the viewer may be there on that date, evenings apart; nothing where their organisation may not book it."""
    policy, person = day.policy(space), day.viewer.person
    if not policy.active or not day.house.is_in_use(space, day.date):
        return ()
    if policy.bookable_by and person.organisation not in policy.bookable_by:
        return ()
    kinds = ("public",) if policy.traits.receives_public or person.is_outside else ("staff_access",)
    hours = day.house.hours.stretches(policy.scopes, day.during, kinds)
    closed = closed_for(day.house.closures, person.organisation, day.during, day.house.zone)
    return tuple(stretch for stretch in (each.common(day.during) for each in minus(hours, closed)) if stretch)


def free_stretches(space: Space, day: Day, taken: Iterable[Booked]) -> tuple[Interval, ...]:
    """Where a booking may be tried: open to the viewer, not taken, not over, on the grid and long enough."""
    policy = day.policy(space)
    left = minus(open_stretches(space, day), _blocked(space, policy, day, list(taken)))
    least = timedelta(minutes=max(policy.min_minutes, 1))
    running = slot_start(day.now, day.house, policy.slot_minutes)
    found = []
    for stretch in left:
        start = max(slot_start(stretch.start, day.house, policy.slot_minutes, up=True), running)
        end = slot_start(stretch.end, day.house, policy.slot_minutes)
        if end - start >= least:
            found.append(Interval(start, end))
    return tuple(found)


def slot_start(instant: datetime, house: House, slot_minutes: int, *, up: bool = False) -> datetime:
    """The start of the grid slot in which an instant lies, or with `up` the first one that is not before it. Half-days
    have no grid: there quarters serve."""
    step = slot_minutes or 15
    wall = instant.astimezone(house.zone)
    past = timedelta(minutes=(wall.hour * 60 + wall.minute) % step, seconds=wall.second, microseconds=wall.microsecond)
    return instant + timedelta(minutes=step) - past if up and past else instant - past


def _blocked(space: Space, policy: SpacePolicy, day: Day, taken: list[Booked]) -> list[Interval]:
    """What another booking leaves no room for: its time with buffers, or, in a shared space, the time that is full."""
    if policy.exclusive:
        return [_with_buffers(booking, policy, day) for booking in taken]
    apart = [booking.during for booking in taken if booking.exclusive]
    places = policy.effective_capacity()
    crowd = profile((Presence(booking.during, booking.persons) for booking in taken), day.during)
    return apart + [stretch.during for stretch in crowd if stretch.persons >= places]


def _with_buffers(booking: Booked, policy: SpacePolicy, day: Day) -> Interval:
    theirs = day.house.policy(booking.space, civil_date(booking.during.start, day.house.zone))
    if not theirs.exclusive:
        return booking.during
    return booking.during.widened(max(policy.buffer_after, theirs.buffer_before),
                                  max(theirs.buffer_after, policy.buffer_before))


def slots_of(space: Space, day: Day, taken: Sequence[Booked], book_url: str) -> list[Slot]:
    """Closed, taken and free stretches of one space on one date, in order of start."""
    closed = minus((day.during,), (*open_stretches(space, day), *_evenings(space, day), *(b.during for b in taken)))
    # A desk is booked by half-days, from its list: a free quarter of it cannot be asked for.
    free = () if day.policy(space).in_half_days else free_stretches(space, day, taken)
    slots = [
        *(_slot(each, day, "closed", _("Closed")) for each in closed),
        *(_booking_slot(seen_by(day.viewer, booking), day) for booking in taken),
        *(_slot(each, day, "free", _("Free"), free_url(book_url, each, day)) for each in free),
    ]
    return sorted(slots, key=lambda slot: (slot.column, slot.state))


def _evenings(space: Space, day: Day) -> tuple[Interval, ...]:
    policy = day.policy(space)
    return day.house.hours.stretches(policy.scopes, day.during, ("after_hours",)) if policy.after_hours_allowed else ()


def _slot(during: Interval, day: Day, state: str, label: str, url: str = "") -> Slot:
    first, last = day.quarter(during.start), day.quarter(during.end, up=True)
    end = "24:00" if during.end == day.during.end else wall_clock(during.end, day.house)
    return Slot(label, url, wall_clock(during.start, day.house), end, first, max(last - first, 1), state)


def _booking_slot(seen: Booked, day: Day) -> Slot:
    state = "pending" if seen.status == "pending" else "taken"
    person = day.viewer.person
    if seen.is_full and person.username in (seen.organiser, seen.booked_by) and state != "pending":
        state = "mine"
    url = "" if seen.detail == "busy" else url_for("booking.one", booking_id=seen.id)
    organisation = day.house.organisations.get(seen.organisation)
    otherwise = organisation.names.in_language(language()) if organisation else _("Taken")
    return _slot(seen.during, day, state, booking_label(seen, seen.organiser_name or otherwise), url)


def booking_label(seen: Booked, otherwise: str) -> str:
    """What a booking is called to someone who sees it so: its title, its visitor code, or only that it is there."""
    if seen.title:
        return seen.title
    if seen.visitor_code:
        return _("Talk %(code)s", code=seen.visitor_code)
    if seen.detail == "busy":
        return _("Busy")
    return otherwise


def free_url(book_url: str, free: Interval, day: Day) -> str:
    return f"{book_url}?date={day.date.isoformat()}&start={wall_clock(free.start, day.house)}" \
           f"&free_until={wall_clock(free.end, day.house)}"


def hours_shown(rows: Iterable[Mapping]) -> tuple[int, int]:
    """From which hour to which: the usual ones, wider where something is booked or free beyond them."""
    slots = [slot for row in rows for slot in row["items"] if slot.state != "closed"]
    first = min((slot.column for slot in slots), default=OPENS * 4)
    last = max((slot.column + slot.span for slot in slots), default=CLOSES * 4)
    return min(OPENS, first // 4), max(CLOSES, -(-last // 4))

"""The bookings to come that do not fit any more once the house is otherwise: shown, never deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.queries.above import bookings_above_cap, bookings_and_peaks_above
from models.queries.bookings import bookings_from
from models.queries.plan_effects import Prospect
from models.queries.under_secrecy import number_under_secrecy
from models.queries.unfit import AS_GOOD_AS_EVER, bookings_no_longer_fitting
from models.rules.bookings.fields import Booked
from models.rules.changes.change import Change, spaces_in
from models.rules.changes.closing import Close
from models.rules.changes.hours import SetHours
from models.rules.changes.limits import SetLimit
from models.rules.changes.outages import Break, Mend
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity, SetPolicy, SetUse, recounted
from models.rules.house.crisis import CRISIS_RULE
from models.rules.house.house import House
from models.rules.judging.above import AboveLimit, above_places
from models.rules.judging.peaks import Peak
from models.rules.judging.unfit import Unfit
from models.rules.people.discretion import Viewer
from models.rules.people.person import By, Person
from models.rules.people.reach import is_kept_apart, spaces_to_change
from models.rules.presence.occupancy import Place
from models.rules.times.hours import Closure
from models.rules.times.interval import Interval, civil_day, joined

ABOUT_HOURS = "after_hours_allowed"


@dataclass(frozen=True, slots=True)
class Effects:
    """Bookings above the places or a limit, outside the hours, or in a space that is out of use. `closed`: the numbers
    of the closing days that were written. `apart`: of other organisations' under secrecy, how many lie in the change,
    whether they fit or not. `peaks`: when a limit is passed, and by how many, for who may know."""

    above: tuple[AboveLimit, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    in_the_way: tuple[Booked, ...] = ()
    closed: tuple[int, ...] = ()
    apart: Mapping[str, int] = field(default_factory=dict)
    peaks: tuple[Peak, ...] = ()

    @property
    def displaced(self) -> frozenset[int]:
        """The numbers of the bookings that do not fit, each once."""
        return frozenset(each.id for each in self._bookings())

    def within_reach_of(self, person: Person, house: House) -> Effects:
        """Those in spaces that this person may change: of others they hear nothing."""
        spaces = spaces_to_change(person, house)
        return self if len(spaces) == len(house.spaces) else self._of(lambda booking: booking.space in spaces)

    def listed_for(self, viewer: Viewer) -> Effects:
        """Without those that are kept apart: of these `apart` is all that is told."""
        return self._of(lambda booking: not is_kept_apart(viewer, booking))

    def _bookings(self) -> Iterable[Booked]:
        yield from (each.booking for each in self.above)
        yield from (each.booking for each in self.unfit)
        yield from self.in_the_way

    def _of(self, is_meant: Callable[[Booked], bool]) -> Effects:
        return replace(
            self,
            above=tuple(each for each in self.above if is_meant(each.booking)),
            unfit=tuple(each for each in self.unfit if is_meant(each.booking)),
            in_the_way=tuple(each for each in self.in_the_way if is_meant(each)),
        )


def effects(changes: Sequence[Change], before: House, after: House, by: By, closed: tuple[int, ...] = ()) -> Effects:
    """Of changes whose days are known, in spaces that this person may change: two queries for all spaces together, one
    for those under secrecy, some for each other place."""
    now = by.now
    limited = [_limited(change, before, after, by) for change in changes if isinstance(change, SetLimit)]
    found = Effects(
        (*_above(changes, after, now), *(each for above, _peaks in limited for each in above)),
        tuple(_unfit(changes, before, after, now)),
        tuple(
            booking
            for change in changes
            if isinstance(change, SetUse) and not change.active
            for booking in bookings_in_the_way(change, before, now)
        ),
        closed,
        in_reach(changes, before, after, by),
        tuple(each for _above, peaks in limited for each in peaks),
    )
    return found.within_reach_of(by.person, before)


def in_reach(changes: Sequence[Change], before: House, after: House, by: By) -> dict[str, int]:
    """The others' under secrecy, by organisation; of such changes only as displace somebody by what they are."""
    ahead = Prospect(before, after, by, within=spaces_to_change(by.person, before))
    told = [change for change in changes if _may_displace(change)]
    return number_under_secrecy(told, Viewer.of(by.person, before), ahead)


def _may_displace(change: Change) -> bool:
    if isinstance(change, SetRule):
        return change.code == CRISIS_RULE
    return not change.active if isinstance(change, SetUse) else not isinstance(change, Break | Mend)


def _above(changes: Sequence[Change], after: House, now: datetime) -> Iterable[AboveLimit]:
    spaces = {after.spaces[change.code].id for change in changes if isinstance(change, SetCapacity | SetPolicy)}
    if spaces:
        yield from above_places(recounted(bookings_from(now, sorted(spaces)), after), after)
    for change in changes:
        if isinstance(change, SetRule) and change.code == CRISIS_RULE:
            yield from bookings_above_cap(after, now)


def _limited(change: SetLimit, before: House, after: House, by: By) -> tuple[tuple[AboveLimit, ...], tuple[Peak, ...]]:
    return bookings_and_peaks_above(Place(*change.place), after, Viewer.of(by.person, before), by.now)


def _unfit(changes: Sequence[Change], before: House, after: House, now: datetime) -> Iterable[Unfit]:
    evenings = [change.code for change in changes if isinstance(change, SetPolicy) and ABOUT_HOURS in change.values]
    if evenings:
        yield from bookings_no_longer_fitting(
            before, after, [Interval(now, now + AS_GOOD_AS_EVER)], now, spaces=evenings
        )
    for change in changes:
        if isinstance(change, SetHours):
            start = civil_day(change.since, before.zone).start
            end = civil_day(change.last, before.zone).end if change.last else start + AS_GOOD_AS_EVER
            yield from bookings_no_longer_fitting(
                before, after, [Interval(start, end)], now, spaces=spaces_in(change.place, before)
            )
    closures = [closure for change in changes if isinstance(change, Close) for closure in change.news(before)]
    if closures:
        yield from closing_effects(closures, before, after, now)


def closing_effects(closures: Sequence[Closure], before: House, after: House, now: datetime) -> tuple[Unfit, ...]:
    """Only bookings of those closed are looked at, on these days."""
    days = joined(civil_day(each.day, before.zone) for each in closures)
    meant: set[str] = (
        set()
        if any(not each.organisations for each in closures)
        else {code for each in closures for code in each.organisations}
    )
    return bookings_no_longer_fitting(before, after, days, now, organisations=meant)


def bookings_in_the_way(change: SetUse, house: House, now: datetime) -> tuple[Booked, ...]:
    """What holds a place in a space, or in one that takes it along, on the days of the change. Two queries."""
    spaces = sorted(house.spaces[code].id for code in change.spaces(house))
    end = civil_day(change.last, house.zone).end if change.last else None
    return tuple(
        booking
        for booking in bookings_from(max(civil_day(change.since, house.zone).start, now), spaces)
        if end is None or booking.during.start < end
    )

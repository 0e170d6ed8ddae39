"""What lies too far ahead to be booked yet: from when on it can be, and which date is the last that can be by now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from blueprints.booking.day import Day, date_words, wall_clock
from models.rules.finding.free import left_of
from models.rules.finding.untaken import opens_at
from models.rules.house.house import Space
from models.rules.times.interval import civil_date

LOOKED_BACK = 14  # dates from the last one near enough: that may be a Sunday or a holiday


def opening_words(opens: datetime, day: Day, *, short: bool = False) -> str:
    """From when on it can be booked: an hour of today, else a date."""
    first, today = civil_date(opens, day.house.zone), civil_date(day.now, day.house.zone)
    if first == today:
        time = wall_clock(opens, day.house)
        return _("From %(time)s", time=time) if short else _("Can be booked from %(time)s today", time=time)
    if short:
        return _("From %(day)s", day=_date(first, day, "d MMM"))
    return _("Can be booked from %(day)s", day=_date(first, day))


def opening_in_brief(opens: datetime, day: Day) -> str:
    """The same for a place on the plan that is too narrow for it: the date in figures."""
    first = civil_date(opens, day.house.zone)
    if first == civil_date(day.now, day.house.zone):
        return opening_words(opens, day, short=True)
    return _("From %(date)s", date=_date(first, day, "d/M", "/yy"))


def not_yet(spaces: Sequence[Space], day: Day, address: Callable[..., str]) -> dict[str, str] | None:
    """For a page about a date on which some of these are open and none can be booked by now: from when on the first
    can, and the way to the last date that can. `address`: the page's own, with another date."""
    if _can_begin(spaces, day):
        return None
    opens = [
        opens_at(left.room[0][0], policy, day)
        for policy in map(day.policy, spaces)
        if (left := left_of(policy, day, ())).room
    ]
    if not opens:
        return None
    today = civil_date(day.now, day.house.zone)
    nearest = (civil_date(min(opens), day.house.zone) - today).days
    earlier = map(day.later, range(-nearest, -nearest - LOOKED_BACK, -1))
    last = next((each for each in earlier if _can_begin(spaces, each)), day)
    return {
        "opens": _first_opening(opens, day),
        "url": address(date=last.date.isoformat()),
        "last": _("The last day that can be booked now is %(day)s", day=_date(last.date, day)),
    }


def _first_opening(opens: Collection[datetime], day: Day) -> str:
    """As opening_words(), which would promise too much where others open on a later date."""
    zone, first = day.house.zone, min(opens)
    dates = {civil_date(each, zone) for each in opens}
    if len(dates) == 1:
        return opening_words(first, day)
    if civil_date(first, zone) == civil_date(day.now, zone):
        return _("Some can be booked from %(time)s today, others later", time=wall_clock(first, day.house))
    return _("Some can be booked from %(day)s, others later", day=_date(min(dates), day))


def _can_begin(spaces: Iterable[Space], day: Day) -> bool:
    """Whether one of these could be booked on that date by now, were nothing taken."""
    return any(left_of(day.policy(space), day, ()).free for space in spaces)


def _date(said: date, day: Day, pattern: str = "EEEE d MMMM", year: str = " y") -> str:
    """With its year, unless that is this year and the page's too."""
    years = {civil_date(day.now, day.house.zone).year, day.date.year}
    return date_words(said, pattern if years == {said.year} else f"{pattern}{year}")

"""Until when a request keeps others out of its place while nobody has answered it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from models.rules.house.house import House
from models.rules.times.hours import closed_for
from models.rules.times.interval import Interval, civil_date, civil_day, minus, nearest_utc

USUAL_DAYS = 7
SOON = timedelta(days=7)  # what begins within a week is to be answered faster
WORKING_DAYS_WHEN_SOON = 2
END_OF_WORK = time(17)  # of the last day on which an answer is waited for
BEFORE_IT_STARTS = timedelta(hours=2)  # whoever asked hears of it before they set out
AT_LEAST = timedelta(hours=4)  # time to see the request, however late it came
MOST_DAYS_CLOSED = 28

NOT_ANSWERED = "not_answered"  # the reason written down when that time is over


def hold_until(during: Interval, now: datetime, house: House) -> datetime:
    """When a request made now, for that time, gives its place back unanswered.

    The first of: the end of work a week from now (or on the next working day), or two working days from now where it
    begins within a week; and two hours before it starts. But never within four hours from now, unless it is over by
    then.
    """
    today = civil_date(now, house.zone)
    last = _working_day_from(today + timedelta(days=USUAL_DAYS), house)
    if during.start < now + SOON:
        last = today
        for _day in range(WORKING_DAYS_WHEN_SOON):
            last = _working_day_from(last + timedelta(days=1), house)
    in_time = nearest_utc(datetime.combine(last, END_OF_WORK), house.zone)
    return max(min(in_time, during.start - BEFORE_IT_STARTS), min(now + AT_LEAST, during.end))


def _working_day_from(day: date, house: House) -> date:
    """That date, or the first after it, on which those who decide are at work; no longer than four weeks on."""
    dates = (day + timedelta(days=days) for days in range(MOST_DAYS_CLOSED))
    return next((each for each in dates if _is_working_day(each, house)), day)


def _is_working_day(day: date, house: House) -> bool:
    """Monday to Friday, unless the host of the building is closed all day."""
    if day.isoweekday() > 5:
        return False
    whole = civil_day(day, house.zone)
    hosts = [each.code for each in house.organisations.values() if each.is_host]
    return all(minus((whole,), closed_for(house.closures, host, whole, house.zone)) for host in hosts)

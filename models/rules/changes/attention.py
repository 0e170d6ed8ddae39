"""What of the house asks for somebody's attention on a day: what is near, broken, about to turn, or nearly used."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.rules.bookings.fields import Booked
from models.rules.changes.rules import next_change, own_timeline, zones_of
from models.rules.house.house import House, Outage, Rule
from models.rules.house.quota import Quota
from models.rules.house.rule_parameters import RULE_CODES
from models.rules.times.hours import Closure

PRESSING = timedelta(days=2)
TURNING, CLOSING, HORIZON = timedelta(days=30), timedelta(days=14), timedelta(days=60)
NEARLY = 0.8


def is_pressing(booking: Booked, now: datetime) -> bool:
    """It waits for a word and begins, or loses its place, within two days; or has begun already."""
    last = min(filter(None, (booking.during.start, booking.hold_until)))
    return last <= now + PRESSING


def out_of_order(house: House, today: date) -> list[Outage]:
    """What does not work today or within two weeks, the longest broken first."""
    near = [
        outage
        for outage in house.outages
        if outage.valid_from <= today + CLOSING and (outage.valid_to is None or outage.valid_to >= today)
    ]
    return sorted(near, key=lambda outage: (outage.valid_from, outage.scope, outage.code, outage.item))


def rules_turning(house: House, today: date) -> list[tuple[Rule, str | None]]:
    """The rules that will hold otherwise within thirty days, as they will, the soonest first; with the zone where it is
    one alone that turns."""
    found = [
        (rule, zone)
        for code in RULE_CODES
        for zone in (None, *zones_of(house, code))
        if (rule := next_change(house, code, today, zone)) is not None
        and rule.valid_from <= today + TURNING
        and (zone is None or rule.valid_from in dict(own_timeline(house, code, zone)))
    ]
    return sorted(found, key=lambda each: (each[0].valid_from, each[0].code, each[1] or ""))


def is_nearly_used(quota: Quota, used: float) -> bool:
    """So much of it is used that its owner should know before it is spent."""
    return used >= NEARLY * quota.amount


def closures_ahead(house: House, today: date, within: timedelta = CLOSING) -> list[Closure]:
    """Those from `today` until `within` later, the soonest first."""
    return sorted(
        (closure for closure in house.closures if today <= closure.day <= today + within),
        key=lambda closure: closure.day,
    )

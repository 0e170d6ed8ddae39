"""Which bookings no longer lie within the hours: a change never deletes a booking, so somebody has to see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.rules.discretion import Booked
from models.rules.facts import Facts, Wanted
from models.rules.house import House
from models.rules.interval import Interval, civil_date
from models.rules.judging import judge
from models.rules.judging_time import desk_blocks
from models.rules.person import Person
from models.rules.policy import SpacePolicy

ABOUT_HOURS = ("organisation_closed", "outside_hours", "protected_break", "too_late_at_night", "key_holder_needed")


@dataclass(frozen=True, slots=True)
class Unfit:
    """`codes`: what judge() says of this booking's time, and did not say before."""

    booking: Booked
    codes: tuple[str, ...]


def no_longer_fitting(bookings: Iterable[Booked], people: Mapping[str, Person], before: House | None, after: House,
                      now: datetime) -> tuple[Unfit, ...]:
    """In order of start. `people`: organisers and key holders by username. What was refused before is nothing new;
    without a house before, everything is told that does not fit now."""
    facts_before, facts_after = before and Facts(before), Facts(after)
    found = []
    for booking in bookings:
        codes = _said_of(booking, people, facts_after, now)
        if codes and facts_before:
            codes -= _said_of(booking, people, facts_before, now)
        if codes:
            found.append(Unfit(booking, tuple(code for code in ABOUT_HOURS if code in codes)))
    return tuple(sorted(found, key=lambda unfit: (unfit.booking.during.start, unfit.booking.id)))


def _said_of(booking: Booked, people: Mapping[str, Person], facts: Facts, now: datetime) -> set[str]:
    house = facts.house
    policy = house.policy(booking.space, civil_date(booking.during.start, house.zone))
    wanted = Wanted(
        space=booking.space, during=as_asked(booking.during, policy, house), organiser=people[booking.organiser],
        booker=people[booking.organiser], attendees=booking.attendees, layout=booking.layout,
        exclusive=bool(booking.exclusive) and not policy.exclusive, service=house.services.get(booking.service or ""),
        key_holder=people.get(booking.key_holder or ""), start_changes=False, replaces=booking.id)
    return {each.code for each in judge(wanted, policy, facts, now).refusals} & set(ABOUT_HOURS)


def as_asked(during: Interval, policy: SpacePolicy, house: House) -> Interval:
    """A desk is booked for the part of a block that lay in the hours; whether it still fits is asked of the block."""
    if not policy.in_half_days:
        return during
    blocks = desk_blocks(civil_date(during.start, house.zone), house.zone)
    return next((block for block in blocks if block.covers(during)), during)

"""Which bookings no longer lie within the hours: a change never deletes a booking, so somebody has to see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.judging.facts import Facts
from models.rules.judging.judge import judge
from models.rules.judging.rejudging import wanted_again
from models.rules.people.callers import organiser_of
from models.rules.people.person import Person

ABOUT_HOURS = ("organisation_closed", "outside_hours", "protected_break", "too_late_at_night", "key_holder_needed")


@dataclass(frozen=True, slots=True)
class Unfit:
    """`codes`: what judge() says of this booking's time, and did not say before."""

    booking: Booked
    codes: tuple[str, ...]


def no_longer_fitting(
    bookings: Iterable[Booked], people: Mapping[str, Person], before: House | None, after: House, now: datetime
) -> tuple[Unfit, ...]:
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
    wanted = wanted_again(booking, people, organiser_of(booking, people, facts.house), facts.house)
    policy = facts.house.policy(wanted.space, facts.date_of(wanted.during))
    return {each.code for each in judge(wanted, policy, facts, now).refusals} & set(ABOUT_HOURS)

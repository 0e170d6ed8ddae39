"""Which bookings of a list may last a little longer, or begin later, as they would be accepted at this moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from models.queries.people import people_by_username
from models.queries.taken import facts_about, facts_for
from models.rules.bookings.fields import PEOPLE_KEPT, Booked
from models.rules.bookings.otherwise import Otherwise, later, longer
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts
from models.rules.judging.how_much import quotas_for
from models.rules.judging.judge import judge
from models.rules.judging.rejudging import wanted_again
from models.rules.people.person import Person
from models.rules.times.interval import Interval, civil_date

Tried = list[tuple[Booked, list[Interval]]]


def otherwise_of(bookings: Iterable[Booked], person: Person, house: House, now: datetime) -> dict[int, Otherwise]:
    """By number, as far as change() would take it at this person's word alone: nobody's approval can be waited for
    while somebody sits there. One query for each building and one for the people, whatever the number of bookings; none
    where nothing goes on. Of bookings that count towards a quota that is asked for each: most houses have none."""
    tried = [(each, tries) for each in bookings if (tries := _tries(each, policy_of(each, house), now))]
    if not tried:
        return {}
    people, facts = _people(tried, person), _facts(tried, house, now)
    found = {}
    for booking, tries in tried:
        known = facts[house.spaces[booking.space].building]
        fits = [during for during in tries if _fits(booking, during, people, person, known, now)]
        found[booking.id] = Otherwise(
            next((each for each in fits if each.start == booking.during.start), None),
            next((each for each in fits if each.start != booking.during.start), None),
        )
    return found


def _people(tried: Tried, person: Person) -> dict[str, Person]:
    """Whoever they name; no query where that is whoever asks."""
    named = {name for each, _tries in tried for field in PEOPLE_KEPT if (name := getattr(each, field))}
    return people_by_username(named - {person.username}) | {person.username: person}


def policy_of(booking: Booked, house: House) -> SpacePolicy:
    """As it holds where and when it takes place."""
    return house.policy(booking.space, civil_date(booking.during.start, house.zone))


def _tries(booking: Booked, policy: SpacePolicy, now: datetime) -> list[Interval]:
    more = None if policy.in_half_days else longer(booking, now)
    return [*([more] if more else ()), *(later(booking, now) if policy.traits.is_talk else ())]


def _facts(tried: Tried, house: House, now: datetime) -> dict[str, Facts]:
    windows: dict[str, list[Interval]] = {}
    for booking, tries in tried:
        windows.setdefault(house.spaces[booking.space].building, []).extend(tries)
    return {building: facts_for(house, building, these, None, now) for building, these in windows.items()}


def _fits(
    booking: Booked, during: Interval, people: Mapping[str, Person], person: Person, facts: Facts, now: datetime
) -> bool:
    house, day = facts.house, facts.date_of(during)
    wanted = wanted_again(booking, people, person, house, during=during)
    if any(quotas_for(house, wanted.organiser, wanted.service, (booking.kind,), day)):
        facts = facts_about(wanted, house, now)
    verdict = judge(wanted, house.policy(wanted.space, day), facts, now)
    return verdict.accepted and not verdict.approvals

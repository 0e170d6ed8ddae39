"""What wishes for some places near a time must be judged against: who is in these places, and how many people are
around them, asked date by date as limits are looked at. It grows with the places asked about, and with no others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import text

from models.queries.among import each_of, listed
from models.queries.bookings import WINDOW, bounds
from models.queries.standing import NONE, groups_in, met_in, standing
from models.queries.taken import counted_near, held_by
from models.rules.house.house import House, Service
from models.rules.judging.facts import Facts
from models.rules.people.person import Person
from models.rules.times.interval import Interval, civil_dates, civil_day
from models.tables.booking import Booking
from models.tables.db import db

_THEN = "there.starts_at < :end AND there.ends_at > :start AND there.starts_at > :earliest"
# Each place is looked up in the index by itself: OFFSET keeps PostgreSQL from reading all that was booked in the city
# that day, which it takes to be quicker.
_FREE = f"""SELECT place.value FROM {{places}} WHERE NOT EXISTS (
    SELECT 1 FROM occupation AS there WHERE there.space_id = place.value AND {_THEN} AND there.booking_id <> :without
    {{each}})"""
_FREE_IN = {
    dialect: text(_FREE.format(places=each_of(dialect, "places", "place"), each=each))
    .bindparams(*WINDOW)
    .columns(Booking.space_id)
    for dialect, each in (("sqlite", ""), ("postgresql", "OFFSET 0"))
}


def free_places(house: House, spaces: Iterable[str], during: Interval, *, without: int | None = None) -> set[str]:
    """Those of these spaces of which nobody has any place at some instant of `during`. One query, if there are any."""
    leaves = {code: house.leaves_taken_by(code) for code in spaces}
    numbers = {part: house.spaces[part].id for parts in leaves.values() for part in parts}
    if not numbers:
        return set()
    db.session.flush()
    connection = db.session.connection()
    dialect = connection.dialect.name
    asked = {"places": listed(dialect, sorted(numbers.values())), "without": without or NONE, **bounds(during)}
    free = {number for (number,) in connection.execute(_FREE_IN[dialect], asked)}
    return {code for code, parts in leaves.items() if all(numbers[part] in free for part in parts)}


def facts_near(
    house: House,
    spaces: Collection[str],
    within: Interval,
    organiser: Person,
    now: datetime,
    *,
    service: Service | None = None,
    without: int | None = None,
) -> Facts:
    """For wishes of an organiser in these spaces of one building; by these facts no other may be judged.

    `without`: the booking that they would replace.

    One query; one more where a quota of theirs is about these kinds of space, one for what touches the present, and one
    for each date on which a limit of people is looked at.
    """
    here, stretch = [house.spaces[code] for code in spaces], _around(within, house)
    counted = counted_near([stretch], house, now)
    dates = [civil_day(day, house.zone) for day in civil_dates(within, house.zone)]  # each has quotas of its own
    held = held_by(house, dates, organiser, service, {space.kind for space in here}, now)
    places = met_in(spaces, house) | {house.spaces[each.space].id for each in counted}
    taken = standing(house, places, organiser.id, [stretch], without=without)
    groups = cache(lambda day: groups_in(here[0].building, [day], without=without))
    return Facts(house, taken, None, held, counted, groups)


def with_spaces(facts: Facts, spaces: Collection[str], during: Interval, *, without: int | None = None) -> Facts:
    """The same facts, by which these spaces may be judged too at that time. One query, if there are any."""
    if not spaces:
        return facts
    house = facts.house
    more = standing(house, met_in(spaces, house), NONE, [_around(during, house)], without=without)
    known = {each.id: each for each in (*facts.taken, *more)}
    return replace(facts, taken=tuple(sorted(known.values(), key=lambda each: (each.during.start, each.id))))


def _around(during: Interval, house: House) -> Interval:
    return during.widened(house.widest_buffer, house.widest_buffer)

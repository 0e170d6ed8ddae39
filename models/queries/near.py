"""What wishes for some places near a time must be judged against: who is in these places, and how many people are
around them, asked date by date as limits are looked at. It grows with the places asked about, and with no others.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, Row, bindparam, text, union_all

from models.queries.bookings import WINDOW, bounds, overlapping
from models.queries.taken import TAKEN, counted_near, held_by, taken_from
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.house.house import House, Service
from models.rules.house.policy import TRAITS
from models.rules.judging.facts import Facts, Taken
from models.rules.judging.gathered import Group
from models.rules.people.person import Person
from models.rules.times.interval import Interval, civil_dates, civil_day
from models.tables.booking import IN_REFUGE, Booking
from models.tables.db import db

NONE = 0  # no booking has this number
_THEN = "there.starts_at < :end AND there.ends_at > :start AND there.starts_at > :earliest"
# All places are one parameter, and each is looked up in the index by itself: OFFSET keeps PostgreSQL from reading all
# that was booked in the city that day, which it takes to be quicker.
_FREE = f"""SELECT place.value FROM {{places}} WHERE NOT EXISTS (
    SELECT 1 FROM occupation AS there WHERE there.space_id = place.value AND {_THEN} AND there.booking_id <> :without
    {{each}})"""
_HERE = (
    f"there.space_id = CAST(place.key AS integer) AND there.status IN {HOLDS_PLACE} AND {_THEN} "
    "AND there.id <> :without"
)
_SUMS = f"there.starts_at, there.ends_at, sum(there.persons), sum({IN_REFUGE.format(row='there')})"
_PLACES_FREE = {
    "sqlite": _FREE.format(places="json_each(:places) AS place", each=""),
    "postgresql": _FREE.format(places="unnest(CAST(:places AS integer[])) AS place (value)", each="OFFSET 0"),
}
_GROUPS = {
    "sqlite": f"SELECT place.value, {_SUMS} FROM json_each(:places) AS place CROSS JOIN booking AS there "
    f"WHERE {_HERE} GROUP BY 1, 2, 3",
    "postgresql": f"SELECT place.value, {_SUMS} "
    "FROM unnest(CAST(:places AS integer[]), CAST(:zones AS integer[])) AS place (key, value) "
    f"CROSS JOIN LATERAL (SELECT * FROM booking AS there WHERE {_HERE} OFFSET 0) AS there GROUP BY 1, 2, 3",
}
_FREE_IN = {
    dialect: text(asked).bindparams(*WINDOW).columns(Booking.space_id) for dialect, asked in _PLACES_FREE.items()
}
_GROUPS_IN = {
    dialect: text(asked).bindparams(*WINDOW).columns(Booking.space_id, Booking.starts_at, Booking.ends_at)
    for dialect, asked in _GROUPS.items()
}
_ONE_OF_PLACES = {
    "sqlite": text("booking.space_id IN (SELECT value FROM json_each(:spaces))"),
    "postgresql": text("booking.space_id = ANY (CAST(:spaces AS integer[]))"),
}
_OF_PLACES = {dialect: TAKEN.where(is_one, overlapping()) for dialect, is_one in _ONE_OF_PLACES.items()}
_OF_ORGANISER = TAKEN.where(Booking.organiser_id == bindparam("organiser"), overlapping())
_OF_BOTH = {dialect: union_all(of_places, _OF_ORGANISER) for dialect, of_places in _OF_PLACES.items()}


def free_places(house: House, spaces: Iterable[str], during: Interval, *, without: int | None = None) -> set[str]:
    """Those of these spaces of which nobody has any place at some instant of `during`. One query, if there are any."""
    leaves = {code: house.leaves_taken_by(code) for code in spaces}
    numbers = {part: house.spaces[part].id for parts in leaves.values() for part in parts}
    if not numbers:
        return set()
    found = _rows(_FREE_IN, during, without=without or NONE, places=_listed(sorted(numbers.values())))
    free = {number for (number,) in found}
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
    places = {*_met_in(spaces, house), *(house.spaces[each.space].id for each in counted)}
    rows = _rows(_OF_BOTH, stretch, spaces=_listed(sorted(places)), organiser=organiser.id)
    groups = cache(lambda day: _groups_on(day, house, here[0].building, without or NONE))
    return Facts(house, _but(without, taken_from(rows, house)), None, held, counted, groups=groups)


def with_spaces(facts: Facts, spaces: Collection[str], during: Interval, *, without: int | None = None) -> Facts:
    """The same facts, by which these spaces may be judged too at that time. One query, if there are any."""
    if not spaces:
        return facts
    places = _listed(sorted(_met_in(spaces, facts.house)))
    more = _but(without, taken_from(_rows(_OF_PLACES, _around(during, facts.house), spaces=places), facts.house))
    known = {each.id: each for each in (*facts.taken, *more)}
    return replace(facts, taken=tuple(sorted(known.values(), key=lambda each: (each.during.start, each.id))))


def _but(without: int | None, taken: Iterable[Taken]) -> tuple[Taken, ...]:
    return tuple(each for each in taken if each.id != without)


def _around(during: Interval, house: House) -> Interval:
    return during.widened(house.widest_buffer, house.widest_buffer)


def _met_in(spaces: Iterable[str], house: House) -> set[int]:
    """The spaces of which it must be known who is in them: those that share a place with these and, for talks, all of
    their zones, where a colleague has to be."""
    zones = {house.spaces[code].zone for code in spaces if TRAITS[house.spaces[code].sort].is_talk}
    return {number for code in spaces for number in house.sharing_a_place[code]}.union(
        *(house.in_zones[zone] for zone in zones)
    )


def _groups_on(day: Interval, house: House, building: str, without: int) -> tuple[Group, ...]:
    spaces, zoned = house.by_id[0], house.first_of_zones[building]
    asked = {"places": zoned} if _is_sqlite() else {"places": list(zoned), "zones": list(zoned.values())}
    rows = _rows(_GROUPS_IN, day, without=without, **{name: _listed(each) for name, each in asked.items()})
    return tuple(
        Group(spaces[first].code, Interval(starts_at, ends_at), persons, in_refuge)
        for first, starts_at, ends_at, persons, in_refuge in rows
    )


def _rows(question: Mapping[str, Executable], during: Interval, **asked: object) -> Sequence[Row]:
    db.session.flush()
    connection = db.session.connection()
    return connection.execute(question[connection.dialect.name], {**asked, **bounds(during)}).all()


def _listed(numbers: Sequence[int] | Mapping[int, int]) -> object:
    return json.dumps(numbers) if _is_sqlite() else numbers


def _is_sqlite() -> bool:
    return db.session.connection().dialect.name == "sqlite"

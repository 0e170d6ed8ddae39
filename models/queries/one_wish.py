"""What one wish must be judged against, and no more: what else its place and its organiser have near its time, and how
many people are in its zone, on its floor and in its building.

Facts of a whole building, of which any of its spaces can be judged, are those of taken.py: the verdict on this one is
the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import CompoundSelect, Row, Select, bindparam, func, or_, select, text, union_all
from sqlalchemy.orm import aliased

from models.queries.bookings import bounds, overlapping
from models.queries.reading import pages
from models.queries.taken import A_REFUGE_FOR, HOLDS_A_PLACE, TAKEN, WINDOWS_A_QUERY, counted_near, held_by, taken_from
from models.rules.house.house import House, Space
from models.rules.house.policy import TRAITS
from models.rules.judging.crowds import Crowd, Crowds
from models.rules.judging.facts import Facts, Wanted
from models.rules.presence.counts import LiveCount
from models.rules.times.interval import Interval, joined
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import Floor
from models.tables.space import Space as SpaceRow

# All its places are one parameter, so that the statement stays the same however many they are.
_ONE_OF_ITS_PLACES = {
    "sqlite": text("booking.space_id IN (SELECT value FROM json_each(:spaces))"),
    "postgresql": text("booking.space_id = ANY (CAST(:spaces AS integer[]))"),
}
_OF_ITS_ORGANISER = TAKEN.where(Booking.organiser_id == bindparam("organiser"))
_NEAR = {dialect: (TAKEN.where(is_one), _OF_ITS_ORGANISER) for dialect, is_one in _ONE_OF_ITS_PLACES.items()}
_NEAR_ONE_WINDOW = {
    dialect: union_all(*(each.where(overlapping()) for each in both)) for dialect, both in _NEAR.items()
}
_HERE, _ITS_FLOOR = aliased(SpaceRow), aliased(Floor)
_TOGETHER = (
    select(
        Booking.starts_at,
        Booking.ends_at,
        SpaceRow.zone_id == _HERE.zone_id,
        SpaceRow.floor_id == _HERE.floor_id,
        func.sum(Booking.persons),
        func.sum(A_REFUGE_FOR),
    )
    .join(SpaceRow, SpaceRow.id == Booking.space_id)
    .join(Floor, Floor.id == SpaceRow.floor_id)
    .join(_HERE, _HERE.id == bindparam("space"))
    .join(_ITS_FLOOR, _ITS_FLOOR.id == _HERE.floor_id)
    .where(HOLDS_A_PLACE, Floor.building_id == _ITS_FLOOR.building_id)
    .group_by(text("1, 2, 3, 4"))
)
_IN_THE_BUILDING = _TOGETHER.where(overlapping())


def facts_of(wanted: Wanted, house: House, now: datetime, windows: Sequence[Interval] = ()) -> Facts:
    """At its own time, or within others. No other space may be judged by them, and no booking be taken out of them.

    Two queries per hundred windows. One more where a quota of the organiser's is about that kind of space; one more for
    windows that touch the present.
    """
    space, windows, wide = house.spaces[wanted.space], windows or (wanted.during,), house.widest_buffer
    stretches = joined(window.widened(wide, wide) for window in windows)
    counted = counted_near(stretches, house, now)
    held = held_by(house, windows, wanted.organiser, wanted.service, (space.kind,), now)
    dialect, places = db.session.connection().dialect.name, _met_in(space, house, counted)
    meeting = {"spaces": json.dumps(places) if dialect == "sqlite" else places, "organiser": wanted.organiser.id}
    taken = taken_from(_asked(_NEAR_ONE_WINDOW[dialect], _NEAR[dialect], stretches, meeting), house)
    crowds = Crowds(space, map(_crowd, _asked(_IN_THE_BUILDING, (_TOGETHER,), stretches, {"space": space.id})))
    return Facts(house, taken, None, held, counted, crowds)


def _met_in(space: Space, house: House, counted: Iterable[LiveCount]) -> list[int]:
    """The spaces of which it must know who is in them: those that share a place with it, those where people were
    counted whether they booked or not and, for a talk, all of its zone, where a colleague has to be."""
    numbers = {*house.sharing_a_place[space.code], *(house.spaces[each.space].id for each in counted)}
    return sorted(numbers.union(house.in_zones[space.zone]) if TRAITS[space.sort].is_talk else numbers)


def _asked(
    of_one_window: Select | CompoundSelect,
    of_several: Sequence[Select],
    windows: Sequence[Interval],
    asked: Mapping[str, object],
) -> Iterator[Row]:
    """One window, as nearly always, by a statement that was put together once."""
    db.session.flush()
    connection = db.session.connection()
    if len(windows) == 1:
        yield from connection.execute(of_one_window, {**asked, **bounds(windows[0])})
        return
    for page in pages(windows, WINDOWS_A_QUERY):
        near = or_(*map(overlapping, page))
        yield from connection.execute(union_all(*(each.where(near) for each in of_several)), asked)


def _crowd(row: Row) -> Crowd:
    starts_at, ends_at, in_zone, on_floor, persons, in_refuge = row
    return Crowd(Interval(starts_at, ends_at), persons, in_refuge, bool(in_zone), bool(on_floor))

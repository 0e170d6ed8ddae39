"""What one wish must be judged against, and no more: what else its place and its organiser have near its time, and how
many people are in its zone, on its floor and in its building.

Facts of a whole building, of which any of its spaces can be judged, are those of taken.py: the verdict on this one is
the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    select,
    text,
    union_all,
)

from models.queries.taken import TAKEN, counted_near, held_by, taken_from
from models.rules.house.house import House, Space
from models.rules.house.policy import LONGEST_BOOKING, TRAITS
from models.rules.judging.crowds import Crowd, Crowds
from models.rules.judging.facts import Facts, Wanted
from models.rules.presence.counts import LiveCount
from models.rules.times.interval import Interval, joined
from models.tables.booking import Booking
from models.tables.crowd import CrowdRow
from models.tables.db import UtcDateTime, db
from models.tables.municipality import Floor
from models.tables.space import Space as SpaceRow

# Spaces and windows are one parameter each, or few, however many they are: the statement stays the same.
_SPACES = {
    "sqlite": "booking.space_id IN (SELECT value FROM json_each(:spaces))",
    "postgresql": "booking.space_id = ANY (CAST(:spaces AS integer[]))",
}
_WINDOWS = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS since, json_extract(value, '$[1]') AS until,"
    " json_extract(value, '$[2]') AS earliest FROM json_each(:windows)",
    "postgresql": "SELECT since, until, earliest FROM unnest(CAST(:since AS timestamptz[]),"
    " CAST(:until AS timestamptz[]), CAST(:earliest AS timestamptz[])) AS given (since, until, earliest)",
}


def _statements(dialect: str) -> tuple[CompoundSelect, Select]:
    """What stands near the windows in one of the spaces, or is the organiser's; and who is in the building of a space,
    cut at the ends of each window, so that those who are there all day come in one row."""
    instants = (column(name, UtcDateTime()) for name in ("since", "until", "earliest"))
    near = text(_WINDOWS[dialect]).columns(*instants).cte("near").c

    def meets(table: type[Booking | CrowdRow]) -> ColumnElement[bool]:
        return and_(table.starts_at < near.until, table.ends_at > near.since, table.starts_at > near.earliest)

    # Of a person's few no window is asked first: SQLite, once it knows how many bookings there are, would first read
    # all of them to spare itself some windows.
    in_some_window = exists().where(meets(Booking))
    own = TAKEN.where(
        Booking.organiser_id == bindparam("organiser"),
        Booking.starts_at > bindparam("first", type_=UtcDateTime()),
        Booking.starts_at < bindparam("last", type_=UtcDateTime()),
        in_some_window,
    )
    # Each a question of its own, which PostgreSQL answers first: then it finds the crowd by building and time at once.
    here = SpaceRow.id == bindparam("space")
    building = select(Floor.building_id).join(SpaceRow, SpaceRow.floor_id == Floor.id).where(here).scalar_subquery()
    together = (
        select(
            case((CrowdRow.starts_at < near.since, near.since), else_=CrowdRow.starts_at),
            case((CrowdRow.ends_at > near.until, near.until), else_=CrowdRow.ends_at),
            CrowdRow.zone_id == select(SpaceRow.zone_id).where(here).scalar_subquery(),
            CrowdRow.floor_id == select(SpaceRow.floor_id).where(here).scalar_subquery(),
            func.sum(CrowdRow.persons),
            func.sum(CrowdRow.in_refuge),
        )
        .where(CrowdRow.building_id == building, meets(CrowdRow))
        .group_by(text("1, 2, 3, 4"))
    )
    return union_all(TAKEN.where(text(_SPACES[dialect]), meets(Booking)), own), together


_ASKED = {dialect: _statements(dialect) for dialect in _WINDOWS}


def facts_of(wanted: Wanted, house: House, now: datetime, windows: Sequence[Interval] = ()) -> Facts:
    """At its own time, or within others. No other space may be judged by them, and no booking be taken out of them.

    Two queries, however many the windows. One more where a quota of the organiser's is about that kind of space; one
    more for windows that touch the present.
    """
    db.session.flush()
    connection, space = db.session.connection(), house.spaces[wanted.space]
    windows, wide, dialect = windows or (wanted.during,), house.widest_buffer, connection.dialect.name
    stretches = joined(window.widened(wide, wide) for window in windows)
    counted = counted_near(stretches, house, now)
    held = held_by(house, windows, wanted.organiser, wanted.service, (space.kind,), now)
    places = _met_in(space, house, counted)
    near = {
        "space": space.id,
        "organiser": wanted.organiser.id,
        "first": stretches[0].start - LONGEST_BOOKING,
        "last": stretches[-1].end,
        **(_as_json(places, stretches) if dialect == "sqlite" else _as_arrays(places, stretches)),
    }
    taken, together = (connection.execute(statement, near).all() for statement in _ASKED[dialect])
    crowds = (
        Crowd(Interval(since, until), persons, in_refuge, bool(in_zone), bool(on_floor))
        for since, until, in_zone, on_floor, persons, in_refuge in together
    )
    return Facts(house, taken_from(taken, house), None, held, counted, Crowds(space, crowds))


def _met_in(space: Space, house: House, counted: Iterable[LiveCount]) -> list[int]:
    """The spaces of which it must know who is in them: those that share a place with it, those where people were
    counted whether they booked or not and, for a talk, all of its zone, where a colleague has to be."""
    numbers = {*house.sharing_a_place[space.code], *(house.spaces[each.space].id for each in counted)}
    return sorted(numbers.union(house.in_zones[space.zone]) if TRAITS[space.sort].is_talk else numbers)


def _bounds(windows: Iterable[Interval]) -> list[tuple[datetime, datetime, datetime]]:
    return [(each.start, each.end, each.start - LONGEST_BOOKING) for each in windows]


def _as_json(spaces: list[int], windows: Iterable[Interval]) -> dict[str, object]:
    """SQLite has no arrays, and keeps instants as text."""
    instants = [[f"{instant:%Y-%m-%d %H:%M:%S.%f}" for instant in each] for each in _bounds(windows)]
    return {"spaces": json.dumps(spaces), "windows": json.dumps(instants)}


def _as_arrays(spaces: list[int], windows: Iterable[Interval]) -> dict[str, object]:
    since, until, earliest = zip(*_bounds(windows), strict=True)
    return {"spaces": spaces, "since": list(since), "until": list(until), "earliest": list(earliest)}

"""What stands near some windows: the bookings in some spaces and of one person, and how many people a building holds
meanwhile. Each is one query, which reads what lies there and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    Row,
    Select,
    String,
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

from models.queries.among import DIALECTS, among, listed
from models.queries.taken import TAKEN, taken_from
from models.rules.house.house import House, Space
from models.rules.house.policy import LONGEST_BOOKING, TRAITS
from models.rules.judging.facts import Taken
from models.rules.judging.gathered import Group
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.crowd import CrowdRow
from models.tables.db import UtcDateTime, db
from models.tables.municipality import Building, Floor, Zone

NONE = 0  # no booking and no person has this number
# Windows are few parameters, however many they are: the statement stays the same. So does PostgreSQL's plan for it,
# which takes longer to make than to follow. It makes another each time where it believes that it knows better by then
# how much lies there: a limit it does not know has it think of one row of a list, and all that is compared with comes
# out of a list.
_WINDOWS = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS since, json_extract(value, '$[1]') AS until,"
    " json_extract(value, '$[2]') AS earliest FROM json_each(:windows)",
    "postgresql": "SELECT since, until, earliest FROM unnest(CAST(:since AS timestamptz[]),"
    " CAST(:until AS timestamptz[]), CAST(:earliest AS timestamptz[])) AS given (since, until, earliest)"
    " LIMIT cardinality(CAST(:since AS timestamptz[]))",
}
_PLACES = {
    "sqlite": among("sqlite", "booking.space_id", "spaces"),
    "postgresql": "booking.space_id IN (SELECT unnest(CAST(:spaces AS integer[]))"
    " LIMIT cardinality(CAST(:spaces AS integer[])))",
}
_NEAR = {
    dialect: text(asked)
    .columns(*(column(name, UtcDateTime()) for name in ("since", "until", "earliest")))
    .cte("near")
    .c
    for dialect, asked in _WINDOWS.items()
}
_BUILDING, _ZONE, _FLOOR = (bindparam(name, type_=String()) for name in ("building", "zone", "floor"))


def _meets(table: type[Booking | CrowdRow], dialect: str) -> ColumnElement[bool]:
    near = _NEAR[dialect]
    return and_(table.starts_at < near.until, table.ends_at > near.since, table.starts_at > near.earliest)


def _standing(dialect: str) -> Executable:
    # Of a person's few no window is asked first: SQLite, once it knows how many bookings there are, would first read
    # all of them to spare itself some windows.
    own = TAKEN.where(
        Booking.organiser_id == bindparam("organiser"),
        Booking.starts_at > select(func.min(_NEAR[dialect].earliest)).scalar_subquery(),
        Booking.starts_at < select(func.max(_NEAR[dialect].until)).scalar_subquery(),
        exists().where(_meets(Booking, dialect)),
    )
    return union_all(TAKEN.where(text(_PLACES[dialect]), _meets(Booking, dialect)), own)


def _together(dialect: str, zone: ColumnElement[str], floor: ColumnElement[str]) -> Select:
    """Cut at the ends of each window, so that those who are there all day come in one row."""
    near = _NEAR[dialect]
    # A question of its own, which PostgreSQL answers first: then it finds the crowd by building and time at once.
    building = select(Building.id).where(Building.code == _BUILDING).scalar_subquery()
    without = select(bindparam("without", type_=Integer())).scalar_subquery()
    return (
        select(
            case((CrowdRow.starts_at < near.since, near.since), else_=CrowdRow.starts_at),
            case((CrowdRow.ends_at > near.until, near.until), else_=CrowdRow.ends_at),
            zone,
            floor,
            func.sum(CrowdRow.persons),
            func.sum(CrowdRow.in_refuge),
        )
        .where(CrowdRow.building_id == building, _meets(CrowdRow, dialect), CrowdRow.booking_id != without)
        .group_by(text("1, 2, 3, 4"))
        .order_by(text("1"))
    )


_OF_ZONE = select(Zone.code).where(Zone.id == CrowdRow.zone_id).scalar_subquery()
_OF_FLOOR = select(Floor.code).where(Floor.id == CrowdRow.floor_id).scalar_subquery()
_IN_ZONE = case((CrowdRow.zone_id == select(Zone.id).where(Zone.code == _ZONE).scalar_subquery(), _ZONE))
_ON_FLOOR = case((CrowdRow.floor_id == select(Floor.id).where(Floor.code == _FLOOR).scalar_subquery(), _FLOOR))
_STANDING = {dialect: _standing(dialect) for dialect in DIALECTS}
_IN_BUILDING = {dialect: _together(dialect, _OF_ZONE, _OF_FLOOR) for dialect in DIALECTS}
_AROUND = {dialect: _together(dialect, _IN_ZONE, _ON_FLOOR) for dialect in DIALECTS}


def standing(
    house: House, spaces: Iterable[int], organiser: int, windows: Sequence[Interval], *, without: int | None = None
) -> tuple[Taken, ...]:
    """In one of these spaces, or this person's. In order of start."""
    found = _rows(_STANDING, windows, {"organiser": organiser}, spaces=sorted(spaces))
    return tuple(each for each in taken_from(found, house) if each.id != without)


def groups_in(building: str, windows: Sequence[Interval], *, without: int | None = None) -> tuple[Group, ...]:
    """Everybody in the building. In order of start, as are the windows, which do not meet."""
    return _groups(building, _rows(_IN_BUILDING, windows, {"building": building, "without": without or NONE}))


def groups_around(space: Space, windows: Sequence[Interval], *, without: int | None = None) -> tuple[Group, ...]:
    """The same, of zones and floors only who is in the space's own."""
    here = {"building": space.building, "floor": space.floor, "zone": space.zone}
    return _groups(space.building, _rows(_AROUND, windows, {**here, "without": without or NONE}))


def met_in(spaces: Iterable[str], house: House) -> set[int]:
    """The spaces of which it must be known who is in them: those that share a place with these and, for talks, all of
    their zones, where a colleague has to be."""
    zones = {house.spaces[code].zone for code in spaces if TRAITS[house.spaces[code].sort].is_talk}
    return {number for code in spaces for number in house.sharing_a_place[code]}.union(
        *(house.in_zones[zone] for zone in zones)
    )


def _groups(building: str, rows: Iterable[Row]) -> tuple[Group, ...]:
    return tuple(
        Group(
            Interval(since, until),
            persons,
            in_refuge,
            tuple(place for place in (("zone", zone), ("floor", floor), ("building", building)) if place[1]),
        )
        for since, until, zone, floor, persons, in_refuge in rows
    )


def _rows(
    question: Mapping[str, Executable],
    windows: Sequence[Interval],
    asked: Mapping[str, object],
    **lists: Collection[object],
) -> Sequence[Row]:
    db.session.flush()
    connection = db.session.connection()
    dialect, instants = (
        connection.dialect.name,
        [(each.start, each.end, each.start - LONGEST_BOOKING) for each in windows],
    )
    if dialect == "sqlite":  # which keeps instants as text
        lists["windows"] = [[f"{instant:%Y-%m-%d %H:%M:%S.%f}" for instant in each] for each in instants]
    else:
        lists |= zip(("since", "until", "earliest"), zip(*instants, strict=True), strict=True)
    told = {name: listed(dialect, each) for name, each in lists.items()}
    return connection.execute(question[dialect], {**asked, **told}).all()

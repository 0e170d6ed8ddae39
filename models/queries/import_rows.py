"""What the database holds of the municipality, in the terms of its CSV files: an import compares with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Row, Table, inspect, or_, select

from models.queries.house import is_empty, the_house
from models.queries.reading import to_change
from models.queries.revisions import revisions, tables_revision
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.files.columns import SHAPES, Column
from models.rules.files.draft import Known
from models.rules.files.export import exported
from models.rules.times.interval import civil_date
from models.rules.values import ALWAYS
from models.tables.booking import Booking
from models.tables.db import Base, Numbered, db
from models.tables.hours import Closure, OpeningHours, closure_organisation
from models.tables.imports import FileStatement
from models.tables.municipality import (
    Building,
    Floor,
    HeadCountLimit,
    Municipality,
    OccupancyRule,
    Organisation,
    Service,
    Zone,
    zone_bookable_by,
)
from models.tables.person import (
    PersonCoordinates,
    PersonDelegate,
    PersonHeads,
    PersonLanguage,
    PersonRole,
    PersonRow,
)
from models.tables.roster import RosterDuty
from models.tables.space import (
    Equipment,
    LayoutCapacity,
    PlanRectangle,
    Space,
    SpacePart,
    SpacePolicyRow,
    space_bookable_by,
)

N = TypeVar("N", bound=Numbered)
D = TypeVar("D", HeadCountLimit, OccupancyRule, SpacePolicyRow)  # what holds from a date on
CODED: Mapping[str, Any] = {  # Any: classes that are Base and Numbered, for which typing has no name
    "municipality": Municipality,
    "organisations": Organisation,
    "buildings": Building,
    "floors": Floor,
    "zones": Zone,
    "services": Service,
    "spaces": Space,
    "users": PersonRow,
}
PEOPLE_TABLES = (
    "person",
    "person_role",
    "person_coordinates",
    "person_heads",
    "person_delegate",
    "person_language",
    "roster_duty",
)
LIMITED = {"buildings": "building", "floors": "floor", "zones": "zone"}
SETS: Mapping[str, Mapping[str, tuple[Table, str | None]]] = {
    "zones": {"bookable_by_orgs": (zone_bookable_by, "organisations")},
    "spaces": {
        "bookable_by_orgs": (space_bookable_by, "organisations"),
        "composite_of": (SpacePart.__table__, "spaces"),
        "equipment": (Equipment.__table__, None),
    },
    "users": {
        "roles": (PersonRole.__table__, None),
        "coordinates": (PersonCoordinates.__table__, "services"),
        "heads": (PersonHeads.__table__, "services"),
        "delegates": (PersonDelegate.__table__, "users"),
        "speaks": (PersonLanguage.__table__, None),
    },
}
RENAMED = {
    "org_code": "organisation_id",
    "owner_org_code": "owner_organisation_id",
    "vent_level": "air_level",
    "feed_detail_outside_org": "feed_detail_outside",
    "feed_detail_inside_org": "feed_detail_inside",
    "type": "sort",
    "date": "day",
    "opens": "opens_minute",
    "closes": "closes_minute",
}


@cache
def attributes(model: type[Base], file: str) -> dict[str, Column]:
    """Which attribute of a table holds which column of a file; what lies in other tables is left out."""
    found = {}
    for column in SHAPES[file].columns:
        name = RENAMED.get(column.name) or (
            column.name.removesuffix("_code") + "_id" if refers(column) else column.name
        )
        if name in model.__table__.columns:
            found[name] = column
    return found


def refers(column: Column) -> bool:
    """Whether a column names one other row, whose number the table holds."""
    return bool(column.refers_to) and column.name.endswith("_code")


def is_migrated() -> bool:
    """Whether the tables are there at all."""
    return inspect(db.session.connection()).has_table("municipality")


def coded_rows(file: str) -> dict[str, Row]:
    """The rows of a file's table by code (people by username), oldest first."""
    key = SHAPES[file].key[0]
    return {getattr(row, key): row for row in plain_rows(CODED[file])}


def plain_rows(model: Any) -> Sequence[Row]:  # Any: as of CODED
    """All rows of a table as they stand, to be compared and not to be edited; the oldest first."""
    return db.session.execute(select(model.__table__).order_by(model.id)).all()


def state_of_house() -> tuple[int, int, list[tuple[str, str, dict[str, object]]]]:
    """As long as this stands, so does everything that an import compares with. Three queries."""
    if is_empty():
        return 0, 0, []
    return revisions()[0], tables_revision(*PEOPLE_TABLES), file_statements()


def members(table: Table) -> dict[int, set[tuple]]:
    """A table that only says what belongs to what: for each first column, the set of the others."""
    found: dict[int, set[tuple]] = defaultdict(set)
    for owner, *rest in db.session.execute(select(table)):
        found[owner].add(tuple(rest))
    return found


def policies_by_space() -> dict[int, list[Row]]:
    """Every space's policies, oldest first."""
    table, found = SpacePolicyRow.__table__, defaultdict(list)
    for row in db.session.execute(select(table).order_by(table.c.space_id, table.c.valid_from)):
        found[row.space_id].append(row)
    return found


def limits_by_scope() -> dict[tuple[str, str], list[HeadCountLimit]]:
    """Every limit that there was, is or will be, oldest first."""
    found: dict[tuple[str, str], list[HeadCountLimit]] = defaultdict(list)
    for row in db.session.scalars(select(HeadCountLimit).order_by(HeadCountLimit.valid_from, HeadCountLimit.id)):
        found[row.scope_type, row.scope_code].append(row)
    return found


def file_statements() -> list[tuple[str, str, dict[str, object]]]:
    """File, code, and what the files last said where that is not what its first row says."""
    return [
        (
            row.file,
            row.code,
            {name: tuple(value) if isinstance(value, list) else value for name, value in row.said.items()},
        )
        for row in all_rows(FileStatement)
    ]


def statement_numbers() -> dict[tuple[str, str], int]:
    """Of what files last said, by file and code."""
    return {(row.file, row.code): row.id for row in plain_rows(FileStatement)}


def duties_from(day: date) -> list[RosterDuty]:
    """The weekly duties that hold on a date or begin after it, oldest first."""
    still = or_(RosterDuty.valid_to.is_(None), RosterDuty.valid_to >= day)
    return list(to_change(select(RosterDuty).where(still).order_by(RosterDuty.id)))


def rule_rows() -> dict[tuple, OccupancyRule]:
    """By code, zone and day."""
    rows = select(OccupancyRule).order_by(OccupancyRule.code, OccupancyRule.zone_code, OccupancyRule.valid_from)
    return {(row.code, row.zone_code, row.valid_from): row for row in db.session.scalars(rows)}


def all_rows(model: type[N]) -> list[N]:
    return list(db.session.scalars(select(model).order_by(model.id)))


def bookings_ahead(spaces: set[int], now: datetime) -> dict[int, list[int]]:
    """Bookings that hold a place in these spaces and have not ended, by space: their numbers, oldest first."""
    found: dict[int, list[int]] = defaultdict(list)
    wanted = (
        select(Booking.space_id, Booking.id)
        .where(Booking.space_id.in_(spaces), Booking.ends_at > now, Booking.status.in_(HOLDS_PLACE))
        .order_by(Booking.id)
    )
    for space, booking in db.session.execute(wanted):
        found[space].append(booking)
    return found


def known_municipality() -> Known:
    """Everything coded that is stored, as its file last said it. Some twenty queries, whatever the size."""
    _tables, known = _coded(lambda rows: rows[0], from_day=ALWAYS)
    known["occupancy_rules"] = {_rule_key(row, row.valid_from): _rule_told(row) for row in rule_rows().values()}
    for file, code, values in file_statements():
        rule, _at, zone = code.partition("@")
        key = (rule, zone or None, ALWAYS) if file == "occupancy_rules" else code
        if file == "occupancy_rules" or key in known[file]:
            known[file].setdefault(key, {}).update(values)
    return Known(known)


def present_municipality(today: date) -> Known:
    """Everything that the files can say, as it holds on a day; of a rule's days to come each as well. What has no code
    (hours, closures) is numbered. Some twenty queries."""
    tables, known = _coded(lambda rows: _on(rows, today), from_day=today)
    known["occupancy_rules"] = _present_rules(today)
    codes = {file: {row.id: code for code, row in rows.items()} for file, rows in tables.items()}
    known["opening_hours"] = {
        row.id: _told(row, OpeningHours, "opening_hours", codes) for row in plain_rows(OpeningHours)
    }
    closed = members(closure_organisation)
    known["closures"] = {
        row.id: _told(row, Closure, "closures", codes)
        | {"org_codes": tuple(sorted(codes["organisations"][number] for (number,) in closed.get(row.id, ())))}
        for row in plain_rows(Closure)
    }
    known["roster"] = {
        row.id: {
            "weekday": row.weekday,
            "half_day": row.half_day,
            "counter_code": codes["spaces"][row.counter_id],
            "service_code": codes["services"][row.service_id],
            "username": codes["users"].get(row.person_id),
            "weeks": row.weeks,
        }
        for row in duties_from(today)
        if row.valid_from <= today
    }
    known["plan"] = {
        (row.scope_type, row.scope_code): {
            "scope": row.scope_type,
            "code": row.scope_code,
            "floor_code": codes["floors"][row.floor_id],
            **{name: getattr(row, name) for name in ("x_m", "y_m", "width_m", "depth_m")},
        }
        for row in plain_rows(PlanRectangle)
    }
    return Known(known)


def _coded(
    holds: Callable[[list[Any]], Any],  # Any: rows of limits or of policies, and one of them
    *,
    from_day: date,
) -> tuple[dict, dict]:
    """Tables by file and code, and every row with a code as it is told. Of what holds from a date on, that which
    `holds`; a limit only where one held on `from_day` already."""
    tables = {file: coded_rows(file) for file in CODED}
    codes = {file: {row.id: code for code, row in rows.items()} for file, rows in tables.items()}
    known = {
        file: {code: _told(row, CODED[file], file, codes) for code, row in rows.items()}
        for file, rows in tables.items()
    }
    for file, sets in SETS.items():
        for column, (table, refers_to) in sets.items():
            belonging = members(table)
            for code, row in tables[file].items():
                values = (value for (value,) in belonging.get(row.id, ()))
                known[file][code][column] = tuple(sorted(codes[refers_to][v] if refers_to else v for v in values))
    limits = {
        scope: holds(rows).max_persons for scope, rows in limits_by_scope().items() if rows[0].valid_from <= from_day
    }
    for file, scope in LIMITED.items():
        for code, told in known[file].items():
            told["fire_max_persons" if file == "floors" else "max_persons"] = limits.get((scope, code))
    places, policies = members(LayoutCapacity.__table__), policies_by_space()
    for code, space in tables["spaces"].items():
        if space.id in policies:
            policy = holds(policies[space.id])
            known["spaces"][code] |= _told(policy, SpacePolicyRow, "spaces", {})
            known["spaces"][code]["layouts"] = dict(sorted(places.get(policy.id, ())))
    return tables, known


def _on(rows: list[D], day: date) -> D:
    """Of rows in the order of their dates the one that holds; before the first, that one."""
    return next((row for row in reversed(rows) if row.valid_from <= day), rows[0])


def _present_rules(today: date) -> dict[tuple, dict[str, object]]:
    """As each rule holds on a day, in the house and in zones that have it otherwise, and each of its days to come."""
    rules: dict[tuple[str, str], list[OccupancyRule]] = defaultdict(list)
    for row in rule_rows().values():
        rules[row.code, row.zone_code].append(row)
    holding = {where: _on(rows, today) for where, rows in rules.items()}
    return {
        _rule_key(row, ALWAYS): _rule_told(row)
        for row in holding.values()
        if not row.zone_code or (row.valid_from <= today and not row.lifted)
    } | {
        _rule_key(row, row.valid_from): _rule_told(row)
        for rows in rules.values()
        for row in rows
        if row.valid_from > today and not row.lifted
    }


def _rule_key(row: OccupancyRule, since: date) -> tuple[str, str | None, date]:
    return row.code, row.zone_code or None, since


def _rule_told(row: OccupancyRule) -> dict[str, object]:
    return _told(row, OccupancyRule, "occupancy_rules", {}) | {
        "zone_code": row.zone_code or None,
        "applies_to": tuple(sorted(filter(None, row.applies_to.split(";")))),
    }


def _told(row: Row | Base, model: type[Base], file: str, codes: dict[str, dict[int, str]]) -> dict[str, object]:
    told = {}
    for attribute, column in attributes(model, file).items():
        value = getattr(row, attribute)
        told[column.name] = codes[column.refers_to[0]].get(value) if refers(column) else value
    return told


def exported_building(now: datetime, *, people: bool) -> dict[str, bytes]:
    """The municipality as it holds today: every CSV file by name; with `people`, those that name them."""
    return exported(present_municipality(civil_date(now, the_house().zone)), people=people)

"""What the database holds of the municipality, in the terms of its CSV files: an import compares with it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table, inspect, select

from models.rules.attendance import HOLDS_PLACE
from models.rules.csv_columns import ALWAYS, SHAPES, Column
from models.rules.csv_draft import Known
from models.tables.booking import Booking
from models.tables.db import db
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
from models.tables.person import PersonRole, PersonRow
from models.tables.space import Equipment, LayoutCapacity, Space, SpacePart, SpacePolicyRow, space_bookable_by

CODED = {
    "municipality": Municipality, "organisations": Organisation, "buildings": Building, "floors": Floor, "zones": Zone,
    "services": Service, "spaces": Space, "users": PersonRow,
}
LIMITED = {"buildings": "building", "floors": "floor", "zones": "zone"}
SETS = {
    "zones": {"bookable_by_orgs": (zone_bookable_by, "organisations")},
    "spaces": {"bookable_by_orgs": (space_bookable_by, "organisations"),
               "composite_of": (SpacePart.__table__, "spaces"), "equipment": (Equipment.__table__, None)},
    "users": {"roles": (PersonRole.__table__, None)},
}
RENAMED = {
    "org_code": "organisation_id", "owner_org_code": "owner_organisation_id", "vent_level": "air_level",
    "feed_detail_outside_org": "feed_detail_outside", "feed_detail_inside_org": "feed_detail_inside", "type": "sort",
    "date": "day", "opens": "opens_minute", "closes": "closes_minute",
}


def attributes(model: type, file: str) -> dict[str, Column]:
    """Which attribute of a table holds which column of a file; what lies in other tables is left out."""
    found = {}
    for column in SHAPES[file].columns:
        name = RENAMED.get(column.name) or (
            column.name.removesuffix("_code") + "_id" if refers(column) else column.name)
        if name in model.__table__.columns:
            found[name] = column
    return found


def refers(column: Column) -> bool:
    """Whether a column names one other row, whose number the table holds."""
    return bool(column.refers_to) and column.name.endswith("_code")


def is_migrated() -> bool:
    """Whether the tables are there at all."""
    return inspect(db.session.connection()).has_table("municipality")


def coded_rows(file: str) -> dict[str, Any]:
    """The rows of a file's table by code (people by username), oldest first."""
    model, key = CODED[file], SHAPES[file].key[0]
    return {getattr(row, key): row for row in db.session.scalars(select(model).order_by(model.id))}


def members(table: Table) -> dict[int, set[tuple]]:
    """A table that only says what belongs to what: for each first column, the set of the others."""
    found: dict[int, set[tuple]] = defaultdict(set)
    for owner, *rest in db.session.execute(select(table)):
        found[owner].add(tuple(rest))
    return found


def policies_by_space() -> dict[int, list[SpacePolicyRow]]:
    """Every space's policies, oldest first."""
    found: dict[int, list[SpacePolicyRow]] = defaultdict(list)
    for row in db.session.scalars(select(SpacePolicyRow).order_by(SpacePolicyRow.space_id, SpacePolicyRow.valid_from)):
        found[row.space_id].append(row)
    return found


def first_limits() -> dict[tuple[str, str], HeadCountLimit]:
    """The limits that held from the beginning: those an import wrote, by scope."""
    first = select(HeadCountLimit).where(HeadCountLimit.valid_from == ALWAYS).order_by(HeadCountLimit.id)
    return {(row.scope_type, row.scope_code): row for row in db.session.scalars(first)}


def rule_rows() -> dict[tuple, OccupancyRule]:
    rows = db.session.scalars(select(OccupancyRule).order_by(OccupancyRule.code, OccupancyRule.valid_from))
    return {(row.code, row.valid_from): row for row in rows}


def all_rows(model: type) -> list[Any]:
    return list(db.session.scalars(select(model).order_by(model.id)))


def bookings_ahead(spaces: set[int], now: datetime) -> dict[int, list[int]]:
    """Bookings that hold a place in these spaces and have not ended, by space: their numbers, oldest first."""
    found: dict[int, list[int]] = defaultdict(list)
    wanted = select(Booking.space_id, Booking.id).where(
        Booking.space_id.in_(spaces), Booking.ends_at > now, Booking.status.in_(HOLDS_PLACE)).order_by(Booking.id)
    for space, booking in db.session.execute(wanted):
        found[space].append(booking)
    return found


def known_municipality() -> Known:
    """Everything coded that is stored, as its file would say it. Some fifteen queries, whatever the size."""
    tables = {file: coded_rows(file) for file in CODED}
    codes = {file: {row.id: code for code, row in rows.items()} for file, rows in tables.items()}
    known = {file: {code: _told(row, CODED[file], file, codes) for code, row in rows.items()}
             for file, rows in tables.items()}
    for file, sets in SETS.items():
        for column, (table, refers_to) in sets.items():
            belonging = members(table)
            for code, row in tables[file].items():
                values = (value for (value,) in belonging.get(row.id, ()))
                known[file][code][column] = tuple(sorted(codes[refers_to][v] if refers_to else v for v in values))
    limits = first_limits()
    for file, scope in LIMITED.items():
        for code, row in known[file].items():
            limit = limits.get((scope, code))
            row["fire_max_persons" if file == "floors" else "max_persons"] = limit.max_persons if limit else None
    policies, places = policies_by_space(), members(LayoutCapacity.__table__)
    for code, space in tables["spaces"].items():
        for first in policies.get(space.id, ())[:1]:
            known["spaces"][code] |= _told(first, SpacePolicyRow, "spaces", codes)
            known["spaces"][code]["layouts"] = dict(places.get(first.id, ()))
    known["occupancy_rules"] = {
        key: _told(row, OccupancyRule, "occupancy_rules", codes)
        | {"applies_to": tuple(sorted(filter(None, row.applies_to.split(";"))))} for key, row in rule_rows().items()}
    return Known(known)


def _told(row: Any, model: type, file: str, codes: dict[str, dict[int, str]]) -> dict[str, object]:
    told = {}
    for attribute, column in attributes(model, file).items():
        value = getattr(row, attribute)
        told[column.name] = codes[column.refers_to[0]].get(value) if refers(column) else value
    return told

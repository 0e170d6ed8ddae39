"""Load a municipality from its CSV files: all of it in one transaction, or nothing and every reason why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.actions.import_spaces import import_policies, recount_persons, renew_occupation
from models.actions.import_writer import Writer
from models.queries.import_rows import (
    LIMITED,
    SETS,
    attributes,
    first_limits,
    is_migrated,
    known_municipality,
    rule_rows,
)
from models.rules.csv_columns import ALWAYS
from models.rules.csv_draft import Known
from models.rules.csv_municipality import Reading, read_municipality
from models.rules.csv_sheet import Fault
from models.tables.db import db
from models.tables.hours import Closure, OpeningHours, closure_organisation
from models.tables.log import AuditEntry
from models.tables.municipality import HeadCountLimit, OccupancyRule
from models.tables.space import PlanRectangle
from models.tables.transaction import retried, write_transaction

# Whoever is referred to comes before whoever refers.
ORDER = ("municipality", "organisations", "buildings", "floors", "zones", "services", "spaces", "users")


class ImportRefused(Exception):
    """Nothing was loaded: `faults` says everything that stands in the way."""

    def __init__(self, faults: tuple[Fault, ...]):
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Imported:
    reading: Reading
    changes: int        # rows written; 0 when the database said the same already


def check_building(files: Mapping[str, bytes], directory: str) -> Reading:
    """What import_building would read, and its faults, writing nothing. Works without any tables as well."""
    return read_municipality(files, directory, known_municipality() if is_migrated() else Known())


def import_building(files: Mapping[str, bytes], directory: str, now: datetime) -> Imported:
    """Load files by name (`spaces.csv`), or raise ImportRefused and change nothing.

    Rows with a code are updated, absent ones kept; hours, closures and plan are replaced whole where their file is
    there. What managers set from a date on (ceilings, limits, rules) stays. The same files again write nothing.
    """
    return retried(lambda: _import_once(files, directory, now))


def _import_once(files: Mapping[str, bytes], directory: str, now: datetime) -> Imported:
    with write_transaction():
        reading = read_municipality(files, directory, known_municipality())
        if reading.faults:
            raise ImportRefused(reading.faults)
        writer = Writer()
        for file in ORDER:
            writer.upsert(file, reading.records[file])
            for column, (table, refers_to) in SETS.get(file, {}).items():
                writer.set_members(file, column, table, refers_to, reading.records[file])
        _write_limits(writer, reading, now)
        _write_rules(writer, reading)
        import_policies(writer, reading.records["spaces"], now)
        _write_hours(writer, reading)
        _write_closures(writer, reading)
        _write_plan(writer, reading)
        db.session.flush()
        faults = renew_occupation(writer, reading.records["spaces"], now)
        if faults:
            raise ImportRefused(faults)
        recount_persons(writer, now)
        if writer.changes:
            code = next(iter(writer.ids["municipality"]))
            db.session.add(AuditEntry(at=now, action="import_building", thing="municipality", thing_id=code,
                                      facts={"changes": writer.changes, "rows": reading.counts()}))
        return Imported(reading, writer.changes)


def _write_limits(writer: Writer, reading: Reading, now: datetime) -> None:
    """The limit that held from the beginning. One that a manager set since is a row of its own and stays."""
    stored = first_limits()
    for file, scope in LIMITED.items():
        for record in reading.records[file]:
            code, persons = str(record.values["code"]), record.values["max_persons"]
            row = stored.get((scope, code))
            if row is not None:
                if writer.change(row, {"max_persons": persons}):
                    row.reason, row.set_at, row.set_by_id = "import", now, None
            elif persons is not None:
                writer.add(HeadCountLimit(scope_type=scope, scope_code=code, max_persons=persons, valid_from=ALWAYS,
                                          reason="import", set_at=now))


def _write_rules(writer: Writer, reading: Reading) -> None:
    stored, names = rule_rows(), attributes(OccupancyRule, "occupancy_rules")
    for record in reading.records["occupancy_rules"]:
        wanted = {name: record.values[column.name] for name, column in names.items()}
        wanted["applies_to"] = ";".join(record.values["applies_to"])
        row = stored.get((record.values["code"], record.values["valid_from"]))
        if row is None:
            writer.add(OccupancyRule(**wanted))
        else:
            writer.change(row, wanted)


def _write_hours(writer: Writer, reading: Reading) -> None:
    names = attributes(OpeningHours, "opening_hours")
    wanted = [{name: record.values[column.name] for name, column in names.items()}
              for record in reading.records["opening_hours"]]
    if "opening_hours" in reading.present:
        writer.replace_all(OpeningHours, wanted)
    else:
        writer.insert_all(OpeningHours, wanted)


def _write_plan(writer: Writer, reading: Reading) -> None:
    if "plan" in reading.present:
        writer.replace_all(PlanRectangle, [
            {"scope_type": record.values["scope"], "scope_code": record.values["code"],
             "floor_id": writer.ids["floors"][record.values["floor_code"]],
             **{name: record.values[name] for name in ("x_m", "y_m", "width_m", "depth_m")}}
            for record in reading.records["plan"]])


def _write_closures(writer: Writer, reading: Reading) -> None:
    if "closures" not in reading.present:
        return
    names = attributes(Closure, "closures")
    wanted = [({name: record.values[column.name] for name, column in names.items()},
               frozenset(writer.ids["organisations"][code] for code in record.values["org_codes"]))
              for record in reading.records["closures"]]
    writer.replace_linked(Closure, closure_organisation, wanted)

"""Load a municipality from its CSV files: all of it in one transaction, or nothing and every reason why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.actions.files.import_limits import import_limits, import_rules
from models.actions.files.import_roster import import_roster
from models.actions.files.import_spaces import import_policies, recount_persons, renew_occupation
from models.actions.files.import_writer import Dated, Writer
from models.actions.many_rows import change_rows
from models.actions.people.shut_out import shut_out
from models.actions.record import record
from models.queries.import_rows import (
    SETS,
    attributes,
    coded_rows,
    is_migrated,
    known_municipality,
    present_municipality,
    state_of_house,
)
from models.rules.files.cells import codes
from models.rules.files.changes import Change, changes_of
from models.rules.files.draft import Known, Told, nobody
from models.rules.files.municipality import Reading, read_municipality
from models.rules.files.sheet import Fault
from models.rules.people.person import Person
from models.rules.times.interval import civil_date
from models.tables.db import Base, db
from models.tables.hours import Closure, OpeningHours, closure_organisation
from models.tables.patience import LONG, having
from models.tables.person import PersonRow
from models.tables.space import PlanRectangle
from models.tables.transaction import writes

DUTIES = frozenset({"coordinates", "heads"})
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
    changes: int  # rows written; 0 when the database said the same already


@dataclass(frozen=True, slots=True)
class Checked:
    """What the files say, and what they would change in the house; nothing where they have faults."""

    reading: Reading
    changes: tuple[Change, ...]

    @property
    def says_nothing(self) -> bool:
        """No file of ours is among them with a row in it, and none takes anything away."""
        return not self.changes and not self.reading.counts()


@dataclass(frozen=True, slots=True)
class Compared:
    """What the files say, read beside what they `said` last and what is `present`. True as long as the house is as it
    was `at` that time."""

    reading: Reading
    said: Known
    present: Known
    today: date
    at: object = None

    @property
    def checked(self) -> Checked:
        """With what the files would change."""
        changes = () if self.reading.faults else changes_of(self.reading, self.said, self.present, self.today)
        return Checked(self.reading, changes)


def compared(files: Mapping[str, bytes], directory: str, now: datetime, told: Told = nobody) -> Compared:
    """Files beside the house as it is; nothing is written, and no lock is needed. Works without any tables as well.
    `told`: how far the reading is."""
    at, said = (state_of_house(), known_municipality()) if is_migrated() else (None, Known())
    reading, today = read_municipality(files, directory, said, told), _today(said, now)
    has_rows = not reading.faults and is_migrated()
    return Compared(reading, said, present_municipality(today) if has_rows else Known(), today, at)


def preview_building(files: Mapping[str, bytes], directory: str, now: datetime) -> Checked:
    """What import_building would read, and its faults, or else what it would change, writing nothing."""
    return compared(files, directory, now).checked


@having(LONG)
def import_building(
    files: Mapping[str, bytes], directory: str, now: datetime, person: Person | None = None
) -> Imported:
    """Load files by name (`spaces.csv`), or raise ImportRefused and change nothing.

    Rows with a code are updated, absent ones kept; hours, closures, roster and plan are replaced whole where their file
    is there. What a file changes of places, limits, rules and the roster holds from today on: what held before stays in
    their history.
    What managers set since, and the files do not change, stays. The same files again write nothing. `person`: who asked
    for it, None for a command.

    Read and compared before the writers' lock is taken: others wait only while what differs is written.
    """
    found = compared(files, directory, now)
    if found.reading.faults:
        raise ImportRefused(found.reading.faults)
    return import_compared(found, files, directory, now, person)


@writes
def import_compared(
    found: Compared, files: Mapping[str, bytes], directory: str, now: datetime, person: Person | None
) -> Imported:
    """Somebody may have changed the house since it was compared: then it is compared again, with the lock in hand."""
    if state_of_house() != found.at:
        found = compared(files, directory, now)
        if found.reading.faults:
            raise ImportRefused(found.reading.faults)
    return write_compared(found, now, person)


@writes
def write_compared(found: Compared, now: datetime, person: Person | None) -> Imported:
    """All that the files say otherwise, of a house that is still as it was compared with."""
    reading = found.reading
    # 1. What the files said last is told from what holds: only what they say otherwise than last time is a change.
    writer = Writer(Dated(found.said, found.present, found.today, person, now))
    # 2. What has a code is found by it, and its row stays: bookings and history hang on its number.
    for file in ORDER:
        writer.upsert(file, reading.records[file])
        for column, (table, refers_to) in SETS.get(file, {}).items():
            writer.set_members(file, column, table, refers_to, reading.records[file])
    for person_id in writer.came_or_went:
        shut_out(person_id, now, person)
    _confirm_duties(writer, reading)
    # 3. What holds from a date on. Of what was there, no row of before today changes: bookings were judged by it.
    import_limits(writer, reading)
    import_rules(writer, reading.records["occupancy_rules"])
    import_policies(writer, reading.records["spaces"])
    # 4. What has no code to find it by: replaced whole, where it is not the same already.
    _write_hours(writer, reading)
    _write_closures(writer, reading)
    _write_plan(writer, reading)
    import_roster(writer, reading)
    writer.write_statements()
    # 5. The guard's triggers write a place when a booking is written, not when its space becomes another.
    db.session.flush()
    faults = renew_occupation(writer, reading.records["spaces"], now)
    if faults:
        raise ImportRefused(faults)
    recount_persons(writer, now)
    if writer.changes:
        record(
            "import_building",
            "municipality",
            next(iter(writer.ids["municipality"])),
            person,
            now,
            changes=writer.changes,
            rows=reading.counts(),
        )
    return Imported(reading, writer.changes)


def _confirm_duties(writer: Writer, reading: Reading) -> None:
    """Whoever's row says what they coordinate and head is asked about it no more, whatever was assumed before."""
    if reading.told.get("users", frozenset()) & DUTIES:
        told = {str(record.values["username"]) for record in reading.records["users"]}
        rows = [row for name, row in coded_rows("users").items() if name in told and row.duties_assumed]
        if rows:
            confirmed = [{"number": row.id, "duties_assumed": False, "version": row.version + 1} for row in rows]
            change_rows(PersonRow.__table__, confirmed)
            writer.changes += len(rows)


def _today(said: Known, now: datetime) -> date:
    """The day on which what files change begins to hold; in an empty house every day is the first."""
    zone = next((row["timezone"] for row in said.of("municipality").values()), "UTC")
    return civil_date(now, ZoneInfo(str(zone)))


def _rows(model: type[Base], file: str, reading: Reading) -> list[dict[str, object]]:
    names = attributes(model, file)
    return [{name: record.values[column.name] for name, column in names.items()} for record in reading.records[file]]


def _write_hours(writer: Writer, reading: Reading) -> None:
    write = writer.replace_all if "opening_hours" in reading.present else writer.add_rows
    write(OpeningHours, _rows(OpeningHours, "opening_hours", reading))


def _write_plan(writer: Writer, reading: Reading) -> None:
    if "plan" in reading.present:
        writer.replace_all(
            PlanRectangle,
            [
                {
                    "scope_type": record.values["scope"],
                    "scope_code": record.values["code"],
                    "floor_id": writer.ids["floors"][str(record.values["floor_code"])],
                    **{name: record.values[name] for name in ("x_m", "y_m", "width_m", "depth_m")},
                }
                for record in reading.records["plan"]
            ],
        )


def _write_closures(writer: Writer, reading: Reading) -> None:
    if "closures" in reading.present:
        closed = [
            frozenset(writer.ids["organisations"][code] for code in codes(record.values, "org_codes"))
            for record in reading.records["closures"]
        ]
        writer.replace_all(Closure, _rows(Closure, "closures", reading), closed, closure_organisation)

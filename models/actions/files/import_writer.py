"""How an import writes: only what differs, so that the same files again leave every row and the revision alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Table, bindparam, delete, insert

from models.queries.import_rows import CODED, all_rows, attributes, coded_rows, members, refers
from models.queries.import_rows import file_statement as stored_statement
from models.rules.files.cells import codes
from models.rules.files.columns import SHAPES
from models.rules.files.coming import dated
from models.rules.files.draft import Known
from models.rules.files.municipality import Record
from models.rules.house.usual import kind_of
from models.rules.people.person import Person
from models.tables.db import Base, Edited, db
from models.tables.hours import Closure, OpeningHours
from models.tables.imports import FileStatement
from models.tables.space import PlanRectangle

REASON = "import"
R = TypeVar("R", Closure, OpeningHours, PlanRectangle)  # what files replace whole


@dataclass(frozen=True, slots=True)
class Dated:
    """For what holds from a date on: what the files said before, what holds now, from when it is changed, by whom."""

    said: Known
    present: Known
    today: date
    person: Person | None
    now: datetime

    def signature(self) -> dict[str, object]:
        """Who said it, when and why, as the columns of a row."""
        return {"reason": REASON, "set_by_id": self.person.id if self.person else None, "set_at": self.now}


class Writer:
    """One import's writing: counts what it changes and knows the number of every code."""

    def __init__(self, dates: Dated) -> None:
        self.dates = dates
        self.changes = 0
        self.ids: dict[str, dict[str, int]] = {}
        self.reshaped: dict[str, str] = {}  # spaces whose bookings must take their places anew, and the column why
        self.resized: set[int] = set()  # numbers of spaces whose policy or places changed
        self.came_or_went: list[int] = []  # numbers of people who left, or are back

    def add(self, row: Base) -> None:
        db.session.add(row)
        self.changes += 1

    def change(self, row: Edited, wanted: dict[str, object]) -> bool:
        """Set what differs; whether anything did."""
        differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        if differing:
            row.version += 1
            self.changes += 1
        return bool(differing)

    def upsert(self, file: str, records: Iterable[Record]) -> None:
        """Update rows by code, add new ones, keep those that the file does not name."""
        model, key, rows = CODED[file], SHAPES[file].key[0], coded_rows(file)
        names = attributes(model, file)
        for record in records:
            wanted = {
                name: self._number(column.refers_to[0], record.values[column.name])
                if refers(column)
                else record.values[column.name]
                for name, column in names.items()
            }
            if file == "spaces":
                wanted["kind"] = kind_of(str(wanted["sort"]))
            code = str(record.values[key])
            if code not in rows:
                rows[code] = model(**wanted)
                self.add(rows[code])
                continue
            if file == "users" and rows[code].service_id != wanted["service_id"]:
                wanted["service_since"] = self.dates.now
            if file == "users" and rows[code].active != wanted["active"]:
                self.came_or_went.append(rows[code].id)
            if file == "spaces" and rows[code].exclusive != wanted["exclusive"]:
                self.reshaped[code] = "exclusive"
            self.change(rows[code], wanted)
        db.session.flush()
        self.ids[file] = {code: row.id for code, row in rows.items()}

    def set_members(
        self, file: str, column: str, table: Table, refers_to: str | None, records: Iterable[Record]
    ) -> None:
        """Make a table of belongings say what a column's lists say."""
        key = SHAPES[file].key[0]
        wanted: dict[int, set[tuple]] = {}
        for record in records:
            wanted[self.ids[file][str(record.values[key])]] = {
                (self.ids[refers_to][value] if refers_to else value,) for value in codes(record.values, column)
            }
        changed = self.relink(table, wanted)
        if column == "composite_of":
            self.reshaped |= {code: column for code, number in self.ids[file].items() if number in changed}

    def relink(self, table: Table, wanted: dict[int, set[tuple]]) -> set[int]:
        """Rewrite the belongings of every owner whose set differs; returns those owners."""
        stored = members(table)
        changed = {owner for owner, values in wanted.items() if stored.get(owner, set()) != values}
        owner_column, *others = (column.name for column in table.columns)
        gone = [{"owner": owner} for owner in sorted(changed) if stored.get(owner)]
        if gone:
            db.session.execute(delete(table).where(table.c[owner_column] == bindparam("owner")), gone)
        rows = [
            {owner_column: owner, **dict(zip(others, values, strict=True))}
            for owner in sorted(changed)
            for values in sorted(wanted[owner])
        ]
        if rows:
            db.session.execute(insert(table), rows)
        self.changes += len(changed)
        return changed

    def keep_statement(self, file: str, code: str, last: Mapping[str, object], values: Mapping[str, object]) -> None:
        """Remember what the file says now where it said something else before; nothing that anybody sees changes."""
        said = dated(file, values)
        if all(last.get(name) == value for name, value in said.items()):
            return
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
        row = stored_statement(file, code)
        if row is None:
            db.session.add(FileStatement(file=file, code=code, said=plain))
        else:
            row.said = plain

    def add_rows(self, model: type[R], wanted: list[dict[str, object]]) -> list[R]:
        added = [model(**values) for values in wanted]
        db.session.add_all(added)
        db.session.flush()
        self.changes += len(added)
        return added

    def replace_all(
        self,
        model: type[R],
        wanted: list[dict[str, object]],
        links: Sequence[frozenset[int]] = (),
        table: Table | None = None,
    ) -> None:
        """Put these rows, each with what `links` says belongs to it by `table`, in the place of all there were, unless
        they are the same."""
        names, stored = tuple(wanted[0]) if wanted else (), all_rows(model)
        belonging = links or [frozenset[int]()] * len(wanted)
        linked = members(table) if table is not None else {}
        there = Counter(
            (tuple(getattr(row, name) for name in names), frozenset(number for (number,) in linked.get(row.id, ())))
            for row in stored
        )
        if there == Counter((tuple(values.values()), those) for values, those in zip(wanted, belonging, strict=True)):
            return
        if table is not None:
            db.session.execute(delete(table))
        for row in stored:
            db.session.delete(row)
        db.session.flush()
        self.changes += len(stored)
        added = self.add_rows(model, wanted)
        if table is not None:
            self.relink(
                table,
                {row.id: {(number,) for number in those} for row, those in zip(added, belonging, strict=True)},
            )

    def _number(self, file: str, code: object) -> int | None:
        return None if code is None else self.ids[file][str(code)]

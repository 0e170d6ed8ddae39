"""How an import writes: only what differs, so that the same files again leave every row and the revision alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Table, bindparam, delete

from models.actions.many_rows import add_rows, change_rows
from models.queries.import_rows import (
    CODED,
    attributes,
    coded_rows,
    members,
    plain_rows,
    refers,
    statement_numbers,
)
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
Replaced = type[Closure] | type[OpeningHours] | type[PlanRectangle]  # what files replace whole
Values = dict[str, object]


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
        self.statements: dict[tuple[str, str], Values] = {}  # what files say now, and said otherwise before

    def add(self, row: Base) -> None:
        db.session.add(row)
        self.changes += 1

    def change(self, row: Edited, wanted: Values) -> bool:
        """Set what differs; whether anything did."""
        differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        if differing:
            row.version += 1
            self.changes += 1
        return bool(differing)

    def upsert(self, file: str, records: Iterable[Record]) -> None:
        """Update rows by code, add new ones, keep those that the file does not name. All in a statement or two: an
        object for each of ten thousand people would keep other writers waiting."""
        model, key, rows = CODED[file], SHAPES[file].key[0], coded_rows(file)
        self.ids[file] = {code: row.id for code, row in rows.items()}
        added, changed = [], []
        for record in records:
            wanted, row = self._wanted(file, record), rows.get(str(record.values[key]))
            if row is None:
                added.append(wanted)
                continue
            if file == "users":
                self._note_person(row, wanted)
            if file == "spaces" and row.exclusive != wanted["exclusive"]:
                self.reshaped[row.code] = "exclusive"
            if any(getattr(row, name) != value for name, value in wanted.items()):
                changed.append({**wanted, "number": row.id, "version": row.version + 1})
        if changed:
            change_rows(model.__table__, changed)
        numbers = add_rows(model.__table__, added)
        self.ids[file] |= {str(row[key]): number for row, number in zip(added, numbers, strict=True)}
        self.changes += len(changed) + len(added)

    def _wanted(self, file: str, record: Record) -> Values:
        """The columns of its row."""
        wanted = {
            name: self._number(column.refers_to[0], record.values[column.name])
            if refers(column)
            else record.values[column.name]
            for name, column in attributes(CODED[file], file).items()
        }
        return wanted | {"kind": kind_of(str(wanted["sort"]))} if file == "spaces" else wanted

    def _note_person(self, row: Row, wanted: Values) -> None:
        moves = row.service_id != wanted["service_id"]
        wanted["service_since"] = self.dates.now if moves else row.service_since
        if row.active != wanted["active"]:
            self.came_or_went.append(row.id)

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
        add_rows(table, rows)
        self.changes += len(changed)
        return changed

    def keep_statement(self, file: str, code: str, last: Mapping[str, object], values: Mapping[str, object]) -> None:
        """Remember what the file says now where it said something else before; nothing that anybody sees changes."""
        said = dated(file, values)
        if any(last.get(name) != value for name, value in said.items()):
            plain = {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
            self.statements[file, code] = plain

    def write_statements(self) -> None:
        if not self.statements:
            return
        numbers, table = statement_numbers(), FileStatement.__table__
        known = [{"number": numbers[key], "said": said} for key, said in self.statements.items() if key in numbers]
        if known:
            change_rows(table, known)
        new = ((*key, said) for key, said in self.statements.items() if key not in numbers)
        add_rows(table, [{"file": file, "code": code, "said": said} for file, code, said in new])

    def add_rows(self, model: Replaced, wanted: list[Values]) -> list[int]:
        self.changes += len(wanted)
        return add_rows(model.__table__, wanted)

    def replace_all(
        self,
        model: Replaced,
        wanted: list[Values],
        links: Sequence[frozenset[int]] = (),
        table: Table | None = None,
    ) -> None:
        """Put these rows, each with what `links` says belongs to it by `table`, in the place of all there were, unless
        they are the same."""
        names, stored = tuple(wanted[0]) if wanted else (), plain_rows(model)
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
        db.session.execute(delete(model.__table__))
        self.changes += len(stored)
        numbers = self.add_rows(model, wanted)
        if table is not None:
            self.relink(
                table,
                {number: {(other,) for other in those} for number, those in zip(numbers, belonging, strict=True)},
            )

    def _number(self, file: str, code: object) -> int | None:
        return None if code is None else self.ids[file][str(code)]

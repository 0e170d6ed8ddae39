"""A municipality being read from its CSV files: rows with their values, what is wrong, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.rules.codes import Codes
from models.rules.files.cells import places
from models.rules.files.columns import SHAPES, Column, FileShape
from models.rules.files.sheet import Fault, Line, Sheet, read_sheet
from models.rules.values import CODE, LAYOUT, PEOPLE, AnyValue, BadValue, CodeText, Listed

LAYOUT_PREFIX = "cap_"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds already, in the files' own terms: file -> key -> column -> value."""

    rows: Mapping[str, Mapping[object, Mapping[str, object]]] = field(default_factory=dict)

    def of(self, file: str) -> Mapping[object, Mapping[str, object]]:
        return self.rows.get(file, {})


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the files leave open and what was taken for it; `rows` names where, empty for a whole file."""

    code: str
    file: str
    column: str | None = None
    value: object = None
    rows: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """One row. `line` is None for a row that nobody wrote but others refer to; `bad` names cells that have a fault."""

    file: str
    line: int | None
    values: dict[str, object]
    bad: set[str] = field(default_factory=set)
    layouts: dict[str, int | None] = field(default_factory=dict)
    is_torn: bool = False  # too many or too few cells: only its key was read

    @property
    def name(self) -> str:
        return str(self.values.get("code") or self.values.get("username") or f"line {self.line}")


@dataclass(frozen=True)
class _Meant(CodeText):
    """A code that there is already, as `find` finds it, else one that may be new."""

    find: Callable[[str], str | None] = field(kw_only=True)

    def from_text(self, text: str) -> str:
        return self.find(text) or self.read(text)


Told = Callable[[int], object]  # told now and then how many lines are read
TOLD_EVERY = 250


def nobody(_lines: int) -> None:
    """Whoever waits for a few rows need not be told how far it is."""


class Draft:
    """All files together. It collects every fault before anyone gives up."""

    def __init__(self, files: Mapping[str, bytes], known: Known, told: Told = nobody):
        self.known = known
        self._told, self._lines_read = told, 0
        self._codes = {
            file: Codes(map(str, known.of(file)) if shape.own_code else ()) for file, shape in SHAPES.items()
        }
        there = {code: code for codes in self._codes.values() for code in codes}
        named = _Meant(find=there.get)  # which of them is settled once every file is read
        layouts = Codes(layout for row in known.of("spaces").values() for layout in places(row))
        self._takes: dict[AnyValue, AnyValue] = {
            CODE: named,
            Listed(CODE): Listed(named),
            LAYOUT: _Meant(small=True, find=layouts.meant),
        }
        self.entries: dict[str, list[Entry]] = {file: [] for file in SHAPES}
        self.columns: dict[str, tuple[str, ...]] = {}  # of the files that are there
        self.unreadable: set[str] = set()  # nobody's reference into these is judged
        self.faults: list[Fault] = []
        self._by_code: dict[str, dict[object, Entry]] = {file: {} for file in SHAPES}
        self._assumed: dict[Assumption, list[str]] = {}
        # 1. Each file by itself: its cells read, its open cells filled.
        for name in sorted(files):
            if name.removesuffix(".csv") not in SHAPES:
                self.assume("ignored_file", name.removesuffix(".csv"))
        for file, shape in SHAPES.items():
            if f"{file}.csv" in files:
                self._read(file, shape, files[f"{file}.csv"])
            elif file == "spaces" and not known.of("spaces"):
                self.faults.append(Fault("spaces.csv", None, None, "missing_file"))
                self.unreadable.add(file)
            elif not known.of("municipality"):
                self.assume("no_file", file)
        # 2. Only then what they name in each other: the code that is meant may stand in a file that is read later.
        for file, shape in SHAPES.items():
            for column in shape.columns if file in self.columns else ():
                if column.refers_to:
                    self._settle_references(file, column)

    def is_absent(self, file: str) -> bool:
        return file not in self.columns and file not in self.unreadable

    def rows(self, file: str) -> list[Entry]:
        return [entry for entry in self.entries[file] if not entry.is_torn]

    def fault(self, entry: Entry, column: str | None, code: str, **facts: object) -> None:
        self.faults.append(Fault(f"{entry.file}.csv", entry.line, column, code, facts))
        if column:
            entry.bad.add(column)

    def assume(
        self, code: str, file: str, column: str | None = None, value: object = None, row: str | None = None
    ) -> None:
        rows = self._assumed.setdefault(Assumption(code, f"{file}.csv", column, value), [])
        if row is not None:
            rows.append(row)

    def assume_cell(self, entry: Entry, column: str, value: object) -> None:
        """Fill an open cell and say so."""
        entry.values[column] = value
        code = "empty_cell" if column in self.columns.get(entry.file, ()) else "no_column"
        self.assume(code, entry.file, column, value, entry.name)

    def assumptions(self) -> tuple[Assumption, ...]:
        return tuple(Assumption(a.code, a.file, a.column, a.value, tuple(rows)) for a, rows in self._assumed.items())

    def codes(self, file: str) -> dict[str, None]:
        """Every code there is or will be, in the order in which the files, then the database, name them."""
        return dict.fromkeys(map(str, [*self._by_code[file], *self.known.of(file)]))

    def has(self, file: str, code: str) -> bool:
        return code in self._by_code[file] or code in self.known.of(file)

    def meant(self, files: Sequence[str], code: str) -> str:
        """The code in one of these files that is meant; a new one as it is first written."""
        if any(self.has(file, code) for file in files):
            return code
        looks_like = next(filter(None, (self._codes[file].meant(code) for file in files)), None)
        if looks_like is None:
            self._codes[files[0]].add(code)
        return looks_like or code

    def refuse_repeated(self) -> None:
        for file, shape in SHAPES.items():
            first: dict[object, int | None] = {}
            for entry in self.entries[file] if shape.key else ():
                if all(name in entry.values for name in shape.key):
                    key = key_of(shape, entry.values)
                    if key in first:
                        self.fault(
                            entry,
                            "code" if "code" in shape.key else shape.key[0],
                            "on_line_already",
                            value=entry.name,
                            first=first[key],
                        )
                    first.setdefault(key, entry.line)

    def value(self, file: str, code: str, column: str) -> object:
        """A column's value of the row with that code, as read or as known; None where there is no such row."""
        entry = self._by_code[file].get(code)
        return entry.values.get(column) if entry else self.known.of(file).get(code, {}).get(column)

    def make(self, file: str, code: str, **values: object) -> None:
        """Add a row that nobody wrote: its code as its name, the rest as each column's default."""
        row: dict[str, object] = {"code": code, "name_nl": code, **values}
        for column in SHAPES[file].columns:
            row.setdefault(column.name, column.default_for(row))
        self._add(Entry(file, None, row))
        self.assume("made", file, row=code)

    def _read(self, file: str, shape: FileShape, content: bytes) -> None:
        sheet, faults = read_sheet(f"{file}.csv", content)
        self.faults.extend(faults)
        missing = (
            []
            if sheet is None
            else [column.name for column in shape.columns if column.required and column.name not in sheet.columns]
        )
        self.faults.extend(Fault(f"{file}.csv", 1, name, "column_missing") for name in missing)
        if sheet is None or missing:
            self.unreadable.add(file)
            return
        self.columns[file] = sheet.columns
        shape = replace(
            shape, columns=tuple(self._that_knows(shape, column, self._codes[file]) for column in shape.columns)
        )
        layouts = self._layout_columns(file, sheet)
        for name in sheet.columns:
            if name not in layouts and name not in shape.ignored and shape.column(name) is None:
                self.assume("ignored_column", file, name or "(no name)")
        for line in sheet.lines:
            self._read_line(file, shape, line, layouts)
            self._lines_read += 1
            if self._lines_read % TOLD_EVERY == 0:
                self._told(self._lines_read)

    def _that_knows(self, shape: FileShape, column: Column, own: Codes) -> Column:
        """The column, reading codes that are there in whatever form they are there."""
        takes = _Meant(find=own.meant) if column.name == shape.own_code else self._takes.get(column.takes)
        return replace(column, takes=takes) if takes else column

    def _settle_references(self, file: str, column: Column) -> None:
        for entry in self.rows(file):
            value = entry.values.get(column.name)
            if isinstance(value, tuple):
                entry.values[column.name] = tuple(sorted({self.meant(column.refers_to, code) for code in value}))
            elif value is not None:
                entry.values[column.name] = self.meant(column.refers_to, str(value))

    def _layout_columns(self, file: str, sheet: Sheet) -> dict[str, str]:
        """Columns of places by layout, `cap_<layout>`: a town may have layouts of its own."""
        if file != "spaces":
            return {}
        found = {}
        for name in sheet.columns:
            if name.startswith(LAYOUT_PREFIX) and name not in (LAYOUT_PREFIX, "cap_default"):
                try:
                    found[name] = self._takes[LAYOUT].from_text(name.removeprefix(LAYOUT_PREFIX))
                except BadValue as bad:
                    self.faults.append(Fault("spaces.csv", 1, name, bad.code, bad.facts))
        return found

    def _read_line(self, file: str, shape: FileShape, line: Line, layouts: Mapping[str, str]) -> None:
        entry = Entry(file, line.number, {})
        if not line.whole:
            # Its code still counts, so that whoever refers to it does not look wrong as well.
            self._read_cells(entry, (c for c in shape.columns if c.name in shape.key), line, tell=False)
            entry.is_torn = True
            self._add(entry)
            return
        self._read_cells(entry, shape.columns, line)
        for name, of_layout in layouts.items():
            number = self._read_cell(entry, Column(name, PEOPLE), line.cells[name])
            entry.layouts[of_layout] = number if isinstance(number, int) else None
        # A column that is not there says nothing, so what is known stays; an empty cell of one that is there is filled.
        known = self.known.of(file).get(key_of(shape, _usual_key(shape) | entry.values), {})
        for column in shape.columns:
            if column.name not in self.columns[file] and column.name in known:
                entry.values[column.name] = known[column.name]
        for column in shape.columns:
            if column.name not in entry.values:
                self._fill(entry, column)
        self._add(entry)

    def _add(self, entry: Entry) -> None:
        self.entries[entry.file].append(entry)
        own = SHAPES[entry.file].own_code
        if own in entry.values:
            self._by_code[entry.file].setdefault(entry.values[own], entry)
            self._codes[entry.file].add(str(entry.values[own]))

    def _read_cells(self, entry: Entry, columns: Iterable[Column], line: Line, *, tell: bool = True) -> None:
        for column in columns:
            cell = line.cells.get(column.name, "")
            value = self._read_cell(entry, column, cell, tell=tell)
            if value is not None:
                entry.values[column.name] = value

    def _read_cell(self, entry: Entry, column: Column, cell: str, *, tell: bool = True) -> object:
        """The cell's value; None where it is empty or has a fault."""
        try:
            return _taken(column, cell)
        except BadValue as bad:
            if tell:
                self.fault(entry, column.name, bad.code, value=cell[:80], **bad.facts)
            return None

    def _fill(self, entry: Entry, column: Column) -> None:
        if column.required:
            return
        is_told = column.name in self.columns[entry.file]
        value = () if column.if_absent and is_told else column.default_for(entry.values)
        # An empty cell that means "not set" is an answer; a reference is settled once every file is read.
        says_nothing = value in (None, ()) and (is_told or column.refers_to)
        if column.name in entry.bad or column.quiet or says_nothing:
            entry.values[column.name] = value
        else:
            self.assume_cell(entry, column.name, value)


def _usual_key(shape: FileShape) -> dict[str, object]:
    """What a key's cell means that is not there: a rule without a date holds from the beginning."""
    return {each.name: each.default for each in shape.columns if each.name in shape.key and each.default is not None}


def _taken(column: Column, cell: str) -> object:
    if cell:
        return column.takes.from_text(cell)
    if column.required:
        raise BadValue("required")
    return None


def key_of(shape: FileShape, values: Mapping[str, object]) -> object:
    """By what a row is known again: the value of its key's column, or of all of them where it has several."""
    key = tuple(values.get(name) for name in shape.key)
    return key[0] if len(key) == 1 else key

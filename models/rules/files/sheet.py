"""One CSV file as a sheet: a header and numbered lines, or the faults that keep it from being read."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from models.rules.codes import same_code

# How a text begins that a spreadsheet takes for a formula; with apostrophes before it, it is only text.
FORMULA = re.compile(r"'*[=+\-@]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why nothing is loaded: where it stands and a reason's code. `line` counts from 1, the header being line 1."""

    file: str
    line: int | None
    column: str | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """What stands there, where that is what is wrong; a sign that cannot be shown as one that says so."""
        said = str(self.facts.get("value", ""))
        return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) == "Cc" else sign for sign in said)


@dataclass(frozen=True, slots=True)
class Line:
    """Cells by column, trimmed. `whole` is False where the number of cells differs from the header's."""

    number: int
    cells: Mapping[str, str]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as it was written: its header, and its lines, nothing of them read as a value yet."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(file: str, content: bytes) -> tuple[Sheet | None, list[Fault]]:
    """The sheet and its faults of form; no sheet where not even the header can be read.

    Accepts a byte order mark, CRLF and blank lines; column names are codes, in lower case. One apostrophe before what
    would be a formula is taken away: csv_export puts it there.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Fault(file, content[: error.start].count(b"\n") + 1, None, "not_utf8")]
    faults: list[Fault] = []
    rows = _rows(file, text, faults)
    first = next(rows, None)
    if first is None:
        return None, faults or [Fault(file, 1, None, "empty_file")]
    number, header = first
    columns = tuple(map(same_code, header))
    separator = next((sign for sign in (";", "\t", "|") if len(columns) == 1 and sign in columns[0]), None)
    if separator:
        return None, [Fault(file, number, None, "not_commas", {"separator": separator})]
    if any(unicodedata.category(sign) == "Cc" for name in columns for sign in name):
        return None, [Fault(file, number, None, "control_character")]
    repeated = {name for name in columns if name and columns.count(name) > 1}
    if repeated:
        return None, [Fault(file, number, name, "column_twice") for name in sorted(repeated)]
    lines = []
    for number, cells in rows:
        whole = len(cells) == len(columns)
        if not whole:
            faults.append(Fault(file, number, None, "cell_count", {"expected": len(columns), "found": len(cells)}))
        lines.append(Line(number, dict(zip(columns, cells, strict=False)), whole))
    return Sheet(columns, tuple(lines)), faults


def _rows(file: str, text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line it begins on; one that cannot be parsed ends the file with a fault."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begins_on = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.append(Fault(file, begins_on, None, "not_csv"))
            return
        trimmed = [_without_guard(unicodedata.normalize("NFC", cell.strip())) for cell in cells]
        if any(trimmed):
            yield begins_on, trimmed


def _without_guard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell

"""What stands in the way of an import, and what it assumed, as lines for whoever sits at the terminal: in English."""

from __future__ import annotations

from flask_babel import force_locale

from blueprints.manage.words.files import assumption_sentence
from blueprints.web.faults import fault_sentence, sentence
from models.rules.files.changes import Change
from models.rules.files.draft import Assumption
from models.rules.files.export import cell
from models.rules.files.file_names import BadName
from models.rules.files.sheet import Fault


def fault_line(fault: Fault) -> str:
    """`spaces.csv, line 5, column type, “room”: Choose one of these: …`"""
    where = [fault.file]
    if fault.line is not None:
        where.append(f"line {fault.line}")
    if fault.column is not None:
        where.append(f"column {fault.column}")
    if fault.value:
        where.append(f"“{fault.value}”")
    with force_locale("en"):
        return _printable(f"{', '.join(where)}: {sentence(fault.code, fault.facts)}")


def change_line(change: Change) -> str:
    """`spaces.csv, VZ-101, changed: max_minutes '480' -> '90'`"""
    said = ", ".join(
        f"{name} {cell(change.file, name, before)!r} -> {cell(change.file, name, after)!r}"
        for name, before, after in change.columns
    )
    return _printable(f"{change.file}.csv, {change.name}, {change.sort}: {said}")


def assumption_line(assumed: Assumption) -> str:
    """`spaces.csv: no column buffer_after; 0 for VZ-101 and 11 more.`"""
    with force_locale("en"):
        return _printable(assumption_sentence(assumed))


def bundle_line(bad: BadName) -> str:
    """`spaces.csv and spaces (1).csv are both read as spaces.csv. Send one of them.`"""
    with force_locale("en"):
        return _printable(fault_sentence(bad))


def _printable(line: str) -> str:
    """Without signs that would move a terminal's cursor: names of files and columns are anybody's."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in line)

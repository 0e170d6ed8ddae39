"""What stands in the way of an import, and what it assumed, as lines for whoever sits at the terminal."""

from __future__ import annotations

from datetime import date

from models.rules.csv_changes import Change
from models.rules.csv_draft import Assumption
from models.rules.csv_export import cell
from models.rules.csv_sheet import Fault

NAMED_ROWS = 5
REASONS = {
    "missing_file": "this file is required and is not there",
    "empty_file": "the file is empty; its first line must name the columns",
    "not_utf8": "the file is not UTF-8; save it as \"CSV UTF-8\"",
    "not_commas": "the columns are separated by {separator!r} instead of commas",
    "not_csv": "this line cannot be read as CSV; look for a quotation mark that is not closed",
    "column_missing": "this column is required and is not there",
    "column_twice": "two columns have this name",
    "cell_count": "{found} cells instead of {expected}; a text with a comma needs quotation marks around it",
    "empty_cell": "must not be empty",
    "control_character": "{value!r} holds a control character",
    "too_long": "the text is longer than {longest} characters",
    "not_a_code": "{value!r} cannot be a code: a code is at most 64 characters without / \\ ; ? # or %",
    "not_whole": "{value!r} is not a whole number",
    "not_a_number": "{value!r} is not a number (with a point for decimals)",
    "not_above": "{value!r} is not more than {least}",
    "too_small": "{value} is less than {least}",
    "too_large": "{value} is more than {most}",
    "not_percentages": "{value!r} is neither a percentage nor one per kind, like meeting_room=50;desk=25",
    "not_a_flag": "{value!r} is neither 1 nor 0",
    "not_a_date": "{value!r} is not a date like 2026-11-21",
    "not_a_time": "{value!r} is not a time like 08:30",
    "not_a_colour": "{value!r} is not a colour like #1F4E79",
    "not_an_email": "{value!r} is not an e-mail address",
    "not_a_timezone": "{value!r} is not a time zone like Europe/Brussels",
    "not_one_of": "{value!r} is not one of: {allowed}",
    "not_a_rule": "{value!r} is not a rule from {first} to {last}",
    "unknown_code": "{value!r} stands in none of: {files}",
    "given_twice": "{value!r} stands on line {first} already",
    "second_municipality": "a directory holds one municipality; {value!r} is a second one",
    "other_municipality": "{value!r} is another municipality than {existing!r}; each needs a database of its own",
    "zone_elsewhere": "zone {value!r} is on floor {floor!r}",
    "plan_elsewhere": "this place is on floor {floor!r}, not on {value!r}",
    "never_exclusive": "a coffee corner is never exclusive",
    "part_of_itself": "{value!r} would be a part of itself",
    "part_of_unlisted": "{value!r} is a part of {composite!r}, which must be listed too when {value!r} gets parts",
    "bookings_clash": "two bookings of {value!r} or its parts would hold the same place; move one of them first",
    "ends_before_start": "{value} lies before {start}",
    "closes_before_opens": "it must close after it opens",
    "hours_overlap": "these hours overlap those on line {other}",
    "hours_need_half_day": "{value!r} is closed all day; hours go with half_day",
}


def fault_line(fault: Fault) -> str:
    """`spaces.csv, line 5, column type: 'room' is not one of: …`"""
    where = [fault.file]
    if fault.line is not None:
        where.append(f"line {fault.line}")
    if fault.column is not None:
        where.append(f"column {fault.column}")
    facts = {name: _plain(value) if isinstance(value, (tuple, date)) else value for name, value in fault.facts.items()}
    return _printable(f"{', '.join(where)}: {REASONS[fault.code].format(**facts)}")


def change_line(change: Change) -> str:
    """`spaces.csv, VZ-101, changed: max_minutes 480 -> 90`"""
    said = ", ".join(f"{name} {cell(name, before)!r} -> {cell(name, after)!r}"
                     for name, before, after in change.columns)
    return _printable(f"{change.file}.csv, {change.name}, {change.sort}: {said}")


def assumption_line(assumed: Assumption) -> str:
    """`spaces.csv: no column buffer_after: 0 for 12 rows`"""
    return _printable(_assumption(assumed))


def _assumption(assumed: Assumption) -> str:
    rows, value = _rows(assumed.rows), _plain(assumed.value)
    match assumed.code:
        case "ignored_file":
            return f"{assumed.file}: not a file of ours, ignored"
        case "ignored_column":
            return f"{assumed.file}: column {assumed.column} is not known, ignored"
        case "no_file":
            return f"{assumed.file}: not there"
        case "made":
            return f"{assumed.file}: made {rows}, with the usual values"
        case "host":
            return f"{assumed.file}: nobody has is_host 1; {rows} is the host"
        case "usual_hours":
            return f"{assumed.file}: no {assumed.column} hours for {value}: Monday to Friday 07:00-19:00"
        case "no_column":
            return f"{assumed.file}: no column {assumed.column}: {value} for {rows}"
        case _:
            return f"{assumed.file}: {assumed.column} is empty: {value} for {rows}"


def _printable(line: str) -> str:
    """Without signs that would move a terminal's cursor: names of files and columns are anybody's."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in line)


def _plain(value: object) -> str:
    if value is None or value == ():
        return "not set"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _rows(rows: tuple[str, ...]) -> str:
    if len(rows) <= NAMED_ROWS:
        return ", ".join(rows)
    return f"{', '.join(rows[:NAMED_ROWS])} and {len(rows) - NAMED_ROWS} more"

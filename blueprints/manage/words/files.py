"""What a manager reads about files sent in: what is wrong with them, what was assumed, what they would change."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from blueprints.web.faults import sentence
from models.rules.files.changes import Change
from models.rules.files.draft import Assumption
from models.rules.files.export import cell
from models.rules.files.sheet import Fault
from models.rules.files.summary import MOST_FAULTS, NAMED_ROWS, Summary

LONGEST_CELL = 80


def fault_rows(faults: Iterable[Fault]) -> list[dict[str, object]]:
    return [
        {
            "file": fault.file,
            "line": fault.line,
            "column": fault.column or "",
            "value": fault.value,
            "reason": sentence(fault.code, fault.facts),
        }
        for fault in list(faults)[:MOST_FAULTS]
    ]


_ASSUMED = {
    "ignored_file": _l("%(file)s: not a file that we know; left out."),
    "ignored_column": _l("%(file)s: we do not know the column %(column)s; left out."),
    "no_file": _l("%(file)s: not there."),
    "made": _l("%(file)s: %(rows)s made, with what is usual."),
    "host": _l("%(file)s: none is the host; %(rows)s becomes it."),
    "usual_hours": _l("%(file)s: no hours for %(value)s; Monday to Friday 07:00–19:00."),
    "no_column": _l("%(file)s: no column %(column)s; %(value)s for %(rows)s."),
    "empty_cell": _l("%(file)s: %(column)s is empty; %(value)s for %(rows)s."),
}


def assumption_sentence(assumed: Assumption, value: str | None = None) -> str:
    """What the files leave open, and what was taken for it. `value`: that as text, where it is no more than that."""
    if value is None:
        value = cell(assumed.file.removesuffix(".csv"), assumed.column or "", assumed.value)
    return str(_ASSUMED[assumed.code]) % {
        "file": assumed.file,
        "column": assumed.column or "",
        "rows": _rows(assumed.rows),
        "value": value or _("not set"),
    }


def _rows(rows: tuple[str, ...]) -> str:
    said = ", ".join(rows[:NAMED_ROWS])
    more = len(rows) - NAMED_ROWS
    return said if more <= 0 else ngettext("%(rows)s and %(num)d more", "%(rows)s and %(num)d more", more, rows=said)


def change_groups(summary: Summary) -> list[dict[str, object]]:
    """By file, what is new, what changes and what goes; of each file the first two hundred."""
    shown: dict[str, list[Change]] = {}
    for change in summary.changes:
        shown.setdefault(change.file, []).append(change)
    return [
        {
            "file": f"{file}.csv",
            "title": file_word(file),
            "in_all": number,
            "more": number - len(shown[file]),
            "rows": [_change_row(change) for change in shown[file]],
        }
        for file, number in (summary.in_all or {}).items()
    ]


def file_word(file: str) -> str:
    return {
        "municipality": _("Municipality"),
        "organisations": _("Organisations"),
        "buildings": _("Buildings"),
        "floors": _("Floors"),
        "zones": _("Zones"),
        "services": _("Services"),
        "spaces": _("Spaces"),
        "opening_hours": _("Opening hours"),
        "closures": _("Closures"),
        "occupancy_rules": _("Rules"),
        "users": _("People"),
        "roster": _("Roster"),
        "plan": _("Floor plan"),
    }[file]


def _change_row(change: Change) -> dict[str, object]:
    return {
        "name": change.name,
        "line": change.line,
        "sort": change.sort,
        "columns": [
            {
                "name": name,
                "before": _shortened(str(before)),
                "after": _shortened(str(after)),
            }
            for name, before, after in change.columns
        ],
    }


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"

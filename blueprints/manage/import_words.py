"""What a manager reads about files sent in: what is wrong with them, what was assumed, what they would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from models.rules.csv_bundle import BadBundle
from models.rules.csv_changes import Change
from models.rules.csv_draft import Assumption
from models.rules.csv_export import cell
from models.rules.csv_sheet import Fault

NAMED_ROWS, LONGEST_CELL = 5, 80
MOST_FAULTS, MOST_CHANGES = 100, 200


def bundle_sentence(error: BadBundle) -> str:
    return {
        "not_a_zip": lambda f: _("%(name)s cannot be opened: it is not a zip file, or it is damaged.", **f),
        "locked": lambda f: _("%(name)s is locked with a password. Send it without one.", **f),
        "too_large": lambda f: _("Unpacked these files are more than %(most)s MB.", **f),
        "too_many_files": lambda f: _("A zip holds at most %(most)s files.", **f),
        "file_twice": lambda f: _("%(name)s is there twice.", **f),
        "no_csv": lambda f: _("There is no CSV file in it."),
    }[error.code](error.facts)


def fault_rows(faults: Iterable[Fault]) -> list[dict[str, object]]:
    return [{"file": fault.file, "line": fault.line, "column": fault.column or "", "reason": fault_sentence(fault)}
            for fault in list(faults)[:MOST_FAULTS]]


def fault_sentence(fault: Fault) -> str:
    """Why nothing is loaded, in words; where it stands is said beside it."""
    facts = {name: _plain(value) for name, value in fault.facts.items()}
    return _FAULTS[fault.code](facts)


_FAULTS = {
    "missing_file": lambda f: _("This file is needed and is not there."),
    "empty_file": lambda f: _("The file is empty. Its first line names the columns."),
    "not_utf8": lambda f: _("The file is not in UTF-8. Save it as “CSV UTF-8”."),
    "not_commas": lambda f: _("The columns are separated by “%(separator)s” instead of commas.", **f),
    "not_csv": lambda f: _("This line cannot be read. Look for a quotation mark that is not closed."),
    "column_missing": lambda f: _("This column is needed and is not there."),
    "column_twice": lambda f: _("Two columns have this name."),
    "cell_count": lambda f: _("%(found)s cells instead of %(expected)s. A text with a comma needs quotation marks.",
                              **f),
    "empty_cell": lambda f: _("This is needed."),
    "control_character": lambda f: _("This text holds characters that cannot be shown."),
    "too_long": lambda f: ngettext("At most %(num)d character.", "At most %(num)d characters.", int(f["longest"])),
    "not_a_code": lambda f: _("“%(value)s” cannot be a code: at most 64 characters, without / \\ ; ? # and percent "
                              "signs.", **f),
    "not_whole": lambda f: _("“%(value)s” is not a whole number.", **f),
    "not_a_number": lambda f: _("“%(value)s” is not a number. Write decimals with a point.", **f),
    "not_above": lambda f: _("“%(value)s” is not more than %(least)s.", **f),
    "too_small": lambda f: _("%(value)s is less than %(least)s.", **f),
    "too_large": lambda f: _("%(value)s is more than %(most)s.", **f),
    "not_percentages": lambda f: _("Give a percentage from 0 to 100, or one per kind such as "
                                   "meeting_room=50;desk=25."),
    "not_a_flag": lambda f: _("“%(value)s” is neither 1 nor 0.", **f),
    "not_a_date": lambda f: _("“%(value)s” is not a date such as 2026-11-21.", **f),
    "not_a_time": lambda f: _("“%(value)s” is not a time such as 08:30.", **f),
    "not_a_colour": lambda f: _("“%(value)s” is not a colour such as #1F4E79.", **f),
    "not_an_email": lambda f: _("“%(value)s” is not an e-mail address.", **f),
    "not_a_timezone": lambda f: _("“%(value)s” is not a time zone such as Europe/Brussels.", **f),
    "not_one_of": lambda f: _("“%(value)s” is none of these: %(allowed)s.", **f),
    "not_a_rule": lambda f: _("“%(value)s” is not a rule from %(first)s to %(last)s.", **f),
    "unknown_code": lambda f: _("“%(value)s” stands in none of these: %(files)s.", **f),
    "given_twice": lambda f: _("“%(value)s” stands on line %(first)s already.", **f),
    "second_municipality": lambda f: _("There is one municipality; “%(value)s” is a second one.", **f),
    "other_municipality": lambda f: _("“%(value)s” is another municipality than “%(existing)s”.", **f),
    "zone_elsewhere": lambda f: _("Zone “%(value)s” is on floor “%(floor)s”.", **f),
    "plan_elsewhere": lambda f: _("This place is on floor “%(floor)s”, not on “%(value)s”.", **f),
    "never_exclusive": lambda f: _("A coffee corner is always shared."),
    "part_of_itself": lambda f: _("“%(value)s” would be a part of itself.", **f),
    "part_of_unlisted": lambda f: _("“%(value)s” is a part of “%(composite)s”. List that one too.", **f),
    "bookings_clash": lambda f: _("Two bookings of “%(value)s” or its parts would hold the same place. Move one of "
                                  "them first.", **f),
    "ends_before_start": lambda f: _("%(value)s lies before %(start)s.", **f),
    "closes_before_opens": lambda f: _("Closing comes after opening."),
    "hours_overlap": lambda f: _("These hours overlap those on line %(other)s.", **f),
    "hours_need_half_day": lambda f: _("Hours are only for a day that is open in part."),
    "less_private": lambda f: _("%(value)s: this would let others see more of its bookings. Only whoever runs the "
                                "system can load that.", **f),
    "rule_of_others": lambda f: _("%(value)s: this rule is not yours to set.", **f),
}


def assumption_sentences(assumptions: Iterable[Assumption]) -> list[str]:
    """What the files leave open, and what was taken for it."""
    return [_assumption(each) for each in assumptions]


def _assumption(assumed: Assumption) -> str:
    facts = {"file": assumed.file, "column": assumed.column or "", "rows": _rows(assumed.rows),
             "value": cell(assumed.column or "", assumed.value) or _("not set")}
    make = {
        "ignored_file": lambda f: _("%(file)s: not a file that we know; left out.", **f),
        "ignored_column": lambda f: _("%(file)s: we do not know the column %(column)s; left out.", **f),
        "no_file": lambda f: _("%(file)s: not there.", **f),
        "made": lambda f: _("%(file)s: %(rows)s made, with what is usual.", **f),
        "host": lambda f: _("%(file)s: none is the host; %(rows)s becomes it.", **f),
        "usual_hours": lambda f: _("%(file)s: no hours for %(value)s; Monday to Friday 07:00–19:00.", **f),
        "no_column": lambda f: _("%(file)s: no column %(column)s; %(value)s for %(rows)s.", **f),
    }.get(assumed.code, lambda f: _("%(file)s: %(column)s is empty; %(value)s for %(rows)s.", **f))
    return make(facts)


def _rows(rows: tuple[str, ...]) -> str:
    said = ", ".join(rows[:NAMED_ROWS])
    more = len(rows) - NAMED_ROWS
    return said if more <= 0 else ngettext("%(rows)s and %(num)d more", "%(rows)s and %(num)d more", more, rows=said)


def change_groups(changes: Iterable[Change]) -> list[dict[str, object]]:
    """By file, what is new, what changes and what goes; of each file the first two hundred."""
    by_file: dict[str, list[Change]] = {}
    for change in changes:
        by_file.setdefault(change.file, []).append(change)
    return [{
        "file": f"{file}.csv", "title": file_word(file), "in_all": len(found),
        "more": max(len(found) - MOST_CHANGES, 0), "rows": [_change_row(change) for change in found[:MOST_CHANGES]],
    } for file, found in by_file.items()]


def file_word(file: str) -> str:
    return {"municipality": _("Municipality"), "organisations": _("Organisations"), "buildings": _("Buildings"),
            "floors": _("Floors"), "zones": _("Zones"), "services": _("Services"), "spaces": _("Spaces"),
            "opening_hours": _("Opening hours"), "closures": _("Closures"), "occupancy_rules": _("Rules"),
            "users": _("People"), "plan": _("Floor plan")}[file]


def _change_row(change: Change) -> dict[str, object]:
    return {"name": change.name, "line": change.line, "sort": change.sort, "columns": [
        {"name": name, "before": _shortened(cell(name, before)), "after": _shortened(cell(name, after))}
        for name, before, after in change.columns]}


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return format_date(value, "d MMMM y")
    if isinstance(value, Mapping | tuple):
        return ", ".join(map(str, value))
    return cell("", value)

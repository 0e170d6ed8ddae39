"""A municipality from its CSV files: every row checked against every other, or all the faults there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.codes import LONGEST_CODE, canonical_code, is_code, same_code
from models.rules.files.columns import SHAPES
from models.rules.files.draft import Assumption, Draft, Entry, Known, Told, nobody
from models.rules.files.hours import settle_hours
from models.rules.files.people import settle_people
from models.rules.files.places import settle_places
from models.rules.files.roster import open_duties, settle_roster
from models.rules.files.sheet import Fault
from models.rules.files.spaces import settle_spaces
from models.rules.values import LONGEST_LINE


@dataclass(frozen=True, slots=True)
class Record:
    """A checked row, complete: every column of its file has a value. `line` is None for one that was assumed."""

    line: int | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files say; with faults, the records are of no use.

    `present`: the files that were there. Of these, hours, closures, roster and plan replace all there
    was. `told`: of each file
    the columns that it had.
    """

    records: Mapping[str, tuple[Record, ...]]
    present: frozenset[str]
    told: Mapping[str, frozenset[str]]
    faults: tuple[Fault, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """The files that are known by no name: nothing was read of them."""
        return tuple(each.file for each in self.assumptions if each.code == "ignored_file")

    def counts(self) -> dict[str, int]:
        return {file: len(records) for file, records in self.records.items() if records}


def read_municipality(
    files: Mapping[str, bytes], directory: str, known: Known | None = None, told: Told = nobody
) -> Reading:
    """Read and check files by name (`spaces.csv`); `directory` names a municipality about which no file says anything.

    A column that a file does not have keeps what is `known` of a row; what nobody knows gets its default, and every
    such choice is among the assumptions.
    """
    draft = Draft(files, known or Known(), told)
    name = _settle_municipality(draft, directory)
    open_duties(draft)
    settle_places(draft, name)
    if "spaces" in draft.columns:
        settle_spaces(draft)
    for floor in draft.rows("floors"):
        _take_stricter_limit(draft, floor)
    settle_hours(draft)
    settle_people(draft)
    settle_roster(draft)
    order = {f"{file}.csv": at for at, file in enumerate(SHAPES)}
    return Reading(
        {file: tuple(Record(entry.line, entry.values) for entry in entries) for file, entries in draft.entries.items()},
        frozenset(draft.columns),
        {file: frozenset(columns) for file, columns in draft.columns.items()},
        tuple(sorted(draft.faults, key=lambda fault: (order[fault.file], fault.line or 0, fault.column or ""))),
        draft.assumptions(),
    )


def _settle_municipality(draft: Draft, directory: str) -> str:
    """One municipality, the one that is there already; its name, for what is named after it."""
    known = next(iter(draft.known.of("municipality")), None)
    rows = draft.rows("municipality")
    for extra in rows[1:]:
        draft.fault(extra, "code", "second_municipality", value=extra.name)
    told = [building for building in draft.rows("buildings") if building.values.get("municipality_code")]
    if told:
        code = name = str(told[0].values["municipality_code"])
    else:
        code, name = _code_from(directory), directory.strip()[:LONGEST_LINE] or "Town"
    if not rows and known is None and "municipality" not in draft.unreadable:
        draft.make("municipality", code, name_nl=name)
        rows = draft.rows("municipality")
    if rows and rows[0].values.get("code") is None and not rows[0].bad:
        draft.assume_cell(rows[0], "code", known or code)
        rows[0].values["name_nl"] = rows[0].values.get("name_nl") or name
    mine = rows[0].values.get("code") if rows else known
    if rows and known is not None and mine not in (None, known):
        draft.fault(rows[0], "code", "other_municipality", value=mine, existing=known)
    for building in told:
        if mine is not None and same_code(str(building.values["municipality_code"])) != same_code(str(mine)):
            draft.fault(
                building,
                "municipality_code",
                "other_municipality",
                value=building.values["municipality_code"],
                existing=mine,
            )
    if rows:
        return str(rows[0].values.get("name_nl"))
    return str(draft.known.of("municipality").get(known, {}).get("name_nl"))


def _code_from(directory: str) -> str:
    code = canonical_code(re.sub(r"[^\w-]+", "-", directory)).strip("-").upper()[:LONGEST_CODE]
    return code if is_code(code) else "TOWN"


def _take_stricter_limit(draft: Draft, floor: Entry) -> None:
    """A floor's two limits become one, the stricter. What is known is one already: it counts where neither is told."""
    columns = draft.columns.get("floors", ())
    told = [floor.values[name] for name in ("fire_max_persons", "max_persons") if name in columns] or [
        floor.values.get("fire_max_persons")
    ]
    floor.values["max_persons"] = min((limit for limit in told if isinstance(limit, int)), default=None)

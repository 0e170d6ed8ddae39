"""Weekly duties as a file says them: from today on, so that who sat where before stays known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from models.actions.files.import_writer import Writer
from models.queries.import_rows import duties_from
from models.rules.files.municipality import Reading, Record
from models.rules.values import ALWAYS
from models.tables.db import db
from models.tables.roster import RosterDuty


class HalfDay(NamedTuple):
    """A counter's morning or afternoon of a weekday: a file says anew who has it, or leaves it alone."""

    counter_id: int
    weekday: int
    half_day: str


class Whose(NamedTuple):
    """In which weeks, for which service, and who."""

    weeks: str
    service_id: int
    person_id: int | None


def import_roster(writer: Writer, reading: Reading) -> None:
    """A half-day that the file says otherwise than it holds today is as the file says from today on, and what was
    planned for it goes. In a house that had no roster it was always so."""
    if "roster" not in reading.present:
        return
    today = writer.dates.today
    stored, wanted = duties_from(today), _wanted(writer, reading.records["roster"])
    held: dict[HalfDay, list[RosterDuty]] = {}
    for row in stored:
        held.setdefault(HalfDay(row.counter_id, row.weekday, row.half_day), []).append(row)
    first = today if stored else ALWAYS
    for where in {**held, **wanted}:
        rows = held.get(where, [])
        now = Counter(Whose(row.weeks, row.service_id, row.person_id) for row in rows if row.valid_from <= today)
        if now != Counter(wanted.get(where, ())):
            _end(rows, today)
            writer.changes += len(rows) + len(wanted.get(where, ()))
            for whose in wanted.get(where, ()):
                db.session.add(RosterDuty(**where._asdict(), **whose._asdict(), valid_from=first, valid_to=None))


def _wanted(writer: Writer, records: Iterable[Record]) -> dict[HalfDay, list[Whose]]:
    found: dict[HalfDay, list[Whose]] = {}
    for record in records:
        spaces, services, people = (writer.ids[file] for file in ("spaces", "services", "users"))
        row = record.values
        where = HalfDay(spaces[str(row["counter_code"])], row["weekday"], row["half_day"])  # type: ignore[arg-type]  # as its columns read them
        person = None if row["username"] is None else people[str(row["username"])]
        found.setdefault(where, []).append(Whose(str(row["weeks"]), services[str(row["service_code"])], person))
    return found


def _end(rows: Iterable[RosterDuty], today: date) -> None:
    """What began before today ends with yesterday; what did not, never was."""
    for row in rows:
        if row.valid_from < today:
            row.valid_to = today - timedelta(days=1)
            row.version += 1
        else:
            db.session.delete(row)
    db.session.flush()

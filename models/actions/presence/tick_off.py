"""Tick off who is out: one line at once, or all that waited on a telephone for the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert

from models.actions.presence.evacuate import own_row
from models.actions.record import record
from models.queries.evacuations import client_keys_in, line_of, lines_of
from models.rules.people.person import Person
from models.rules.presence.evacuation import Tick, ToClear, fault_of, made_at
from models.rules.refusals import BadRequest, NotFound, Refused, refusal
from models.tables.db import db
from models.tables.presence import Evacuation, EvacuationMark
from models.tables.transaction import writes

_MARK = insert(EvacuationMark.__table__)


@writes
def mark_line(number: int, key: str, mark: str, missing: int, person: Person, now: datetime) -> ToClear:
    """Tick a line off, or `open` it again: the last word holds, for whoever says it stands there. The line as it is
    then. Refused once the evacuation is over."""
    row, line = own_row(number, person), line_of(number, key)
    if line is None:
        raise NotFound
    if row.ended_at is not None:
        raise Refused([refusal("wrong_status")])
    fault = fault_of(mark, missing, line)
    if fault:
        raise fault
    _write([_row(number, Tick("", key, mark, missing, timedelta(0)), now)], number, person, now)
    marked = line_of(number, key)
    assert marked is not None, "it was there a moment ago"
    return marked


@writes
def merge_ticks(number: int, ticks: Sequence[Tick], person: Person, now: datetime) -> dict[str, BadRequest | Refused]:
    """Take in what waited on a telephone, in one transaction; why some of it was not taken, by its client key.

    A tick comes in once, however often it is sent, and one that cannot be taken keeps no other out. Of two on a line
    the one that was made later holds. After the end what was made before it is still taken: somebody did look. What was
    made after the end is refused. Three queries, and one for all that is written.
    """
    row = own_row(number, person)
    lines = {line.key: line for line in lines_of(number)}
    known = client_keys_in(number, [tick.client_key for tick in ticks])
    refused: dict[str, BadRequest | Refused] = {}
    taken: dict[str, dict[str, object]] = {}
    for tick in ticks:
        if tick.client_key in known or tick.client_key in taken:
            continue
        at = made_at(tick, row.started_at, now)
        fault = _fault(tick, at, lines.get(tick.key), row)
        if fault:
            refused[tick.client_key] = fault
        else:
            taken[tick.client_key] = _row(number, tick, at) | {"client_key": tick.client_key, "received_at": now}
    _write(taken.values(), number, person, now)
    return refused


def _fault(tick: Tick, at: datetime, line: ToClear | None, row: Evacuation) -> BadRequest | Refused | None:
    if line is None:
        return BadRequest("key", "unknown_code")
    if row.ended_at is not None and at > row.ended_at:
        return Refused([refusal("wrong_status")])
    return fault_of(tick.mark, tick.missing, line)


def _row(number: int, tick: Tick, at: datetime) -> dict[str, object]:
    return {
        "evacuation_id": number,
        "key": tick.key,
        "mark": tick.mark,
        "missing": tick.missing if tick.mark == "missing" else 0,
        "at": at,
    }


def _write(rows: Iterable[dict[str, object]], number: int, person: Person, now: datetime) -> None:
    found = [row | {"by_id": person.id} for row in rows]
    if found:
        db.session.connection().execute(_MARK, found)
    for row in found:
        record("mark_evacuation", "evacuation", number, person, now, key=row["key"], mark=row["mark"])

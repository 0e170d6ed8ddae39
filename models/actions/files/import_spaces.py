"""The policies and places of imported spaces, beside what managers have set since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from models.actions.bookings.recount import recount
from models.actions.files.import_writer import REASON, Writer
from models.actions.many_rows import add_rows
from models.actions.places.policy_rows import put_places, rows_from
from models.queries.house import the_house
from models.queries.import_rows import attributes, bookings_ahead, policies_by_space
from models.queries.policies import policy_rows_of
from models.rules.files.cells import places
from models.rules.files.coming import LENGTHS, coming
from models.rules.files.municipality import Record
from models.rules.files.sheet import Fault
from models.rules.values import ALWAYS
from models.tables.booking import Booking, Occupation
from models.tables.db import db
from models.tables.space import LayoutCapacity, SpacePolicyRow

Change = tuple[dict[str, object], dict[str, int | None]]  # columns of a policy, and places by layout


def import_policies(writer: Writer, spaces: Iterable[Record]) -> None:
    """A new space's policy holds from the beginning. What a file changes of one that is there holds from today on, and
    after it in what managers planned for later too; the rest, and what held before today, stays."""
    stored, dates = policies_by_space(), writer.dates
    names = {column.name: name for name, column in attributes(SpacePolicyRow, "spaces").items()}
    added, changes = [], {}
    for record in spaces:
        code = str(record.values["code"])
        space_id = writer.ids["spaces"][code]
        if space_id not in stored:
            values = {name: record.values[column] for column, name in names.items()}
            added.append(({"space_id": space_id, "valid_from": ALWAYS, **dates.signature(), **values}, record))
            continue
        before = dates.present.of("spaces")[code]
        after = coming("spaces", record, dates.said, dates.present)
        changed = {column: after[column] for column in names if after[column] != before[column]}
        if changed.keys() & LENGTHS:
            changed |= {column: after[column] for column in LENGTHS}  # one alone might not fit a later row's other
        layouts = _changed_layouts(places(before), places(after), changed)
        if changed or layouts:
            changes[space_id] = {names[column]: value for column, value in changed.items()}, layouts
        writer.keep_statement("spaces", code, dates.said.of("spaces").get(code, {}), record.values)
    _add_policies(writer, added)
    _change_policies(writer, changes)


def _add_policies(writer: Writer, added: Sequence[tuple[dict[str, object], Record]]) -> None:
    numbers = add_rows(SpacePolicyRow.__table__, [values for values, _record in added])
    writer.changes += len(added)
    seats = {number: set(places(record.values).items()) for number, (_, record) in zip(numbers, added, strict=True)}
    writer.relink(LayoutCapacity.__table__, seats)


def _change_policies(writer: Writer, changes: Mapping[int, Change]) -> None:
    """From today on, by the number of each space."""
    dates = writer.dates
    for space_id, rows in policy_rows_of(list(changes)).items():
        changed, layouts = changes[space_id]
        for row in rows_from(rows, dates.today, REASON, dates.person, dates.now):
            for name, value in changed.items():
                setattr(row, name, value)
            row.version = (row.version or 0) + 1
            put_places(row, layouts)
            writer.changes += 1
    writer.resized |= changes.keys()


def renew_occupation(writer: Writer, spaces: Iterable[Record], now: datetime) -> tuple[Fault, ...]:
    """Let the bookings ahead of reshaped spaces take their places anew, and name the spaces where two then clash.

    A space is reshaped when its parts change or it becomes shared or exclusive. All its bookings first let go: one
    that moves at a time would clash with those that still stand as before.
    """
    lines = {str(record.values["code"]): record.line for record in spaces}
    by_space = bookings_ahead({writer.ids["spaces"][code] for code in writer.reshaped}, now) if writer.reshaped else {}
    every = [booking for bookings in by_space.values() for booking in bookings]
    if every:
        db.session.execute(delete(Occupation).where(Occupation.booking_id.in_(every)))
    faults = []
    for code, column in sorted(writer.reshaped.items()):
        bookings = by_space.get(writer.ids["spaces"][code], ())
        try:
            # A savepoint for each space: one clash must not hide the next, for every one is to be told.
            with db.session.begin_nested():
                if bookings:
                    db.session.execute(
                        update(Booking)
                        .where(Booking.id.in_(bookings))
                        .values(version=Booking.version)  # nothing new: an UPDATE is what wakes the trigger
                        .execution_options(synchronize_session=False)
                    )
        except IntegrityError:
            faults.append(Fault("spaces.csv", lines.get(code), column, "bookings_clash", {"value": code}))
    return tuple(faults)


def recount_persons(writer: Writer, now: datetime) -> None:
    """Bookings of unknown attendance count for their layout's places: anew where these may have changed."""
    spaces = sorted(bookings_ahead(writer.resized, now)) if writer.resized else []
    if spaces:
        recount(spaces, the_house(), now)


def _changed_layouts(
    before: dict[str, int], after: dict[str, int], changed: dict[str, object]
) -> dict[str, int | None]:
    """The layouts whose places differ, None for one no longer offered; a new default layout is always among them."""
    differing: dict[str, int | None] = {
        layout: after.get(layout) for layout in before.keys() | after.keys() if before.get(layout) != after.get(layout)
    }
    if "default_layout" in changed:
        differing[str(changed["default_layout"])] = after[str(changed["default_layout"])]
    return differing

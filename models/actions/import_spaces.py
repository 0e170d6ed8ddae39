"""The policies and places of imported spaces, beside what managers have set since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from models.actions.change_capacity import recount
from models.actions.import_writer import Writer
from models.queries.house import the_house
from models.queries.import_rows import attributes, bookings_ahead, members, policies_by_space
from models.rules.csv_columns import ALWAYS
from models.rules.csv_municipality import Record
from models.rules.csv_sheet import Fault
from models.tables.booking import Booking, Occupation
from models.tables.db import db
from models.tables.space import LayoutCapacity, SpacePolicyRow

LENGTHS = ("min_minutes", "max_minutes")


def import_policies(writer: Writer, spaces: Iterable[Record], now: datetime) -> None:
    """Write each space's policy into its first row, and what changed there into its later rows as well.

    What the files leave as it was stays as managers set it since; their ceilings are in no file and always stay.
    """
    stored, places = policies_by_space(), members(LayoutCapacity.__table__)
    added: list[tuple[SpacePolicyRow, dict[str, int]]] = []
    wanted_places: dict[int, dict[str, int]] = {}
    for record in spaces:
        wanted = {name: record.values[column.name] for name, column in attributes(SpacePolicyRow, "spaces").items()}
        layouts = dict(record.values["layouts"])
        rows = stored.get(writer.ids["spaces"][str(record.values["code"])], [])
        if not rows:
            row = SpacePolicyRow(space_id=writer.ids["spaces"][str(record.values["code"])], valid_from=ALWAYS,
                                 reason="import", set_at=now, **wanted)
            writer.add(row)
            added.append((row, layouts))
            continue
        changed = _changed_values(rows[0], wanted)
        changed_layouts = _changed_layouts(dict(places.get(rows[0].id, ())), layouts, changed)
        for row in rows if changed or changed_layouts else ():
            if writer.change(row, changed) and row is rows[0]:
                row.reason, row.set_at, row.set_by_id = "import", now, None
            writer.resized.add(row.space_id)
            after = dict(places.get(row.id, ())) | changed_layouts
            wanted_places[row.id] = {layout: number for layout, number in after.items() if number is not None}
    db.session.flush()
    wanted_places |= {row.id: layouts for row, layouts in added}
    writer.relink(LayoutCapacity.__table__, {policy: set(layouts.items()) for policy, layouts in wanted_places.items()})


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
            with db.session.begin_nested():
                if bookings:
                    db.session.execute(update(Booking).where(Booking.id.in_(bookings)).values(version=Booking.version)
                                       .execution_options(synchronize_session=False))
        except IntegrityError:
            faults.append(Fault("spaces.csv", lines.get(code), column, "bookings_clash", {"value": code}))
    return tuple(faults)


def recount_persons(writer: Writer, now: datetime) -> None:
    """Bookings of unknown attendance count for their layout's places: anew where these may have changed."""
    for space in sorted(bookings_ahead(writer.resized, now)) if writer.resized else ():
        recount(space, the_house(), now)


def _changed_values(first: SpacePolicyRow, wanted: dict[str, object]) -> dict[str, object]:
    changed = {name: value for name, value in wanted.items() if getattr(first, name) != value}
    if changed.keys() & set(LENGTHS):
        changed |= {name: wanted[name] for name in LENGTHS}     # one of them alone might not fit a later row's other
    return changed


def _changed_layouts(before: dict[str, int], after: dict[str, int],
                     changed: dict[str, object]) -> dict[str, int | None]:
    """The layouts whose places differ, None for one no longer offered; a new default layout is always among them."""
    differing: dict[str, int | None] = {layout: after.get(layout) for layout in before.keys() | after.keys()
                                        if before.get(layout) != after.get(layout)}
    if "default_layout" in changed:
        differing[str(changed["default_layout"])] = after[str(changed["default_layout"])]
    return differing

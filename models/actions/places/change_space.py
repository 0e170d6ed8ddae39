"""What a space is called, whose it is, where it lies and what stands in it. How it is booked has its own change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from models.actions.places.create_space import insert_rows
from models.actions.record import check_unchanged_since, record
from models.queries.house import the_house
from models.queries.places import organisation_rows, space_row, was_ever_booked, zone_row
from models.rules.changes.place_wishes import SpaceWish, checked_space
from models.rules.house.house import House
from models.rules.house.names import LANGUAGES, name_columns
from models.rules.house.usual import kind_of
from models.rules.people.person import Person
from models.rules.people.rights import MANAGERS, may_edit_space
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.tables.db import db
from models.tables.space import Equipment, PlanRectangle, Space, SpacePart
from models.tables.transaction import writes

SHAPE = ("sort", "exclusive", "parts")  # what the guard wrote bookings down by: fixed from the first one on


@writes
def change_space(
    code: str, wish: SpaceWish, person: Person, now: datetime, *, seen: int | None = None
) -> tuple[str, ...]:
    """The names of what is now otherwise; none: nothing was written. A space that changes floors leaves the plan.

    Kind, exclusive use and parts stay as they are once there was a booking (BadRequest has_bookings): what it holds was
    worked out when it was made. `seen`: as in apply_changes().
    """
    house = the_house()
    if code not in house.spaces:
        raise NotFound
    _check_may(code, wish, person, house)
    wish = checked_space(wish, house, own_code=code)
    check_unchanged_since(seen, [("space", code)])
    row = space_row(code)
    before, after = as_wished(row, house), _values(wish)
    changed = tuple(name for name in after if after[name] != before[name])
    if not changed:
        return ()
    fixed = [name for name in SHAPE if name in changed]
    if fixed and was_ever_booked(row.id):
        raise BadRequest(fixed[0], "has_bookings")
    if wish.zone != house.spaces[code].zone:
        _move(row, wish.zone, house)
    _write(row, wish, changed, house)
    row.version += 1
    record("change_space", "space", code, person, now, changed=list(changed))
    return changed


def _check_may(code: str, wish: SpaceWish, person: Person, house: House) -> None:
    """A partner's administrator gives nothing away and moves nothing into somebody else's zone."""
    space = house.spaces[code]
    if not may_edit_space(person, space.owner):
        raise NotAllowed("edit_places")
    if person.roles & MANAGERS:
        return
    if wish.owner != space.owner:
        raise BadRequest("owner", "owner_stays")
    if wish.zone != space.zone and wish.zone in house.zones and house.zones[wish.zone].owner != person.organisation:
        raise BadRequest("zone", "zone_of_others")


def as_wished(row: Space, house: House) -> dict[str, object]:
    """The space as a wish would state it, by the wish's own names."""
    space = house.spaces[row.code]
    parts = frozenset(space.parts) if space.parts != (space.code,) else frozenset()
    return _values(
        SpaceWish(
            names={language: getattr(row, f"name_{language}") or "" for language in LANGUAGES},
            sort=row.sort,
            zone=space.zone,
            owner=space.owner,
            bookable_by=frozenset(each.code for each in row.bookable_by),
            exclusive=row.exclusive,
            parts=parts,
            equipment=frozenset(space.equipment),
            hearing_loop=row.hearing_loop,
            public_bookable=row.public_bookable,
            notes=row.notes,
        )
    )


def _values(wish: SpaceWish) -> dict[str, object]:
    return name_columns(wish.names) | {
        name: getattr(wish, name)
        for name in (
            "sort",
            "zone",
            "owner",
            "bookable_by",
            "exclusive",
            "parts",
            "equipment",
            "hearing_loop",
            "public_bookable",
            "notes",
        )
    }


def _move(row: Space, zone: str, house: House) -> None:
    there = zone_row(zone)
    if there.floor_id != row.floor_id:
        db.session.execute(
            delete(PlanRectangle).where(PlanRectangle.scope_type == "space", PlanRectangle.scope_code == row.code)
        )
    row.zone_id, row.floor_id = there.id, there.floor_id


def _write(row: Space, wish: SpaceWish, changed: tuple[str, ...], house: House) -> None:
    for name, value in _values(wish).items():
        if name.startswith("name_") or name in ("sort", "exclusive", "hearing_loop", "public_bookable", "notes"):
            setattr(row, name, value)
    row.kind = kind_of(wish.sort)
    row.owner_organisation_id = organisation_rows([wish.owner])[0].id if wish.owner else None
    if "bookable_by" in changed:
        row.bookable_by = organisation_rows(wish.bookable_by)
    if "equipment" in changed:
        db.session.execute(delete(Equipment).where(Equipment.space_id == row.id))
        insert_rows(Equipment, [{"space_id": row.id, "item": item} for item in sorted(wish.equipment)])
    if "parts" in changed:
        db.session.execute(delete(SpacePart).where(SpacePart.composite_id == row.id))
        insert_rows(
            SpacePart, [{"composite_id": row.id, "part_id": house.spaces[part].id} for part in sorted(wish.parts)]
        )

"""What a zone is called, whose it is, who comes there, and from when until when it is in use."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.actions.places.create_zone import write_zone
from models.actions.record import check_unchanged_since, record
from models.queries.house import the_house
from models.queries.places import bookings_after, zone_row
from models.rules.changes.place_wishes import ZoneWish, check_zone
from models.rules.house.house import House
from models.rules.house.names import LANGUAGES, name_columns
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.times.interval import civil_day
from models.tables.municipality import Zone
from models.tables.transaction import writes


@writes
def change_zone(wish: ZoneWish, person: Person, now: datetime, *, seen: int | None = None) -> int:
    """How many bookings stand in it after its last day: they stay until somebody moves them.

    A zone with spaces stays on its floor (BadRequest zone_has_spaces). `seen`: as in apply_changes().
    """
    house = the_house()
    if wish.code not in house.zones:
        raise NotFound
    if not holds(person, "edit_zones"):
        raise NotAllowed("edit_zones")
    check_zone(wish, house)
    check_unchanged_since(seen, [("zone", wish.code)])
    row = zone_row(wish.code)
    before, after = zone_as_wished(row, house), _values(wish)
    changed = [name for name in after if after[name] != before[name]]
    if "floor" in changed:
        _check_may_change_floor(wish.code, house)
    if changed:
        write_zone(row, wish)
        row.version += 1
        record("change_zone", "zone", wish.code, person, now, changed=changed)
    return (
        0
        if wish.valid_to is None
        else bookings_after(row.id, civil_day(wish.valid_to + timedelta(days=1), house.zone).start)
    )


def zone_as_wished(row: Zone, house: House) -> dict[str, object]:
    """The zone as a wish would state it, by the wish's own names."""
    zone = house.zones[row.code]
    return _values(
        ZoneWish(
            row.code,
            {language: getattr(row, f"name_{language}") or "" for language in LANGUAGES},
            zone.floor,
            row.access,
            row.silent,
            zone.owner,
            frozenset(each.code for each in row.bookable_by),
            None,
            row.valid_from,
            row.valid_to,
        )
    )


def _values(wish: ZoneWish) -> dict[str, object]:
    return name_columns(wish.names) | {
        name: getattr(wish, name)
        for name in ("floor", "access", "silent", "owner", "bookable_by", "valid_from", "valid_to")
    }


def _check_may_change_floor(code: str, house: House) -> None:
    if any(space.zone == code for space in house.spaces.values()) or house.zones[code].rectangle:
        raise BadRequest("floor", "zone_has_spaces")

"""What a manager wants a space, a row of desks or a zone to be, and what none of them may be."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from models.rules.codes import Codes
from models.rules.house.floor_plan import Grid
from models.rules.house.house import House, Space
from models.rules.house.policy import TRAITS
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import ITEM, LINE, NOTE, OneOf

ACCESS = ("public", "semi_public", "staff", "restricted", "partner")
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class SpaceWish:
    """What a space is, whatever its policy. `sort`: its kind, or a kind's variety (protocol_hall). `code` empty on a
    new space: the next free one. `parts`: the physical spaces a composite consists of; none: it is one itself."""

    names: Mapping[str, str]
    sort: str
    zone: str
    code: str = ""
    owner: str | None = None
    bookable_by: frozenset[str] = frozenset()
    exclusive: bool = True
    parts: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    hearing_loop: bool = False
    public_bookable: bool = False
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class ZoneWish:
    """`max_persons` counts for a new zone only: an existing one's limit is set with a date and a reason."""

    code: str
    names: Mapping[str, str]
    floor: str
    access: str = "staff"
    silent: bool = False
    owner: str | None = None
    bookable_by: frozenset[str] = frozenset()
    max_persons: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """`names`: what stands before each desk's number. `like`: the desk whose rules and equipment they get. `first`: the
    number of the first one. `grid`: where they lie on the plan; None: nowhere yet."""

    zone: str
    count: int
    names: Mapping[str, str]
    owner: str | None = None
    like: str | None = None
    first: int | None = None
    grid: Grid | None = None


def checked_space(wish: SpaceWish, house: House, *, own_code: str | None = None) -> SpaceWish:
    """The wish with its parts by their own codes; BadRequest for the first thing that no space may be. `own_code`: of
    the space that is being changed."""
    codes = Codes(house.spaces) if wish.parts else Codes()
    wish = replace(wish, parts=frozenset(codes.meant(part) or part for part in wish.parts))
    check_names(wish.names)
    _check_listed("sort", [wish.sort], TRAITS)
    _check_listed("zone", [wish.zone], house.zones)
    _check_listed("owner", filter(None, [wish.owner]), house.organisations)
    _check_listed("bookable_by", wish.bookable_by, house.organisations)
    if wish.exclusive and TRAITS[wish.sort].never_exclusive:
        raise BadRequest("exclusive", "never_exclusive")
    if len(wish.equipment) > MOST_ITEMS:
        raise BadRequest("equipment", "too_many", most=MOST_ITEMS)
    for item in sorted(wish.equipment):
        checked_value("equipment", ITEM, item)
    checked_value("notes", NOTE, wish.notes or "")
    _check_parts(wish, house, own_code)
    return wish


def check_zone(wish: ZoneWish, house: House) -> None:
    """BadRequest for the first thing that no zone may be."""
    check_names(wish.names)
    _check_listed("floor", [wish.floor], house.floors)
    checked_value("access", OneOf(ACCESS), wish.access)
    _check_listed("owner", filter(None, [wish.owner]), house.organisations)
    _check_listed("bookable_by", wish.bookable_by, house.organisations)
    if wish.valid_from and wish.valid_to and wish.valid_to < wish.valid_from:
        raise BadRequest("valid_to", "ends_before_start")


def check_names(names: Mapping[str, str | None]) -> None:
    """A place has a name in Dutch; those in other languages may be missing."""
    if not (names.get("nl") or "").strip():
        raise BadRequest("name_nl", "required")
    for language, name in names.items():
        checked_value(f"name_{language}", LINE, name or "")


def composites_with(house: House, part: str) -> list[Space]:
    """The spaces that take this one along when they are booked."""
    return [space for space in house.spaces.values() if part in space.parts and space.code != part]


def _check_listed(field_name: str, codes: Iterable[str], known: Container[str]) -> None:
    for each in codes:
        if each not in known:
            raise BadRequest(field_name, "unknown_code")


def _check_parts(wish: SpaceWish, house: House, own_code: str | None) -> None:
    """Composites of composites are flattened on import; here a part is a physical space, or it is refused."""
    for part in sorted(wish.parts):
        space = house.spaces.get(part)
        if space is None or part == own_code:
            raise BadRequest("parts", "unknown_part", place=part)
        if space.parts != (part,):
            raise BadRequest("parts", "part_has_parts", place=part)
        if space.building != house.zones[wish.zone].building:
            raise BadRequest("parts", "part_elsewhere", place=part)
    above = composites_with(house, own_code) if own_code and wish.parts else []
    if above:
        raise BadRequest("parts", "is_a_part", place=above[0].code)

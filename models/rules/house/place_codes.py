"""The code of something new: as somebody wishes it, or the next free one, as a manager would have chosen it."""

from __future__ import annotations

import re
from collections.abc import Container

from models.rules.codes import Codes
from models.rules.house.house import House, Space
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import CODE

_NUMBERED = re.compile(r"(.*?)([0-9]+)\Z", re.DOTALL)
_FIRST = {
    "meeting_room": "VZ-01",
    "desk": "WP-01",
    "booth": "SK-01",
    "counter": "LK-01",
    "meeting_space": "OR-01",
    "protocol_hall": "PZ-01",
    "coffee_corner": "KH-01",
}


def new_code(field: str, wished: str, taken: Codes) -> str:
    """The wished code in its one form; BadRequest where it is none, or where one that is there looks the same."""
    code = checked_value(field, CODE, wished)
    if code in taken:
        raise BadRequest(field, "taken_code", place=taken.meant(code))
    return code


def next_code(after: str, taken: Container[str]) -> str:
    """The first free code that counts on from this one: VZ-101 -> VZ-102, `Hall` -> `Hall-2`."""
    found = _NUMBERED.fullmatch(after)
    stem, digits = found.groups() if found else (f"{after}-", "1")
    number = int(digits) + 1
    while (code := f"{stem}{number:0{len(digits)}}") in taken:
        number += 1
    return code


def code_for(sort: str, zone: str, house: House, taken: Codes) -> str:
    """A free code for a new space of this sort: on from the last one in the zone, on its floor, or anywhere."""
    alike = sorted(
        (space for space in house.spaces.values() if space.sort == sort and space.parts == (space.code,)),
        key=lambda space: _number(space.code),
    )
    if alike:
        return next_code(_nearest(alike, zone, house).code, taken)
    first = _FIRST.get(sort, "R-01")
    return first if first not in taken else next_code(first, taken)


def zone_mark(zone: str) -> str:
    """What a desk's code says of its zone: Z1-BUR -> 1BUR."""
    bare = re.sub(r"[^0-9A-Za-z]", "", zone).upper()
    return bare[1:] if re.match(r"Z[0-9]", bare) else bare or "X"


def desk_codes(zone: str, count: int, first: int | None, taken: Codes) -> list[str]:
    """`WP-<zone>-nn`, on from the highest number there is, or from `first`, those taken left out."""
    stem = f"WP-{zone_mark(zone)}-"
    if first is None:
        numbers = [
            int(code.removeprefix(stem))
            for code in taken
            if code.startswith(stem) and re.fullmatch(r"[0-9]{1,6}", code.removeprefix(stem))
        ]
        first = max(numbers, default=0) + 1
    codes: list[str] = []
    while len(codes) < count:
        if (code := f"{stem}{first:02}") not in taken:
            codes.append(code)
        first += 1
    return codes


def _nearest(alike: list[Space], zone: str, house: House) -> Space:
    floor = house.zones[zone].floor
    return max(alike, key=lambda space: (space.zone == zone, space.floor == floor, _number(space.code)))


def _number(code: str) -> int:
    found = _NUMBERED.fullmatch(code)
    return int(found.group(2)[-12:]) if found else -1

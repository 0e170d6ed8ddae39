"""Spaces from their CSV rows: places by layout, lengths that agree, and what composites consist of."""

from __future__ import annotations

from collections.abc import Mapping

from models.rules.files.cells import codes
from models.rules.files.cells import places as places_of
from models.rules.files.draft import Draft, Entry
from models.rules.house.policy import TRAITS
from models.rules.house.usual import usual, whole


def settle_spaces(draft: Draft) -> None:
    """Give every space its `layouts` and its physical parts, and refuse what no policy can hold."""
    for space in draft.rows("spaces"):
        _settle_layouts(draft, space)
        row = space.values
        if not space.bad & {"min_minutes", "max_minutes"} and whole(row, "max_minutes") < whole(row, "min_minutes"):
            draft.fault(space, "max_minutes", "below_shortest", value=row["max_minutes"])
        sort = row.get("type")
        if sort and TRAITS[str(sort)].never_exclusive and row["exclusive"]:
            draft.fault(space, "exclusive", "never_exclusive", value=1)
    _flatten_composites(draft)


def _settle_layouts(draft: Draft, space: Entry) -> None:
    """`cap_default` counts for the default layout, whatever that layout's own column says.

    Layouts without a column keep the places that are known of them: the file does not speak of these.
    """
    row, columns = space.values, draft.columns["spaces"]
    known = draft.known.of("spaces").get(row.get("code"), {})
    places = places_of(known)
    if "cap_default" in columns:
        places.pop(str(known.get("default_layout")), None)
    for layout, number in space.layouts.items():
        places.pop(layout, None)
        if number is not None:
            places[layout] = number
    if row.get("default_layout") is None:
        offered = [layout for layout, number in space.layouts.items() if number is not None]
        taken = usual(row).layout
        if row.get("cap_default") is None and offered and taken not in offered:
            taken = offered[0]
        draft.assume_cell(space, "default_layout", taken)
    default = str(row["default_layout"])
    if row.get("cap_default") is None and default not in places:
        draft.assume_cell(space, "cap_default", usual(row).places)
    if row.get("cap_default") is not None:
        places[default] = whole(row, "cap_default")
    row["layouts"] = places


def _flatten_composites(draft: Draft) -> None:
    parts: dict[str, tuple[str, ...]] = {
        str(code): codes(row, "composite_of") for code, row in draft.known.of("spaces").items()
    }
    parts |= {
        space.name: codes(space.values, "composite_of") for space in draft.rows("spaces") if "code" in space.values
    }
    listed = {space.name for space in draft.rows("spaces")}
    built_on = {
        part: str(code)
        for code, row in draft.known.of("spaces").items()
        if str(code) not in listed
        for part in codes(row, "composite_of")
    }
    for space in draft.rows("spaces"):
        if not space.values.get("composite_of"):
            continue
        space.values["composite_of"] = _physical_parts(draft, space, parts)
        if space.name in built_on:
            # The composite on top would go on taking this space and none of its new parts.
            draft.fault(space, "composite_of", "part_of_unlisted", value=space.name, composite=built_on[space.name])


def _physical_parts(draft: Draft, space: Entry, parts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The spaces without parts that a composite comes down to; a circle is a fault at each of its composites."""
    found: set[str] = set()
    seen: set[str] = set()
    ahead = list(parts.get(space.name, ()))
    while ahead:
        part = ahead.pop()
        if part == space.name:
            draft.fault(space, "composite_of", "part_of_itself", value=space.name)
            return ()
        if part in seen:
            continue
        seen.add(part)
        if parts.get(part):
            ahead.extend(parts[part])
        else:
            found.add(part)
    return tuple(sorted(found))

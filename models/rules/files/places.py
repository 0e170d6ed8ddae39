"""What the rows refer to: organisations, buildings, floors, zones and services, made where their file is absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from models.rules.files.columns import SHAPES
from models.rules.files.draft import Draft, Entry

USUAL_FLOOR, USUAL_ZONE, USUAL_BUILDING, USUAL_ORGANISATION = "F0", "Z0", "B1", "ORG"
SCOPE_FILES = {"building": "buildings", "floor": "floors", "zone": "zones", "space": "spaces"}
ORGANISATION_COLUMNS = (
    ("spaces", "owner_org_code"),
    ("spaces", "bookable_by_orgs"),
    ("users", "org_code"),
    ("services", "org_code"),
    ("zones", "owner_org_code"),
    ("zones", "bookable_by_orgs"),
    ("closures", "org_codes"),
)
ZONE_COLUMNS = (
    ("spaces", "zone_code"),
    ("services", "home_zone_code"),
    ("users", "home_zone_code"),
    ("occupancy_rules", "zone_code"),
)
SERVICE_COLUMNS = (
    ("users", "service_code"),
    ("users", "coordinates"),
    ("users", "heads"),
    ("roster", "service_code"),
)
FLOOR_COLUMNS = (
    ("zones", "floor_code"),
    ("spaces", "floor_code"),
    ("services", "client_floor_code"),
    ("plan", "floor_code"),
)


def settle_places(draft: Draft, municipality: str) -> None:
    """Make what absent files leave open, put every space in a zone and floor, then judge every reference."""
    for hours in draft.rows("opening_hours"):
        _settle_scope(draft, hours, "scope_type", "scope_code", ("space", "zone", "building"))
    for rectangle in draft.rows("plan"):
        _settle_scope(draft, rectangle, "scope", "code", ("zone", "space"))
    draft.refuse_repeated()
    _settle_organisations(draft, municipality)
    _settle_buildings(draft, municipality)
    _settle_floors(draft)
    _settle_zones(draft)
    for space in draft.rows("spaces"):
        _settle_space(draft, space)
    _settle_services(draft)
    for file in SHAPES:
        for entry in draft.rows(file):
            _judge_references(draft, entry)


def scope_file(entry: Entry) -> str | None:
    """The file that the code of an hours or plan row stands in; None where its scope could not be read."""
    scope = "scope_type" if entry.file == "opening_hours" else "scope"
    return None if scope in entry.bad else SCOPE_FILES[str(entry.values[scope])]


def _settle_scope(draft: Draft, entry: Entry, column: str, code: str, scopes: tuple[str, ...]) -> None:
    """A scope that is not given is that of the thing with this code; the last where there is none yet."""
    given = entry.values.get(column)
    files = [SCOPE_FILES[scope] for scope in ((str(given),) if given else scopes)]
    if entry.values.get(code):
        entry.values[code] = draft.meant(files, str(entry.values[code]))
    if _is_open(entry, column):
        found = (scope for scope in scopes if draft.has(SCOPE_FILES[scope], str(entry.values.get(code))))
        draft.assume_cell(entry, column, next(found, scopes[-1]))


def _settle_organisations(draft: Draft, municipality: str) -> None:
    if draft.is_absent("organisations"):
        named = Counter(code for code, _ in _named(draft, ORGANISATION_COLUMNS))
        for code, _ in named.most_common():  # the one named most comes first, and so becomes the host
            _make_once(draft, "organisations", code)
        if not draft.codes("organisations"):
            draft.make("organisations", USUAL_ORGANISATION, name_nl=municipality)
    known_hosts = [code for code, row in draft.known.of("organisations").items() if row["is_host"]]
    hosts = [entry.name for entry in draft.rows("organisations") if entry.values["is_host"]] or known_hosts
    if not hosts and draft.rows("organisations"):
        host = draft.rows("organisations")[0]
        host.values["is_host"] = True
        draft.assume("host", "organisations", "is_host", True, host.name)
        hosts = [host.name]
    _check_public(draft)
    for file in ("services", "users"):
        for entry in draft.rows(file):
            if hosts and _is_open(entry, "org_code"):
                draft.assume_cell(entry, "org_code", hosts[0])


def _check_public(draft: Draft) -> None:
    """One organisation at most stands for the public: in the file, or already."""
    rows = draft.rows("organisations")
    stand = [entry for entry in rows if entry.values["stands_for_public"]]
    listed = {entry.name for entry in rows}
    others = {code for code, row in draft.known.of("organisations").items() if row.get("stands_for_public")} - listed
    for extra in stand if others else stand[1:]:
        draft.fault(extra, "stands_for_public", "public_twice", value=extra.name)


def _settle_buildings(draft: Draft, municipality: str) -> None:
    if draft.is_absent("buildings"):
        for code, _ in _named(draft, (("floors", "building_code"),)):
            _make_once(draft, "buildings", code)
        for hours in draft.rows("opening_hours"):
            if hours.values["scope_type"] == "building" and hours.values["scope_code"]:
                _make_once(draft, "buildings", str(hours.values["scope_code"]))
        elsewhere = {code for file in ("floors", "zones", "spaces") for code in draft.codes(file)}
        elsewhere |= {code for code, _ in _named(draft, FLOOR_COLUMNS + ZONE_COLUMNS)}
        for code, _ in _named(draft, (("occupancy_rules", "applies_to"),)):
            if code not in elsewhere:
                _make_once(draft, "buildings", code)
    if not draft.codes("buildings") and "buildings" not in draft.unreadable:
        draft.make("buildings", USUAL_BUILDING, name_nl=municipality)
    first = next(iter(draft.codes("buildings")), None)
    for file, column in (("floors", "building_code"), ("opening_hours", "scope_code")):
        for entry in draft.rows(file):
            if first and _is_open(entry, column) and entry.values.get("scope_type", "building") == "building":
                draft.assume_cell(entry, column, first)


def _settle_floors(draft: Draft) -> None:
    if draft.is_absent("floors"):
        for code, _ in _named(draft, FLOOR_COLUMNS):
            _make_floor(draft, code)
    floors = {
        code: space.values["floor_code"]
        for code, space in _named(draft, (("spaces", "zone_code"),))
        if space.values["floor_code"]
    }
    for zone in draft.rows("zones"):
        if _is_open(zone, "floor_code"):
            draft.assume_cell(zone, "floor_code", floors.get(zone.name) or _usual_floor(draft))


def _settle_zones(draft: Draft) -> None:
    if not draft.is_absent("zones"):
        return
    floors: dict[str, object] = {}
    for code, entry in _named(draft, ZONE_COLUMNS):
        floors[code] = floors.get(code) or entry.values.get("floor_code")
    for entry in (*draft.rows("plan"), *draft.rows("opening_hours")):
        named = entry.values.get("code" if entry.file == "plan" else "scope_code")
        if named and scope_file(entry) == "zones":
            floors[str(named)] = floors.get(str(named)) or entry.values.get("floor_code")
    for code, floor in floors.items():
        if not draft.has("zones", code):
            draft.make("zones", code, floor_code=floor or _usual_floor(draft))


def _settle_space(draft: Draft, space: Entry) -> None:
    if space.bad & {"floor_code", "zone_code"}:
        return
    if _is_open(space, "zone_code"):
        if _is_open(space, "floor_code"):
            draft.assume_cell(space, "floor_code", _usual_floor(draft))
        draft.assume_cell(space, "zone_code", _spare_zone(draft, str(space.values["floor_code"])))
        return
    floor = draft.value("zones", str(space.values["zone_code"]), "floor_code")
    if _is_open(space, "floor_code"):
        if floor is not None:
            draft.assume_cell(space, "floor_code", floor)
    elif floor not in (None, space.values["floor_code"]):
        draft.fault(space, "zone_code", "lies_elsewhere", value=space.values["zone_code"], floor=floor)


def _works_for(draft: Draft, entry: Entry) -> object:
    """The organisation of a row's person; of a duty that nobody has, the first one."""
    of_person = draft.value("users", str(entry.values.get("username")), "org_code")
    return of_person or next(iter(draft.codes("organisations")), None)


def _settle_services(draft: Draft) -> None:
    if draft.is_absent("services"):
        for code, entry in _named(draft, SERVICE_COLUMNS):
            _make_once(draft, "services", code, org_code=_works_for(draft, entry))


def _judge_references(draft: Draft, entry: Entry) -> None:
    for column in SHAPES[entry.file].columns:
        files = column.refers_to
        if (entry.file, column.name) in (("opening_hours", "scope_code"), ("plan", "code")):
            scope = scope_file(entry)
            files = (scope,) if scope else ()
            if files and _is_open(entry, column.name):
                draft.fault(entry, column.name, "required", value="")
                continue
        if not files or column.name in entry.bad or draft.unreadable & set(files):
            continue
        for code in _codes_in(entry, column.name):
            if not any(draft.has(file, code) for file in files):
                draft.fault(entry, column.name, "unknown_code", value=code)


def _named(draft: Draft, columns: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, Entry]]:
    """Every code that these columns hold, with the row that says so."""
    for file, column in columns:
        for entry in draft.rows(file):
            for code in _codes_in(entry, column):
                yield code, entry


def _codes_in(entry: Entry, column: str) -> tuple[str, ...]:
    value = entry.values.get(column)
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _is_open(entry: Entry, column: str) -> bool:
    return entry.values.get(column) is None and column not in entry.bad


def _make_once(draft: Draft, file: str, code: str, **values: object) -> None:
    if not draft.has(file, code):
        draft.make(file, code, **values)


def _make_floor(draft: Draft, code: str) -> None:
    _make_once(draft, "floors", code, building_code=next(iter(draft.codes("buildings")), None))


def _usual_floor(draft: Draft) -> str:
    """F0 where there is one, else the first floor; made where there is none."""
    floors = draft.codes("floors")
    if floors and USUAL_FLOOR not in floors:
        return next(iter(floors))
    _make_floor(draft, USUAL_FLOOR)
    return USUAL_FLOOR


def _spare_zone(draft: Draft, floor: str) -> str:
    """The zone for a floor's spaces that name none: Z0 on F0, Z0-F1 on F1."""
    zone = draft.meant(("zones",), USUAL_ZONE if floor == USUAL_FLOOR else f"{USUAL_ZONE}-{floor}")
    while draft.value("zones", zone, "floor_code") not in (None, floor):
        zone += "-2"
    _make_once(draft, "zones", zone, floor_code=floor)
    return zone

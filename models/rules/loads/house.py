"""A made-up municipality as the CSV files that anybody would send in, so that it is loaded as theirs is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.loads.free_days import free_days
from models.rules.loads.people import people_of
from models.rules.loads.sizes import Size, building_shares, shared_out

Row = dict[str, object]
DESKS_A_ZONE, DESKS_A_FLOOR = 32, 64
PARTNERS = ("OCMW", "CAW", "WW")
WIDTH = 40.0  # metres
WEEKDAYS = range(1, 6)
PUBLIC = (
    *((weekday, "09:00", "12:30") for weekday in WEEKDAYS),
    (1, "14:00", "16:00"),
    (3, "14:00", "16:00"),
    (4, "14:00", "19:00"),
)
SEATS = (4, 6, 8, 8, 10, 12, 18, 22)


@dataclass(frozen=True, slots=True)
class Share:
    """What one building has of all there is."""

    code: str
    desks: int
    rooms: int
    booths: int
    counters: int


def files_of(size: Size, today: date) -> dict[str, bytes]:
    """Every CSV file by its name. The same size and day give the same bytes; closing days are those of the three years
    around it."""
    of_buildings = ("floors", "zones", "spaces", "plan", "opening_hours", "services")
    rows: dict[str, list[Row]] = {name: [] for name in of_buildings}
    rows["municipality"] = [{"code": size.code, "name_nl": size.name, "languages": "nl;fr;en;de"}]
    rows["organisations"] = list(_organisations(size))
    partners = [str(row["code"]) for row in rows["organisations"][1:] if row["code"] != "VER"]
    shares = _shares(size)
    for number, share in enumerate(shares):
        _build(rows, share, ["GEM", *([partners[number % len(partners)]] if partners else [])])
    rows["services"] += [_service(f"{code}-INT", code, "internal") for code in ("GEM", *partners)]
    rows["buildings"] = [
        {"code": each.code, "name_nl": f"Gebouw {each.code}", "max_persons": each.desks + 12 * each.rooms + 80}
        for each in shares
    ]
    rows["closures"] = [
        {"date": day.isoformat(), "name_nl": name, "kind": "public_holiday"}
        for year in range(today.year - 2, today.year + 2)
        for day, name in free_days(year)
    ]
    rows["users"] = list(people_of(size, rows["services"], [each.code for each in shares]))
    return {f"{name}.csv": _written(file) for name, file in rows.items()}


def _shares(size: Size) -> list[Share]:
    weights = building_shares(size.buildings)
    parts = (shared_out(number, weights) for number in (size.desks, size.rooms, size.booths, size.counters))
    return [Share(f"G{n:02}", *each) for n, each in enumerate(zip(*parts, strict=True), start=1)]


def _organisations(size: Size) -> Iterator[Row]:
    yield {"code": "GEM", "name_nl": size.name, "is_host": 1, "colour": "#1F4E79", "text_colour": "#FFFFFF"}
    partners = [*PARTNERS, *(f"P{n:02}" for n in range(size.organisations))][: size.organisations - 2]
    for code in partners:
        yield {
            "code": code,
            "name_nl": f"{code} {size.name}",
            "professional_secrecy": int(code in ("OCMW", "CAW")),
            "colour": "#0B6E4F",
            "text_colour": "#FFFFFF",
        }
    yield {"code": "VER", "name_nl": "Verenigingen", "stands_for_public": 1}


def _build(rows: Mapping[str, list[Row]], share: Share, organisations: list[str]) -> None:
    """A hall with counters, booths and rooms at the street, and floors of desks with rooms between them above it."""
    building, upstairs = share.code, -(-share.desks // DESKS_A_FLOOR)
    rooms = shared_out(share.rooms, [1] * (upstairs + 1))
    rows["opening_hours"] += [_hours("building", building, day, "07:00", "19:00", "staff_access") for day in WEEKDAYS]
    ground = _floor(rows, building, 0)
    _zone(rows, ground, "HAL", "public", _counters(share))
    _zone(rows, ground, "SPR", "public", _booths(share))
    _zone(rows, ground, "ONT", "semi_public", _rooms(building, 0, rooms[0]))
    if share.counters:
        rows["services"].append(_service(f"{building}-LOK", "GEM", "counter", f"{ground}-HAL"))
    if share.booths:
        rows["services"].append(_service(f"{building}-SPR", organisations[-1], "booth", f"{ground}-SPR"))
    for level, desks in enumerate(shared_out(share.desks, [1] * upstairs), start=1):
        floor = _floor(rows, building, level)
        _zone(rows, floor, "VER", "staff", _rooms(building, level, rooms[level]))
        for part, here in enumerate(shared_out(desks, [1] * -(-desks // DESKS_A_ZONE))):
            whose = organisations[-1] if part == 0 and level == 1 else "GEM"
            _zone(rows, floor, f"B{part}", "staff", _desks(f"{floor}-B{part}", here, whose))
            rows["services"].append(_service(f"{floor}-B{part}", whose, "internal", f"{floor}-B{part}"))
    for row in rows["floors"]:
        if row["building_code"] == building:
            row["fire_max_persons"] = sum(
                int(str(zone["max_persons"])) for zone in rows["zones"] if zone["floor_code"] == row["code"]
            )


def _floor(rows: Mapping[str, list[Row]], building: str, level: int) -> str:
    code = f"{building}-F{level}"
    rows["floors"].append(
        {
            "code": code,
            "building_code": building,
            "name_nl": f"Verdieping {level}",
            "level": level,
            "lift": 1,
            "public_access": int(level == 0),
            "refuge_wheelchair_places": 2 if level else None,
        }
    )
    return code


def _zone(rows: Mapping[str, list[Row]], floor: str, name: str, access: str, spaces: list[Row]) -> None:
    """A zone with its spaces, drawn below those that its floor has already; nothing where it would be empty."""
    if not spaces:
        return
    code, top = f"{floor}-{name}", _depth_so_far(rows, floor)
    side = 2.6 if spaces[0]["type"] == "desk" else 5.0
    in_a_row = int(WIDTH // side)
    seats = sum(int(str(each["cap_default"])) for each in spaces)
    is_public = access == "public"
    rows["zones"].append(
        {
            "code": code,
            "floor_code": floor,
            "name_nl": f"Zone {code}",
            "access": access,
            "max_persons": seats + 40 if is_public else max(4, seats * 9 // 10),
        }
    )
    rows["plan"].append(_drawn("zone", code, floor, (0, top, WIDTH, side * -(-len(spaces) // in_a_row))))
    for n, each in enumerate(spaces):
        rows["spaces"].append({**each, "floor_code": floor, "zone_code": code})
        where = (n % in_a_row * side + 0.2, top + n // in_a_row * side + 0.2, side - 0.4, side - 0.4)
        rows["plan"].append(_drawn("space", str(each["code"]), floor, where))
    if is_public:
        rows["opening_hours"] += [_hours("zone", code, *each, "public") for each in PUBLIC]


def _depth_so_far(rows: Mapping[str, list[Row]], floor: str) -> float:
    return max(
        (
            float(str(each["y_m"])) + float(str(each["depth_m"]))
            for each in rows["plan"]
            if (each["floor_code"], each["scope"]) == (floor, "zone")
        ),
        default=0.0,
    )


def _drawn(scope: str, code: str, floor: str, where: tuple[float, float, float, float]) -> Row:
    x, y, width, depth = (round(each, 2) for each in where)
    return {"scope": scope, "code": code, "floor_code": floor, "x_m": x, "y_m": y, "width_m": width, "depth_m": depth}


def _hours(scope: str, code: str, weekday: int, opens: str, closes: str, kind: str) -> Row:
    when = {"weekday": weekday, "opens": opens, "closes": closes}
    return {"scope_type": scope, "scope_code": code, "kind": kind, **when}


def _service(code: str, organisation: str, channel: str, zone: str | None = None) -> Row:
    is_private = channel == "booth"
    return {
        "code": code,
        "org_code": organisation,
        "name_nl": f"Dienst {code}",
        "channel": channel,
        "default_minutes": 15 if channel == "counter" else 45,
        "privacy_level": "confidential" if is_private else "standard",
        "max_party": 4 if is_private else None,
        "home_zone_code": zone,
    }


def _space(code: str, sort: str, places: int, **more: object) -> Row:
    usual = {"accessible": 1, "area_m2": 4 + 2 * places, "ventilation_m3h": 40 * places, "fire_max": 2 * places}
    return {"code": code, "name_nl": f"Ruimte {code}", "type": sort, "cap_default": places, **usual, **more}


def _counters(share: Share) -> list[Row]:
    return [_space(f"{share.code}-LK-{n:02}", "counter", 1) for n in range(1, share.counters + 1)]


def _booths(share: Share) -> list[Row]:
    alarm = {"panic_button": 1, "sightline": 1, "buffer_after": 5, "auto_release_minutes": 10}
    return [_space(f"{share.code}-SK-{n:02}", "booth", 4, **alarm) for n in range(1, share.booths + 1)]


def _rooms(building: str, level: int, number: int) -> list[Row]:
    released = {"auto_release_minutes": 15, "buffer_after": 5, "equipment": "scherm;whiteboard", "public_bookable": 0}
    return [
        _space(f"{building}-VZ-{level}{n:02}", "meeting_room", SEATS[(level + n) % len(SEATS)], **released)
        for n in range(1, number + 1)
    ]


def _desks(zone: str, number: int, whose: str) -> list[Row]:
    only = {"owner_org_code": whose, "bookable_by_orgs": whose} if whose != "GEM" else {"owner_org_code": whose}
    return [
        _space(f"{zone}-WP-{n:02}", "desk", 1, auto_release_minutes=60, equipment="scherm" if n % 2 else "", **only)
        for n in range(1, number + 1)
    ]


def _written(rows: list[Row]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()

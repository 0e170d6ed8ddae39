"""A plan's changes as somebody writes them, read strictly: each fault says where, such as changes.0.set.capacity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from models.rules.claim_reading import read_claim
from models.rules.closing import OPEN_IN_PART, ClosureWish, closure_faults
from models.rules.hours_change import WeekRow, week_faults
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.plan_change import (
    UNCHANGED,
    Active,
    Capacity,
    Change,
    Claim,
    Closing,
    Limit,
    Mended,
    Outages,
    Policy,
    RuleSet,
    Week,
    claim_in,
    imagined,
)
from models.rules.policy_change import HOUSE_RULES, SAFETY, check_values
from models.rules.refusals import BadRequest, NotFound
from models.rules.rule_change import checked_change

MOST_CHANGES = 500
LAST_DAY = date(2100, 12, 31)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
UNWRITABLE = ("Cc", "Cs")       # control characters, and halves of a character
LANGUAGES = frozenset({"fr", "en", "de"})
SPACE_ITEMS = frozenset({"hearing_loop", "panic_button", "ventilation"})
LIFT = "lift"
RULE_FIELDS = frozenset({"mode", "parameter", "applies_to"})
CLOSURE_FIELDS = frozenset({"name", "names", "kind", "opens", "closes"})
HOURS_FIELDS = frozenset({"weekday", "opens", "closes", "kind", "week_of_month", "label"})
CAPACITY_FIELDS = frozenset({"capacity", "capacities"})
HOURS, CLOSURE, LIMIT, ACTIVE, BROKEN, WORKING, CLAIM = (
    "hours", "closure", "max_persons", "active", "out_of_service", "in_service", "claim")
MAY_SET: Mapping[str, frozenset[str]] = {
    "space": CAPACITY_FIELDS | HOUSE_RULES | SAFETY | {ACTIVE, BROKEN, WORKING, HOURS, CLAIM},
    "zone": frozenset({LIMIT, HOURS}),
    "floor": frozenset({LIMIT}),
    "building": frozenset({LIMIT, HOURS, CLOSURE, BROKEN, WORKING}),
    "organisation": frozenset({CLOSURE}),
    "rule": RULE_FIELDS,
}


def plan_changes(raw: Sequence, house: House, today: date, *, made_on: date | None = None) -> tuple[Change, ...]:
    """The changes, checked one after another against the house as those before them leave it. Raises BadRequest.

    `made_on`: when the plan was made. A day since then that is over counts as today.
    """
    if not isinstance(raw, (list, tuple)) or not raw:
        raise BadRequest("changes", "required")
    if len(raw) > MOST_CHANGES:
        raise BadRequest("changes", "too_many", most=MOST_CHANGES)
    found: list[Change] = []
    for number, each in enumerate(raw):
        with _at(f"changes.{number}"):
            read = _read(each, house, today, made_on or today)
        found += read
        house = imagined(read, house)
    if claim_in(found) and len(found) > 1:
        raise BadRequest("changes", "claim_alone")
    return tuple(found)


def is_claim(raw: object) -> bool:
    """Whether these changes, read or not, are nothing but a claim of a taken space."""
    return isinstance(raw, (list, tuple)) and len(raw) == 1 and isinstance(raw[0], dict) and (
        isinstance(raw[0].get("set"), dict) and raw[0]["set"].keys() == {CLAIM})


def _read(raw: object, house: House, today: date, earliest: date) -> list[Change]:
    given = _fields(raw, frozenset({"scope", "set", "from", "to"}))
    scope = given.get("scope")
    sort, code = _place(scope, house)
    first, last = _days(given, today, earliest)
    with _at("set"):
        values = _fields(given.get("set"), MAY_SET[sort])
        if not values:
            raise BadRequest("", "required")
        place = (scope, first, last)
        if sort == "rule":
            return [RuleSet(*place, _rule(house, code, values))]
        read: list[Change] = []
        if CAPACITY_FIELDS & values.keys():
            read.append(_capacity(place, values))
        rules = {name: value for name, value in values.items() if name in HOUSE_RULES | SAFETY}
        if rules:
            if not isinstance(rules.get("default_layout", ""), str):
                raise BadRequest("default_layout", "unknown_choice")
            check_values(rules, house.policy(code, first).traits)
            read.append(Policy(*place, rules))
        read += [_READ[name](place, value, house) for name, value in values.items() if name in _READ]
    return read


def _place(scope: object, house: House) -> tuple[str, str]:
    if not isinstance(scope, str):
        raise BadRequest("scope", "required")
    sort, _, code = scope.partition(":")
    known = {"space": house.spaces, "zone": house.zones, "floor": house.floors, "building": house.buildings,
             "organisation": house.organisations}
    if sort == "rule":
        return sort, code
    if code not in known.get(sort, ()):
        raise BadRequest("scope", "unknown_code")
    return sort, code


def _days(given: Mapping, today: date, earliest: date) -> tuple[date, date | None]:
    first, last = (_day(name, given.get(name)) for name in ("from", "to"))
    if first is not None and first < earliest:
        raise BadRequest("from", "in_the_past")
    first = max(first or today, today)
    if last is not None and last < first:
        raise BadRequest("to", "ends_before_start")
    return first, last


def _day(field: str, value: object) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None or day > LAST_DAY:
        raise BadRequest(field, "not_a_day")
    return day


def _rule(house: House, code: str, values: Mapping) -> Mapping[str, object]:
    places = values.get("applies_to", [])
    if not isinstance(places, list) or not all(isinstance(each, str) for each in places):
        raise BadRequest("applies_to", "unknown_code")
    for name in ("mode", "parameter"):
        if values.get(name) is not None and not isinstance(values[name], str):
            raise BadRequest(name, "unknown_choice")
    try:
        return checked_change(house, code, values)
    except NotFound:
        raise BadRequest("", "unknown_code") from None


def _capacity(place: tuple, values: Mapping) -> Capacity:
    ceiling, layouts = values.get("capacity", UNCHANGED), values.get("capacities")
    if ceiling is not UNCHANGED:
        _check_number("capacity", ceiling)
    if "capacities" in values:
        if not isinstance(layouts, dict) or not layouts:
            raise BadRequest("capacities", "required")
        for layout, number in layouts.items():
            _check_number(f"capacities.{layout}", number)
    return Capacity(*place, ceiling, layouts)


def _check_number(field: str, value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000):
        raise BadRequest(field, "out_of_range", least=0, most=100_000)


def _check_text(field: str, value: object) -> None:
    """A line that a database and a page can hold."""
    if value is not None and (not isinstance(value, str)
                              or any(unicodedata.category(each) in UNWRITABLE for each in value)):
        raise BadRequest(field, "not_a_line")


def _limit(place: tuple, value: object, _house: House) -> Limit:
    _check_number(LIMIT, value)
    return Limit(*place, value)


def _active(place: tuple, value: object, _house: House) -> Active:
    if not isinstance(value, bool):
        raise BadRequest(ACTIVE, "unknown_choice")
    if value and place[2] is not None:
        raise BadRequest(ACTIVE, "for_good")
    return Active(*place, value)


def _outages(place: tuple, value: object, house: House) -> Outages:
    return Outages(*place, _items(BROKEN, place[0], value, house))


def _mended(place: tuple, value: object, house: House) -> Mended:
    if place[2] is not None:
        raise BadRequest(WORKING, "for_good")
    return Mended(*place, _items(WORKING, place[0], value, house))


def _items(field: str, scope: str, value: object, house: House) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise BadRequest(field, "required")
    sort, _, code = scope.partition(":")
    known = items_of(code, house) if sort == "space" else {LIFT}
    if not all(isinstance(each, str) and each in known for each in value):
        raise BadRequest(field, "unknown_choice")
    return tuple(dict.fromkeys(value))


def items_of(space: str, house: House) -> frozenset[str]:
    """What of a space may be out of service."""
    return SPACE_ITEMS | frozenset(house.spaces[space].equipment)


def _week(place: tuple, value: object, _house: House) -> Week:
    if not isinstance(value, list):
        raise BadRequest(HOURS, "required")
    rows = []
    for number, each in enumerate(value):
        with _at(f"{HOURS}.{number}"):
            rows.append(_week_row(each))
    for fault in week_faults(rows):
        raise BadRequest(HOURS + fault.field.removeprefix("rows"), fault.code, **fault.facts)
    return Week(*place, tuple(rows))


def _week_row(raw: object) -> WeekRow:
    given = _fields(raw, HOURS_FIELDS)
    weekday, week, label = given.get("weekday"), given.get("week_of_month"), given.get("label")
    for name, value in (("weekday", weekday), ("week_of_month", week)):
        if isinstance(value, bool) or not isinstance(value, int if name == "weekday" else int | None):
            raise BadRequest(name, "unknown_choice")
    _check_text("label", label)
    opens, closes = (_minute(name, given.get(name)) for name in ("opens", "closes"))
    if opens is None or closes is None:
        raise BadRequest("opens" if opens is None else "closes", "required")
    return WeekRow(weekday, opens, closes, given.get("kind"), week, (label or "").strip() or None)


def _minute(field: str, value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise BadRequest(field, "not_a_time")
    hour, _, minute = value.partition(":")
    return int(hour) * 60 + int(minute)


def _closing(place: tuple, value: object, house: House) -> Closing:
    with _at(CLOSURE):
        given = _fields(value, CLOSURE_FIELDS)
        scope, first, last = place
        sort, _, code = scope.partition(":")
        if sort == "building" and len(house.buildings) > 1:
            raise BadRequest("", "not_changeable")      # a closing day is the organisations', in every building
        opens, closes = (_minute(name, given.get(name)) for name in ("opens", "closes"))
        named = given.get("names") or {}
        if not isinstance(named, dict) or not LANGUAGES.issuperset(named):
            raise BadRequest("names", "unknown_choice")
        for field, text in (("name", given.get("name")), *((f"names.{code}", text) for code, text in named.items())):
            _check_text(field, text)
        wish = ClosureWish(
            first, last or first, {"nl": given.get("name"), **named},
            given.get("kind") or (OPEN_IN_PART if opens is not None else "local_closure"), opens, closes,
            frozenset() if sort == "building" else frozenset({code}))
        for fault in closure_faults(wish, first, house):
            raise fault
    return Closing(scope, first, wish.last, wish)


def _claim(place: tuple, value: object, house: House) -> Claim:
    """It holds on its own day, whatever days its change names."""
    with _at(CLAIM):
        if not isinstance(value, dict):
            raise BadRequest("", "required")
        code, wish = read_claim(value, place[0].partition(":")[2], house)
    day = civil_date(wish.start, house.zone)
    return Claim(place[0], day, day, code, wish)


_READ: Mapping[str, Callable[[tuple, object, House], Change]] = {
    LIMIT: _limit, ACTIVE: _active, BROKEN: _outages, WORKING: _mended, HOURS: _week, CLOSURE: _closing, CLAIM: _claim}


def _fields(raw: object, known: frozenset[str]) -> dict:
    if not isinstance(raw, dict):
        raise BadRequest("", "required")
    for name in raw:
        if name not in known:
            raise BadRequest(str(name)[:60], "not_changeable")
    return raw


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Say of a fault within where it stands in the whole."""
    try:
        yield
    except BadRequest as fault:
        raise BadRequest(f"{place}.{fault.field}" if fault.field else place, fault.code, **fault.facts) from None

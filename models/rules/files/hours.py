"""Weekly hours, closures and plan from their CSV rows, and the hours of places about which no file says anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from models.rules.files.cells import codes
from models.rules.files.draft import Draft, Entry
from models.rules.files.places import scope_file
from models.rules.house.rule_parameters import RULES
from models.rules.house.usual import whole
from models.rules.values import ALWAYS, BadValue

WORKING_DAYS = (1, 2, 3, 4, 5)
USUAL_OPENS, USUAL_CLOSES = 7 * 60, 19 * 60
NEEDS_A_KEY_HOLDER = ("R22", "key_holder")  # a word where others have a number: its hour is the usual one
OF_THE_RULE = ("owner_role", "override_allowed")
ENDS_AFTER_START = {
    "buildings": ("valid_from", "valid_to"),
    "zones": ("valid_from", "valid_to"),
    "opening_hours": ("valid_from", "valid_to"),
}


def settle_hours(draft: Draft) -> None:
    """Judge what files say of hours, closures, plan and rules once their rows are read, and fill in the hours that none
    gives."""
    for file in ENDS_AFTER_START:
        for entry in draft.rows(file):
            _refuse_reversed_validity(draft, entry)
    _settle_opening_hours(draft)
    for closure in draft.rows("closures"):
        _judge_closure(draft, closure)
    for rectangle in draft.rows("plan"):
        _settle_rectangle(draft, rectangle)
    for rule in draft.rows("occupancy_rules"):
        _judge_parameter(draft, rule)
        if rule.values.get("zone_code") and rule.values.get("code") in RULES:
            _settle_rule_of_a_zone(draft, rule)


def _refuse_reversed_validity(draft: Draft, entry: Entry) -> None:
    first, last = entry.values.get("valid_from"), entry.values.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        draft.fault(entry, "valid_to", "ends_before_start", value=last, start=first)


def _settle_opening_hours(draft: Draft) -> None:
    rows = draft.rows("opening_hours")
    for row in rows:
        if not row.bad & {"opens", "closes"} and whole(row.values, "closes") <= whole(row.values, "opens"):
            draft.fault(row, "closes", "closes_before_opens")
    _refuse_overlaps(draft, [row for row in rows if not row.bad])
    whole_weeks = [
        (row, day) for row in rows for day in ((row.values["weekday"],) if row.values["weekday"] else WORKING_DAYS)
    ]
    for row in rows:
        if row.values["weekday"] is None and "weekday" not in row.bad:
            draft.assume("empty_cell", "opening_hours", "weekday", "1-5", row.name)
    draft.entries["opening_hours"] = [replace(row, values=row.values | {"weekday": day}) for row, day in whole_weeks]
    for building in draft.codes("buildings"):
        if not _has_staff_hours(draft, building):
            _assume_hours(draft, "building", building, "staff_access")
    if draft.is_absent("opening_hours"):
        for zone in draft.codes("zones"):
            if zone not in draft.known.of("zones"):
                _assume_hours(draft, "zone", zone, "public")


def _has_staff_hours(draft: Draft, building: str) -> bool:
    """Whether anybody set staff hours for a building, or for a zone or space in it."""
    if draft.is_absent("opening_hours") and building in draft.known.of("buildings"):
        return True
    return any(
        row.values["kind"] == "staff_access" and _building_of(draft, row) == building
        for row in draft.rows("opening_hours")
    )


def _building_of(draft: Draft, hours: Entry) -> object:
    code, file = hours.values["scope_code"], scope_file(hours)
    if file in (None, "buildings"):
        return code if file else None
    floor = draft.value(file, str(code), "floor_code")
    return draft.value("floors", str(floor), "building_code")


def _assume_hours(draft: Draft, scope_type: str, code: str, kind: str) -> None:
    draft.assume("usual_hours", "opening_hours", kind, f"{scope_type} {code}")
    draft.entries["opening_hours"] += [
        Entry(
            "opening_hours",
            None,
            {
                "scope_type": scope_type,
                "scope_code": code,
                "weekday": day,
                "week_of_month": None,
                "opens": USUAL_OPENS,
                "closes": USUAL_CLOSES,
                "kind": kind,
                "label_nl": None,
                "valid_from": None,
                "valid_to": None,
            },
        )
        for day in WORKING_DAYS
    ]


def _refuse_overlaps(draft: Draft, rows: list[Entry]) -> None:
    """Two stretches of the same scope, kind and weekday that share a minute: one of them is a slip of the pen."""
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for row in rows:
        for day in (row.values["weekday"],) if row.values["weekday"] else WORKING_DAYS:
            groups.setdefault(
                (day, *(row.values[name] for name in ("scope_type", "scope_code", "kind", "week_of_month"))), []
            ).append(row)
    for group in groups.values():
        for at, row in enumerate(group):
            clash = next((other for other in group[:at] if _overlap(row.values, other.values)), None)
            if clash and "opens" not in row.bad:
                draft.fault(row, "opens", "hours_overlap_line", other=clash.line)


def _overlap(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return _begins_before_the_end(one, other) and _begins_before_the_end(other, one)


def _begins_before_the_end(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    first, last = one["valid_from"], other["valid_to"]
    return whole(one, "opens") < whole(other, "closes") and not (
        isinstance(first, date) and isinstance(last, date) and last < first
    )


def _judge_closure(draft: Draft, closure: Entry) -> None:
    if closure.bad & {"kind", "opens", "closes"}:
        return
    opens, closes = closure.values["opens"], closure.values["closes"]
    if closure.values["kind"] == "half_day":
        if whole(closure.values, "closes") <= whole(closure.values, "opens"):
            draft.fault(closure, "closes", "closes_before_opens")
    elif opens is not None or closes is not None:
        draft.fault(closure, "kind", "hours_need_half_day", value=closure.values["kind"])


def _settle_rectangle(draft: Draft, rectangle: Entry) -> None:
    file = scope_file(rectangle)
    if file is None or rectangle.bad & {"code", "floor_code"}:
        return
    floor = draft.value(file, str(rectangle.values["code"]), "floor_code")
    if rectangle.values["floor_code"] is None:
        draft.assume_cell(rectangle, "floor_code", floor)
    elif floor not in (None, rectangle.values["floor_code"]):
        draft.fault(rectangle, "floor_code", "lies_elsewhere", value=rectangle.values["floor_code"], floor=floor)


def _judge_parameter(draft: Draft, rule: Entry) -> None:
    known, parameter = RULES.get(str(rule.values.get("code"))), rule.values.get("parameter")
    if known and known.takes and parameter and (rule.values["code"], parameter) != NEEDS_A_KEY_HOLDER:
        try:
            known.takes.from_text(str(parameter))
        except BadValue as bad:
            draft.fault(rule, "parameter", bad.code, value=parameter, **bad.facts)


def _settle_rule_of_a_zone(draft: Draft, rule: Entry) -> None:
    """It holds everywhere in its zone. Whose rule it is stands in the row of the whole house."""
    code = str(rule.values["code"])
    if not RULES[code].by_zone:
        draft.fault(rule, "zone_code", "house_wide", value=rule.values["zone_code"])
    elif not RULES[code].modes:
        draft.fault(rule, "zone_code", "not_changeable", value=rule.values["zone_code"])
    if places := codes(rule.values, "applies_to"):
        draft.fault(rule, "applies_to", "not_in_a_zone", value=";".join(places))
    others = (each.values for each in draft.rows(rule.file) if each.values.get("code") == code)
    in_the_house = next(
        (values for values in others if not values.get("zone_code")),
        draft.known.of(rule.file).get((code, None, ALWAYS), {}),
    )
    rule.values.update({name: in_the_house[name] for name in OF_THE_RULE if name in in_the_house})

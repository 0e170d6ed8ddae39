"""A rule set from a date on or for a while: history stays, what was planned goes on, and each value makes sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.rules.changes.reading import read_changes, written
from models.rules.changes.rules import LAST_DAY, SetRule, next_change, timeline_of
from models.rules.house.house import Rule
from models.rules.house.rule_parameters import RULES, percentages
from models.rules.house.rule_parameters import written as written_percentages
from models.rules.refusals import BadRequest
from models.rules.values import Scope
from tests.models.rules.builders import ALWAYS, house

FIRST, LAST, AFTER, LATER = date(2027, 4, 1), date(2027, 4, 30), date(2027, 5, 1), date(2027, 6, 1)
BEFORE = date(2027, 3, 31)


def if_rule_changed(where, code: str, values: dict, first: date, last: date | None = None):
    return SetRule(Scope("rule", code), values, first=first, last=last).imagined(where)


def said(where, code: str, *days: date) -> list[tuple]:
    return [(where.rule(code, day).in_force, where.rule(code, day).parameter) for day in days]


def planned(*rules: Rule):
    """A house with one rule that holds otherwise from later dates on."""
    return replace(house(), rules={rules[0].code: tuple((rule.valid_from, rule) for rule in rules)})


def test_from_its_date_on_a_rule_is_otherwise_and_before_it_stays_what_it_was():
    where = if_rule_changed(house(rules=[Rule("R16", "soft", "24")]), "R16", {"mode": "enforce"}, FIRST)
    assert said(where, "R16", ALWAYS, BEFORE, FIRST, LATER) == [
        ("warn", "24"),
        ("warn", "24"),
        ("enforce", "24"),
        ("enforce", "24"),
    ]


def test_a_rule_that_no_file_names_keeps_its_usual_history():
    where = if_rule_changed(house(), "R07", {"mode": "enforce"}, FIRST)
    assert said(where, "R07", BEFORE, FIRST) == [("warn", None), ("enforce", None)]
    assert timeline_of(house(), "R07")[0][1].in_force == "warn"


def test_after_a_while_comes_back_what_would_have_held_anyway():
    where = planned(
        Rule("R09", "percent", "100", valid_from=ALWAYS), Rule("R09", "percent", "75", valid_from=date(2027, 4, 15))
    )
    changed = if_rule_changed(where, "R09", {"parameter": "50"}, FIRST, LAST)
    assert [number for _mode, number in said(changed, "R09", BEFORE, FIRST, date(2027, 4, 20), LAST, AFTER)] == [
        "100",
        "50",
        "50",
        "50",
        "75",
    ]


def test_what_was_planned_keeps_everything_but_what_is_set_now():
    where = planned(
        Rule("R16", "soft", "24", valid_from=ALWAYS), Rule("R16", "soft", "24", mode="enforce", valid_from=LATER)
    )
    changed = if_rule_changed(where, "R16", {"parameter": "48"}, FIRST)
    assert said(changed, "R16", FIRST, LATER) == [("warn", "48"), ("enforce", "48")]
    assert next_change(changed, "R16", FIRST).valid_from == LATER
    assert next_change(changed, "R16", LATER) is None


def for_a_zone(where, values: dict, first: date, last: date | None = None, *, code: str = "R16", zone: str = "BUR"):
    return SetRule(Scope("rule", code), values, zone=zone, first=first, last=last).imagined(where)


def said_in(where, zone: str, *days: date) -> list[tuple]:
    return [(where.rule("R16", day, zone).in_force, where.rule("R16", day, zone).parameter) for day in days]


def test_a_zone_has_its_own_row_for_a_while_and_then_what_the_house_has_by_then():
    where = planned(
        Rule("R16", "soft", "24", applies_to=frozenset({"VER"}), valid_from=ALWAYS),
        Rule("R16", "soft", "72", valid_from=LATER),
    )
    changed = for_a_zone(where, {"mode": "enforce"}, FIRST, LAST)
    assert said_in(changed, "BUR", BEFORE, FIRST, LAST, AFTER, LATER) == [
        ("warn", "24"),
        ("enforce", "24"),
        ("enforce", "24"),
        ("warn", "24"),
        ("warn", "72"),
    ]
    assert changed.rule("R16", FIRST, "BUR").applies_to == frozenset()  # in its zone it holds everywhere
    assert said_in(changed, "VER", FIRST) == [("warn", "24")]
    assert changed.rules == where.rules


def test_a_zones_row_is_changed_and_lifted_like_any_other():
    where = for_a_zone(house(rules=[Rule("R16", "soft", "24")]), {"parameter": "48"}, FIRST)
    where = for_a_zone(where, {"mode": "enforce"}, AFTER)
    assert said_in(where, "BUR", FIRST, AFTER) == [("warn", "48"), ("enforce", "48")]
    back = for_a_zone(where, {"mode": None}, LATER)
    assert said_in(back, "BUR", AFTER, LATER) == [("enforce", "48"), ("warn", "24")]
    assert next_change(back, "R16", AFTER, "BUR").valid_from == LATER
    assert next_change(back, "R16", AFTER) is None
    without = for_a_zone(where, {"mode": None}, FIRST, LAST)
    assert said_in(without, "BUR", FIRST, LAST, AFTER) == [("warn", "24"), ("warn", "24"), ("enforce", "48")]


@pytest.mark.parametrize("code", [*RULES])
def test_a_rule_of_the_whole_house_has_no_rows_for_zones(code):
    """Fire, air, hours and places are the same everywhere; of the rest each zone may have its own."""
    house_wide = {"R01", "R02", "R03", "R04", "R05", "R06", "R08", "R14"}
    change = SetRule(Scope("rule", code), {"mode": "off"}, zone="BUR", first=FIRST)
    if code not in house_wide | {"R18", "R19"}:
        assert change.sound(house(), FIRST).timeline(house())
        return
    with pytest.raises(BadRequest) as no:
        change.sound(house(), FIRST)
    assert (no.value.field, no.value.code) == (
        ("zone", "house_wide") if code in house_wide else ("mode", "not_changeable")
    )


@pytest.mark.parametrize(
    ("zone", "values", "field", "why_not"),
    [
        ("ATTIC", {"mode": "off"}, "zone", "unknown_code"),
        ("F1", {"mode": "off"}, "zone", "unknown_code"),  # a floor is no zone
        ("BUR", {"mode": None}, "zone", "nothing_changed"),  # it has nothing of its own to lift
        ("BUR", {"mode": None, "parameter": "3"}, "mode", "unknown_choice"),
        ("BUR", {"applies_to": ["DESK-1"]}, "applies_to", "not_in_a_zone"),
        ("BUR", {"parameter": "many"}, "parameter", "not_whole"),
        ("BUR", {}, "mode", "required"),
    ],
)
def test_what_makes_no_sense_in_a_zone_is_refused_at_its_field(zone, values, field, why_not):
    with pytest.raises(BadRequest) as no:
        SetRule(Scope("rule", "R16"), values, zone=zone, first=FIRST).sound(house(), FIRST)
    assert (no.value.field, no.value.code) == (field, why_not)


def test_a_change_in_a_zone_touches_its_spaces_and_is_kept_as_it_is_read():
    change = SetRule(Scope("rule", "R16"), {"mode": None}, zone="BUR", first=FIRST)
    assert change.spaces(house()) == {"DESK-1", "DESK-2"}
    assert written([change]) == [{"scope": "rule:R16", "set": {"zone": "BUR", "mode": None}, "from": "2027-04-01"}]
    assert read_changes(written([change])) == (change,)


def test_until_the_end_of_the_calendar_is_for_good():
    assert if_rule_changed(house(), "R09", {"parameter": "50"}, FIRST, date.max).rules["R09"][-1][0] == FIRST
    assert if_rule_changed(house(), "R09", {"parameter": "50"}, FIRST, LAST_DAY).rules["R09"][-1][0] == FIRST


@pytest.mark.parametrize(
    ("code", "values", "kept"),
    [
        ("R07", {"mode": "enforce"}, {"mode": "enforce"}),
        ("R09", {"parameter": "50"}, {"parameter": "50"}),
        ("R09", {"parameter": "desk = 25; meeting_room=50"}, {"parameter": "meeting_room=50;desk=25"}),
        ("R09", {"parameter": "meeting_room=50;desk=50;booth=50;counter=50;meeting_space=50"}, {"parameter": "50"}),
        ("R12", {"parameter": "16:30"}, {"parameter": "16:30"}),
        ("R16", {"parameter": 48}, {"parameter": "48"}),
        ("R17", {"parameter": "04"}, {"parameter": "4"}),
        ("R23", {"applies_to": "HAL; BOOTH"}, {"applies_to": frozenset({"HAL", "BOOTH"})}),
        ("R23", {"applies_to": []}, {"applies_to": frozenset()}),
    ],
)
def test_a_value_that_makes_sense_is_kept_in_its_shortest_form(code, values, kept):
    assert SetRule(Scope("rule", code), values, first=FIRST).kept(house()) == kept


@pytest.mark.parametrize(
    ("code", "values", "field", "why_not"),
    [
        ("R07", {"mode": "maybe"}, "mode", "unknown_choice"),
        ("R07", {"mode": None}, "mode", "unknown_choice"),
        ("R09", {"mode": "warn"}, "mode", "unknown_choice"),  # a cap holds or does not
        ("R06", {"mode": "off"}, "mode", "not_changeable"),  # the database holds it
        ("R18", {"mode": "off"}, "mode", "not_changeable"),  # each space says for itself
        ("R07", {"parameter": "3"}, "parameter", "not_changeable"),  # it has none
        ("R09", {"parameter": "101"}, "parameter", "not_percentages"),
        ("R09", {"parameter": "-1"}, "parameter", "not_percentages"),
        ("R09", {"parameter": "٥٠"}, "parameter", "not_percentages"),
        ("R09", {"parameter": "attic=50"}, "parameter", "not_percentages"),
        ("R09", {"parameter": "desk=50;desk=60"}, "parameter", "not_percentages"),
        ("R12", {"parameter": "24:00"}, "parameter", "not_a_clock"),
        ("R12", {"parameter": "5 pm"}, "parameter", "not_a_clock"),
        ("R16", {"parameter": "8761"}, "parameter", "out_of_range"),
        ("R17", {"parameter": ""}, "parameter", "required"),
        ("R17", {"parameter": None}, "parameter", "required"),
        ("R23", {"parameter": "0"}, "parameter", "out_of_range"),
        ("R23", {"applies_to": ["NOWHERE"]}, "applies_to", "unknown_code"),
        ("R23", {"applies_to": 7}, "applies_to", "unknown_code"),
        ("R15", {"applies_to": ["HAL"]}, "applies_to", "not_changeable"),  # its hours say where
        ("R07", {"severity": "hard"}, "severity", "not_changeable"),
        ("R07", {}, "mode", "required"),
    ],
)
def test_a_value_that_makes_none_is_refused_at_its_field(code, values, field, why_not):
    with pytest.raises(BadRequest) as no:
        SetRule(Scope("rule", code), values, first=FIRST).kept(house())
    assert (no.value.field, no.value.code) == (field, why_not)


def test_a_rule_that_does_not_exist_is_not_found():
    with pytest.raises(BadRequest) as no:
        SetRule(Scope("rule", "R99"), {"mode": "off"}).sound(house(), FIRST)
    assert (no.value.field, no.value.code) == ("scope", "unknown_code")


@pytest.mark.parametrize(
    ("parameter", "mode", "room", "desk"),
    [
        ("50", None, 50, 50),
        ("meeting_room=50", None, 50, 100),
        ("meeting_room=50;desk=0", None, 50, 0),
        ("50", "off", 100, 100),
        ("half", None, 100, 100),
        (None, None, 100, 100),
    ],
)
def test_the_crisis_switch_has_one_percentage_for_each_kind(parameter, mode, room, desk):
    where = house(rules=[Rule("R09", "percent", parameter, mode=mode)])
    places = [where.policy(space, FIRST).effective_capacity() for space in ("ROOM", "DESK-1", "DESK-2")]
    assert places == [10 * room // 100, *{100: (1, 1), 50: (0, 1), 0: (0, 0)}[desk]]


def test_a_parameter_of_percentages_is_written_as_it_is_read():
    for text in ("50", "meeting_room=50;desk=25", "counter=0"):
        assert written_percentages(percentages(text)) == text

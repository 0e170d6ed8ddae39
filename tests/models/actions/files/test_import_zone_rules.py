"""Rules of single zones in files: read, written, and told from what managers set and lifted meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.actions.files.import_building import ImportRefused, import_building, preview_building
from models.actions.files.import_draft import keep_draft
from models.queries.house import the_house
from models.queries.import_rows import exported_building
from models.queries.people import person_by_username
from models.queries.policies import rows_of_rule
from models.rules.changes.rules import SetRule
from models.rules.values import ALWAYS, Scope
from tests.cast import DEMO_FILES, FARID, NORA, NOW
from tests.changing import put

pytestmark = pytest.mark.usefixtures("demo")
DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
TODAY, BEFORE, NEXT_WEEK = NOW.date(), date(2027, 3, 2), NOW + timedelta(days=7)
IN_CAW = "R23,warn,booth,,1,,prevention_adviser,1,enforce,Z0-CAW,"


def with_rows(*rows: str) -> dict[str, bytes]:
    """The demo's files, its rules with a mode, a zone and a day, and these rows after them."""
    header, *rest = DEMO["occupancy_rules.csv"].decode().splitlines()
    lines = [f"{header},mode,zone_code,valid_from", *(f"{line},,," for line in rest), *rows]
    return DEMO | {"occupancy_rules.csv": "\n".join(lines).encode()}


def load(*rows: str, now=NOW) -> int:
    return import_building(with_rows(*rows), "demo", now).changes


def held(zone: str, day: date = TODAY, code: str = "R23") -> tuple[str, str | None]:
    rule = the_house().rule(code, day, zone)
    return rule.in_force, rule.parameter


def test_a_zones_row_holds_there_from_today_on_and_the_same_file_again_writes_nothing():
    assert load(IN_CAW) == 1
    assert [held("Z0-CAW", BEFORE), held("Z0-CAW"), held("Z0-WW")] == [("warn", "2"), ("enforce", "1"), ("warn", "2")]
    assert load(IN_CAW, now=NEXT_WEEK) == 0
    assert [(row.zone_code, row.valid_from, row.reason) for row in rows_of_rule("R23")] == [
        ("", ALWAYS, "import"),
        ("Z0-CAW", TODAY, "import"),
    ]


def test_a_zones_row_for_a_day_to_come_holds_from_then_on():
    assert load(f"{IN_CAW}2027-09-01") == 1
    assert [held("Z0-CAW"), held("Z0-CAW", date(2027, 9, 1))] == [("warn", "2"), ("enforce", "1")]
    assert load(f"{IN_CAW}2027-09-01") == 0


def test_what_a_manager_set_or_lifted_in_a_zone_stays_while_the_file_says_what_it_said():
    load(IN_CAW)
    put(SetRule(Scope("rule", "R23"), {"parameter": "3"}, zone="Z0-CAW"), who=NORA)
    assert load(IN_CAW, now=NEXT_WEEK) == 0
    assert held("Z0-CAW", NEXT_WEEK.date()) == ("enforce", "3")
    put(SetRule(Scope("rule", "R23"), {"mode": None}, zone="Z0-CAW"), who=NORA, now=NEXT_WEEK)
    assert load(IN_CAW, now=NEXT_WEEK) == 0
    assert held("Z0-CAW", NEXT_WEEK.date()) == ("warn", "2")
    assert load(IN_CAW.replace(",enforce,", ",off,"), now=NEXT_WEEK) == 1  # the file says something new
    assert held("Z0-CAW", NEXT_WEEK.date()) == ("off", "1")


def test_a_zone_that_no_row_names_any_more_keeps_what_it_has():
    load(IN_CAW)
    assert load(now=NEXT_WEEK) == 0
    assert import_building(DEMO, "demo", NEXT_WEEK).changes == 0  # nor has a file without the column a say
    assert held("Z0-CAW", NEXT_WEEK.date()) == ("enforce", "1")


def test_the_preview_names_rule_and_zone_and_what_is_exported_changes_nothing():
    [change] = preview_building(with_rows(IN_CAW), "demo", NOW).changes
    assert (change.name, change.sort, change.line) == ("R23 Z0-CAW", "new", 25)
    load(IN_CAW)
    files = exported_building(NOW, people=True)
    assert files["occupancy_rules.csv"].decode().splitlines()[-1] == IN_CAW.removesuffix(",")
    assert import_building(files, "demo", NEXT_WEEK).changes == 0


@pytest.mark.parametrize(
    ("row", "column", "why_not"),
    [
        ("R04,,,,,,,,off,Z1-VER,", "zone_code", "house_wide"),
        ("R18,,,,,,,,,Z1-VER,", "zone_code", "not_changeable"),
        ("R23,,,,1,,,,,Z9,", "zone_code", "unknown_code"),
        ("R23,,,,1,SK-08,,,,Z0-CAW,", "applies_to", "not_in_a_zone"),
        ("R23,,,,none,,,,,Z0-CAW,", "parameter", "not_whole"),
    ],
)
def test_what_makes_no_sense_in_a_zone_is_told_with_its_line(row, column, why_not):
    with pytest.raises(ImportRefused) as no:
        load(row)
    assert [(fault.line, fault.column, fault.code) for fault in no.value.faults] == [(25, column, why_not)]


def test_a_page_loads_no_zone_of_a_rule_that_is_anothers_own_word():
    farid = person_by_username(FARID)
    with pytest.raises(ImportRefused) as no:
        keep_draft(with_rows(IN_CAW.replace("prevention_adviser", "facility_manager")), farid, NOW)
    assert [(fault.line, fault.code) for fault in no.value.faults] == [(25, "rule_of_others")]
    assert keep_draft(with_rows("R16,soft,desk,,48,,,1,enforce,Z1-BUR,"), farid, NOW)


def test_whose_rule_it_is_stands_in_the_row_of_the_whole_house():
    load(IN_CAW.replace("prevention_adviser,1", "facility_manager,0"))
    assert [(row.owner_role, row.override_allowed) for row in rows_of_rule("R23")] == [("prevention_adviser", True)] * 2


def test_a_zone_named_with_another_dash_or_case_is_that_zone():
    load(IN_CAW.replace("Z0-CAW", "z0\u2013caw"))
    assert held("Z0-CAW") == ("enforce", "1")

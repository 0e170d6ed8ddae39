"""What files change holds from today on; what held before stays, and bookings of then are judged by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.actions.files.import_building import import_building
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.policies import limit_rows, policy_rows, rows_of_rule
from models.rules.changes.limits import SetLimit
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity
from models.rules.values import ALWAYS, Scope
from tests.cast import DEMO_FILES, FARID, NORA, NOW
from tests.changing import put, space

pytestmark = pytest.mark.usefixtures("demo")
DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
TODAY, BEFORE = NOW.date(), date(2027, 3, 2)
NEXT_WEEK = NOW + timedelta(days=7)
BRUG = "12,boardroom,12,10,12,20,,3,500"


def reload(now=NOW, who: str | None = None, **changed: tuple[str, str]):
    files = dict(DEMO)
    for name, (old, new) in changed.items():
        assert old.encode() in files[f"{name}.csv"]
        files[f"{name}.csv"] = files[f"{name}.csv"].replace(old.encode(), new.encode())
    return import_building(files, "demo", now, person_by_username(who) if who else None)


def places(day: date, space: str = "VZ-103") -> dict[str, int]:
    return dict(the_house().policy(space, day).capacities)


def history(space: str = "VZ-103") -> list[tuple]:
    return [(row.valid_from, row.reason, row.set_by_id) for row in policy_rows(the_house().spaces[space].id)]


def test_a_space_that_files_change_keeps_what_held_before():
    reload(who=FARID, spaces=(BRUG, "9,boardroom,9,,12,20,,3,500"))
    assert places(BEFORE) == {"boardroom": 12, "ushape": 10, "classroom": 12, "theatre": 20}
    assert places(TODAY) == {"boardroom": 9, "classroom": 12, "theatre": 20}
    assert history() == [(ALWAYS, "import", None), (TODAY, "import", person_by_username(FARID).id)]


def test_a_second_change_on_the_same_day_is_one_row_and_on_a_later_day_another():
    reload(spaces=(BRUG, "9,boardroom,9,10,12,20,,3,500"))
    reload(spaces=(BRUG, "8,boardroom,8,10,12,20,,3,500"))
    reload(now=NEXT_WEEK, spaces=(BRUG, "7,boardroom,7,10,12,20,,3,500"))
    assert [row[0] for row in history()] == [ALWAYS, TODAY, NEXT_WEEK.date()]
    assert [places(day)["boardroom"] for day in (BEFORE, TODAY, NEXT_WEEK.date())] == [12, 8, 7]


def test_the_same_files_again_write_nothing_and_the_old_ones_take_it_back():
    changed = {
        "spaces": (BRUG, "9,boardroom,9,10,12,20,,3,500"),
        "floors": ("192,190,1,0,2,Erster", "192,170,1,0,2,Erster"),
    }
    reload(**changed)
    assert reload(now=NEXT_WEEK, **changed).changes == 0
    reload(now=NEXT_WEEK)
    assert (places(TODAY)["boardroom"], places(NEXT_WEEK.date())["boardroom"]) == (9, 12)
    assert the_house().limit("floor", "F1", NEXT_WEEK.date()) == 190


def test_what_a_manager_set_since_an_import_stays_when_the_file_comes_again():
    changed = {"spaces": (BRUG, "9,boardroom,9,10,12,20,,3,500")}
    reload(**changed)
    put(SetCapacity(space("VZ-103"), capacities={"boardroom": 4, "theatre": 6}), now=NEXT_WEEK)
    assert reload(now=NEXT_WEEK, **changed).changes == 0
    assert places(NEXT_WEEK.date()) == {"boardroom": 4, "ushape": 10, "classroom": 12, "theatre": 6}


def test_what_files_change_goes_into_what_is_planned_for_later_too():
    later = TODAY + timedelta(days=60)
    put(SetCapacity(space("VZ-103"), capacities={"theatre": 5}, first=later))
    reload(spaces=(BRUG, "9,boardroom,9,10,12,20,,3,500"))
    assert (places(later)["boardroom"], places(later)["theatre"], places(TODAY)["theatre"]) == (9, 5, 20)


def test_a_limit_that_files_change_is_a_row_of_its_own():
    put(
        SetLimit(Scope("floor", "F1"), 150),
        who=NORA,
        now=NOW - timedelta(days=3),
        reason="stairs",
        legal_basis="report",
    )
    reload(who=FARID, floors=("192,190,1,0,2,Erster", "192,170,1,0,2,Erster"))
    said = [(row.valid_from, row.max_persons, row.reason, row.legal_basis) for row in limit_rows("floor", "F1")]
    assert said == [
        (ALWAYS, 190, "import", None),
        (date(2027, 2, 28), 150, "stairs", "report"),
        (TODAY, 170, "import", None),
    ]
    assert limit_rows("floor", "F1")[-1].set_by_id == person_by_username(FARID).id


def test_a_place_that_never_had_a_limit_has_one_from_today_on_and_a_new_one_from_the_beginning():
    reload(zones=("Z1-KOF,F1,", "Z1-NEW,F1,Nieuw,,,staff,,,10,0,7,0,\nZ1-KOF,F1,"))
    house = the_house()
    assert (house.limit("zone", "Z1-NEW", BEFORE), house.limit("zone", "Z1-NEW", TODAY)) == (7, 7)
    put(SetLimit(Scope("zone", "Z1-NEW"), None), who=NORA)
    reload(now=NEXT_WEEK, zones=("Z1-KOF,F1,", "Z1-NEW,F1,Nieuw,,,staff,,,10,0,9,0,\nZ1-KOF,F1,"))
    house = the_house()
    assert [house.limit("zone", "Z1-NEW", day) for day in (BEFORE, TODAY, NEXT_WEEK.date())] == [7, None, 9]


def test_a_rule_that_files_change_is_a_row_of_its_own():
    put(SetRule(Scope("rule", "R23"), {"parameter": "3"}), who=NORA)
    reload(now=NEXT_WEEK, who=FARID, occupancy_rules=("R17,hard,", "R17,warn,"))
    first, second = rows_of_rule("R17")
    assert (first.valid_from, first.severity) == (ALWAYS, "hard")
    assert (second.valid_from, second.severity, second.reason) == (NEXT_WEEK.date(), "warn", "import")
    assert second.set_by_id == person_by_username(FARID).id
    assert second.set_at == NEXT_WEEK
    assert [row.parameter for row in rows_of_rule("R23")] == ["2", "3"]


def test_a_rule_may_name_its_mode_and_a_day_to_come():
    header, *rest = DEMO["occupancy_rules.csv"].decode().splitlines()
    lines = [f"{header},mode,valid_from", *(f"{line},," for line in rest), f"{rest[22]},enforce,2027-09-01"]
    files = DEMO | {"occupancy_rules.csv": "\n".join(lines).encode()}
    assert import_building(files, "demo", NOW).changes == 1
    assert import_building(files, "demo", NOW).changes == 0
    house = the_house()
    assert [house.rule("R23", day).in_force for day in (TODAY, date(2027, 9, 1))] == ["warn", "enforce"]


def test_files_may_name_a_ceiling_and_without_that_column_it_stays():
    header, *rest = DEMO["spaces.csv"].decode().splitlines()
    lines = [f"{header},ceiling", *(f"{line},{5 if line.startswith('VZ-103') else ''}" for line in rest)]
    import_building({"spaces.csv": "\n".join(lines).encode()}, "demo", NOW)
    assert the_house().policy("VZ-103", TODAY).ceiling == 5
    assert reload(now=NEXT_WEEK).changes == 0
    assert the_house().policy("VZ-103", NEXT_WEEK.date()).ceiling == 5

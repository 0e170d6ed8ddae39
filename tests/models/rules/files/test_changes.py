"""What files would change: what they say otherwise than before, beside what managers set since."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.files.changes import Change, changes_of
from models.rules.files.draft import Known
from models.rules.files.guarded import beyond
from models.rules.files.municipality import read_municipality
from models.rules.values import ALWAYS
from tests.cast import DEMO_FILES
from tests.models.rules.builders import person
from tests.models.rules.files.test_export import known

DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
TODAY = date(2027, 3, 3)
FARID = person("farid", "GEM", "staff facility_manager")


@pytest.fixture
def said() -> Known:
    return known(DEMO)


@pytest.fixture
def present() -> Known:
    """As a database holds it today: floors and rows without what only the reader knows."""
    found = known(DEMO).rows
    for building in found["buildings"].values():
        building.pop("municipality_code")
    return Known(found)


def with_text(**replaced: tuple[str, str]) -> dict[str, bytes]:
    files = dict(DEMO)
    for name, (old, new) in replaced.items():
        assert old.encode() in files[f"{name}.csv"]
        files[f"{name}.csv"] = files[f"{name}.csv"].replace(old.encode(), new.encode())
    return files


def changes(files: dict[str, bytes], said: Known, present: Known) -> list[Change]:
    return list(changes_of(read_municipality(files, "demo", said), said, present, TODAY))


def brief(found: list[Change]) -> list[tuple]:
    return [(change.file, change.name, change.sort, *change.columns) for change in found]


def test_the_same_files_change_nothing(said, present):
    assert changes(DEMO, said, present) == []


def test_a_changed_row_says_what_each_column_was_and_becomes_and_on_which_line(said, present):
    [change] = changes(with_text(spaces=("De Brug,De Brug,De Brug", "De Brug,Le Pont,De Brug")), said, present)
    assert (change.file, change.name, change.sort, change.line) == ("spaces", "VZ-103", "changed", 6)
    assert change.columns == (("name_fr", "De Brug", "Le Pont"),)


def test_places_by_layout_are_columns_of_their_own(said, present):
    files = with_text(spaces=("12,boardroom,12,10,12,20,,3,500", "11,boardroom,12,,12,20,30,3,500"))
    assert brief(changes(files, said, present)) == [
        (
            "spaces",
            "VZ-103",
            "changed",
            ("cap_boardroom", 12, 11),
            ("cap_ushape", 10, None),
            ("cap_reception", None, 30),
        )
    ]


def test_what_a_manager_set_stays_while_the_file_says_what_it_said_before(said, present):
    present.of("spaces")["VZ-103"] |= {"fire_max": 9, "ceiling": 5}
    present.of("spaces")["VZ-103"]["layouts"]["theatre"] = 15
    present.of("floors")["F1"]["fire_max_persons"] = 100
    present.of("occupancy_rules")["R23", None, ALWAYS]["mode"] = "enforce"
    assert changes(DEMO, said, present) == []


def test_what_the_file_changes_wins_over_what_a_manager_set(said, present):
    present.of("floors")["F1"]["fire_max_persons"] = 100
    files = with_text(floors=("192,190,1,0,2,Erster", "192,170,1,0,2,Erster"))
    assert brief(changes(files, said, present)) == [("floors", "F1", "changed", ("fire_max_persons", 100, 170))]


def test_an_export_of_what_a_manager_set_changes_nothing(said, present):
    present.of("floors")["F1"]["fire_max_persons"] = 100
    assert changes(with_text(floors=("192,190,1,0,2,Erster", "192,100,1,0,2,Erster")), said, present) == []


def test_lengths_go_together_for_one_alone_might_not_fit_the_other(said, present):
    present.of("spaces")["VZ-103"] |= {"min_minutes": 60, "max_minutes": 90}
    files = with_text(
        spaces=(
            "videoconferentie,15,15,480,0,5,90,15,,,0,0,0,0,0,title,1,1,,De Brug\nVZ-104",
            "videoconferentie,15,15,45,0,5,90,15,,,0,0,0,0,0,title,1,1,,De Brug\nVZ-104",
        )
    )
    assert brief(changes(files, said, present)) == [
        ("spaces", "VZ-103", "changed", ("min_minutes", 60, 15), ("max_minutes", 90, 45))
    ]


def test_a_rule_changes_from_today_and_its_earlier_days_are_no_news(said, present):
    first, *rest = DEMO["occupancy_rules.csv"].decode().splitlines()
    rules = "\n".join(
        [
            first + ",valid_from",
            *(f"{line},2020-01-01" for line in rest),
            *(line.replace("100", "50") + ",2026-01-01" for line in rest if line.startswith("R09")),
            *(line.replace("100", "25") + ",2028-01-01" for line in rest if line.startswith("R09")),
        ]
    )
    found = changes(DEMO | {"occupancy_rules.csv": rules.encode()}, said, present)
    assert [(each.name, each.sort) for each in found] == [("R09", "changed"), ("R09", "new")]
    assert found[0].columns == (("parameter", "100", "50"),)


def test_hours_and_closures_say_what_goes_and_what_comes(said, present):
    files = with_text(
        closures=("2027-05-07", "2027-05-08"),
        opening_hours=("building,AC,1,,07:00,19:00", "building,AC,1,,08:00,19:00"),
    )
    found = [(change.file, change.sort, change.name) for change in changes(files, said, present)]
    assert sorted(found) == [
        ("closures", "gone", "2027-05-07"),
        ("closures", "new", "2027-05-08"),
        ("opening_hours", "gone", "AC"),
        ("opening_hours", "new", "AC"),
    ]


def test_a_place_that_is_drawn_elsewhere_changes_and_one_that_is_left_out_leaves_the_plan(said, present):
    lines = DEMO["plan.csv"].decode().splitlines()
    moved = lines[1].split(",")
    moved[3] = "9.99"
    plan = "\n".join([lines[0], ",".join(moved), *lines[3:]])
    found = changes(DEMO | {"plan.csv": plan.encode()}, said, present)
    assert [(each.sort, each.name) for each in found] == [("changed", moved[1]), ("gone", lines[2].split(",")[1])]
    assert found[0].columns == (("x_m", 0.0, 9.99),)


def test_a_file_that_is_not_there_changes_nothing(said, present):
    only = {"closures.csv": DEMO["closures.csv"].replace(b"2027-05-07", b"2027-05-08")}
    assert [(change.file, change.sort) for change in changes(only, said, present)] == [
        ("closures", "new"),
        ("closures", "gone"),
    ]


def test_a_new_row_says_what_it_will_be(said, present):
    files = {"spaces.csv": b"code,name_nl,type,zone_code\nSK-99,Nieuw,booth,Z0-SPR\n"}
    [change] = changes(files, said, present)
    told = {name: after for name, _before, after in change.columns}
    assert (change.sort, change.name, change.line) == ("new", "SK-99", 2)
    assert (told["name_nl"], told["floor_code"], told["cap_interview"]) == ("Nieuw", "F0", 3)
    assert "fire_max" not in told


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("organisations", "ocmw.example.org,1,busy,busy", "ocmw.example.org,0,busy,busy", "professional_secrecy"),
        ("organisations", "ocmw.example.org,1,busy,busy", "ocmw.example.org,1,title,busy", "feed_detail_outside_org"),
        ("organisations", "ocmw.example.org,1,busy,busy", "ocmw.example.org,1,busy,full", "feed_detail_inside_org"),
        (
            "organisations",
            "gemeente.example.org,0,busy,title",
            "gemeente.example.org,1,busy,busy",
            None,
        ),  # less is seen
        ("services", ",secret,", ",standard,", "privacy_level"),
        ("services", ",standard,", ",secret,", None),
        ("floors", "192,190,1,0,2,Erster", "192,300,1,0,2,Erster", None),
    ],
)
def test_nobody_lets_others_see_more_by_sending_in_files(file, old, new, fault, said, present):
    found = changes(with_text(**{file: (old, new)}), said, present)
    assert found
    faults = beyond(FARID, found, present)
    assert {each.column for each in faults} == ({fault} if fault else set())
    assert all(each.code == "less_private" and each.line for each in faults)


def test_a_rule_that_is_anothers_own_word_is_not_changed_by_sending_in_files(said, present):
    files = with_text(occupancy_rules=("R02,hard,", "R02,warn,"))
    assert [fault.code for fault in beyond(FARID, changes(files, said, present), present)] == ["rule_of_others"]
    nora = person("nora", "GEM", "staff prevention_adviser facility_manager")
    assert beyond(nora, changes(files, said, present), present) == ()

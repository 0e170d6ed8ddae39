"""One real thing is one row, however its code was written: never a second room beside it, never a second person."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models.actions.files.import_building import ImportRefused, import_building, preview_building
from models.actions.people.create_user import NewPerson, create_user
from models.actions.places.create_desk_row import create_desk_row
from models.actions.places.create_space import create_space
from models.actions.places.create_zone import create_zone
from models.actions.places.set_precedence import PrecedenceWish, add_precedence
from models.queries.house import the_house
from models.queries.import_rows import exported_building
from models.queries.people import person_by_username
from models.rules.changes.place_wishes import DeskRow, SpaceWish, ZoneWish
from models.rules.changes.rules import SetRule
from models.rules.files.columns import SHAPES
from models.rules.people.passwords import Passwords
from models.rules.refusals import BadRequest
from models.rules.values import Scope
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.cast import ANN, DEMO_FILES, FARID, HUGO, NORA, NOW
from tests.changing import put
from tests.conftest import QUICK_ARGON2
from tests.models.rules.test_codes import LIKE_N_1

HEADER = "code,name_nl,type,cap_default\n"
CLEAN = f"{HEADER}N-1,Nachtzaal,meeting_room,10\n"
THREE_TIMES = f"{CLEAN}N-1\u200b,Nachtzaal,meeting_room,10\nN\u20111,Nachtzaal,meeting_room,10\n"
AS_ONE = "N\u20111\u200b"  # N-1, as nobody would notice
DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
CODED = {file: shape.own_code for file, shape in SHAPES.items() if shape.own_code and file != "municipality"}


def load(directory: str = "ergens", **files: str):
    return import_building({f"{name}.csv": content.encode() for name, content in files.items()}, directory, NOW)


def why_not(**files: str) -> list[tuple]:
    with pytest.raises(ImportRefused) as refused:
        load(**files)
    return [(fault.line, fault.column, fault.code, fault.facts.get("first")) for fault in refused.value.faults]


def disguised(code: str) -> str:
    """As an office program may write it: another dash, another letter case, a sign behind it that nobody sees."""
    return code.swapcase().replace("-", "\u2011") + "\u200b"


@pytest.mark.usefixtures("app_context")
def test_a_room_that_stands_there_three_times_is_a_fault_of_the_second_and_the_third_line():
    assert why_not(spaces=THREE_TIMES) == [(3, "code", "on_line_already", 2), (4, "code", "on_line_already", 2)]


@pytest.mark.usefixtures("app_context")
def test_the_same_file_after_a_clean_one_makes_no_second_room():
    load(spaces=CLEAN)
    assert why_not(spaces=THREE_TIMES) == [(3, "code", "on_line_already", 2), (4, "code", "on_line_already", 2)]
    assert list(the_house().spaces) == ["N-1"]


@pytest.mark.usefixtures("app_context")
def test_each_way_to_write_it_means_the_room_that_is_there():
    load(spaces=CLEAN)
    for written in (*LIKE_N_1.values(), "n-1", *map(str.lower, LIKE_N_1.values())):
        assert load(spaces=f"{HEADER}{written},Nachtzaal,meeting_room,10\n").changes == 0, ascii(written)
        load(spaces=f"{HEADER}{written},Nachtzaal,meeting_room,11\n")
        load(spaces=CLEAN)
    assert list(the_house().spaces) == ["N-1"]


@pytest.mark.usefixtures("app_context")
def test_a_room_whose_code_differs_in_letter_case_stands_there_already():
    assert why_not(spaces=f"{CLEAN}n-1,Nachtzaal,meeting_room,10\n") == [(3, "code", "on_line_already", 2)]


@pytest.mark.usefixtures("app_context")
def test_a_code_is_kept_in_its_one_form():
    load(spaces=f"{HEADER}{AS_ONE},Nachtzaal,meeting_room,10\n")
    assert list(the_house().spaces) == ["N-1"]


@pytest.mark.parametrize("file", CODED)
@pytest.mark.usefixtures("demo")
def test_in_no_file_a_code_is_two_things(file):
    """Each row of the demo, its own code disguised: nothing is new, nothing changes."""
    column, header, *rows = CODED[file], *DEMO[f"{file}.csv"].decode().splitlines()
    assert header.split(",")[0] == column
    content = "\n".join([header, *(disguised(row.partition(",")[0]) + "," + row.partition(",")[2] for row in rows)])
    assert preview_building({f"{file}.csv": content.encode()}, "demo", NOW).changes == ()
    twice = "\n".join([header, rows[0], disguised(rows[0].partition(",")[0]) + "," + rows[0].partition(",")[2]])
    faults = preview_building({f"{file}.csv": twice.encode()}, "demo", NOW).reading.faults
    assert [(fault.line, fault.code) for fault in faults] == [(3, "on_line_already")]


@pytest.mark.usefixtures("demo")
def test_whoever_refers_to_a_code_finds_it_however_it_is_written():
    files = {
        "spaces": "code,name_nl,type,zone_code,floor_code,owner_org_code,bookable_by_orgs,composite_of\n"
        "X-1,Een,booth,{Z0-SPR},{F0},{OCMW},{OCMW};{GEM},\n"
        "X-2,Samen,meeting_room,{Z0-SPR},,,,{X-1};{SK-01}\n",
        "opening_hours": "scope_type,scope_code,weekday\nzone,{Z0-SPR},1\n,{AC},2\n,{X-1},3\n",
        "closures": "date,org_codes\n2027-05-07,{GEM};{OCMW}\n",
        "occupancy_rules": "code,applies_to\nR23,{Z0-SPR};{VZ-101}\n",
        "plan": "scope,code,floor_code,x_m,y_m,width_m,depth_m\n,{X-1},{F0},1,1,1,1\n",
        "users": "username,org_code,service_code,home_zone_code\njan,{GEM},{GEM-BEV},{Z1-BUR}\n",
    }
    read = []
    for written in (str, disguised):
        filled = {f"{name}.csv": _filled(content, written).encode() for name, content in files.items()}
        checked = preview_building(filled, "demo", NOW)
        assert checked.reading.faults == ()
        read.append(checked.changes)
    assert read[0] == read[1]


def _filled(content: str, written) -> str:
    parts = content.replace("}", "{").split("{")
    return "".join(written(part) if at % 2 else part for at, part in enumerate(parts))


@pytest.mark.usefixtures("app_context")
def test_a_zone_that_no_file_lists_is_made_once_however_often_it_is_named():
    load(
        spaces="code,name_nl,type,zone_code\nA,A,desk,Z-1\nB,B,desk,z\u20111\n",
        plan="scope,code,x_m,y_m,width_m,depth_m\nzone,z-1\u200b,0,0,9,9\n",
    )
    assert list(the_house().zones) == ["Z-1"]
    assert the_house().spaces["B"].zone == "Z-1"


@pytest.mark.usefixtures("app_context")
def test_a_place_drawn_twice_is_a_fault_however_it_is_written():
    assert why_not(
        spaces=CLEAN, plan="scope,code,x_m,y_m,width_m,depth_m\nspace,N-1,0,0,1,1\nspace,n\u20131,5,5,1,1\n"
    ) == [(3, "code", "on_line_already", 2)]


@pytest.mark.parametrize("written", ["А-1", "Ν-1", "会議室"])
@pytest.mark.usefixtures("app_context")
def test_letters_of_another_script_make_no_code(written):
    assert why_not(spaces=f"{HEADER}{written},Zaal,meeting_room,10\n") == [(2, "code", "not_a_code", None)]


@pytest.mark.usefixtures("app_context")
def test_a_layout_is_one_layout_however_its_column_is_headed():
    files = {"spaces": "code,name_nl,type,cap_u-vorm,default_layout\nA,A,meeting_room,12,U\u2011VORM\n"}
    load(**files)
    places = the_house().policy("A", NOW.date()).capacities
    assert places == {"u-vorm": 12}
    assert why_not(spaces="code,name_nl,type,cap_u-vorm,cap_u\u2011vorm\nA,A,meeting_room,12,13\n") == [
        (1, "cap_u-vorm", "column_twice", None)
    ]


def _space(code: str) -> SpaceWish:
    return SpaceWish({"nl": "Zaal"}, "meeting_room", "Z1-VER", code)


def _made(sort: str, code: str):
    farid, hugo = person_by_username(FARID), person_by_username(HUGO)
    return {
        "space": lambda: create_space(_space(code), farid, NOW),
        "zone": lambda: create_zone(ZoneWish(code, {"nl": "Zone"}, "F1"), farid, NOW),
        "body": lambda: add_precedence(
            code, PrecedenceWish({"nl": "Raad"}, 1, "protocol_officer", 1), hugo, NOW, reason="Reglement"
        ),
        "person": lambda: create_user(NewPerson(code, ("staff",)), "fietsbel kaas lampje", Passwords(**QUICK_ARGON2)),
    }[sort]


@pytest.mark.parametrize(
    ("sort", "there", "field"),
    [("space", "VZ-101", "code"), ("zone", "Z1-VER", "code"), ("body", "N-1", "code"), ("person", ANN, "username")],
)
@pytest.mark.usefixtures("demo")
def test_who_makes_something_by_hand_is_told_that_its_code_is_taken(sort, there, field):
    if sort == "body":
        _made(sort, there)()
    for written in (disguised(there), there.upper(), there.lower(), f" {there}\u00a0"):
        with pytest.raises(BadRequest) as refused:
            _made(sort, written)()
        assert (refused.value.field, refused.value.code, refused.value.facts) == (field, "taken_code", {"place": there})


@pytest.mark.parametrize("sort", ["space", "zone", "body", "person"])
@pytest.mark.usefixtures("demo")
def test_what_is_made_by_hand_has_its_code_in_its_one_form(sort):
    made = _made(sort, "Q\u20111\u200b")()
    house = the_house()
    assert {
        "space": "Q-1" in house.spaces,
        "zone": "Q-1" in house.zones,
        "body": "Q-1" in {each.code for each in house.precedence},
        "person": sort == "person" and person_by_username("Q-1").id == made,
    }[sort]


@pytest.mark.usefixtures("demo")
def test_a_row_of_desks_passes_over_a_number_that_is_taken_in_another_form():
    load("demo", spaces="code,name_nl,type,zone_code\nwp-0spr-02,Plek,desk,Z0-SPR\n")
    made = create_desk_row(DeskRow("Z0-SPR", 2, {"nl": "Plek"}, first=1), person_by_username(FARID), NOW)
    assert made == ("WP-0SPR-01", "WP-0SPR-03")


@pytest.mark.usefixtures("demo")
def test_codes_that_somebody_types_in_a_form_find_what_they_look_like():
    farid = person_by_username(FARID)
    made = create_space(
        SpaceWish({"nl": "Samen"}, "meeting_room", "Z1-VER", parts=frozenset({"vz\u2011103", "VZ-104"})), farid, NOW
    )
    assert set(the_house().spaces[made].parts) == {"VZ-103", "VZ-104"}
    put(SetRule(Scope("rule", "R23"), {"applies_to": "z0\u2011spr"}), who=NORA)
    assert the_house().rule("R23", NOW.date()).applies_to == {"Z0-SPR"}


@pytest.fixture
def old_house(app_context):
    """One whose rooms were loaded before codes had one form: three that look like N-1, and one in another script."""
    load(
        spaces=f"{HEADER}N-1,Een,meeting_room,1\nQ-2,Twee,meeting_room,2\nQ-3,Drie,meeting_room,3\n"
        "Q-4,Vier,meeting_room,4\n"
    )
    with write_transaction():
        for new, code in (("N\u20111", "Q-2"), ("n-1", "Q-3"), ("会議室", "Q-4")):
            db.session.execute(text("UPDATE space SET code = :new WHERE code = :code"), {"new": new, "code": code})
        db.session.execute(text("UPDATE municipality SET revision = revision + 1"))


OLD = ["N-1", "N\u20111", "n-1", "会議室"]


@pytest.mark.usefixtures("old_house")
def test_old_codes_that_clash_are_each_found_by_themselves_first():
    assert sorted(the_house().spaces) == sorted(OLD)
    assert (
        load(
            "ergens",
            **{
                name.removesuffix(".csv"): content.decode()
                for name, content in exported_building(NOW, people=True).items()
            },
        ).changes
        == 0
    )
    load(spaces=f"{HEADER}N\u20111,Anders,meeting_room,2\n会議室,Nieuw,meeting_room,4\n")
    names = {code: space.names["nl"] for code, space in the_house().spaces.items()}
    assert names == {"N-1": "Een", "N\u20111": "Anders", "n-1": "Drie", "会議室": "Nieuw"}


@pytest.mark.usefixtures("old_house")
def test_beside_old_codes_that_clash_nothing_new_is_made():
    load(spaces=f"{HEADER}N\u20131,Anders,meeting_room,1\n")
    assert sorted(the_house().spaces) == sorted(OLD)
    assert the_house().spaces["N-1"].names["nl"] == "Anders"
    assert why_not(spaces=f"{HEADER}N-1,Een,meeting_room,1\nN\u20131,Een,meeting_room,1\n") == [
        (3, "code", "on_line_already", 2)
    ]

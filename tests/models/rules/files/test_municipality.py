"""A municipality read from CSV files: what is refused and where, and what is assumed where nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.rules.files.columns import SHAPES
from models.rules.files.draft import Known
from models.rules.files.municipality import Reading, read_municipality

DEMO = {
    path.name: path.read_bytes()
    for path in (Path(__file__).parents[4] / "blueprints" / "commands" / "demo").glob("*.csv")
}
SPACES = "code,name_nl,type\nVZ-1,Zaal een,meeting_room\nWP-1,Werkplek een,desk\n"
ZONES = "code,floor_code\nZ1,F1\n"
HOURS = "scope_type,scope_code,weekday,opens,closes,kind,valid_from,valid_to\n"


def read(**files: str | bytes) -> Reading:
    """Read a town of these files, beside two spaces where it says nothing of spaces."""
    contents = {"spaces": SPACES, **files}
    return read_municipality(
        {f"{name}.csv": text.encode() if isinstance(text, str) else text for name, text in contents.items()}, "Ergens"
    )


def faults(reading: Reading) -> list[tuple]:
    return [(fault.file, fault.line, fault.column, fault.code) for fault in reading.faults]


def row(reading: Reading, file: str, code: str) -> dict:
    return next(dict(record.values) for record in reading.records[file] if record.values.get("code") == code)


def space(columns: str, cells: str) -> dict:
    """One space of a town that fills in these columns for it."""
    reading = read(spaces=f"code,name_nl,type,{columns}\nX,X,{cells}\n")
    assert faults(reading) == []
    return row(reading, "spaces", "X")


def test_the_demo_has_no_faults_and_nothing_is_assumed_but_what_is_not_read_yet():
    reading = read_municipality(DEMO, "demo")
    assert faults(reading) == []
    assert {each.code for each in reading.assumptions} <= {"ignored_file", "ignored_column"}
    assert reading.counts() == {
        "municipality": 1,
        "organisations": 5,
        "buildings": 1,
        "floors": 4,
        "zones": 17,
        "services": 28,
        "spaces": 121,
        "opening_hours": 86,
        "closures": 40,
        "occupancy_rules": 23,
        "users": DEMO["users.csv"].count(b"\n") - 1,
        "roster": 90,
        "plan": 137,
    }


@pytest.mark.parametrize("typed", ["4.5", '"4,5"', '"4,50"'])
def test_a_measure_has_its_decimals_after_a_point_or_a_comma(typed):
    assert space("area_m2", f"desk,{typed}")["area_m2"] == 4.5


@pytest.mark.parametrize("absent", [f"{file}.csv" for file in SHAPES if file != "spaces"])
def test_every_file_but_spaces_may_be_absent_and_that_is_said(absent):
    reading = read_municipality({name: content for name, content in DEMO.items() if name != absent}, "demo")
    assert faults(reading) == []
    assert (absent, "no_file") in {(assumed.file, assumed.code) for assumed in reading.assumptions}


@pytest.mark.parametrize(
    ("file", "text", "line", "column", "why"),
    [
        ("spaces", "code,name_nl\nA,A\n", 1, "type", "column_missing"),
        ("spaces", "code,name_nl,type,type\nA,A,desk,desk\n", 1, "type", "column_twice"),
        ("spaces", "code;name_nl;type\nA;A;desk\n", 1, None, "not_commas"),
        ("spaces", "", 1, None, "empty_file"),
        ("spaces", SPACES + "VZ-1,Nog een,desk\n", 4, "code", "on_line_already"),
        ("spaces", SPACES + ",Naamloos,desk\n", 4, "code", "required"),
        ("spaces", SPACES + "A,,desk\n", 4, "name_nl", "required"),
        ("spaces", SPACES + "A,A,room\n", 4, "type", "unknown_choice"),
        ("spaces", SPACES + "A/B,A,desk\n", 4, "code", "not_a_code"),
        ("spaces", SPACES + "A?,A,desk\n", 4, "code", "not_a_code"),
        ("spaces", SPACES + "A,A\x07,desk\n", 4, "name_nl", "control_character"),
        ("spaces", SPACES + f"A,{'a' * 201},desk\n", 4, "name_nl", "too_long_text"),
        ("spaces", SPACES + "A,A,desk,1\n", 4, None, "cell_count"),
        ("spaces", SPACES + "A,A\n", 4, None, "cell_count"),
        ("spaces", SPACES + '\n\nA,"A,desk\n', 6, None, "not_csv"),
        ("spaces", SPACES.encode() + b"A,caf\xe9,desk\n", 4, None, "not_utf8"),
        ("spaces", "code,name_nl,type,fire_max\nA,A,desk,-1\n", 2, "fire_max", "out_of_range"),
        ("spaces", "code,name_nl,type,fire_max\nA,A,desk,veel\n", 2, "fire_max", "not_whole"),
        ("spaces", "code,name_nl,type,fire_max\nA,A,desk,9999999\n", 2, "fire_max", "out_of_range"),
        ("spaces", "code,name_nl,type,cap_theatre\nA,A,desk,4.5\n", 2, "cap_theatre", "not_whole"),
        ("spaces", 'code,name_nl,type,area_m2\nA,A,desk,"1,000"\n', 2, "area_m2", "not_a_number"),
        ("spaces", "code,name_nl,type,active\nA,A,desk,ja\n", 2, "active", "not_a_flag"),
        ("spaces", "code,name_nl,type,min_minutes,max_minutes\nA,A,booth,60,30\n", 2, "max_minutes", "below_shortest"),
        ("spaces", "code,name_nl,type,max_minutes\nA,A,booth,1441\n", 2, "max_minutes", "out_of_range"),
        ("spaces", "code,name_nl,type,exclusive\nA,A,coffee_corner,1\n", 2, "exclusive", "never_exclusive"),
        ("spaces", "code,name_nl,type,composite_of\nA,A,desk,B\n", 2, "composite_of", "unknown_code"),
        ("spaces", "code,name_nl,type,composite_of\nA,A,desk,A\n", 2, "composite_of", "part_of_itself"),
        ("spaces", "code,name_nl,type,approval_role\nA,A,desk,baas\n", 2, "approval_role", "unknown_choice"),
        ("municipality", "code,timezone\nERG,Europe/Nergens\n", 2, "timezone", "not_a_timezone"),
        ("municipality", "code\nERG\nVBK\n", 3, "code", "second_municipality"),
        ("organisations", "code,stands_for_public\nVER,1\nBEW,1\n", 3, "stands_for_public", "public_twice"),
        ("buildings", "code,valid_from,valid_to\nB,2027-01-02,2027-01-01\n", 2, "valid_to", "ends_before_start"),
        ("buildings", "code,valid_from\nB,1/2/2027\n", 2, "valid_from", "not_a_day"),
        ("buildings", "code,valid_from\nB,2027-02-30\n", 2, "valid_from", "not_a_day"),
        ("floors", "code,building_code,fire_max_persons\nF1,B1,-5\n", 2, "fire_max_persons", "out_of_range"),
        ("organisations", "code,colour\nGEM,blauw\n", 2, "colour", "not_a_colour"),
        ("services", "code,privacy_level\nS,geheim\n", 2, "privacy_level", "unknown_choice"),
        ("zones", "code,floor_code,owner_org_code\nZ,F0,XX\n", 2, "owner_org_code", None),
        ("users", "username,roles\njan,staff;koning\n", 2, "roles", "unknown_choice"),
        ("users", "username,email\njan,jan at stad\n", 2, "email", "not_an_email"),
        ("users", "username\njan\njan\n", 3, "username", "on_line_already"),
        ("opening_hours", HOURS + "building,B1,8,07:00,19:00,staff_access,,\n", 2, "weekday", "out_of_range"),
        ("opening_hours", HOURS + "building,B1,1,19:00,07:00,staff_access,,\n", 2, "closes", "closes_before_opens"),
        ("opening_hours", HOURS + "building,B1,1,24:00,24:00,staff_access,,\n", 2, "opens", "not_a_clock"),
        ("opening_hours", HOURS + "building,B1,1,7u,19:00,staff_access,,\n", 2, "opens", "not_a_clock"),
        ("opening_hours", HOURS + "space,WEG,1,07:00,19:00,staff_access,,\n", 2, "scope_code", "unknown_code"),
        (
            "opening_hours",
            HOURS + "building,B1,1,07:00,12:00,public,,\nbuilding,B1,1,11:00,13:00,public,,\n",
            3,
            "opens",
            "hours_overlap_line",
        ),
        ("closures", "date,kind,opens,closes\n2027-12-24,half_day,12:00,08:30\n", 2, "closes", "closes_before_opens"),
        ("closures", "date,kind,opens\n2027-12-24,public_holiday,08:30\n", 2, "kind", "hours_need_half_day"),
        ("occupancy_rules", "code\nR99\n", 2, "code", "unknown_choice"),
        ("occupancy_rules", "code,parameter\nR09,110\n", 2, "parameter", "not_percentages"),
        ("occupancy_rules", "code,applies_to\nR23,Z9\n", 2, "applies_to", None),
        ("plan", "scope,code,x_m,y_m,width_m,depth_m\nspace,VZ-9,0,0,1,1\n", 2, "code", "unknown_code"),
        ("plan", "scope,code,x_m,y_m,width_m,depth_m\nspace,VZ-1,0,0,0,1\n", 2, "width_m", "not_above"),
    ],
)
def test_a_fault_names_its_file_line_and_column(file, text, line, column, why):
    found = faults(read(**{file: text}))
    if why is None:  # nothing wrong here: the file that would list it is absent, and it is made
        assert found == []
    else:
        assert (f"{file}.csv", line, column, why) in found


def test_every_fault_is_told_not_only_the_first():
    reading = read(
        spaces="code,name_nl,type,fire_max\nA,,room,-1\nB,B,desk,x\n", users="username,active\njan,misschien\n"
    )
    assert faults(reading) == [
        ("spaces.csv", 2, "fire_max", "out_of_range"),
        ("spaces.csv", 2, "name_nl", "required"),
        ("spaces.csv", 2, "type", "unknown_choice"),
        ("spaces.csv", 3, "fire_max", "not_whole"),
        ("users.csv", 2, "active", "not_a_flag"),
    ]


def test_a_row_with_a_fault_makes_no_second_one_of_whoever_refers_to_it():
    reading = read(
        zones="code,floor_code,silent\nZ1,F1,2\nZ2,F1\n",
        spaces="code,name_nl,type,zone_code\nA,A,desk,Z1\nB,B,desk,Z2\n",
    )
    assert faults(reading) == [("zones.csv", 2, "silent", "not_a_flag"), ("zones.csv", 3, None, "cell_count")]


def test_without_spaces_there_is_nothing_to_load():
    reading = read_municipality({"users.csv": b"username\njan\n"}, "x")
    assert faults(reading) == [("spaces.csv", None, None, "missing_file")]


@pytest.mark.parametrize(
    "written",
    [
        "\ufeff" + SPACES,
        SPACES.replace("\n", "\r\n"),
        SPACES + "\n,,\n",
        SPACES.replace("code,name_nl", "Code, Name_NL "),
    ],
    ids=["byte order mark", "CRLF", "blank lines", "capitals and blanks in the header"],
)
def test_what_spreadsheets_write_is_read(written):
    reading = read(spaces=written)
    assert faults(reading) == []
    assert [record.values["code"] for record in reading.records["spaces"]] == ["VZ-1", "WP-1"]


def test_a_line_is_counted_where_it_begins_even_after_a_note_of_several_lines():
    reading = read(spaces='code,name_nl,type,notes\nA,A,desk,"een\ntwee"\nB,B,bureau,\n')
    assert faults(reading) == [("spaces.csv", 4, "type", "unknown_choice")]


def test_spaces_alone_make_a_building_with_usual_hours():
    reading = read()
    assert faults(reading) == []
    assert row(reading, "municipality", "ERGENS")["name_nl"] == "Ergens"
    assert row(reading, "organisations", "ORG")["is_host"] is True
    assert row(reading, "floors", "F0")["building_code"] == "B1"
    assert row(reading, "spaces", "VZ-1")["zone_code"] == "Z0"
    hours = {
        (r.values["scope_code"], r.values["kind"], r.values["weekday"], r.values["opens"], r.values["closes"])
        for r in reading.records["opening_hours"]
    }
    assert hours == {
        (scope, kind, day, 420, 1140)
        for day in range(1, 6)
        for scope, kind in (("B1", "staff_access"), ("Z0", "public"))
    }
    assert {"no_column", "no_file", "made", "usual_hours"} <= {assumed.code for assumed in reading.assumptions}


def test_the_organisation_named_most_becomes_the_host_when_no_file_lists_them():
    reading = read(spaces="code,name_nl,type,bookable_by_orgs\nA,A,desk,OCMW\nB,B,desk,GEM;OCMW\nC,C,desk,OCMW\n")
    assert row(reading, "organisations", "OCMW")["is_host"] is True
    assert row(reading, "organisations", "GEM")["is_host"] is False


@pytest.mark.parametrize(
    ("sort", "layout", "places", "slot", "exclusive", "privacy"),
    [
        ("meeting_room", "boardroom", 8, 15, True, "title"),
        ("desk", "desk", 1, 0, True, "busy"),
        ("booth", "interview", 3, 15, True, "busy"),
        ("counter", "counter", 1, 15, True, "title"),
        ("meeting_space", "informal", 20, 15, False, "title"),
        ("protocol_hall", "theatre", 20, 15, True, "title"),
        ("coffee_corner", "informal", 20, 15, False, "title"),
    ],
)
def test_a_type_brings_its_usual_policy(sort, layout, places, slot, exclusive, privacy):
    values = space("name_fr", f"{sort},")
    assert values["layouts"] == {layout: places}
    assert (values["slot_minutes"], values["exclusive"], values["privacy_default"]) == (slot, exclusive, privacy)
    assert values["min_minutes"] <= values["max_minutes"]


@pytest.mark.parametrize(
    ("columns", "cells", "layout", "layouts"),
    [
        ("cap_default,cap_banquet", "meeting_room,12,30", "boardroom", {"boardroom": 12, "banquet": 30}),
        ("cap_default,cap_boardroom", "meeting_room,12,30", "boardroom", {"boardroom": 12}),
        ("cap_theatre", "meeting_room,40", "theatre", {"theatre": 40}),
        ("cap_boardroom,cap_theatre", "meeting_room,10,40", "boardroom", {"boardroom": 10, "theatre": 40}),
        ("default_layout,cap_theatre", "meeting_room,cabaret,40", "cabaret", {"cabaret": 8, "theatre": 40}),
        ("cap_default,cap_theatre", "meeting_room,12,", "boardroom", {"boardroom": 12}),
    ],
)
def test_any_layout_may_have_places_and_the_default_layout_always_has(columns, cells, layout, layouts):
    values = space(columns, cells)
    assert (values["default_layout"], values["layouts"]) == (layout, layouts)


@pytest.mark.parametrize(
    ("columns", "cells", "shortest", "longest"),
    [
        ("min_minutes", "booth,150", 150, 150),
        ("max_minutes", "counter,30", 30, 30),
        ("slot_minutes", "meeting_room,60", 60, 480),
        ("slot_minutes", "desk,30", 30, 720),
    ],
)
def test_a_length_that_is_not_given_suits_the_one_that_is(columns, cells, shortest, longest):
    values = space(columns, cells)
    assert (values["min_minutes"], values["max_minutes"]) == (shortest, longest)


def test_composites_of_composites_come_down_to_physical_spaces():
    reading = read(
        spaces="code,name_nl,type,composite_of\nALL,A,meeting_room,AB;C\nAB,B,meeting_room,A;B\n"
        "A,A,meeting_room,\nB,B,meeting_room,\nC,C,meeting_room,\n"
    )
    assert faults(reading) == []
    assert row(reading, "spaces", "ALL")["composite_of"] == ("A", "B", "C")


def test_composites_in_a_circle_are_a_fault_at_each_of_them():
    reading = read(spaces="code,name_nl,type,composite_of\nA,A,desk,B\nB,B,desk,A\n")
    assert faults(reading) == [
        ("spaces.csv", 2, "composite_of", "part_of_itself"),
        ("spaces.csv", 3, "composite_of", "part_of_itself"),
    ]


def test_a_space_lies_on_the_floor_of_its_zone():
    told = read(zones=ZONES, spaces="code,name_nl,type,zone_code\nA,A,desk,Z1\n")
    assert row(told, "spaces", "A")["floor_code"] == "F1"
    wrong = read(zones=ZONES, spaces="code,name_nl,type,zone_code,floor_code\nA,A,desk,Z1,F2\n")
    assert faults(wrong) == [("spaces.csv", 2, "zone_code", "lies_elsewhere")]


@pytest.mark.parametrize(
    ("cells", "limit"), [("190,", 190), (",150", 150), ("190,150", 150), ("150,190", 150), (",", None)]
)
def test_the_stricter_of_a_floors_two_limits_counts(cells, limit):
    reading = read(floors=f"code,fire_max_persons,max_persons\nF0,{cells}\n")
    assert row(reading, "floors", "F0")["max_persons"] == limit


@pytest.mark.parametrize(
    "second",
    [
        "building,B1,1,12:00,13:00,public,,",  # touches
        "building,B1,2,11:00,13:00,public,,",  # another day
        "building,B1,1,11:00,13:00,after_hours,,",  # another kind
        "building,B1,1,11:00,13:00,public,2027-07-01,",  # begins after the first has ended
    ],
)
def test_hours_that_do_not_meet_stand_side_by_side(second):
    first = "building,B1,1,07:00,12:00,public,,2027-06-30"
    assert faults(read(opening_hours=f"{HOURS}{first}\n{second}\n")) == []


def test_hours_may_last_until_midnight_and_fall_on_one_week_of_the_month():
    reading = read(opening_hours="scope_code,weekday,week_of_month,opens,closes\nB1,6,1,18:00,24:00\n")
    assert faults(reading) == []
    assert [(r.values["week_of_month"], r.values["closes"]) for r in reading.records["opening_hours"]] == [(1, 1440)]


def test_a_zone_is_closed_to_residents_when_the_hours_do_not_mention_it():
    reading = read(opening_hours=HOURS + "building,B1,1,07:00,19:00,staff_access,,\n")
    assert len(reading.records["opening_hours"]) == 1


def test_a_building_without_staff_hours_gets_the_usual_ones():
    reading = read(opening_hours=HOURS + "zone,Z0,1,09:00,12:00,public,,\n")
    assert faults(reading) == []
    assert [r.values["weekday"] for r in reading.records["opening_hours"] if r.values["kind"] == "staff_access"] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_a_half_day_without_hours_is_the_morning_or_from_when_it_opens():
    reading = read(closures="date,kind,opens\n2027-12-24,half_day,\n2027-12-31,half_day,13:00\n")
    assert faults(reading) == []
    assert [(r.values["opens"], r.values["closes"]) for r in reading.records["closures"]] == [(0, 720), (780, 1440)]


def test_a_scope_that_is_not_given_follows_from_the_code():
    reading = read(
        zones=ZONES,
        spaces="code,name_nl,type,zone_code\nA,A,desk,Z1\n",
        plan="code,x_m,y_m,width_m,depth_m\nZ1,0,0,9,9\nA,1,1,2,2\n",
        opening_hours="scope_code,opens,closes\nB1,07:00,19:00\nZ1,09:00,12:00\nA,10:00,11:00\n",
    )
    assert faults(reading) == []
    assert [r.values["scope"] for r in reading.records["plan"]] == ["zone", "space"]
    assert [r.values["scope_type"] for r in reading.records["opening_hours"]][::5] == ["building", "zone", "space"]


def test_a_zone_without_a_floor_lies_where_its_spaces_lie():
    reading = read(zones="code\nZ1\n", spaces="code,name_nl,type,zone_code,floor_code\nA,A,desk,Z1,F3\n")
    assert faults(reading) == []
    assert row(reading, "zones", "Z1")["floor_code"] == "F3"


def test_a_municipality_without_a_code_takes_that_of_its_buildings_or_its_directory():
    assert row(read(municipality="name_nl\nErgens aan Zee\n"), "municipality", "ERGENS")["name_nl"] == "Ergens aan Zee"
    told = read(municipality="name_nl\nErgens\n", buildings="code,municipality_code\nB,ERG\n")
    assert row(told, "municipality", "ERG")["name_nl"] == "Ergens"


def test_a_towns_own_columns_and_files_are_ignored_and_that_is_said():
    reading = read(spaces="code,name_nl,type,sleutel\nA,A,desk,7\n", sleutels="nummer\n7\n")
    assert faults(reading) == []
    assert {("ignored_column", "spaces.csv", "sleutel"), ("ignored_file", "sleutels.csv", None)} <= {
        (assumed.code, assumed.file, assumed.column) for assumed in reading.assumptions
    }


def test_codes_may_be_strange_as_long_as_one_can_say_and_link_them():
    reading = read(spaces="code,name_nl,type\nZaal Élan 1,Zaal,meeting_room\n=SUM(1),Som,desk\n‘t Hof,Hof,booth\n")
    assert faults(reading) == []


def test_several_buildings_stand_side_by_side():
    reading = read(
        buildings="code,name_nl\nA,Huis\nB,Loods\n",
        floors="code,building_code\nA0,A\nB0,B\n",
        zones="code,floor_code\nZA,A0\nZB,B0\n",
        spaces="code,name_nl,type,zone_code\nX,X,desk,ZA\nY,Y,desk,ZB\n",
    )
    assert faults(reading) == []
    assert row(reading, "spaces", "Y")["floor_code"] == "B0"
    assert {r.values["scope_code"] for r in reading.records["opening_hours"]} == {"A", "B", "ZA", "ZB"}


def test_a_building_of_another_municipality_is_a_fault():
    reading = read(municipality="code\nERG\n", buildings="code,municipality_code\nB,VBK\n")
    assert faults(reading) == [("buildings.csv", 2, "municipality_code", "other_municipality")]


def test_a_column_that_is_not_there_keeps_what_is_known():
    known = Known(
        {
            "municipality": {"ERG": {"code": "ERG", "name_nl": "Ergens"}},
            "organisations": {"GEM": {"is_host": True}},
            "buildings": {"B": {}},
            "floors": {"F1": {"building_code": "B"}},
            "zones": {"Z1": {"floor_code": "F1"}},
            "spaces": {
                "A": {
                    "code": "A",
                    "floor_code": "F1",
                    "zone_code": "Z1",
                    "fire_max": 30,
                    "min_attendees": 4,
                    "default_layout": "theatre",
                    "layouts": {"theatre": 25, "ushape": 12},
                }
            },
        }
    )
    reading = read_municipality(
        {"spaces.csv": b"code,name_nl,type,fire_max,cap_ushape\nA,Anders,meeting_room,,14\n"}, "x", known
    )
    assert faults(reading) == []
    values = row(reading, "spaces", "A")
    assert (values["zone_code"], values["min_attendees"], values["fire_max"]) == ("Z1", 4, None)
    assert values["layouts"] == {"theatre": 25, "ushape": 14}

"""Loading a municipality into a real database: whole or not at all, twice the same, and beside what managers set."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.actions.bookings.book import book
from models.actions.files.import_building import (
    ImportRefused,
    compared,
    import_building,
    import_compared,
    preview_building,
)
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.changes.spaces import SetCapacity
from models.rules.refusals import Refused
from models.rules.values import Scope
from models.tables.booking import Booking, Occupation
from models.tables.db import Base, db
from tests.cast import ANN, BRAM, DEMO_FILES, FARID, NORA, NOW, ask
from tests.changing import put, space

DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
TODAY, MONDAY = NOW.date(), "2027-03-08"
TOWN = "code,name_nl,type\nVZ-1,Zaal,meeting_room\n"


def load(directory: str = "ergens", now=NOW, **files: str):
    return import_building({f"{name}.csv": text.encode() for name, text in files.items()}, directory, now)


def reload_demo(now=NOW, **changed: tuple[str, str]):
    """The demo's files again, with a text in some of them replaced."""
    files = dict(DEMO)
    for name, (old, new) in changed.items():
        assert old.encode() in files[f"{name}.csv"]
        files[f"{name}.csv"] = files[f"{name}.csv"].replace(old.encode(), new.encode())
    return import_building(files, "demo", now)


def everything_stored() -> dict[str, list]:
    """Every row of every table but the revision, which only counts."""
    db.session.rollback()
    return {
        name: sorted(
            repr([value for column, value in row._mapping.items() if column != "revision"])
            for row in db.session.execute(select(table))
        )
        for name, table in Base.metadata.tables.items()
    }


def occupied_spaces(booking: int) -> set[str]:
    db.session.rollback()
    codes = {space.id: space.code for space in the_house().spaces.values()}
    return {
        codes[number]
        for number in db.session.scalars(select(Occupation.space_id).where(Occupation.booking_id == booking))
    }


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person_by_username(who), NOW).bookings[0]


@pytest.mark.usefixtures("app_context")
def test_what_was_compared_before_the_lock_is_compared_again_where_the_house_changed_meanwhile():
    of_an_empty_house = compared(DEMO, "demo", NOW)
    reload_demo()  # somebody else was quicker
    before = everything_stored()
    assert import_compared(of_an_empty_house, DEMO, "demo", NOW, None).changes == 0
    assert everything_stored() == before


@pytest.mark.usefixtures("app_context")
def test_the_demo_loads_whole():
    reload_demo()
    house = the_house()
    assert (house.code, len(house.spaces), len(house.zones), len(house.floors)) == ("VBK", 121, 17, 4)
    assert (len(house.organisations), len(house.services), len(house.closures)) == (5, 28, 40)
    assert house.limit("floor", "F1", TODAY) == 190
    assert house.limit("building", "AC", TODAY) == 750
    assert house.policy("VZ-001", TODAY).places("theatre").limit == 25
    assert house.spaces["VZ-101-102"].parts == ("VZ-101", "VZ-102")
    assert (house.spaces["PZ-01"].kind, house.spaces["PZ-01"].sort) == ("meeting_space", "protocol_hall")
    assert house.spaces["SK-04"].rectangle.width == 3.84
    assert person_by_username(ANN).roles == {"staff"}


@pytest.mark.usefixtures("app_context")
def test_the_same_files_again_change_nothing_at_all():
    reload_demo()
    before, revision = everything_stored(), the_house().revision
    assert reload_demo(now=NOW + timedelta(days=30)).changes == 0
    assert everything_stored() == before
    assert the_house().revision == revision


@pytest.mark.usefixtures("app_context")
def test_spaces_alone_make_a_house_one_can_book_in():
    load(spaces=TOWN, users="username\nann\n")
    house = the_house()
    assert (house.code, house.spaces["VZ-1"].zone, list(house.organisations)) == ("ERGENS", "Z0", ["ORG"])
    assert book(ask("VZ-1", f"{MONDAY}T09:00", "10:00"), person_by_username("ann"), NOW).bookings


@pytest.mark.usefixtures("app_context")
def test_with_one_fault_nothing_is_loaded():
    before = everything_stored()
    with pytest.raises(ImportRefused) as refused:
        load(spaces=TOWN + "VZ-1,Nog een,desk\nB,B,bureau\n")
    assert [(fault.line, fault.code) for fault in refused.value.faults] == [
        (3, "on_line_already"),
        (4, "unknown_choice"),
    ]
    assert everything_stored() == before


@pytest.mark.usefixtures("app_context")
def test_a_check_writes_nothing():
    before = everything_stored()
    assert preview_building({"spaces.csv": TOWN.encode()}, "ergens", NOW).reading.faults == ()
    assert everything_stored() == before


@pytest.mark.usefixtures("demo")
def test_another_municipality_is_refused_and_the_one_there_stays():
    with pytest.raises(ImportRefused) as refused:
        load(spaces=TOWN, municipality="code,name_nl\nXYZ,Elders\n")
    assert [(fault.file, fault.line, fault.code) for fault in refused.value.faults] == [
        ("municipality.csv", 2, "other_municipality")
    ]
    assert the_house().code == "VBK"


@pytest.mark.usefixtures("demo")
def test_without_a_municipality_file_the_one_there_stays_whatever_the_directory_is_called():
    load("elders", spaces="code,name_nl,type,zone_code\nNIEUW-1,Nieuw,booth,Z0-SPR\n")
    house = the_house()
    assert (house.code, len(house.spaces)) == ("VBK", 122)
    assert (house.spaces["NIEUW-1"].floor, house.spaces["VZ-101"].names["nl"]) == ("F0", "De Vaart")


@pytest.mark.usefixtures("demo")
def test_absent_rows_stay_and_hours_closures_and_plan_are_replaced_whole():
    load(
        spaces="code,name_nl,type\nVZ-101,De Nieuwe Vaart,meeting_room\n",
        opening_hours="scope_type,scope_code,weekday,opens,closes,kind\nbuilding,AC,1,08:00,24:00,staff_access\n",
        closures="date,name_nl,org_codes\n2027-04-01,Grapjesdag,GEM;OCMW\n",
        plan="scope,code,x_m,y_m,width_m,depth_m\nspace,VZ-101,1,2,3,4.5\n",
    )
    house = the_house()
    assert len(house.spaces) == 121
    assert house.spaces["VZ-101"].names["nl"] == "De Nieuwe Vaart"
    assert house.policy("VZ-101", TODAY).capacities["theatre"] == 48  # no column speaks of it
    assert [(each.day, each.organisations) for each in house.closures] == [(date(2027, 4, 1), {"GEM", "OCMW"})]
    assert [code for code, space in house.spaces.items() if space.rectangle] == ["VZ-101"]
    assert house.policy("VZ-101", TODAY).scopes[-1] == ("building", "AC")
    with pytest.raises(Refused):
        booked(ANN, "VZ-103", "2027-03-09T09:00", "10:00")  # no more hours on Tuesdays
    assert booked(ANN, "VZ-103", f"{MONDAY}T22:00", "23:00")


@pytest.mark.usefixtures("demo")
def test_what_managers_set_stays_when_the_files_say_the_same_as_before():
    put(SetCapacity(space("VZ-101"), 10, {"ushape": 8}))
    put(SetLimit(Scope("floor", "F1"), 100), who=NORA)
    before = everything_stored()
    assert reload_demo(now=NOW + timedelta(days=1)).changes == 0
    assert everything_stored() == before
    assert the_house().limit("floor", "F1", TODAY) == 100


@pytest.mark.usefixtures("demo")
def test_what_changes_in_the_files_holds_at_once_and_the_managers_ceiling_stays():
    put(SetCapacity(space("VZ-104"), 5))
    reload_demo(
        spaces=(
            "scherm;whiteboard,15,15,480,0,5,90,15,,,0,0,0,0,0,title,1,1,,De Kaai\nVZ-105",
            "beamer,15,15,90,0,5,90,15,,,0,0,0,0,0,title,1,1,,De Kaai\nVZ-105",
        ),
        floors=("192,190,1,0,2,Erster", "192,170,1,0,2,Erster"),
    )
    house = the_house()
    policy = house.policy("VZ-104", TODAY)
    assert (policy.max_minutes, policy.ceiling) == (90, 5)
    assert house.spaces["VZ-104"].equipment == ("beamer",)
    assert house.limit("floor", "F1", TODAY) == 170


@pytest.mark.usefixtures("demo")
def test_people_keep_their_password_and_lose_the_roles_their_row_no_longer_names():
    reload_demo(users=("GEM-FAC,staff;facility_manager,nl", "GEM-FAC,staff,fr"))
    farid = person_by_username(FARID)
    assert (farid.roles, farid.language) == ({"staff"}, "fr")


@pytest.mark.usefixtures("demo")
def test_bookings_follow_a_composite_that_gets_another_part():
    booking = booked(FARID, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=20)
    assert occupied_spaces(booking.id) == {"VZ-101", "VZ-102"}
    reload_demo(spaces=("VZ-101;VZ-102", "VZ-101;VZ-102;VZ-103"))
    assert occupied_spaces(booking.id) == {"VZ-101", "VZ-102", "VZ-103"}
    with pytest.raises(Refused) as refused:
        booked(BRAM, "VZ-103", f"{MONDAY}T09:00", "10:00")
    assert [refusal.code for refusal in refused.value.refusals] == ["space_taken"]


@pytest.mark.usefixtures("demo")
def test_a_part_that_somebody_else_has_booked_is_a_fault_and_changes_nothing():
    booked(FARID, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=20)
    booked(BRAM, "VZ-103", f"{MONDAY}T09:30", "10:30")
    before = everything_stored()
    with pytest.raises(ImportRefused) as refused:
        reload_demo(spaces=("VZ-101;VZ-102", "VZ-101;VZ-102;VZ-103"))
    assert [(fault.file, fault.line, fault.column, fault.code) for fault in refused.value.faults] == [
        ("spaces.csv", 14, "composite_of", "bookings_clash")
    ]
    assert everything_stored() == before


@pytest.mark.usefixtures("demo")
def test_a_shared_space_cannot_become_exclusive_while_two_parties_share_it():
    for who in (ANN, BRAM):
        booked(who, "OR-06", f"{MONDAY}T09:00", "10:00", attendees=3)
    with pytest.raises(ImportRefused) as refused:
        reload_demo(spaces=("title,0,1,Informeel", "title,1,1,Informeel"))
    assert [(fault.column, fault.code) for fault in refused.value.faults] == [("exclusive", "bookings_clash")]


@pytest.mark.usefixtures("demo")
def test_unknown_attendance_counts_for_the_places_the_files_now_give():
    booking = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00")
    assert booking.persons == 8
    reload_demo(
        spaces=(
            "De Kaai,meeting_room,F1,Z1-VER,,GEM;OCMW;CAW;WW,,20,20,8,boardroom,8",
            "De Kaai,meeting_room,F1,Z1-VER,,GEM;OCMW;CAW;WW,,20,20,6,boardroom,6",
        )
    )
    db.session.rollback()
    assert db.session.scalar(select(Booking.persons).where(Booking.id == booking.id)) == 6

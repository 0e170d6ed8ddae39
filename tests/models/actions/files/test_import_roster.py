"""Who sits at which counter and speaks what: loaded from files, kept with what was before, and taken out again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.actions.files.import_building import ImportRefused, import_building, preview_building
from models.queries.duties import duties_of, languages_of, people_on_duty
from models.queries.house import the_house
from models.queries.import_rows import exported_building
from models.queries.people import people_by_username
from models.rules.roster.duties import Duty
from models.tables.db import db
from models.tables.roster import Absence, RosterDay
from tests.cast import ANN, CHRIS, GERDA, NOW, at

MONDAY, TUESDAY = date(2027, 3, 8), date(2027, 3, 9)
HEADER = "weekday,half_day,counter_code,service_code,username,weeks"
BEA = "medewerker.burgerzaken.05"
pytestmark = pytest.mark.usefixtures("demo")


def roster(*rows: str) -> dict[str, bytes]:
    return {"roster.csv": "\n".join((HEADER, *rows, "")).encode()}


def id_of(username: str) -> int:
    return people_by_username([username])[username].id


def named(duties: list[Duty]) -> dict[tuple[str, str], int | None]:
    return {(duty.counter, duty.half_day): duty.person_id for duty in duties}


def test_the_demos_duties_are_those_of_its_file():
    monday = named(duties_of(MONDAY, the_house(), "Z0-LOK"))
    assert monday["LK-01", "am"] == id_of(ANN)
    assert ("SB-01", "am") not in monday  # in another zone
    assert named(duties_of(MONDAY, the_house()))["SB-01", "am"] == id_of(GERDA)
    assert duties_of(date(2027, 3, 13), the_house(), "Z0-LOK") == []  # not the first Saturday of its month
    assert duties_of(date(2027, 3, 6), the_house(), "Z0-LOK") != []


def test_on_duty_is_who_sits_there_at_that_moment_and_is_not_away():
    house, moment = the_house(), at("2027-03-08T10:00")
    ids = [id_of(ANN), id_of(BEA)]
    assert people_on_duty("GEM-BEV", moment, house) == sorted(ids)
    db.session.add(Absence(person_id=ids[0], first_day=MONDAY, last_day=MONDAY))
    db.session.commit()
    assert people_on_duty("GEM-BEV", moment, house) == [ids[1]]
    assert ids[0] in named(duties_of(MONDAY, house)).values()  # whoever plans sees whose duty it was
    counter, service = house.spaces["LK-02"].id, house.services["GEM-RIJ"].id
    db.session.add(RosterDay(day=MONDAY, half_day="am", counter_id=counter, service_id=service, person_id=ids[1]))
    db.session.commit()
    assert people_on_duty("GEM-BEV", moment, house) == []
    assert ids[1] in people_on_duty("GEM-RIJ", moment, house)


def test_who_speaks_what_is_said_by_the_file_and_else_the_language_they_read():
    chris, ann = id_of(CHRIS), id_of(ANN)
    assert languages_of([chris])[chris] == {"nl", "fr", "en", "de"}
    line = f"{ANN},GEM,GEM-BEV,staff,fr,"
    import_building({"users.csv": f"username,org_code,service_code,roles,language,speaks\n{line}\n".encode()}, "x", NOW)
    assert languages_of([ann]) == {ann: {"fr"}}
    import_building({"users.csv": f"username,speaks\n{ANN},nl;ar\n".encode()}, "x", NOW)
    assert languages_of([ann]) == {ann: {"nl", "ar"}}
    with pytest.raises(ImportRefused) as refused:
        import_building({"users.csv": f"username,speaks\n{ANN},Dutch\n".encode()}, "x", NOW)
    assert [(each.column, each.code) for each in refused.value.faults] == [("speaks", "not_a_language_code")]


def test_a_changed_file_holds_from_its_day_on_and_the_same_again_writes_nothing():
    later, house = NOW + timedelta(days=6), the_house()  # Tuesday 9 March
    told = exported_building(NOW, people=True)["roster.csv"].decode()
    changed = {"roster.csv": told.replace(f"2,am,LK-02,GEM-BEV,{ANN},odd", f"2,am,LK-02,GEM-BEV,{CHRIS},odd").encode()}
    [gone, new] = sorted(preview_building(changed, "x", later).changes, key=lambda change: change.sort)
    assert (gone.sort, new.sort, new.name) == ("gone", "new", "LK-02")
    assert import_building(changed, "x", later).changes > 0
    assert import_building(changed, "x", later).changes == 0
    before, after = date(2027, 3, 2), date(2027, 3, 16)  # Tuesdays of odd weeks
    assert named(duties_of(before, house))["LK-02", "am"] == id_of(ANN)
    assert named(duties_of(after, house))["LK-02", "am"] == id_of(CHRIS)
    assert sorted(exported_building(later, people=True)["roster.csv"].split()) == sorted(changed["roster.csv"].split())


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([f"1,am,LK-01,GEM-BEV,{ANN},all", f"1,am,LK-02,GEM-BEV,{ANN},odd"], (3, "username", "roster_clash_line")),
        ([f"1,am,LK-01,GEM-BEV,{ANN},", f"1,am,LK-01,GEM-RIJ,{BEA},"], (3, "counter_code", "counter_taken_line")),
        ([f"1,am,VZ-101,GEM-BEV,{ANN},all"], (2, "counter_code", "not_a_counter")),
        ([f"1,am,LK-01,OCMW-LEE,{ANN},all"], (2, "username", "of_another_organisation")),
        (["1,am,LK-01,GEM-BEV,niemand,all"], (2, "username", "unknown_code")),
        ([f"8,am,LK-01,GEM-BEV,{ANN},all"], (2, "weekday", "out_of_range")),
        ([f"1,noon,LK-01,GEM-BEV,{ANN},all"], (2, "half_day", "unknown_choice")),
        ([f"1,am,LK-01,GEM-BEV,{ANN},some"], (2, "weeks", "unknown_choice")),
    ],
)
def test_a_bad_row_is_told_by_line_and_column_and_nothing_is_loaded(rows, fault):
    assert preview_building(roster(*rows), "x", NOW).changes == ()
    with pytest.raises(ImportRefused) as refused:
        import_building(roster(*rows), "x", NOW)
    assert [(each.line, each.column, each.code) for each in refused.value.faults] == [fault]
    assert named(duties_of(MONDAY, the_house()))["LK-01", "am"] == id_of(ANN)

"""Who coordinates, who heads and who books for whom: loaded from users.csv as it says, and taken out again."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from models.actions.files.import_building import ImportRefused, import_building, preview_building
from models.queries.house import the_house
from models.queries.import_rows import exported_building
from models.queries.people import person_by_username, with_assumed_duties
from models.rules.people.rights import services_coordinated_by, services_headed_by
from models.tables.db import db
from models.tables.person import PersonRow
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, INES, JEF, NOW

HEADER = "username,org_code,service_code,roles"
OCMW = {"OCMW-INT", "OCMW-LEE", "OCMW-SCH", "OCMW-WON", "OCMW-SEN", "OCMW-HVK"}
pytestmark = pytest.mark.usefixtures("demo")


def users(*rows: str, columns: str = "") -> dict[str, bytes]:
    return {"users.csv": "\n".join((HEADER + columns, *rows, "")).encode()}


def load(*rows: str, columns: str = ""):
    return import_building(users(*rows, columns=columns), "demo", NOW)


def coordinated_by(username: str) -> frozenset[str]:
    return services_coordinated_by(person_by_username(username), the_house())


def test_the_demo_says_who_coordinates_heads_and_books_for_whom():
    assert coordinated_by(CHRIS) == {"GEM-ONT", "GEM-BEV", "GEM-RIJ", "GEM-BST", "GEM-VRE"}
    assert coordinated_by(DORA) == OCMW == services_headed_by(person_by_username(ELS), the_house())
    assert coordinated_by("beheerder.ocmw") == set()  # being an administrator makes nobody a coordinator
    assert person_by_username(ELS).delegates == {DORA}
    assert person_by_username(ANN).delegates == set()


def test_a_change_of_duties_is_shown_before_it_is_made_and_made_once():
    row = f"{CHRIS},GEM,GEM-BEV,staff;counter_coordinator,GEM-BEV,,{ANN};{BRAM}"
    told = users(row, columns=",coordinates,heads,delegates")
    [change] = preview_building(told, "demo", NOW).changes
    assert {name: after for name, _before, after in change.columns} == {
        "coordinates": ("GEM-BEV",),
        "delegates": (ANN, BRAM),
    } | {name: after for name, _before, after in change.columns if name not in ("coordinates", "delegates")}
    assert import_building(told, "demo", NOW).changes > 0
    assert (coordinated_by(CHRIS), person_by_username(CHRIS).delegates) == ({"GEM-BEV"}, {ANN, BRAM})
    assert import_building(told, "demo", NOW).changes == 0


def test_what_people_have_comes_back_from_its_export():
    files = exported_building(NOW, people=True)
    line = next(each for each in files["users.csv"].decode().splitlines() if each.startswith(f"{ELS},"))
    assert ";".join(sorted(OCMW)) in line
    assert line.endswith(f",{DORA},nl")


def test_a_file_without_the_columns_keeps_what_is_known_and_gives_whoever_is_new_their_own_service():
    load(f"{DORA},OCMW,OCMW-LEE,staff;counter_coordinator", "nieuw,GEM,GEM-OMG,staff;counter_coordinator;service_head")
    assert coordinated_by(DORA) == OCMW
    new = person_by_username("nieuw")
    assert (new.coordinates, new.heads) == ({"GEM-OMG"}, {"GEM-OMG"})


def test_an_empty_cell_says_that_there_is_none():
    row = "nieuw,GEM,GEM-OMG,staff;counter_coordinator"
    load(f"{row},,,", columns=",coordinates,heads,delegates")
    assert coordinated_by("nieuw") == set()


@pytest.mark.parametrize(
    ("delegate", "why"),
    [
        (ELS, "no_colleague"),  # of an organisation with professional secrecy
        (JEF, "no_colleague"),  # of any other one
        (ANN, "no_colleague"),  # herself
        ("niemand", "unknown_code"),
    ],
)
def test_only_a_colleague_is_a_delegate(delegate, why):
    with pytest.raises(ImportRefused) as refused:
        load(f"{ANN},GEM,GEM-BEV,staff,{delegate}", columns=",delegates")
    assert [(fault.column, fault.code) for fault in refused.value.faults] == [("delegates", why)]


def test_whoever_moves_to_another_organisation_keeps_their_rows_and_none_of_their_duties():
    load(f"{DORA},GEM,GEM-BEV,staff;counter_coordinator")
    assert person_by_username(DORA).coordinates == OCMW
    assert coordinated_by(DORA) == set()


def test_what_was_assumed_is_confirmed_by_a_row_that_says_it_and_by_no_other():
    db.session.execute(update(PersonRow).where(PersonRow.username.in_((CHRIS, INES))).values(duties_assumed=True))
    db.session.commit()
    assert [each.username for each in with_assumed_duties()] == [CHRIS, INES]
    load(f"{CHRIS},GEM,GEM-BEV,staff;counter_coordinator")  # says nothing of what she coordinates
    assert [each.username for each in with_assumed_duties()] == [CHRIS, INES]
    load(f"{CHRIS},GEM,GEM-BEV,staff;counter_coordinator,GEM-BEV", columns=",coordinates")
    assert [each.username for each in with_assumed_duties()] == [INES]


def test_whoever_comes_to_another_service_has_it_since_the_load_that_says_so():
    assert person_by_username(DORA).service_since is None
    load(f"{DORA},OCMW,OCMW-SCH,staff;counter_coordinator")
    load(f"{DORA},OCMW,OCMW-SCH,staff;counter_coordinator", f"{ANN},GEM,GEM-BEV,staff")
    assert (person_by_username(DORA).service, person_by_username(DORA).service_since) == ("OCMW-SCH", NOW)

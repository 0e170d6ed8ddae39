"""The plan of a floor as a form: number fields for everything on it, saved in one go, without any script."""

from __future__ import annotations

import pytest

from models.queries.house import the_house
from models.rules.house.house import Rectangle
from tests.cast import FARID, INES

PLAN = "/manage/plan/F1"
SIDES = ("x", "y", "width", "depth")


@pytest.fixture
def drawn(demo_app):
    def read(code: str) -> Rectangle | None:
        with demo_app.test_request_context():
            house = the_house()
            return (house.spaces.get(code) or house.zones[code]).rectangle

    return read


class Sheet:
    """The form as a browser would send it: columns of equal length, one row for each thing."""

    def __init__(self, page) -> None:
        self.form = page.soup.find("form", id="change")
        self.rows = {
            row["data-thing"]: {each["name"]: each.get("value", "") for each in row.find_all("input")}
            for row in self.form.find_all("fieldset")
        }

    def type(self, thing: str, *metres: str) -> Sheet:
        self.rows[thing].update(zip(SIDES, metres, strict=True))
        return self

    def columns(self) -> dict[str, list[str]]:
        names = ("thing", "was", *SIDES)
        seen = self.form.find("input", attrs={"name": "seen"})["value"]
        return {"seen": seen, **{name: [row[name] for row in self.rows.values()] for name in names}}


def save(manager, sheet: Sheet, address: str = PLAN, **changes):
    return manager.post(address, sheet.columns() | changes)


def test_many_things_are_moved_with_one_press_and_the_rest_stays(signed_in, drawn):
    farid = signed_in(FARID)
    before = drawn("VZ-104")
    sheet = Sheet(farid.open(PLAN)).type("space:VZ-101", "17", "1", "4", "8,5")
    sheet.type("zone:Z1-VER", "16", "0", "21", "11")
    sent = save(farid, sheet)
    assert (sent.status, sent.location) == (303, PLAN)
    assert (drawn("VZ-101"), drawn("Z1-VER")) == (Rectangle(17, 1, 4, 8.5), Rectangle(16, 0, 21, 11))
    assert drawn("VZ-104") == before
    assert "2 things now lie elsewhere" in farid.open(PLAN).text


def test_what_is_not_on_the_plan_is_listed_and_emptied_fields_take_a_thing_off(signed_in, drawn):
    farid = signed_in(FARID)
    assert "Not yet on the plan" not in farid.open(PLAN).text  # the folding wall's two rooms are drawn as such
    assert save(farid, Sheet(farid.open(PLAN)).type("space:VZ-103", "", "", "", "")).status == 303
    page = farid.open(PLAN)
    assert drawn("VZ-103") is None
    assert "Not yet on the plan De Brug VZ-103" in page.text
    assert page.soup.find("fieldset", attrs={"data-thing": "space:VZ-103"})["data-spot"]
    assert save(farid, Sheet(page).type("space:VZ-103", "22", "6", "3", "3")).status == 303
    assert drawn("VZ-103") == Rectangle(22, 6, 3, 3)


def test_the_drawing_shows_every_zone_and_space(signed_in):
    page = signed_in(FARID).open(PLAN)
    shapes = page.soup.select("svg.plan-editor g[data-row]")
    assert len(shapes) == len([row for row in Sheet(page).rows.values() if row["x"]]) == 57


@pytest.mark.parametrize(
    "metres",
    [
        ("1", "1", "0", "1"),
        ("1", "1", "", "1"),
        ("-1", "1", "1", "1"),
        ("199", "1", "3", "1"),
        ("x", "1", "1", "1"),
        ("nan", "1", "1", "1"),
        ("1e9", "1", "1", "1"),
        ("9" * 400, "1", "1", "1"),
    ],
)
def test_a_wrong_number_is_said_of_its_thing_keeps_what_was_typed_and_saves_nothing(metres, signed_in, drawn):
    farid = signed_in(FARID)
    before = drawn("VZ-104"), drawn("VZ-101")
    sheet = Sheet(farid.open(PLAN)).type("space:VZ-104", "30", "4", "2", "2").type("space:VZ-101", *metres)
    page = save(farid, sheet)
    assert page.status == 400
    assert "VZ-101" in page.soup.select_one(".error-summary").get_text()
    assert page.wrong_fields() == set(SIDES)
    assert (drawn("VZ-104"), drawn("VZ-101")) == before
    again = Sheet(page)
    assert again.rows["space:VZ-104"]["x"] == "30"
    assert again.rows["space:VZ-101"]["x"] == metres[0]
    assert save(farid, again.type("space:VZ-101", "17", "1", "4", "8")).status == 303
    assert (drawn("VZ-104").x, drawn("VZ-101").depth) == (30, 8)


@pytest.mark.parametrize("tampered", [{"thing": ["space:VZ-101"]}, {"x": []}, {"was": ["a"]}, {"seen": "x" * 65}])
def test_a_form_that_was_tampered_with_is_refused(tampered, signed_in, drawn):
    farid = signed_in(FARID)
    assert save(farid, Sheet(farid.open(PLAN)), **tampered).status == 400


def test_a_thing_of_another_floor_is_refused(signed_in, drawn):
    farid = signed_in(FARID)
    answer = save(
        farid, Sheet(farid.open(PLAN)), thing=["space:VZ-201"], was=[""], x=["1"], y=["1"], width=["2"], depth=["2"]
    )
    assert answer.status == 400
    assert drawn("VZ-201").x != 1


def test_the_second_of_two_editors_keeps_own_moves_and_sees_the_others(signed_in, drawn):
    farid, other = signed_in(FARID), signed_in(FARID)
    sheet = Sheet(farid.open(PLAN)).type("space:VZ-101", "17", "1", "4", "8")
    assert save(other, Sheet(other.open(PLAN)).type("space:VZ-106", "33", "8", "2", "1")).status == 303
    refused = save(farid, sheet)
    assert refused.status == 409
    assert drawn("VZ-101").x != 17
    assert any("before you" in notice for notice in refused.notices())
    again = Sheet(refused)
    assert (again.rows["space:VZ-101"]["x"], again.rows["space:VZ-106"]["x"]) == ("17", "33")
    assert save(farid, again).status == 303
    assert (drawn("VZ-101").x, drawn("VZ-106").x) == (17, 33)


def test_spaces_that_lie_over_one_another_are_remarked_on_and_saved_all_the_same(signed_in, drawn):
    farid = signed_in(FARID)
    assert save(farid, Sheet(farid.open(PLAN)).type("space:VZ-106", "17", "1", "2", "2")).status == 303
    assert drawn("VZ-106") == Rectangle(17, 1, 2, 2)
    assert any("VZ-101 lies over VZ-106" in notice for notice in farid.open(PLAN).notices())


def test_a_partners_administrator_moves_its_own_spaces_on_a_drawing_of_all(signed_in, drawn):
    ines = signed_in(INES)
    page = ines.open("/manage/plan/F0")
    sheet = Sheet(page)
    assert {thing.partition(":")[0] for thing in sheet.rows} == {"space"}
    assert "space:SK-08" in sheet.rows
    assert "space:SK-05" not in sheet.rows
    assert len(page.soup.select("svg.plan-editor g[data-row]")) > len(sheet.rows)
    assert save(ines, sheet.type("space:SK-08", "1", "13", "2", "2"), "/manage/plan/F0").status == 303
    assert drawn("SK-08") == Rectangle(1, 13, 2, 2)
    sheet.rows["space:SK-05"] = {"thing": "space:SK-05", "was": "", "x": "1", "y": "1", "width": "2", "depth": "2"}
    sheet.form = ines.open("/manage/plan/F0").soup.find("form", id="change")
    assert save(ines, sheet, "/manage/plan/F0").status == 403

"""Opening hours and closing days for programs: read, set and taken back, with the bookings they leave outside."""

from __future__ import annotations

import pytest

from tests.blueprints.api.asking import codes, wish
from tests.cast import ANN, BRAM, CHRIS, FARID, INES, NORA

SPR = "/opening-hours/zone:Z0-SPR"
AFTERNOONS = [
    {"weekday": weekday, "opens": "13:00", "closes": "17:00", "kind": "public", "week_of_month": None, "label": None}
    for weekday in range(1, 6)
]


def week(rows=AFTERNOONS, **more) -> dict:
    return {"rows": rows, "reason": "Enkel namiddag", **more}


def closure(day: str = "2027-03-08", **more) -> dict:
    return {"from": day, "name": "Verhuis", **more}


def test_the_week_of_a_place_is_read_and_may_be_sent_back_as_it_is(program):
    farid = program(FARID, "manage")
    hours = farid.get("/opening-hours/building:AC").json
    assert (hours["scope"], hours["name"], hours["from"], hours["to"], hours["planned"]) == (
        "building:AC",
        "Administratief Centrum Vaartbeke",
        "2026-01-01",
        None,
        [],
    )
    assert {
        "weekday": 6,
        "opens": "08:30",
        "closes": "12:30",
        "kind": "staff_access",
        "week_of_month": 1,
        "label": "Toegang personeel eerste zaterdag",
    } in hours["rows"]
    again = farid.call("PUT", "/opening-hours/building:AC", json=week(hours["rows"]))
    assert (again.status_code, again.json["rows"], again.json["no_longer_fitting"]) == (200, hours["rows"], [])


def test_another_week_shows_what_no_longer_fits_and_refuses_the_next(program):
    booked = program(CHRIS).post("/bookings", wish("SK-01", end="09:30")).json
    program(CHRIS).post("/bookings", wish("SK-01", "14:00", "14:30"))
    answer = program(FARID, "manage").call("PUT", SPR, json=week())
    assert (answer.status_code, answer.json["rows"]) == (200, AFTERNOONS)
    [unfit] = answer.json["no_longer_fitting"]
    assert (unfit["booking"]["id"], unfit["codes"]) == (booked["id"], ["outside_hours"])
    assert codes(program(CHRIS).post("/bookings", wish("SK-02", end="09:30"))) == ["outside_hours"]


def test_a_week_for_the_summer_is_planned_and_goes_by(program):
    farid = program(FARID, "manage")
    before = farid.get(SPR).json["rows"]
    answer = farid.call("PUT", SPR, json=week(**{"from": "2027-07-01", "to": "2027-08-31"})).json
    assert answer["rows"] == before
    assert [(each["from"], each["to"]) for each in answer["planned"]] == [
        ("2027-07-01", "2027-08-31"),
        ("2027-09-01", None),
    ]


def test_a_partners_administrator_sets_the_hours_of_its_own_zone_alone(program):
    ines = program(INES, "manage")
    assert ines.call("PUT", "/opening-hours/zone:Z0-CAW", json=week()).status_code == 200
    assert ines.get(SPR).status_code == 200
    assert ines.call("PUT", SPR, json=week()).status_code == 403


@pytest.mark.parametrize(("who", "scope"), [(FARID, "write"), (ANN, "write"), (NORA, "manage")])
def test_who_may_not_set_hours_or_closures(program, who, scope):
    caller = program(who, scope)
    assert caller.call("PUT", SPR, json=week()).status_code == 403
    assert caller.post("/closures", closure()).status_code == 403
    assert caller.delete("/closures/1").status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"reason": "x"}, "rows"),
        ({"rows": []}, "reason"),
        (week(colour="red"), "colour"),
        (week(reason=" "), "reason"),
        (week(**{"from": "2027-03-02"}), "from"),
        (week(**{"from": "tomorrow"}), "from"),
        (week(**{"from": "2027-03-10", "to": "2027-03-09"}), "to"),
        (week([{"weekday": 1, "opens": "09:00", "closes": "25:00", "kind": "public"}]), "rows.0.closes"),
        (week([{"weekday": 1, "opens": "9:00", "closes": "12:00", "kind": "public"}]), "rows.0.opens"),
        (week([{"weekday": 1, "opens": "12:00", "closes": "09:00", "kind": "public"}]), "rows.0.closes"),
        (week([{"weekday": 8, "opens": "09:00", "closes": "12:00", "kind": "public"}]), "rows.0.weekday"),
        (week([{"weekday": 1, "opens": "09:00", "closes": "12:00", "kind": "open"}]), "rows.0.kind"),
        (
            week([{"weekday": 1, "opens": "09:00", "closes": "12:00", "kind": "public", "week_of_month": 6}]),
            "rows.0.week_of_month",
        ),
        (week([AFTERNOONS[0], AFTERNOONS[0]]), "rows.1.opens"),
        (week([{**AFTERNOONS[0], "valid_from": "2027-03-08"}]), "rows.0.valid_from"),
        (week(AFTERNOONS * 50), "rows"),
    ],
)
def test_a_week_that_makes_no_sense_names_its_field(program, body, field):
    farid = program(FARID, "manage")
    answer = farid.call("PUT", SPR, json=body)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json["errors"]] == [field]
    assert farid.get(SPR).json["rows"] != AFTERNOONS


@pytest.mark.parametrize("scope", ["zone:Z9", "floor:F1", "Z0-SPR", "space:", "zone:VZ-101", "zone:Z0-SPR:1"])
def test_an_unknown_place_is_not_found(program, scope):
    farid = program(FARID, "manage")
    assert farid.get(f"/opening-hours/{scope}").status_code == 404
    assert farid.call("PUT", f"/opening-hours/{scope}", json=week()).status_code == 404


# closures


def test_a_closure_shows_the_bookings_it_leaves_outside_and_refuses_the_next(program):
    booked = program(ANN).post("/bookings", wish()).json
    answer = program(FARID, "manage").post("/closures", closure(names={"en": "Moving"}))
    assert answer.status_code == 201
    [made], [unfit] = answer.json["items"], answer.json["no_longer_fitting"]
    assert (made["date"], made["kind"], made["names"], made["organisations"]) == (
        "2027-03-08",
        "local_closure",
        {"nl": "Verhuis", "en": "Moving"},
        [],
    )
    assert (unfit["booking"]["id"], unfit["codes"]) == (booked["id"], ["organisation_closed"])
    assert codes(program(BRAM).post("/bookings", wish("VZ-103"))) == ["organisation_closed"]
    assert program(FARID, "manage").delete(f"/closures/{made['id']}").status_code == 204
    assert program(BRAM).post("/bookings", wish("VZ-103")).status_code == 201


def test_a_name_of_blanks_is_no_name(program):
    farid = program(FARID, "manage")
    [made] = farid.post("/closures", closure(name=" Verhuis ", names={"fr": "  "})).json["items"]
    assert made["names"] == {"nl": "Verhuis"}
    blank = farid.call("PUT", SPR, json=week([{**AFTERNOONS[0], "label": " "}]))
    assert blank.json["rows"] == AFTERNOONS[:1]


def test_a_closure_may_last_some_days_or_leave_a_part_open_and_may_be_for_some(program):
    farid = program(FARID, "manage")
    days = farid.post("/closures", closure("2027-07-12", to="2027-07-16", organisations=["WW", "CAW"])).json["items"]
    assert [each["date"] for each in days] == [f"2027-07-{day}" for day in range(12, 17)]
    assert days[0]["organisations"] == ["CAW", "WW"]
    [half] = farid.post("/closures", closure("2027-12-23", opens="08:30", closes="12:00")).json["items"]
    assert (half["kind"], half["opens"], half["closes"]) == ("half_day", "08:30", "12:00")


def test_the_welfare_houses_administrator_closes_only_the_welfare_house(program):
    ines = program(INES, "manage")
    assert ines.post("/closures", closure(organisations=["CAW"])).status_code == 201
    for others in ([], ["GEM"], ["CAW", "GEM"]):
        assert ines.post("/closures", closure(organisations=others)).status_code == 403
    holiday = ines.get("/closures?start=2027-03-29&end=2027-03-30").json["items"][0]
    assert ines.delete(f"/closures/{holiday['id']}").status_code == 403


def test_everyone_signed_in_reads_the_closing_days_page_by_page(program):
    def dates(query: str) -> list[str]:
        return [each["date"] for each in program(ANN, "read").get(f"/closures{query}").json["items"]]

    coming = dates("")
    assert coming[0] == "2027-03-29"
    assert coming == sorted(coming)
    assert "2027-12-31" in coming
    assert dates("?start=2027-12-24&end=2027-12-26") == ["2027-12-24", "2027-12-25"]
    assert dates("?start=2027-12-24T09:00:00%2B01:00&end=2027-12-25T09:00:00%2B01:00") == ["2027-12-24", "2027-12-25"]
    assert dates("?start=2027-12-24&end=2027-12-26T00:00:00%2B01:00") == ["2027-12-24", "2027-12-25"]
    found, address = [], "/closures?limit=5"
    while address:
        answer = program(ANN).get(address).json
        found, address = found + [each["date"] for each in answer["items"]], answer["next"]
    assert found == coming


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "Verhuis"}, "from"),
        ({"from": "2027-03-08"}, "name"),
        (closure(name=" "), "name"),
        (closure(colour="red"), "colour"),
        (closure("2027-03-02"), "from"),
        (closure("2027-02-30"), "from"),
        (closure(to="2027-03-07"), "to"),
        (closure(to="2027-05-07"), "to"),
        (closure(kind="party"), "kind"),
        (closure(kind="bridging_day", opens="08:00", closes="12:00"), "kind"),
        (closure(opens="08:00"), "closes"),
        (closure(opens="12:00", closes="08:00"), "closes"),
        (closure(organisations=["NMBS"]), "organisations"),
        (closure(organisations="GEM"), "organisations"),
        (closure(names={"en": "x" * 201}), "names.en"),
        (closure("2027-03-29"), "from"),
        (closure("2027-03-29", organisations=["GEM"]), "from"),  # closed already
    ],
)
def test_a_closure_that_makes_no_sense_names_its_field(program, body, field):
    answer = program(FARID, "manage").post("/closures", body)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json["errors"]] == [field]


def test_a_closing_day_that_is_over_or_unknown_cannot_be_taken_back(program):
    farid = program(FARID, "manage")
    new_year = farid.get("/closures?start=2027-01-01&end=2027-01-02").json["items"][0]
    assert farid.delete(f"/closures/{new_year['id']}").status_code == 400
    assert farid.delete("/closures/99999").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?start=2027-01-01",
        "?start=2027-01-02&end=2027-01-01",
        "?start=x&end=y",
        "?start=2027-01-02&end=2027-01-01T00:00:00Z",
        "?colour=red",
        "?limit=0",
        "?after=nothing",
    ],
)
def test_a_question_that_makes_no_sense_is_refused(program, query):
    assert program(ANN).get(f"/closures{query}").status_code == 400

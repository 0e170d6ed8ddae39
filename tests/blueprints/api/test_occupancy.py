"""How many people are expected in a place, for programs."""

from __future__ import annotations

import pytest

from tests.blueprints.api.asking import MONDAY, moment
from tests.cast import ANN, BRAM, DORA, ELS, FARID, GERDA, INES, KAAT, LIEN, NORA

START, END = "start=2027-03-08T08:00:00%2B01:00", "end=2027-03-08T12:00:00%2B01:00"


@pytest.fixture
def crowd(booked):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Team")
    booked(ELS, "VZ-103", f"{MONDAY}T09:30", "10:30", attendees=8, title="Case")
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "10:00", attendees=3, service="OCMW-SCH")


@pytest.mark.parametrize(
    ("scope", "limit", "peak"),
    [
        ("zone:Z1-VER", 110, 22),
        ("floor:F1", 190, 22),
        ("floor:F0", 400, 3),
        ("building:AC", 750, 25),
        ("zone:Z0-SPR", 45, 3),
        ("zone:Z2-PRO", 46, 0),
    ],
)
def test_a_place_has_a_limit_a_peak_and_stretches_that_cover_the_window(scope, limit, peak, program, crowd):
    answer = program(FARID, "read").get(f"/occupancy?scope={scope}&{START}&{END}")
    assert answer.status_code == 200
    assert (answer.json["scope"], answer.json["limit"], answer.json["peak"]) == (scope, limit, peak)
    items = answer.json["items"]
    assert (items[0]["start"], items[-1]["end"]) == (moment("08:00"), moment("12:00"))
    assert all(before["end"] == after["start"] for before, after in zip(items, items[1:], strict=False))
    assert max(each["persons"] for each in items) == peak
    assert "step" not in answer.json


@pytest.mark.parametrize(
    ("who", "scope", "peak", "step"),
    [
        (FARID, "floor:F1", 22, None),
        (NORA, "zone:Z1-VER", 22, None),
        (INES, "zone:Z1-VER", 22, None),  # an administrator, where her own people may book
        (INES, "zone:Z0-LOK", 0, 5),  # and where they may not
        (INES, "floor:F1", 20, 5),
        (ANN, "zone:Z1-VER", 20, 5),
        (ELS, "building:AC", 25, 5),
        (GERDA, "zone:Z0-SPR", 1, 5),  # fewer than five
        (ANN, "zone:Z2-PRO", 0, 5),
    ],
)
def test_the_figure_itself_is_for_few_and_all_others_get_its_step(who, scope, peak, step, program, crowd):
    answer = program(who).get(f"/occupancy?scope={scope}&{START}&{END}")
    assert (answer.json["peak"], answer.json.get("step")) == (peak, step)
    assert max(each["persons"] for each in answer.json["items"]) == peak


def test_steps_are_told_of_whole_quarters_whatever_minutes_are_asked_for(program, booked):
    booked(ANN, "VZ-101", f"{MONDAY}T09:15", "09:45", attendees=3)
    window = "start=2027-03-08T09:14:00%2B01:00&end=2027-03-08T09:16:00%2B01:00"
    answer = program(BRAM).get(f"/occupancy?scope=zone:Z1-VER&{window}")
    assert answer.json["items"] == [
        {"start": moment("09:00"), "end": moment("09:15"), "persons": 0},
        {"start": moment("09:15"), "end": moment("09:30"), "persons": 1},
    ]
    exact = program(FARID).get(f"/occupancy?scope=zone:Z1-VER&{window}")
    assert [(each["start"][11:16], each["persons"]) for each in exact.json["items"]] == [("09:14", 0), ("09:15", 3)]


@pytest.mark.parametrize(
    ("who", "scope", "limit", "peak"),
    [
        (INES, "zone:Z0-CAW", 25, 2),  # the welfare house's own
        (FARID, "floor:F0", 400, 3),  # the other zones are exact to them: two more would be the welfare house's two
        (NORA, "floor:F0", 400, 3),
        (ANN, "floor:F0", 400, 5),
        (ELS, "floor:F0", 400, 5),
    ],
)
def test_a_zone_of_one_organisation_with_secrecy_answers_others_as_its_floor(who, scope, limit, peak, program, booked):
    booked(INES, "SK-08", f"{MONDAY}T09:00", "10:00", attendees=2, service="CAW-SLA")
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "10:00", attendees=3, service="OCMW-SCH")
    answer = program(who).get(f"/occupancy?scope=zone:Z0-CAW&{START}&{END}").json
    assert (answer["scope"], answer["limit"], answer["peak"]) == (scope, limit, peak)


@pytest.mark.parametrize(
    ("who", "scope", "persons", "beyond"),
    [
        (FARID, "zone:Z0-SPR", 3, None),
        (FARID, "floor:F0", 8, 4),  # seven in the welfare house: five of them
        (NORA, "building:AC", 8, 8),  # two zones of it count in fives
        (FARID, "floor:F2", 0, None),
        (INES, "zone:Z0-CAW", 7, None),
        (ANN, "floor:F0", 10, None),
    ],
)
def test_a_floor_less_its_zones_is_not_who_is_in_the_one_that_is_not_told(who, scope, persons, beyond, program, booked):
    booked(INES, "SK-08", f"{MONDAY}T09:00", "10:00", attendees=4, service="CAW-SLA")
    booked(INES, "SK-09", f"{MONDAY}T09:00", "10:00", attendees=3, service="CAW-SLA")
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "10:00", attendees=3, service="OCMW-SCH")
    answer = program(who).get(f"/occupancy?scope={scope}&{START}&{END}").json
    assert (answer["peak"], answer.get("up_to_more")) == (persons, beyond)


def test_people_are_counted_at_each_instant(program, crowd):
    answer = program(FARID).get(f"/occupancy?scope=floor:F1&{START}&{END}")
    assert [(each["start"][11:16], each["persons"]) for each in answer.json["items"]] == [
        ("08:00", 0),
        ("09:00", 14),
        ("09:30", 22),
        ("10:00", 8),
        ("10:30", 0),
    ]


def test_the_limit_is_the_one_that_holds_at_the_start(program, demo_app):
    farid = program(FARID, "manage")
    changed = farid.patch("/floors/F1", {"max_persons": 120, "reason": "Works", "from": "2027-03-09"})
    assert changed.status_code == 200
    limits = [
        farid.get(f"/occupancy?scope=floor:F1&start={day}T08:00:00Z&end=2027-03-11T08:00:00Z").json["limit"]
        for day in ("2027-03-08", "2027-03-09")
    ]
    assert limits == [190, 120]
    farid.patch("/floors/F1", {"max_persons": None, "reason": "Lifted"})
    assert farid.get(f"/occupancy?scope=floor:F1&{START}&{END}").json["limit"] is None


def test_a_shared_space_counts_all_groups_together_for_everyone_inside(program, booked):
    booked(FARID, "OR-04", f"{MONDAY}T09:00", "10:00", attendees=30)
    booked(ELS, "OR-04", f"{MONDAY}T09:30", "10:30", attendees=12)
    answer = program(BRAM).get(f"/occupancy?scope=space:OR-04&{START}&{END}")
    assert (answer.json["limit"], answer.json["peak"]) == (70, 42)


@pytest.mark.parametrize(
    ("who", "space", "persons"),
    [
        (BRAM, "VZ-101", 14),  # a colleague reads the title
        (ELS, "VZ-101", None),  # to another organisation it is busy
        (ANN, "VZ-103", None),  # professional secrecy
        (ELS, "VZ-103", 8),
        (DORA, "SK-05", 3),  # her own service's talk
        (ANN, "SK-05", None),
        (FARID, "SK-05", None),
        (INES, "SK-05", None),
    ],
)
def test_a_room_for_one_party_tells_its_number_only_to_who_may_know_of_it(who, space, persons, program, crowd):
    answer = program(who).get(f"/occupancy?scope=space:{space}&{START}&{END}")
    taken = [each for each in answer.json["items"] if each.get("persons") != 0]
    assert [each.get("persons") for each in taken] == [persons]
    assert answer.json["peak"] == (persons or 0)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (f"{START}&{END}", "scope"),
        (f"scope=floor:F9&{START}&{END}", "scope"),
        (f"scope=F1&{START}&{END}", "scope"),
        (f"scope=service:OCMW-SCH&{START}&{END}", "scope"),
        (f"scope=floor:&{START}&{END}", "scope"),
        (f"scope=floor:F1&{START}", "end"),
        (f"scope=floor:F1&{END}", "start"),
        (f"scope=floor:F1&{END.replace('end', 'start')}&{START.replace('start', 'end')}", "end"),
        (f"scope=floor:F1&{START}&end=2027-04-08T08:00:01%2B02:00", "end"),
        ("scope=floor:F1&start=2027-03-08T08:00:00&end=2027-03-08T09:00:00Z", "start"),
        (f"scope=floor:F1&{START}&{END}&limit=3", "limit"),
    ],
)
def test_what_cannot_be_answered_names_its_field(query, field, program):
    answer = program(ANN).get(f"/occupancy?{query}")
    assert answer.status_code == 400
    assert field in [each["field"] for each in answer.json["errors"]]


def test_a_month_in_which_the_clocks_change_has_31_days_too(program):
    march = "start=2027-03-01T00:00:00%2B01:00&end=2027-04-01T00:00:00%2B02:00"
    october = "start=2027-10-01T00:00:00%2B02:00&end=2027-11-01T00:00:00%2B01:00"
    for month in (march, october):
        assert program(ANN).get(f"/occupancy?scope=building:AC&{month}").status_code == 200


@pytest.mark.parametrize(("who", "status"), [(KAAT, 403), (LIEN, 403), (None, 401)])
def test_head_counts_are_for_whoever_works_here(who, status, program):
    assert program(who).get(f"/occupancy?scope=floor:F1&{START}&{END}").status_code == status

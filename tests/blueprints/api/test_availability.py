"""GET /availability: ranked, within the window, and each of it accepted by the booking call with the same values."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import pytest

from tests.blueprints.api.asking import moment, wish
from tests.cast import ANN, BRAM, DORA, FARID, KAAT
from tests.demo_building import open_day_and_night


def asked(start="09:00", end="10:00", day="2027-03-08", until=None, **more) -> str:
    return "/availability?" + urlencode(
        {"start": moment(start, day), "end": moment(end, until or day), **more}, doseq=True
    )


def found(program, who: str = ANN, **query) -> list[dict]:
    answer = program(who).get(asked(**query))
    assert answer.status_code == 200, answer.text
    assert answer.json["next"] is None
    return answer.json["items"]


def codes(items: list[dict]) -> list[str]:
    return [each["space"] for each in items]


def refused_fields(answer) -> list[str]:
    assert answer.status_code == 400
    return [each["field"] for each in answer.json["errors"]]


def test_a_proposal_says_where_when_how_well_and_why(program):
    best = found(program, end="18:00", minutes=60, attendees=8, kind="meeting_room")[0]
    assert {name: best[name] for name in ("space", "start", "end", "layout", "approvals")} == {
        "space": "VZ-104",
        "start": moment("09:00"),
        "end": moment("10:00"),
        "layout": "boardroom",
        "approvals": [],
    }
    assert 80 <= best["fit"] <= 100
    assert best["why"].startswith("Precies groot genoeg") or "8" in best["why"]


QUERIES = [
    (ANN, {"attendees": 8}),
    (ANN, {}),
    (ANN, {"kind": "desk"}),
    (ANN, {"end": "18:00", "minutes": 45}),
    (ANN, {"end": "18:00", "minutes": 50, "attendees": 14, "kind": "meeting_room"}),
    (ANN, {"end": "18:00", "minutes": 60, "layout": "theatre", "attendees": 20}),
    (ANN, {"end": "17:00", "kind": "desk"}),
    (DORA, {"end": "17:00", "kind": "booth", "minutes": 30}),
    (DORA, {"kind": "counter"}),
    (KAAT, {"end": "18:00", "minutes": 120, "attendees": 12}),
    (ANN, {"until": "2027-03-22", "start": "00:00", "end": "00:00", "minutes": 240, "attendees": 35}),
]


@pytest.mark.parametrize(("who", "query"), QUERIES)
def test_each_proposal_is_accepted_by_the_booking_call(program, who, query):
    program(BRAM).post("/bookings", wish("VZ-104", attendees=6))
    program(BRAM).post("/bookings", wish("VZ-101", "12:00", "16:00", attendees=12))
    items = found(program, who, **query)
    assert items
    assert len(set(codes(items))) == len(items)
    assert [each["fit"] for each in items] == sorted((each["fit"] for each in items), reverse=True)
    more = {name: query[name] for name in ("attendees", "layout") if name in query}
    for each in items:
        body = {"space": each["space"], "start": each["start"], "end": each["end"], **more}
        answer = program(who).post("/bookings/check", body)
        assert answer.status_code == 200, (each, answer.text)
        assert (answer.json["start"], answer.json["end"]) == (each["start"], each["end"])
        assert answer.json["approvals_awaited"] == each["approvals"]


def test_start_and_end_bound_what_is_proposed(program):
    items = found(program, start="10:15", end="14:40", minutes=60, limit=200)
    assert len(items) > 15
    for each in items:
        start, end = (datetime.fromisoformat(each[name]) for name in ("start", "end"))
        assert datetime.fromisoformat(moment("10:15")) <= start
        assert end <= datetime.fromisoformat(moment("14:40"))
        assert (end - start).total_seconds() == 3600


def test_without_minutes_it_is_the_whole_window_or_the_least_where_that_is_too_long(program):
    whole = found(program, end="11:30", kind="meeting_room")
    assert whole
    assert {each["end"] for each in whole} == {moment("11:30")}
    assert "VZ-106" not in codes(whole)
    least = found(program, end="18:00", kind="meeting_room")
    assert {(each["start"], each["end"]) for each in least} == {(moment("09:00"), moment("09:15"))}


FILTERS = [
    ({"kind": "booth"}, "SK-03", "VZ-104"),
    ({"zone": "Z2-PRO"}, "VZ-203", "VZ-104"),
    ({"equipment": "beamer;whiteboard"}, "VZ-101", "VZ-104"),
    ({"floor": "F2"}, "VZ-202", "VZ-104"),
    ({"equipment": ["beamer", "whiteboard"]}, "VZ-102", "VZ-103"),
    ({"accessible": "1", "attendees": 4}, "VZ-204", "VZ-106"),
    ({"layout": "theatre"}, "VZ-101", "VZ-104"),
    ({"attendees": 20}, "VZ-101", "VZ-103"),
    ({"building": "AC"}, "VZ-104", "WP-1BUR-01"),
]


@pytest.mark.parametrize(("query", "there", "not_there"), FILTERS)
def test_a_wish_narrows_what_is_proposed(program, query, there, not_there):
    items = codes(found(program, limit=200, **query))
    assert there in items
    assert not_there not in items


def test_near_changes_the_order_only(program):
    here = codes(found(program, attendees=8, kind="meeting_room"))
    there = codes(found(program, attendees=8, kind="meeting_room", near="Z2-PRO"))
    assert (here[0], there[0]) == ("VZ-104", "VZ-203")
    assert set(here) == set(there)


def test_no_more_come_than_were_asked_for(program):
    assert len(found(program, limit=3)) == 3
    assert len(found(program)) == 20


def test_what_is_taken_is_not_proposed_and_nor_is_what_is_for_others(program):
    program(BRAM).post("/bookings", wish("VZ-104", attendees=6))
    items = codes(found(program, limit=200))
    assert "VZ-104" not in items
    assert "VZ-002" not in items
    assert "VZ-103" in items


NONSENSE = [
    ({"kind": "castle"}, "kind"),
    ({"zone": "X"}, "zone"),
    ({"floor": "X"}, "floor"),
    ({"building": "X"}, "building"),
    ({"near": "X"}, "near"),
    ({"layout": "heap"}, "layout"),
    ({"equipment": "sword"}, "equipment"),
    ({"end": "08:00"}, "end"),
    ({"until": "2027-03-23"}, "end"),
    ({"minutes": "0"}, "minutes"),
    ({"minutes": "ten"}, "minutes"),
    ({"minutes": "61"}, "minutes"),
    ({"attendees": "0"}, "attendees"),
    ({"limit": "0"}, "limit"),
    ({"accessible": "maybe"}, "accessible"),
    ({"castle": "1"}, "castle"),
]


@pytest.mark.parametrize(("query", "field"), NONSENSE)
def test_nonsense_is_refused_with_its_field(program, query, field):
    assert refused_fields(program(ANN).get(asked(**query))) == [field]


def test_start_and_end_are_needed(program):
    assert set(refused_fields(program(ANN).get("/availability"))) == {"start", "end"}
    assert refused_fields(
        program(ANN).get("/availability?start=2027-03-08T09:00:00&end=2027-03-08T10:00:00%2B01:00")
    ) == ["start"]


def test_two_weeks_through_the_night_that_the_clock_goes_back_are_two_weeks(program):
    answer = program(ANN).get("/availability?start=2027-10-25T00:00:00%2B02:00&end=2027-11-08T00:00:00%2B01:00")
    assert answer.status_code == 200


def test_the_number_of_questions_is_the_same_for_many_bookings_as_for_few(program, demo_app, counted_queries):
    farid, numbers = program(FARID), []
    for hours in (range(8, 10), range(10, 18)):
        for hour in hours:
            for space in ("VZ-101", "VZ-102", "VZ-103", "VZ-202"):
                made = program(BRAM).post("/bookings", wish(space, f"{hour:02}:00", f"{hour:02}:30", attendees=5))
                assert made.status_code == 201, made.text
        farid.get(asked(end="18:00", minutes=60))
        with counted_queries() as counted:
            farid.get(asked(end="18:00", minutes=60))
        numbers.append(counted.number)
    assert numbers[0] == numbers[1] <= 6, numbers


def test_desks_of_ones_own_neighbourhood_come_first_and_those_of_other_services_last(program):
    zones = [
        each["space"].split("-")[1]
        for each in found(program, start="07:00", end="12:30", day="2027-03-11", kind="desk", limit=50)
    ]
    first_of = {zone: zones.index(zone) for zone in dict.fromkeys(zones)}
    last_of = {zone: len(zones) - 1 - zones[::-1].index(zone) for zone in first_of}
    assert last_of["1BUR"] < first_of["2STI"]
    assert last_of["2STI"] < min(first_of["1OMG"], first_of["2STA"])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-10-31T00:00:00+02:00", "2027-11-01T00:00:00+01:00"),  # 25 hours
        ("2027-03-28T00:00:00+01:00", "2027-03-29T00:00:00+02:00"),  # 23 hours
    ],
)
@pytest.mark.parametrize("minutes", [{}, {"minutes": 1440}])
def test_a_whole_day_is_proposed_and_booked_whatever_hours_it_has(program, demo_app, start, end, minutes):
    with demo_app.app_context():
        open_day_and_night("VZ-104")
    answer = program(ANN).get(
        "/availability?" + urlencode({"start": start, "end": end, "kind": "meeting_room", "attendees": 4, **minutes})
    )
    assert [(each["space"], each["start"], each["end"]) for each in answer.json["items"]] == [("VZ-104", start, end)]
    booked = program(ANN).post("/bookings", {"space": "VZ-104", "start": start, "end": end, "attendees": 4})
    assert booked.status_code == 201, booked.text

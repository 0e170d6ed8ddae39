"""Lists of bookings: filters that narrow, and pages that follow each other without a gap."""

from __future__ import annotations

from tests.blueprints.api.asking import wish
from tests.cast import ANN, BRAM, DORA

BOOKED = [
    (ANN, wish("VZ-101", "09:00", "10:00")),
    (ANN, wish("VZ-103", "10:00", "11:00")),
    (BRAM, wish("VZ-201", "09:30", "10:30")),
    (ANN, wish("SK-01", "11:15", "11:45")),
    (BRAM, wish("WP-1BUR-01", "07:00", "12:30")),
    (DORA, wish("VZ-104", "09:00", "10:00")),
]
DAY = "start=2027-03-08T00:00:00%2B01:00&end=2027-03-09T00:00:00%2B01:00"


FILTERS = [
    ("", ["WP-1BUR-01", "VZ-101", "VZ-104", "VZ-201", "VZ-103", "SK-01"]),
    (DAY, ["WP-1BUR-01", "VZ-101", "VZ-104", "VZ-201", "VZ-103", "SK-01"]),
    ("start=2027-03-08T10:00:00%2B01:00&end=2027-03-08T10:15:00%2B01:00", ["WP-1BUR-01", "VZ-201", "VZ-103"]),
    ("space=VZ-101", ["VZ-101"]),
    ("zone=Z1-VER", ["VZ-101", "VZ-104", "VZ-103"]),
    ("floor=F2", ["VZ-201"]),
    ("kind=booth", ["SK-01"]),
    ("kind=desk&floor=F2", []),
    ("mine=1", ["VZ-101", "VZ-103", "SK-01"]),
    ("mine=0&zone=Z1-VER", ["VZ-101", "VZ-104", "VZ-103"]),
    ("status=confirmed&mine=1", ["VZ-101", "VZ-103", "SK-01"]),
    ("status=cancelled;pending", []),
    ("building=AC&kind=meeting_room&mine=1", ["VZ-101", "VZ-103"]),
]


def test_filters_narrow_a_list(program):
    for who, body in BOOKED:
        assert program(who).post("/bookings", body).status_code == 201
    for query, spaces in FILTERS:
        found = program(ANN).get(f"/bookings?{query}").json["items"]
        # What starts together stands in no order that would say which came first.
        assert sorted(each["space"] for each in found) == sorted(spaces), query
        assert [each["start"] for each in found] == sorted(each["start"] for each in found), query


def test_pages_follow_each_other_without_a_gap(program):
    for who, body in BOOKED:
        program(who).post("/bookings", body)
    whole = program(ANN).get(f"/bookings?{DAY}").json["items"]
    for limit in (1, 2, 3, 6, 200):
        found, address = [], f"http://localhost/api/v1/bookings?{DAY}&limit={limit}"
        while address:
            answer = program(ANN).get(address).json
            assert len(answer["items"]) <= limit
            found += answer["items"]
            address = answer["next"]
        assert found == whole, limit


def test_a_page_goes_on_where_it_ended_when_something_was_booked_meanwhile(program):
    for who, body in BOOKED:
        program(who).post("/bookings", body)
    first = program(ANN).get("/bookings?limit=3").json
    program(BRAM).post("/bookings", wish("VZ-102", "08:00", "09:00"))
    later = program(ANN).get(first["next"]).json["items"]
    assert [each["space"] for each in later] == ["VZ-201", "VZ-103", "SK-01"]

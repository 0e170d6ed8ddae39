"""By program, whoever may not book a space gets none of its times: not in lists, not by number, not as head counts."""

from __future__ import annotations

import pytest

from tests.blueprints.api.asking import MONDAY, moment
from tests.cast import ANN, BRAM, DORA, ELS, FARID, GERDA, HUGO, INES, KAAT, LIEN, MARC, NORA

TODAY = "2027-03-03"


def window(day: str) -> str:
    return "&".join(
        f"{edge}={moment(clock, day).replace('+', '%2B')}" for edge, clock in (("start", "08:00"), ("end", "18:00"))
    )


@pytest.fixture
def taken(booked):
    """By day, what the social-welfare centre and the welfare house hold where only they may book."""
    return {
        day: (
            booked(DORA, "SK-05", f"{day}T10:00", "11:00", attendees=3, service="OCMW-SCH"),
            booked(INES, "SK-08", f"{day}T10:00", "11:00", attendees=2),
        )
        for day in (TODAY, MONDAY)
    }


def listed(program, who, query):
    return {each["id"] for each in program(who).get(f"/bookings?{query}").json["items"]}


@pytest.mark.parametrize("day", [TODAY, MONDAY])
@pytest.mark.parametrize("who", [ANN, KAAT, LIEN])
def test_an_outsider_finds_none_of_them(program, taken, who, day):
    for booking, space, zone in zip(taken[day], ("SK-05", "SK-08"), ("Z0-SPR", "Z0-CAW"), strict=True):
        for query in (f"space={space}", f"zone={zone}", "floor=F0", "kind=booth", "status=confirmed"):
            assert listed(program, who, f"{query}&{window(day)}") == set()
        assert program(who).get(f"/bookings/{booking.handle}").status_code == 404


@pytest.mark.parametrize("who", [FARID, GERDA, MARC, NORA, HUGO])
def test_whoever_is_on_duty_knows_what_is_taken_today_and_not_on_monday(program, taken, who):
    for day, told in ((TODAY, True), (MONDAY, False)):
        handles = {each.handle for each in taken[day]}
        assert listed(program, who, f"floor=F0&{window(day)}") == (handles if told else set())
        for handle in handles:
            answer = program(who).get(f"/bookings/{handle}")
            assert answer.status_code == (200 if told else 404)
            assert not told or set(answer.json) == {"id", "space", "kind", "start", "end"}


def test_whoever_may_book_there_and_whose_it_is_know_of_them(program, taken):
    for day in (TODAY, MONDAY):
        social, welfare = taken[day]
        assert listed(program, ELS, f"floor=F0&{window(day)}") == {social.handle}
        assert listed(program, INES, f"floor=F0&{window(day)}") == {welfare.handle}


def test_a_room_that_is_not_open_to_associations_has_no_times_for_them(program, booked):
    room, open_room = (
        booked(ANN, space, f"{MONDAY}T09:00", "10:00", attendees=6, title="Overleg") for space in ("VZ-103", "VZ-001")
    )
    assert listed(program, KAAT, window(MONDAY)) == {open_room.handle}
    assert listed(program, BRAM, window(MONDAY)) == {room.handle, open_room.handle}


@pytest.mark.parametrize(
    ("who", "day", "told"),
    [(ANN, TODAY, False), (ANN, MONDAY, False), (FARID, TODAY, True), (FARID, MONDAY, False), (ELS, MONDAY, True)],
)
def test_when_a_space_is_empty_is_not_told_either(program, taken, who, day, told):
    items = program(who).get(f"/occupancy?scope=space:SK-05&{window(day)}").json["items"]
    if told:
        assert (moment("10:00", day), moment("11:00", day)) in {(each["start"], each["end"]) for each in items}
    else:
        assert items == [{"start": moment("08:00", day), "end": moment("18:00", day)}]


def test_its_facts_are_for_everybody_and_it_is_never_offered(program, taken):
    assert program(ANN).get("/spaces/SK-05").json["code"] == "SK-05"
    hours = "start=2027-03-08T10:00:00%2B01:00&end=2027-03-08T10:30:00%2B01:00"
    free = program(ANN).get(f"/spaces?kind=booth&{hours}")
    assert {"SK-05", "SK-08"}.isdisjoint(each["code"] for each in free.json["items"])
    answer = program(ANN).post("/bookings/check", {"space": "SK-05", "start": moment("10:00"), "end": moment("11:00")})
    assert [each["code"] for each in answer.json["refusals"]] == ["not_for_your_organisation"]

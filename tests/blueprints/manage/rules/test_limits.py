"""A manager or prevention adviser sets how many people a zone, floor or building may hold."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from models.rules.refusals import Refused
from tests.cast import ANN, BRAM, ELS, FARID, NORA

MONDAY = "2027-03-08"
ABOVE = "Bookings above the limit, Monday 8 March 2027"
PLACES = [
    ("zone", "/manage/zones/Z1-VER", "Z1-VER", 110, "zone_full"),
    ("floor", "/manage/floors/F1", "F1", 190, "floor_full"),
    ("building", "/manage/building/AC", "AC", 750, "building_full"),
]


@pytest.fixture
def limit(demo_app):
    def read(scope: str, code: str):
        with demo_app.test_request_context():
            return the_house().limit(scope, code, date.fromisoformat(MONDAY))

    return read


@pytest.fixture
def crowd(booked):
    """Twenty-two people on the first floor at half past nine, fourteen before and eight after."""
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Team meeting")
    booked(ELS, "VZ-103", f"{MONDAY}T09:30", "10:30", attendees=8, title="Confidential plans")


@pytest.mark.parametrize(("scope", "address", "code", "before", "refused"), PLACES)
def test_a_limit_shows_the_bookings_during_which_it_is_passed_but_none_under_secrecy_and_refuses_the_next(
    scope, address, code, before, refused, signed_in, booked, crowd, limit
):
    manager = signed_in(NORA)
    assert manager.open(address).fields()["max_persons"] == str(before)
    assert limit(scope, code) == before
    page = manager.save(
        address, max_persons="20", reason="One staircase closed", legal_basis="Fire report 2027/3", step="leave"
    )
    [line] = page.rows(ABOVE)
    counted = "22 people, 20 allowed" if scope == "zone" else "more than the 20 allowed"  # as the day
    assert counted in line
    assert "Team meeting" in line
    folded = page.soup.select_one("details.day-above summary").get_text(" ", strip=True)
    many = {"zone": "2", "floor": "2–6", "building": "2–10"}[scope]  # two zones are counted in fives
    assert folded == f"Monday 8 March 2027 {many} too many at most, 09:00–10:00 1 booking"  # and not since half past
    assert "Public Centre for Social Welfare" not in page.text  # whether they are above it is theirs to know
    assert not any(word in page.text for word in ("Confidential plans", "VZ-103", "09:30"))
    assert "Fire report 2027/3" in page.rows("History")[0]
    booked(BRAM, "VZ-104", f"{MONDAY}T10:00", "10:30", attendees=8)
    with pytest.raises(Refused) as no:
        booked(BRAM, "VZ-105", f"{MONDAY}T10:00", "10:30", attendees=6)
    assert [(each.code, each.limit, each.actual) for each in no.value.refusals] == [(refused, 20, 22)]


def test_the_effects_of_a_limit_are_shown_first_and_are_those_that_saving_has(signed_in, crowd, limit):
    manager = signed_in(FARID)
    preview = manager.send("/manage/floors/F1", step="preview", max_persons="20", reason="Works")
    assert preview.status == 200
    assert limit("floor", "F1") == 190
    assert manager.send("/manage/floors/F1", preview, step="save").status == 200
    assert limit("floor", "F1") == 190
    assert preview.rows(ABOVE) == manager.save("/manage/floors/F1", preview, step="leave").rows(ABOVE) != []


def test_an_empty_number_lifts_the_limit(signed_in, limit):
    page = signed_in(FARID).save("/manage/zones/Z1-VER", max_persons="", reason="No longer needed")
    assert limit("zone", "Z1-VER") is None
    assert "no limit" in page.text


@pytest.mark.parametrize("address", [address for _, address, *_ in PLACES])
@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"max_persons": "-1"}, {"max_persons"}),
        ({"max_persons": "100001"}, {"max_persons"}),
        ({"max_persons": "a few"}, {"max_persons"}),
        ({"reason": ""}, {"reason"}),
        ({"legal_basis": "x" * 201}, {"legal_basis"}),
        ({"legal_basis": "a\0b"}, {"legal_basis"}),
        ({"valid_from": "2027-03-02"}, {"valid_from"}),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(address, typed, wrong, signed_in, limit):
    page = signed_in(FARID).send(address, **{"max_persons": "20", "reason": "Works", **typed})
    assert (page.status, page.wrong_fields()) == (400, wrong)
    assert [limit(scope, code) for scope, _, code, _, _ in PLACES] == [110, 190, 750]


def test_the_second_of_two_sees_what_the_first_set(signed_in, limit):
    farid, nora = signed_in(FARID), signed_in(NORA)
    page = farid.open("/manage/floors/F1")
    nora.save("/manage/floors/F1", max_persons="150", reason="Fire report")
    refused = farid.send("/manage/floors/F1", page, max_persons="120", reason="Works")
    assert (refused.status, limit("floor", "F1")) == (409, 150)
    [notice] = [each for each in refused.notices() if "before you" in each]
    assert "Preventieadviseur" in notice
    assert "150 people" in notice
    assert "Fire report" in notice
    farid.save("/manage/floors/F1", refused)
    assert limit("floor", "F1") == 120


@pytest.mark.parametrize("address", ["/manage/zones/Z9", "/manage/floors/F9", "/manage/building/XX"])
def test_an_unknown_place_is_not_found(address, signed_in):
    assert signed_in(FARID).open(address).status == 404


def test_the_excess_is_told_by_peak_and_bookings_are_folded_by_day(signed_in, booked, limit):
    for day in (MONDAY, "2027-03-09"):
        booked(ANN, "VZ-101", f"{day}T09:00", "11:00", attendees=14)
        booked(BRAM, "VZ-103", f"{day}T09:30", "10:30", attendees=8)
        booked(BRAM, "VZ-103", f"{day}T14:00", "15:00", attendees=8)
    booked(FARID, "VZ-104", "2027-03-09T10:00", "14:30", attendees=6)
    page = signed_in(FARID).send("/manage/zones/Z1-VER", step="preview", max_persons="13", reason="Works")
    days = [day.summary.get_text(" ", strip=True) for day in page.soup.select("details.day-above")]
    assert days == [
        "Monday 8 March 2027 9 too many at most, 09:00–11:00 2 bookings",
        "Tuesday 9 March 2027 15 too many at most, 09:00–11:00 1 too many at most, 14:00–14:30 4 bookings",
    ]

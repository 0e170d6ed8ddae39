"""Now in the building: who is here for certain, who may come, and nothing that tells of one talk in confidence."""

from __future__ import annotations

import pytest

from models.actions.presence.count_people import count
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.values import Scope
from tests.blueprints.booking.reading import Page, Reader
from tests.cast import ANN, BRAM, DORA, ELS, FARID, GERDA, INES, KAAT, LIEN, NORA, NOW
from tests.changing import put

MOST = 12


@pytest.fixture
def counted(demo_app):
    def counting(space: str, persons: int) -> None:
        with demo_app.test_request_context():
            count(space, persons, person_by_username(FARID), NOW)

    return counting


def figures(page: Page, place: str) -> dict[str, str]:
    row = page.soup.find(id=f"here-{place}")
    return {each.dt.get_text().strip(): each.dd.get_text().strip() for each in row.select(".sort")}


def words(page: Page, place: str) -> str:
    return " ".join(page.soup.find(id=f"here-{place}").get_text(" ").split())


def test_the_four_sorts_stand_apart_in_zone_floor_and_building(signed_in, here, counted):
    here(ANN, "VZ-101", comes=True, attendees=14)
    here(BRAM, "VZ-102", attendees=9)
    here(ANN, "VZ-103")
    counted("OR-06", 5)
    page = signed_in(FARID).open("/occupancy/now")
    assert figures(page, "zone-Z1-VER") == {"Checked in": "14", "Expected, not checked in": "9", "Unknown": "12"}
    for place in ("floor-F1", "building-AC"):
        assert figures(page, place) == {
            "Checked in": "14",
            "Counted without a name": "5",
            "Expected, not checked in": "9",
            "Unknown": "12",
        }
        assert "latest check-in at 09:00" in words(page, place)
        assert "as counted at 09:00" in words(page, place)
    assert "14 of 110" in words(page, "zone-Z1-VER")
    assert "19 to 23 of 190" in words(page, "floor-F1")  # of one of its zones only whole fives are told
    assert "If everybody comes: 40 to 44 of 190" in words(page, "floor-F1")
    assert page.soup.find("a", href="/occupancy")


def test_others_read_steps_and_not_since_when(signed_in, here, counted):
    here(ANN, "VZ-101", comes=True, attendees=14)
    here(BRAM, "VZ-102", attendees=3)
    counted("OR-06", 7)
    page = signed_in(ANN).open("/occupancy/now")
    assert figures(page, "floor-F1") == {
        "Checked in": "10 to 14",
        "Counted without a name": "5 to 9",
        "Expected, not checked in": "fewer than five",
    }
    assert "20 to 24 of 190" in words(page, "floor-F1")
    assert "If everybody comes" not in words(page, "floor-F1")  # 21 and 24 are one step
    assert "09:00" not in words(page, "floor-F1")


def test_who_is_in_a_zone_of_one_organisation_with_secrecy_its_own_people_know_alone(signed_in, here):
    here(INES, "SK-08", comes=True, attendees=2, service="CAW-SLA")
    assert figures(signed_in(INES).open("/occupancy/now"), "zone-Z0-CAW") == {"Checked in": "2"}
    page = signed_in(FARID).open("/occupancy/now")
    assert page.soup.find(id="here-zone-Z0-CAW") is None
    assert figures(page, "floor-F0") == {}
    assert "0 to 4 of 400" in words(page, "floor-F0")
    assert "in whole fives: CAW welfare house, Social service neighbourhood." in page.text


def test_a_place_above_its_limit_stands_first_in_words(signed_in, here, counted, demo_app):
    counted("OR-04", 52)
    here(ANN, "VZ-101", attendees=14)
    with demo_app.test_request_context():
        for zone, most in (("Z2-REF", 40), ("Z1-VER", 5)):
            put(SetLimit(Scope("zone", zone), most))
    page = signed_in(NORA).open("/occupancy/now")
    first = page.soup.select_one("#here .notice")
    assert [link["href"] for link in first.find_all("a")] == ["#here-zone-Z2-REF", "#here-zone-Z1-VER"]
    assert "52 here, 52 if everybody comes; the limit is 40" in " ".join(first.get_text(" ").split())
    assert "Above the limit" in words(page, "zone-Z2-REF")
    assert "Above the limit if everybody comes" in words(page, "zone-Z1-VER")


@pytest.mark.parametrize(
    ("who", "figure"),
    [
        (ANN, {"Unknown": "fewer than five"}),
        (ELS, {"Unknown": "fewer than five"}),
        (INES, {"Unknown": "2"}),  # it is no more than a taken place, in a zone where her people book too
        (DORA, {"Checked in": "fewer than five"}),  # her own service's talk
        (GERDA, {"Checked in": "fewer than five"}),  # who clears the building; to the last one on the list for that
        (FARID, {"Checked in": "2"}),
    ],
)
def test_whether_a_client_came_is_not_told_to_who_sees_only_a_taken_booth(who, figure, signed_in, here):
    here(DORA, "SK-05", comes=True, attendees=2, service="OCMW-SCH")
    assert figures(signed_in(who).open("/occupancy/now"), "zone-Z0-SPR") == figure


def test_nobody_is_named(signed_in, here):
    here(ANN, "VZ-101", comes=True, attendees=14, title="Street plan")
    text = signed_in(FARID).open("/occupancy/now").source
    assert "Street plan" not in text
    assert "Burgerzaken 01" not in text


@pytest.mark.parametrize(("who", "status"), [(ANN, 200), (DORA, 200), (KAAT, 403), (LIEN, 403)])
def test_it_is_for_whoever_works_here(who, status, signed_in):
    page = signed_in(who).open("/occupancy/now")
    assert page.status == status
    if status == 200:
        assert not page.soup.main.find("a", href="/occupancy/evacuation")


def test_the_number_of_questions_does_not_grow(signed_in, here, counted_queries):
    ann: Reader = signed_in(ANN)

    def questions() -> int:
        ann.open("/occupancy/now")
        with counted_queries() as counted:
            assert ann.open("/occupancy/now").status == 200
        return counted.number

    here(BRAM, "VZ-101", attendees=14)
    few = questions()
    for number in range(2, 7):
        here(BRAM, f"VZ-10{number}", attendees=2)
    assert questions() == few <= MOST

"""The first page of whoever manages: what asks for attention, then every place with its number."""

from __future__ import annotations

import pytest

from tests.cast import ANN, DORA, FARID, GERDA, INES, KAAT

MONDAY = "2027-03-08"
ABOVE = "Bookings above a limit"


def test_what_stands_above_a_limit_comes_first_with_the_way_to_it(signed_in, booked):
    manager = signed_in(FARID)
    assert any("No booking stands above a limit" in notice for notice in manager.open("/manage").notices())
    booking = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Team meeting")
    manager.save("/manage/spaces/VZ-101", ceiling="12", reason="Works")
    page = manager.open("/manage")
    [line] = page.rows(ABOVE)
    assert "Team meeting" in line and "14 people, 12 allowed" in line
    assert page.soup.find("a", href=f"/bookings/{booking.id}")


def test_requests_that_wait_are_counted(signed_in, booked):
    booked(ANN, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=30)
    booked(KAAT, "VZ-001", f"{MONDAY}T14:00", "15:00", attendees=10)        # waits for reception, not for Farid
    page = signed_in(FARID).open("/manage")
    assert any("1 booking waits for your word" in notice for notice in page.notices())


def test_the_building_stands_there_from_roof_to_room(signed_in):
    page = signed_in(FARID).open("/manage")
    for address, said in (("/manage/building/AC", "750 people"), ("/manage/floors/F1", "190 people"),
                          ("/manage/zones/Z1-VER", "110"), ("/manage/spaces/VZ-101", "22")):
        assert page.soup.find("a", href=address) and said in page.text
    assert len(page.soup.select("a[href^='/manage/spaces/']")) == 121
    assert len(page.soup.select("a[href^='/manage/zones/']")) == 17


@pytest.mark.parametrize("query, codes", [
    ("text=vaart", {"VZ-101", "VZ-101-102"}),
    ("text=vz-10&floor=F1&kind=meeting_room", {f"VZ-10{n}" for n in range(1, 7)} | {"VZ-101-102"}),
    ("floor=FP", {"PZ-01", "PZ-02", "PZ-03"}),
    ("kind=counter", {f"LK-0{n}" for n in range(1, 7)} | {"SB-01", "SB-02"}),
    ("text=no+such+room", set()),
    ("floor=nowhere", set()),
])
def test_spaces_are_found_by_name_floor_and_kind(query, codes, signed_in):
    page = signed_in(FARID).open(f"/manage?{query}")
    links = page.soup.select("a[href^='/manage/spaces/']")
    assert (page.status, {link["href"].rpartition("/")[2] for link in links}) == (200, codes)


def test_a_partners_administrator_sees_own_spaces_and_no_limits(signed_in, booked):
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=3, service="OCMW-LEE")
    signed_in(FARID).save("/manage/spaces/SK-05", ceiling="2", reason="Works")
    page = signed_in(INES).open("/manage")
    spaces = {link["href"].rpartition("/")[2] for link in page.soup.select("a[href^='/manage/spaces/']")}
    assert spaces == {"SK-08", "SK-09", "WP-0CAW-01", "WP-0CAW-02", "WP-0CAW-03", "WP-0CAW-04"}
    assert not page.soup.select("a[href^='/manage/floors/'], a[href^='/manage/zones/'], a[href^='/manage/building/']")
    assert page.rows(ABOVE) == []


def test_only_who_may_manage_finds_it_in_the_menu(signed_in):
    assert signed_in(FARID).open("/manage").soup.select(".site-nav a[href='/manage']")
    for username in (ANN, GERDA):
        answer = signed_in(username).open("/rooms")
        assert answer.status == 200 and not answer.soup.select("a[href='/manage']")


def test_from_home_a_space_has_its_new_number_in_three_clicks(signed_in):
    manager = signed_in(FARID)
    assert manager.open("/").soup.select(".site-nav a[href='/manage']")
    assert manager.open("/manage").soup.select("a[href='/manage/spaces/VZ-101']")
    assert "12 ceiling" in manager.save("/manage/spaces/VZ-101", ceiling="12", reason="Works").text


def test_the_number_of_questions_does_not_grow_with_the_bookings(signed_in, booked, demo_app, counted_queries):
    manager = signed_in(FARID)
    booked(ANN, "VZ-101", f"{MONDAY}T08:00", "08:30", attendees=14)
    manager.save("/manage/spaces/VZ-101", ceiling="12", reason="Works")

    def questions(address: str) -> int:
        manager.open(address)
        with counted_queries() as counted:
            assert manager.open(address).status == 200
        return counted.number

    few = [questions("/manage"), questions("/manage/spaces/VZ-101"), questions("/manage/floors/F1")]
    for hour in range(9, 18):
        booked(ANN, "VZ-101", f"{MONDAY}T{hour:02}:00", f"{hour:02}:30", attendees=12)
    manager.save("/manage/spaces/VZ-101", ceiling="10", reason="More works")
    many = [questions("/manage"), questions("/manage/spaces/VZ-101"), questions("/manage/floors/F1")]
    assert many == few
    assert max(many) <= 16

"""The first page of whoever manages: what asks for attention, then every place with its number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from blueprints.manage import overview
from models.actions.places.set_quota import add_quota
from models.actions.plans.make_plan import make_plan
from models.rules.changes.closing import Close
from models.rules.changes.outages import Break
from models.rules.changes.quotas import QuotaWish
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity
from models.rules.values import Scope
from tests.cast import ANN, DORA, FARID, GERDA, INES, KAAT, NORA, NOW
from tests.changing import by, put, space

MONDAY = "2027-03-08"
ABOVE = "Bookings above a limit"
TODAY = NOW.date()


def points(page) -> list[str]:
    """What asks for attention, in the order of the page."""
    return [" ".join(each.get_text(" ").split()) for each in page.soup.select(".attention h3")]


@pytest.fixture
def act(demo_app):
    """Do something past every page, as somebody: make a change, or whatever else is done by them."""

    def do(what, who: str = FARID):
        with demo_app.test_request_context():
            return what(by(who)) if callable(what) else put(what, who=who)

    return do


def test_what_stands_above_a_limit_comes_first_with_the_way_to_it(signed_in, booked):
    manager = signed_in(FARID)
    assert any("No booking stands above a limit" in notice for notice in manager.open("/manage").notices())
    booking = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Team meeting")
    manager.save("/manage/spaces/VZ-101", ceiling="12", reason="Works", step="leave")
    page = manager.open("/manage")
    [line] = page.rows(ABOVE)
    assert "Team meeting" in line
    assert "14 people, 12 allowed" in line
    assert page.soup.find("a", href=f"/bookings/{booking.handle}")


def test_of_more_spaces_than_can_be_read_each_floor_leads_to_its_own(signed_in, monkeypatch):
    monkeypatch.setattr(overview, "MOST_ON_A_PAGE", 5)
    farid = signed_in(FARID)
    page = farid.open("/manage?kind=meeting_room")
    assert not page.soup.select("#spaces a[href^='/manage/spaces/VZ']")
    floor = page.soup.select_one("#spaces a[href*='floor=F1']")
    rooms = [each["href"] for each in farid.open(floor["href"]).soup.select("#spaces th a")]
    assert "/manage/spaces/VZ-101" in rooms
    assert len(rooms) == int(floor.find_parent("tr").td.text)


def test_requests_that_wait_are_counted(signed_in, booked):
    booked(ANN, "VZ-101-102", f"{MONDAY}T09:00", "10:00", attendees=30)
    booked(KAAT, "VZ-001", f"{MONDAY}T14:00", "15:00", attendees=10)  # waits for reception, not for Farid
    page = signed_in(FARID).open("/manage")
    assert "1 booking waits for your word" in points(page)
    assert page.soup.select("main a[href='/approvals']")


def test_the_building_stands_there_from_roof_to_room(signed_in):
    page = signed_in(FARID).open("/manage")
    for address, said in (
        ("/manage/building/AC", "750 people"),
        ("/manage/floors/F1", "190 people"),
        ("/manage/zones/Z1-VER", "110"),
        ("/manage/spaces/VZ-101", "22"),
    ):
        assert page.soup.find("a", href=address)
        assert said in page.text
    assert len(page.soup.select("a[href^='/manage/spaces/']")) == 121
    assert len(page.soup.select("a[href^='/manage/zones/']")) == 17


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("text=vaart", {"VZ-101", "VZ-101-102"}),
        ("text=vz-10&floor=F1&kind=meeting_room", {f"VZ-10{n}" for n in range(1, 7)} | {"VZ-101-102"}),
        ("floor=FP", {"PZ-01", "PZ-02", "PZ-03"}),
        ("kind=counter", {f"LK-0{n}" for n in range(1, 7)} | {"SB-01", "SB-02"}),
        ("text=no+such+room", set()),
        ("floor=nowhere", set()),
    ],
)
def test_spaces_are_found_by_name_floor_and_kind(query, codes, signed_in):
    page = signed_in(FARID).open(f"/manage?{query}")
    links = page.soup.select("a[href^='/manage/spaces/']")
    assert (page.status, {link["href"].rpartition("/")[2] for link in links}) == (200, codes)


def test_a_partners_administrator_sees_own_spaces_and_no_limits(signed_in, booked):
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=3, service="OCMW-LEE")
    signed_in(FARID).save("/manage/spaces/SK-05", ceiling="2", reason="Works", step="leave")
    page = signed_in(INES).open("/manage")
    spaces = {link["href"].rpartition("/")[2] for link in page.soup.select("a[href^='/manage/spaces/']")}
    assert spaces == {"SK-08", "SK-09", "WP-0CAW-01", "WP-0CAW-02", "WP-0CAW-03", "WP-0CAW-04"}
    assert not page.soup.select("a[href^='/manage/floors/'], a[href^='/manage/zones/'], a[href^='/manage/building/']")
    assert page.rows(ABOVE) == []


def test_only_who_may_manage_finds_it_in_the_menu(signed_in):
    assert signed_in(FARID).open("/manage").soup.select(".site-nav a[href='/manage']")
    for username in (ANN, GERDA):
        answer = signed_in(username).open("/rooms")
        assert answer.status == 200
        assert not answer.soup.select("a[href='/manage']")


def test_from_home_a_space_has_its_new_number_in_three_clicks(signed_in):
    manager = signed_in(FARID)
    assert manager.open("/").soup.select(".site-nav a[href='/manage']")
    assert manager.open("/manage").soup.select("a[href='/manage/spaces/VZ-101']")
    assert "12 ceiling" in manager.save("/manage/spaces/VZ-101", ceiling="12", reason="Works").text


def test_the_number_of_questions_does_not_grow_with_the_bookings(signed_in, booked, demo_app, counted_queries):
    manager = signed_in(FARID)
    booked(ANN, "VZ-101", f"{MONDAY}T08:00", "08:30", attendees=14)
    booked(ANN, "VZ-101-102", "2027-04-05T09:00", "10:00", attendees=30)
    manager.save("/manage/spaces/VZ-101", ceiling="12", reason="Works", step="leave")

    def questions(address: str) -> int:
        manager.open(address)
        with counted_queries() as counted:
            assert manager.open(address).status == 200
        return counted.number

    few = [questions("/manage"), questions("/manage/spaces/VZ-101"), questions("/manage/floors/F1")]
    for hour in range(9, 18):
        booked(ANN, "VZ-101", f"{MONDAY}T{hour:02}:00", f"{hour:02}:30", attendees=12)
    for day in range(12, 17):
        booked(ANN, "VZ-101-102", f"2027-04-{day}T09:00", "10:00", attendees=30)
    manager.save("/manage/spaces/VZ-101", ceiling="10", reason="More works", step="leave")
    many = [questions("/manage"), questions("/manage/spaces/VZ-101"), questions("/manage/floors/F1")]
    assert many == few
    assert max(many) <= 20


def test_a_house_in_which_all_is_well_is_calm(signed_in):
    page = signed_in(FARID).open("/manage")
    assert points(page) == []
    assert any("Nothing asks for your attention" in notice for notice in page.notices())


def test_what_asks_for_attention_stands_in_the_order_of_its_weight_with_the_way_to_mend_it(signed_in, booked, act):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Team meeting")
    booked(ANN, "VZ-101-102", "2027-03-04T14:00", "15:00", attendees=30, title="Course")
    act(SetCapacity(space("VZ-101"), 12))
    act(Break(space("SK-05"), ("panic_button",)))
    act(SetRule(Scope("rule", "R23"), {"mode": "enforce"}, first=TODAY + timedelta(days=9)), who=NORA)
    act(SetRule(Scope("rule", "R16"), {"mode": "enforce"}, first=TODAY + timedelta(days=40)))
    act(lambda by: add_quota(QuotaWish("organisation", "GEM", None, "hours", "week", 1), *by, reason="fair"))
    act(lambda by: make_plan([SetCapacity(space("VZ-102"), 5)], "try", by))
    page = signed_in(FARID).open("/manage")
    assert points(page) == [
        "1 booking stands above a limit",
        "1 booking waits for your word",
        "1 thing is out of order",
        "1 rule changes within 30 days",
        "1 budget is nearly used",
        "1 plan is not finished",
    ]
    for said in (
        "Interview booth 5: panic button",
        "since 3 March 2027",
        "Not alone",
        "from 12 March 2027 on",
        "Until Thu 4 Mar",
        "Not applied yet",
    ):
        assert said in page.text
    links = {link["href"] for link in page.soup.select(".attention a")}
    assert {"/approvals", "/manage/rules/R23", "/manage/quotas", "/manage/plans", "/manage/rules"} <= links
    assert [notice for notice in page.notices() if "Nothing asks" in notice] == []


def test_closing_days_ahead_and_the_bookings_on_them_are_among_it(signed_in, booked, clock, act):
    booked(ANN, "VZ-101", "2027-03-30T09:00", "10:00", attendees=4, title="After Easter")
    act(Close(Scope("building", "AC"), {"nl": "Brugdag"}, "bridging_day", first=date(2027, 3, 30)))
    page = signed_in(FARID).open("/manage")
    assert points(page) == ["1 booking stands on a closing day"]
    assert "After Easter" in page.text
    clock.instant = datetime(2027, 3, 20, 8, 0, tzinfo=UTC)
    page = signed_in(FARID).open("/manage")
    assert points(page) == ["1 booking stands on a closing day", "2 closing days in the next 14 days"]


def test_whatever_asks_more_than_a_few_lines_says_how_many_more(signed_in, booked, act):
    for hour in range(8, 16):
        booked(ANN, "VZ-101", f"{MONDAY}T{hour:02}:00", f"{hour:02}:30", attendees=14)
    act(SetCapacity(space("VZ-101"), 12))
    page = signed_in(FARID).open("/manage")
    assert len(page.rows(ABOVE)) == 5
    assert points(page) == ["8 bookings stand above a limit"]
    assert "and 3 more" in page.text


def test_a_partner_hears_of_its_own_only(signed_in, booked, act):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    act(SetCapacity(space("VZ-101"), 12))
    act(Break(space("SK-05"), ("panic_button",)))
    act(lambda by: add_quota(QuotaWish("organisation", "GEM", None, "hours", "week", 1), *by, reason="fair"))
    act(lambda by: make_plan([SetCapacity(space("VZ-102"), 5)], "try", by))
    assert points(signed_in(INES).open("/manage")) == []
    act(Break(space("SK-08"), ("panic_button",)), who=INES)
    assert points(signed_in(INES).open("/manage")) == ["1 thing is out of order"]


@pytest.mark.parametrize(
    ("who", "seen", "unseen"),
    [
        (FARID, ["/manage/places", "/manage/table", "/manage/import", "/manage/hours", "/manage/crisis"], []),
        (NORA, ["/manage/table", "/manage/crisis"], ["/manage/places", "/manage/import", "/manage/hours"]),
        (INES, ["/manage/places", "/manage/table", "/manage/hours"], ["/manage/import", "/manage/crisis"]),
    ],
)
def test_the_parts_of_the_management_are_those_one_may_open_and_say_where_one_is(who, seen, unseen, signed_in):
    page = signed_in(who).open("/manage/table")
    links = {link["href"] for link in page.soup.select(".parts a")}
    assert set(seen) <= links
    assert not set(unseen) & links
    assert [link["href"] for link in page.soup.select(".parts a[aria-current=page]")] == ["/manage/table"]
    assert "Many at once" in page.soup.select_one(".parts-menu summary").get_text()

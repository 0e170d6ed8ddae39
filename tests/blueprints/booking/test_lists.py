"""The lists of spaces: by timeline, list, plan, week and month, whatever the address says."""

from __future__ import annotations

import re
from itertools import product

import pytest

from tests.cast import ANN, BRAM, ELS, KAAT, LIEN

TOMORROW = "2027-03-04"
LISTS = ("/rooms", "/desks", "/booths", "/spaces", "/board/timeline")
UNREADABLE = (
    "date=abc",
    "date=0001-01-01",
    "date=9999-12-31",
    "date=2027-02-30",
    "floor=F99",
    "zone=nowhere",
    "attendees=many",
    "attendees=-1",
    "attendees=" + "9" * 5000,
    "view=cube",
    "start=99:99",
    "block=night",
    "equipment=helipad",
)
HARMLESS = (
    "endpoint=x",
    "_external=1&_scheme=javascript",
    "code=x",
    "until=99",
    "start=10:00",
    "start=11:00&end=10:00",
    "start=02:30&end=03:30&date=2027-03-28",
)


@pytest.mark.parametrize("who", [ANN, KAAT, LIEN])
def test_every_list_opens_in_every_view_for_staff_and_for_outsiders(who, signed_in):
    reader = signed_in(who)
    for address, view in product(LISTS, ("", "timeline", "list", "plan", "week", "month")):
        page = reader.open(f"{address}?view={view}&date={TOMORROW}")
        assert page.status == 200, (address, view)
        assert len(re.findall(r"<h1\b", page.source)) == 1, (address, view)
        ids = re.findall(r'\sid="([^"]+)"', page.source)
        assert "content" in ids
        assert len(ids) == len(set(ids)), (address, view)


def test_what_an_address_says_and_cannot_be_read_is_left_out_of_it(signed_in):
    ann = signed_in(ANN)
    for address, query in product(LISTS, UNREADABLE):
        page = ann.open(f"{address}?{query}&accessible=1")
        assert (page.status, page.location) == (302, f"{address}?accessible=1"), query
    assert ann.open(page.location).status == 200


def test_other_words_in_an_address_do_no_harm(signed_in):
    ann = signed_in(ANN)
    for address, query in product((*LISTS, "/rooms/VZ-101", "/rooms/VZ-101/book"), HARMLESS):
        assert ann.open(f"{address}?{query}").status == 200, (address, query)


def test_an_unknown_place_is_not_found(signed_in):
    ann = signed_in(ANN)
    for address in (
        "/rooms/nothing",
        "/rooms/WP-1BUR-01",
        "/desks/VZ-101/book",
        "/booths/OR-01",
        "/bookings/999999",
        "/bookings/99999999999999999999",
    ):
        assert ann.open(address).status == 404, address


def test_a_form_is_prefilled_with_what_can_be_read(signed_in):
    ann = signed_in(ANN)
    for query in (
        "date=abc",
        "date=0001-01-01",
        "start=x",
        "attendees=99999999999999999999",
        "start=2027-03-09T25:61",
        "layout=moon",
    ):
        assert ann.open(f"/rooms/VZ-101/book?{query}").status == 200, query


def test_whoever_is_not_signed_in_is_sent_to_sign_in(demo_app):
    for address in (*LISTS, "/", "/mine", "/rooms/VZ-101", "/bookings/1"):
        answer = demo_app.test_client().get(address)
        assert answer.status_code == 303, address
        assert answer.headers["Location"].startswith("/login?next="), address


def test_a_composite_is_taken_by_its_parts_and_its_parts_by_it(signed_in, booked):
    booked(BRAM, "VZ-102", f"{TOMORROW}T10:00", "11:00", title="Part")
    booked("facilitair.beheerder", "VZ-101-102", f"{TOMORROW}T14:00", "16:00", attendees=30, title="Whole")
    page = signed_in(ANN).open(f"/rooms?date={TOMORROW}&view=timeline")

    def row(code: str) -> str:
        here = page.soup.find("span", class_="space-code", string=code).find_parent("tr")
        return " ".join(each.get_text(" ") for each in here.select("td.t, td.p"))

    assert "Part" in row("VZ-101-102")
    assert "Part" in row("VZ-102")
    assert "Part" not in row("VZ-101")
    assert all("Whole" in row(code) for code in ("VZ-101", "VZ-102", "VZ-101-102"))


def test_a_free_stretch_leads_to_a_form_that_fits_in_it(signed_in, booked):
    booked(BRAM, "VZ-105", f"{TOMORROW}T07:45", "15:45")
    ann = signed_in(ANN)
    page = ann.open(f"/rooms?date={TOMORROW}&view=timeline")
    row = page.soup.find("span", class_="space-code", string="VZ-105").find_parent("tr")
    form = ann.open(row.select_one("td.f a")["href"]).form("/rooms/VZ-105/book")
    hours = form.find(id="start")["value"], form.find(id="end")["value"]
    assert hours == ("07:00", "07:30")  # five minutes to air it, on the grid


def test_hours_asked_for_show_only_what_the_rules_accept_with_a_button(signed_in, booked):
    booked(ELS, "VZ-104", f"{TOMORROW}T10:00", "11:00")
    page = signed_in(ANN).open(f"/rooms?date={TOMORROW}&view=list&start=10:00&end=11:00&attendees=8")
    rows = {row.select_one(".space-code").text: row for row in page.soup.select(".rows > .row")}
    assert "VZ-106" not in rows  # four places
    assert rows["VZ-103"].select_one("a.button")
    assert not rows["VZ-104"].select_one("a.button")
    assert "taken" in rows["VZ-104"].text
    assert "organisation" in rows["VZ-002"].text


def test_more_people_than_the_usual_layout_takes_choose_the_layout_that_fits(signed_in):
    page = signed_in(ANN).open("/rooms/VZ-101/book?attendees=28")
    assert page.soup.select_one("#layout option[selected]")["value"] == "classroom"


def test_the_page_of_a_room_says_what_binds_its_places(signed_in):
    rows = {
        row.th.text: [cell.text for cell in row.find_all("td")]
        for row in signed_in(ANN).open("/rooms/VZ-001").soup.select("tbody tr")
    }
    assert rows["Theatre"] == ["25", "fresh air"]
    assert rows["Boardroom"] == ["18", "places"]


@pytest.mark.parametrize("view", ["timeline", "list", "plan", "week", "month"])
@pytest.mark.parametrize("address", LISTS)
def test_what_is_too_far_ahead_is_not_offered_but_says_when_it_can_be_booked(signed_in, address, view):
    page = signed_in(ANN).open(f"{address}?view={view}&date=2029-06-04")  # halls may be had two years ahead
    assert not page.soup.select("main a[href*='/book?'], main form[action$='/book']")
    assert re.search("This day cannot be booked yet (Can|Some can) be booked from", page.text)


def test_where_some_open_for_booking_sooner_than_others_the_page_says_so(signed_in):
    """On a day of 2029: a hall for everyone a year ahead, a meeting room three months."""
    ann = signed_in(ANN)
    rooms = ann.open("/rooms?view=list&date=2029-06-04")
    badges = {badge.text for badge in rooms.soup.select(".badge") if badge.text.startswith("From ")}
    assert badges == {"From 4 Jun 2028", "From 6 Mar 2029"}
    assert "Some can be booked from Sunday 4 June 2028, others later." in rooms.text
    one = ann.open("/rooms/VZ-104?date=2029-06-04")
    assert "Can be booked from Tuesday 6 March 2029." in one.text


def test_a_desk_may_be_had_a_fortnight_ahead_and_the_page_leads_to_the_last_day(signed_in):
    ann = signed_in(ANN)
    page = ann.open("/desks?date=2027-04-12")
    assert "Can be booked from Monday 29 March." in page.text
    assert {desk.select_one(".badge").text for desk in page.soup.select(".desk")} == {"From 29 Mar"}
    last = ann.open(page.link("The last day that can be booked now is Wednesday 17 March"))
    assert "cannot be booked yet" not in last.text
    assert last.buttons("Book")
    ahead = ann.open("/desks?date=2027-03-27")  # a Saturday: nobody is there
    assert "cannot be booked yet" not in ahead.text


def test_a_narrow_place_on_the_plan_says_as_a_wide_one_from_when_it_can_be_booked(signed_in):
    ann = signed_in(ANN)

    def on_plan(address):
        places = ann.open(address).soup.select("a.plan-space")
        return {each["aria-label"].split()[0]: (each["aria-label"], each.select_one(".plan-state")) for each in places}

    booths = on_plan("/booths?view=plan&date=2027-06-14")
    for code, written, said in (
        ("SK-01", "From 15 Apr", "SK-01 From 15 Apr, Interview booth 1"),
        ("SK-03", "From 15/4", "SK-03 From 15/4, Interview booth 3"),
        ("LK-01", "From 15/4", "LK-01 From 15/4, Counter 1"),
    ):
        assert (booths[code][0], booths[code][1].text) == (said, written)
    assert on_plan("/booths?view=plan&date=2028-06-14")["LK-01"][1].text == "From 15/4/28"
    desk, _drawn = on_plan("/desks?view=plan&date=2027-04-12&floor=F1")["WP-1BUR-01"]
    assert desk.startswith("WP-1BUR-01 From 29 Mar")
    assert "Not possible" not in desk


def test_when_it_can_be_booked_is_said_with_its_year_where_that_is_not_the_pages_or_not_this_one(signed_in):
    ann = signed_in(ANN)
    page = ann.open("/rooms?view=list&date=2028-06-12")  # in three months' time for a room, and not this year
    assert "Can be booked from Tuesday 14 March 2028" in page.text
    assert "From 14 Mar 2028" in [badge.text for badge in page.soup.select(".badge")]
    january = ann.open("/desks?date=2028-01-10")  # opens this year still, for a day of the next
    assert "Can be booked from Monday 27 December 2027." in january.text
    assert "The last day that can be booked now is Wednesday 17 March 2027" in january.text
    assert {desk.select_one(".badge").text for desk in january.soup.select(".desk")} == {"From 27 Dec 2027"}


def test_on_the_last_day_only_what_begins_early_enough_is_offered(signed_in):
    """It is nine o'clock: a desk for the afternoon in two weeks can be booked from half past twelve."""
    ann = signed_in(ANN)
    assert ann.open("/desks?date=2027-03-17&block=morning").buttons("Book")
    afternoon = ann.open("/desks?date=2027-03-17&block=afternoon")
    assert not afternoon.buttons("Book")
    assert "Can be booked from 12:30 today" in afternoon.text
    row = (
        ann.open("/desks?date=2027-03-17&view=timeline")
        .soup.find("span", class_="space-code", string="WP-1BUR-01")
        .find_parent("tr")
    )
    assert [cell.text for cell in row.select("td.f, td.n")] == ["07:00–12:30 free", "Can be booked from 12:30 today"]
    week = (
        ann.open("/desks?date=2027-03-15&view=week")
        .soup.find("span", class_="space-code", string="WP-1BUR-01")
        .find_parent("tr")
    )
    assert [cell.text for cell in week.find_all("td")] == [
        "Free",
        "Free",
        "Half a day free",
        "From 4 Mar",
        "From 5 Mar",
        "Closed",
        "Closed",
    ]


def test_hours_asked_for_too_far_ahead_say_so_in_each_row(signed_in):
    page = signed_in(ANN).open("/rooms?date=2027-06-14&view=list&start=10:00&end=11:00")
    row = page.soup.find("span", class_="space-code", string="VZ-104").find_parent("li")
    assert "Can be booked from Tuesday 16 March" in row.text
    assert not row.select_one("a.button")


def row_in_list(page, code: str):
    return page.soup.find("span", class_="space-code", string=code).find_parent("li", class_="row")


def test_a_full_day_does_not_read_as_free_because_of_half_an_hour_at_seven(signed_in, booked):
    booked(BRAM, "VZ-105", f"{TOMORROW}T07:45", "15:45")
    booked(BRAM, "VZ-105", f"{TOMORROW}T16:00", "20:30")
    ann = signed_in(ANN)
    row = row_in_list(ann.open(f"/rooms?date={TOMORROW}&view=list"), "VZ-105")
    assert row.select_one(".badge").text == "Nearly full"
    assert not row.select_one(".badge-good")
    assert "Longest free stretch 07:00–07:30 (30 min). 92 % of the day is taken." in row.text
    assert row.select_one("a.button")["href"] == f"/rooms/VZ-105/book?start={TOMORROW}T07:00"
    place = ann.open(f"/rooms?date={TOMORROW}&view=plan&floor=F1").soup.select_one("a.plan-taken")
    assert place["aria-label"].startswith("VZ-105 Nearly full, De Boei. Longest free stretch 07:00–07:30")


def test_a_day_says_its_longest_free_stretch_and_how_much_is_taken(signed_in, booked):
    booked(BRAM, "VZ-104", f"{TOMORROW}T08:00", "11:00")
    booked(BRAM, "OR-01", f"{TOMORROW}T08:00", "11:00", attendees=20)
    ann = signed_in(ANN)
    rooms = ann.open(f"/rooms?date={TOMORROW}&view=list")
    assert row_in_list(rooms, "VZ-104").select_one(".badge-good").text == "Free 11:15–20:30"
    assert "(9 h 15). 22 % of the day is taken." in row_in_list(rooms, "VZ-104").text
    assert "Nothing is taken yet." in row_in_list(rooms, "VZ-103").text
    assert row_in_list(rooms, "VZ-201").select_one(".badge").text == "Free 07:00–20:30, after approval"
    assert "There are places all day." in row_in_list(ann.open(f"/spaces?date={TOMORROW}&view=list"), "OR-01").text


def test_of_today_only_the_rest_counts(signed_in, booked):
    booked(BRAM, "VZ-104", "2027-03-03T09:30", "17:30")
    row = row_in_list(signed_in(ANN).open("/rooms?date=2027-03-03&view=list"), "VZ-104")
    assert row.select_one(".badge").text == "Nearly full"
    assert "80 % of the rest of the day is taken" in row.text

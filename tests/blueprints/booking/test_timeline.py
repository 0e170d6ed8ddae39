"""The timeline: each minute shown lies in one cell of each row, and no cell says what its reader may not see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cast import ANN, BRAM, DORA, ELS, FARID, HUGO, KAAT, MARC

DAY, TOMORROW = "2027-03-03", "2027-03-04"
MINUTES = 15


def row_of(page, code: str):
    return page.soup.find("span", class_="space-code", string=code).find_parent("tr")


def lanes_of(page, code: str) -> list:
    """The space's rows of cells: its own and those beneath it that have no name of their own."""
    first = row_of(page, code)
    lanes = [first]
    for row in first.find_next_siblings("tr"):
        if row.th:
            break
        lanes.append(row)
    return lanes


def cells(row) -> list[tuple[int, str, str]]:
    return [
        (int(cell.get("colspan", 1)), cell.get("class", ["b"])[0], " ".join(cell.get_text(" ").split()))
        for cell in row.find_all("td")
    ]


@pytest.mark.parametrize("address", ["/rooms", "/desks", "/booths", "/spaces"])
@pytest.mark.parametrize("date", [TOMORROW, "2027-03-28", "2027-10-31", "2027-12-24"])
def test_every_row_covers_the_hours_shown_also_when_the_clock_changes(signed_in, booked, address, date):
    booked(ANN, "OR-04", f"{TOMORROW}T09:00", "11:00", attendees=20)
    page = signed_in(ANN).open(f"{address}?date={date}&view=timeline")
    columns = sum(int(each["colspan"]) for each in page.soup.select(".tl thead th[colspan]"))
    rows = [row for row in page.soup.select(".tl tbody tr") if row.td]
    assert rows
    assert {sum(span for span, *_rest in cells(row)) for row in rows} == {columns}


def test_a_room_shows_what_is_free_taken_and_kept_apart(signed_in, booked):
    booked(BRAM, "VZ-105", f"{TOMORROW}T10:00", "11:00", title="Papers")
    row = row_of(signed_in(ANN).open(f"/rooms?date={TOMORROW}&view=timeline"), "VZ-105")
    # A quarter of the grid is lost on either side: five minutes to air the room, and the grid's next step.
    assert [(state, span * MINUTES) for span, state, _text in cells(row)][:4] == [
        ("f", 165),
        ("b", 15),
        ("t", 60),
        ("b", 15),
    ]
    assert [text for _span, state, text in cells(row) if state == "f"][0] == "07:00–09:45 free"


def test_a_cell_says_nothing_that_its_row_or_its_column_says(signed_in, booked):
    """There are six hundred on a page: the row of a busy day is a thousand octets, of a free one 300."""
    for start, end in (("08:00", "09:00"), ("10:00", "11:30"), ("13:00", "14:00"), ("15:00", "16:00")):
        booked(BRAM, "VZ-104", f"{TOMORROW}T{start}", end, title="Papers")
    source = signed_in(ANN).open(f"/rooms?date={TOMORROW}&view=timeline").source
    rows = {code: next(each for each in source.splitlines() if f">{code}<" in each) for code in ("VZ-104", "VZ-103")}
    assert len(rows["VZ-104"].encode()) <= 1100
    assert len(rows["VZ-103"].encode()) <= 300
    assert rows["VZ-104"].count("<td></td>") == 8


def test_own_bookings_and_requests_are_told_apart(signed_in, booked):
    booked(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", title="Mine")
    booked(ANN, "PZ-03", f"{TOMORROW}T10:00", "12:00", attendees=10, title="Asked")
    ann = signed_in(ANN)
    rooms, halls = (ann.open(f"/{kind}?date={TOMORROW}&view=timeline") for kind in ("rooms", "spaces"))
    assert "Mine 10:00–11:00" in row_of(rooms, "VZ-104").select_one("td.m").text
    assert "Asked" in row_of(halls, "PZ-03").select_one("td.p").text


def test_groups_in_a_shared_space_lie_beneath_each_other_and_the_places_left_below_them(signed_in, booked):
    booked(FARID, "OR-01", f"{TOMORROW}T09:00", "11:00", attendees=20)
    booked(ANN, "OR-01", f"{TOMORROW}T10:00", "12:00", attendees=15)
    lanes = lanes_of(signed_in(ANN).open(f"/spaces?date={TOMORROW}&view=timeline"), "OR-01")
    assert len(lanes) == 3
    left = [text for _span, state, text in cells(lanes[-1]) if state == "f"]
    assert left[:4] == [
        "60 places free 07:00–09:00",
        "40 places free 09:00–10:00",
        "25 places free 10:00–11:00",
        "45 places free 11:00–12:00",
    ]


def test_an_evening_is_shown_as_what_it_asks_for(signed_in):
    row = row_of(signed_in(ANN).open(f"/rooms?date={TOMORROW}&view=timeline"), "VZ-001")
    [(_span, _state, text)] = [cell for cell in cells(row) if cell[1] == "e"]
    assert "key holder" in text


def test_an_evening_is_cut_by_what_is_booked_and_its_buffers(signed_in, booked):
    """Never "18:00-22:00" where one is booked at seven: half an hour around it stays clear."""
    booked(ANN, "VZ-001", "2027-03-05T20:30", "21:30", attendees=5, key_holder=MARC)
    row = row_of(signed_in(ANN).open("/rooms?date=2027-03-05&view=timeline"), "VZ-001")
    assert [text[:11] for _span, state, text in cells(row) if state == "e"] == ["19:00–20:00", "22:00–23:00"]


def test_a_free_half_day_of_a_desk_leads_to_its_block(signed_in, booked):
    booked(BRAM, "WP-1BUR-02", f"{TOMORROW}T07:00", "12:30")
    ann = signed_in(ANN)
    row = row_of(ann.open(f"/desks?date={TOMORROW}&view=timeline"), "WP-1BUR-02")
    [free] = row.select("td.f a")
    form = ann.open(free["href"]).form("/desks/WP-1BUR-02/book")
    assert form.find("input", attrs={"name": "block", "checked": True})["value"] == "afternoon"


@pytest.mark.parametrize("who", [ANN, HUGO, KAAT, ELS])
def test_a_talk_under_secrecy_is_only_a_taken_place(signed_in, booked, who):
    booked(DORA, "SK-05", f"{TOMORROW}T10:00", "10:45", attendees=2, service="OCMW-SCH")
    for view in ("timeline", "week", "month", "list", "plan"):
        page = signed_in(who).open(f"/booths?date={TOMORROW}&view={view}")
        assert "OCMW-SCH" not in page.source
        assert "Dora" not in page.text
    row = row_of(signed_in(who).open(f"/booths?date={TOMORROW}&view=timeline"), "SK-05")
    may_book = who == ELS
    assert [text for _span, state, text in cells(row) if state == "t"] == ["Busy 10:00–10:45"] * may_book


def test_a_title_is_text_whatever_stands_in_it(signed_in, booked):
    """The cells are written without Jinja's own escaping: timeline.py does it."""
    booked(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", title='<script>alert(1)</script> & "co"')
    page = signed_in(ANN).open(f"/rooms?date={TOMORROW}&view=timeline")
    assert "<script>alert" not in page.source
    assert page.soup.select_one("td.m").get_text().startswith('<script>alert(1)</script> & "co"')


def test_the_present_moment_is_drawn_on_today_alone(signed_in):
    ann = signed_in(ANN)
    assert ann.open(f"/rooms?date={DAY}&view=timeline").soup.select_one(".tl-now")
    assert not ann.open(f"/rooms?date={TOMORROW}&view=timeline").soup.select_one(".tl-now")


def test_a_week_is_a_strip_a_day(signed_in, booked):
    booked(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:00")
    page = signed_in(ANN).open(f"/rooms?date={DAY}&view=week")
    strips = [each.select(".strip-taken") for each in row_of(page, "VZ-104").find_all("td")]
    assert [bool(strip and strip[0]["d"]) for strip in strips] == [False, True] + [False] * 5
    assert strips[1][0]["d"] == "M36 0h12v1H36z"  # three hours after seven, for one hour, in fives


def test_a_month_says_of_each_date_how_many_hours_are_free_and_how_many_spaces_have_any(signed_in, booked):
    booked(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:30")
    for start, end in (("07:00", "11:00"), ("11:15", "15:15"), ("15:30", "19:30")):
        booked(BRAM, "VZ-105", f"{TOMORROW}T{start}", end)
    page = signed_in(ANN).open("/rooms?date=2027-03-20&view=month&attendees=5")
    boei, kaai = ([each for each in row_of(page, code).find_all("td")] for code in ("VZ-105", "VZ-104"))
    # The day before is over; on the 3rd it is nine o'clock; on the 4th it is open until half past eight in the evening.
    assert [(each.get("class", [""])[0], each.text) for each in kaai[1:7]] == [
        ("", ""),
        ("p", "10"),
        ("p", "11½"),
        ("f", "12"),
        ("f", "4"),
        ("x", "–"),
    ]
    assert (boei[3]["class"], boei[3].text) == (["p"], "¾")
    assert kaai[3].a["href"] == f"/rooms/VZ-104?date={TOMORROW}"
    free = [each.text for each in page.soup.select(".month-sum td")]
    assert (len(free), free[1], free[6]) == (31, "", "0")
    assert page.soup.select_one(".month-table thead a")["href"] == "/rooms?date=2027-03-01&view=timeline"


@pytest.mark.parametrize(
    ("now", "asked", "first", "last", "called", "steps"),
    [
        # Its last evening.
        ("2027-03-31", "", "2027-03-29", "2027-04-25", "29 March to 25 April 2027", ("2027-02-01", "2027-04-01")),
        ("2027-03-10", "", "2027-03-08", "2027-04-04", "8 March to 4 April 2027", ("2027-02-01", "2027-04-01")),
        # A Thursday: no day of March is to come.
        ("2027-04-01", "", "2027-04-01", "2027-04-30", "April 2027", ("2027-03-01", "2027-05-01")),
        # Asked for what is over, and for what is to come.
        ("2027-03-31", "2027-03-01", "2027-03-01", "2027-03-31", "March 2027", ("2027-02-01", "2027-04-01")),
        ("2027-03-31", "2027-04-08", "2027-04-01", "2027-04-30", "April 2027", ("2027-03-01", "2027-05-01")),
    ],
)
def test_this_month_begins_with_this_week_and_shows_four_at_least(
    signed_in, clock, now, asked, first, last, called, steps
):
    clock.instant = datetime.fromisoformat(now).replace(hour=19, tzinfo=UTC)
    page = signed_in(ANN).open(f"/rooms?view=month&date={asked}")
    days = [_date_in(each["href"]) for each in page.soup.select(".month-table thead a")]
    assert (days[0], days[-1], page.soup.select_one(".day-nav-day").text) == (first, last, called)
    assert tuple(_date_in(page.soup.select_one(f"[rel={rel}]")["href"]) for rel in ("prev", "next")) == steps


def _date_in(address: str) -> str:
    return address.partition("date=")[2][: len(DAY)]


def test_a_booking_dragged_elsewhere_opens_its_change_filled_in(signed_in, booked, kept):
    booking = booked(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=4, title="Street plan")
    ann = signed_in(ANN)
    query = f"space=VZ-105&date={TOMORROW}&start=14:00&end=15:00"
    form = ann.open(f"/bookings/{booking.handle}/change?{query}").form(f"/bookings/{booking.handle}/change")
    assert form.select_one("#space option[selected]")["value"] == "VZ-105"
    assert (form.find(id="start")["value"], form.find(id="title")["value"]) == ("14:00", "Street plan")
    assert kept(booking.id).space == "VZ-104"
    assert ann.open(f"/bookings/{booking.handle}/change?space=nowhere&date=x&start=99:99").status == 200


def test_what_a_change_would_come_to_is_said_before_it_is_made(signed_in, booked, kept):
    booking = booked(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=4)
    booked(BRAM, "VZ-105", f"{TOMORROW}T10:00", "11:00")
    ann = signed_in(ANN)
    wish = {
        "date": TOMORROW,
        "start": "10:00",
        "end": "11:00",
        "attendees": "4",
        "layout": "boardroom",
        "version": str(booking.version),
        "privacy": "title",
    }
    address = f"/bookings/{booking.handle}/change/check"
    assert "This is possible" in ann.send(address, **wish, space="VZ-103").source
    refused = ann.send(address, **wish, space="VZ-105")
    assert "not possible" in refused.source
    assert "What is possible" in refused.source
    assert kept(booking.id).space == "VZ-104"

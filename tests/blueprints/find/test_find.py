"""The finder's page: opens usefully, ranks, leads to a form that books just that, and helps where nothing fits."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from models.actions.bookings.book import check
from models.queries.bookings import bookings_page
from models.queries.people import person_by_username
from tests.blueprints.booking.reading import Page, values_of
from tests.cast import ANN, BRAM, BRUSSELS, DORA, GERDA, KAAT, NOW, ask, at

THURSDAY, SUNDAY = "2027-03-04", "2027-03-07"
AT_TEN = f"/find?date={THURSDAY}&start=10:00"
BY_SCRIPT = {"HX-Request": "true"}


def rows(page: Page) -> list[dict]:
    """What each line of the results says, and where its button leads."""
    found = []
    for row in page.soup.select(".proposal"):
        address = urlsplit(row.select_one("a.button")["href"])
        found.append(
            {
                "code": row.select_one(".space-code").get_text(),
                "hours": row.b.get_text(),
                "why": [each.get_text() for each in row.select(".why li")],
                "path": address.path,
                "query": {name: values[0] for name, values in parse_qs(address.query).items()},
            }
        )
    return found


def codes(page: Page) -> list[str]:
    return [row["code"] for row in rows(page)]


def checked(page: Page, name: str) -> list[str]:
    return [each["value"] for each in page.soup.select(f"[name={name}][checked]")]


def test_it_opens_with_what_can_be_had_in_the_next_hour(signed_in):
    page = signed_in(ANN).open("/find")
    assert page.title == "Find a place"
    assert page.soup.find(id="start")["value"] == "10:00"
    assert page.soup.find(id="date")["value"] == "2027-03-03"
    assert page.soup.find(id="found-head").get_text().startswith("Wednesday 3 March at 10:00")
    assert {row["hours"] for row in rows(page)} == {"10:00–11:00"}
    assert 0 < len(rows(page)) <= 12
    assert len(page.soup.select(".finder-quick a")) == 4


def test_in_the_evening_it_opens_with_the_next_morning_one_can_come(signed_in, clock):
    clock.instant = at("2027-03-12T18:30")  # a Friday; the Saturday after it the house is closed
    page = signed_in(ANN).open("/find")
    assert page.soup.find(id="date")["value"] == "2027-03-15"
    assert page.soup.find(id="start")["value"] == "09:00"
    assert [each.get_text() for each in page.soup.select(".finder-quick a")][0] == "8 people, Monday at 10:00"


def test_eight_people_tomorrow_at_ten_are_one_press_away(signed_in):
    ann = signed_in(ANN)
    page = ann.open(ann.open("/find").link("8 people, tomorrow at 10:00"))
    assert rows(page)[0] | {"why": None} == {
        "code": "VZ-104",
        "hours": "10:00–11:00",
        "why": None,
        "path": "/rooms/VZ-104/book",
        "query": {"attendees": "8", "date": THURSDAY, "start": "10:00", "end": "11:00"},
    }
    assert rows(page)[0]["why"] == ["Just right for 8 people", "On your floor"]


WISHES = [
    # the wish; what comes first; what must not be there
    ("attendees=8&equipment=scherm", "VZ-104", "OR-02"),
    ("attendees=3&kind=meeting_room", "VZ-106", "SK-01"),
    ("attendees=3&kind=meeting_room&accessible=y", "VZ-204", "VZ-106"),
    ("attendees=30&layout=theatre", "VZ-101", "VZ-001"),
    ("attendees=25&kind=meeting_room", "VZ-001", "VZ-102"),  # 18 at its table, air for 25 in rows
    ("attendees=8&near=Z2-PRO", "VZ-203", "VZ-106"),
    ("kind=booth&minutes=30", "SK-03", "VZ-104"),
]


@pytest.mark.parametrize(("wish", "first", "never"), WISHES)
def test_each_wish_is_met(signed_in, wish, first, never):
    found = codes(signed_in(ANN).open(f"{AT_TEN}&{wish}"))
    assert found[0] == first
    assert never not in found


@pytest.mark.parametrize(
    ("who", "query"),
    [
        (ANN, f"date={THURSDAY}&start=10:00&attendees=8"),
        (ANN, f"date={THURSDAY}&when=day&attendees=25"),
        (ANN, "when=soonest&kind=desk"),
        (DORA, f"date={THURSDAY}&start=10:00&kind=booth&minutes=30"),
        (KAAT, f"date={THURSDAY}&when=day&attendees=12"),
        (GERDA, "when=soonest&attendees=45"),
    ],
)
def test_every_button_leads_to_a_form_that_books_just_what_was_shown(signed_in, demo_app, who, query):
    reader = signed_in(who)
    shown = rows(reader.open(f"/find?{query}"))
    assert shown
    for row in shown[:4]:
        page = reader.open(f"{row['path']}?" + "&".join(f"{name}={value}" for name, value in row["query"].items()))
        answer = reader.send(row["path"], **values_of(page.form(row["path"])))
        assert answer.status == 303, (row, answer.text)
        with demo_app.test_request_context():
            booking = max(bookings_page(limit=500), key=lambda each: each.id)
        hours = "–".join(f"{each.astimezone(BRUSSELS):%H:%M}" for each in (booking.during.start, booking.during.end))
        assert (booking.space, hours) == (row["code"], row["hours"])
        if "kind=desk" in query:
            break  # one has one desk at a time


def test_every_proposal_of_a_full_day_would_be_accepted(signed_in, booked, demo_app):
    for hour, space in ((9, "VZ-104"), (10, "VZ-203"), (13, "VZ-103"), (9, "VZ-202")):
        booked(BRAM, space, f"{THURSDAY}T{hour:02}:00", f"{hour + 3:02}:00", attendees=4)
    for query in ("attendees=8", "attendees=4&minutes=240", "attendees=12&equipment=videoconferentie", ""):
        shown = rows(signed_in(ANN).open(f"/find?date={THURSDAY}&when=day&kind=meeting_room&{query}"))
        assert shown
        for row in shown:
            wish = ask(
                row["code"],
                f"{THURSDAY}T{row['query']['start']}",
                row["query"]["end"],
                attendees=int(row["query"].get("attendees", 0)) or None,
                layout=row["query"].get("layout"),
            )
            with demo_app.test_request_context():
                assert check(wish, person_by_username(ANN), NOW).bookings


def test_where_a_wish_stands_in_the_way_it_says_which(signed_in):
    ann = signed_in(ANN)
    page = ann.open(f"{AT_TEN}&attendees=8&equipment=scherm&equipment=piano")
    assert "No place fits all of this" in page.text
    without = page.soup.select(".ways a")
    assert [" ".join(each.get_text(" ").split()) for each in without] == [
        "Without piano 11 places found",
        "Without scherm 1 place found",
    ]
    assert len(rows(ann.open(without[0]["href"]))) == 11


def test_where_all_is_taken_other_hours_of_the_day_are_offered(signed_in, booked):
    booked(BRAM, "VZ-101-102", f"{THURSDAY}T10:00", "14:00", attendees=25)
    page = signed_in(ANN).open(f"{AT_TEN}&attendees=38&kind=meeting_room&layout=boardroom")
    assert "The same day at another time" in page.text
    assert rows(page)[0]["hours"] == "14:30–15:30"
    assert rows(page)[0]["code"] == "VZ-101-102"
    assert "For 18 people 2 places found" in page.text  # the largest that are left at ten


def test_on_a_closed_day_it_says_why_and_when_it_can_be_first(signed_in):
    page = signed_in(ANN).open(f"/find?date={SUNDAY}&start=10:00&attendees=8")
    assert "is not open to you for the whole of that time" in page.text
    assert "The first free moment from then on" in page.text
    assert (rows(page)[0]["code"], rows(page)[0]["query"]["date"]) == ("VZ-104", "2027-03-08")


def test_a_party_that_no_place_holds_learns_how_many_could_come(signed_in):
    page = signed_in(KAAT).open(f"{AT_TEN}&attendees=5000")
    assert "For 60 people 1 place found" in page.text
    assert not rows(page)


def test_where_nothing_would_help_it_says_so(signed_in):
    page = signed_in(ANN).open("/find?date=2031-03-04&start=10:00&attendees=8")
    assert "This can be booked at most" in page.text
    assert "Ask for a little less" in page.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("attendees=0", "attendees"),
        ("attendees=ten", "attendees"),
        ("date=soon", "date"),
        ("start=25:00", "start"),
        ("minutes=7", "minutes"),
        ("kind=castle", "kind"),
        ("near=ATLANTIS", "near"),
        ("layout=heap", "layout"),
        ("equipment=sword", "equipment"),
        ("when=never", "when"),
        ("date=2027-03-28&start=02:30", "start"),
    ],
)
def test_nonsense_is_refused_at_its_field(signed_in, query, field):
    page = signed_in(ANN).open(f"/find?{query}")
    assert page.status == 400
    assert page.soup.select_one(f".error-summary a[href='#{field}']"), page.text


def test_the_script_gets_the_same_page_and_a_short_address_to_keep(signed_in):
    answer = signed_in(ANN).client.get(f"{AT_TEN}&attendees=8&kind=&layout=&minutes=60", headers=BY_SCRIPT)
    assert (
        answer.headers["HX-Push-Url"] == f"/find?attendees=8&when=at&date={THURSDAY}&start=10:00&minutes=60&near=Z1-BUR"
    )
    assert BeautifulSoup(answer.text, "html.parser").find(id="found")
    wrong = signed_in(ANN).client.get("/find?attendees=0", headers=BY_SCRIPT)
    assert wrong.status_code == 200
    assert "HX-Push-Url" not in wrong.headers
    assert "error-summary" in wrong.text


def test_an_address_says_all_that_was_asked(signed_in):
    page = signed_in(BRAM).open(f"{AT_TEN}&attendees=8&equipment=scherm&equipment=beamer&accessible=y&near=any")
    assert set(checked(page, "equipment")) == {"scherm", "beamer"}
    assert checked(page, "accessible") == ["y"]
    assert page.soup.select_one("#near [selected]")["value"] == "any"
    assert page.soup.select_one("details.folded").has_attr("open")


@pytest.mark.parametrize(
    "query",
    ["", f"date={THURSDAY}&when=day&attendees=8", "when=soonest&attendees=8", f"date={SUNDAY}&start=10:00&attendees=8"],
)
def test_the_number_of_questions_does_not_grow(signed_in, booked, demo_app, counted_queries, query):
    ann, numbers = signed_in(ANN), []
    for hours in (range(8, 10), range(10, 18)):
        for hour in hours:
            for day, space in ((4, "VZ-101"), (8, "VZ-102"), (9, "VZ-103"), (10, "VZ-001")):
                booked(BRAM, space, f"2027-03-{day:02}T{hour:02}:00", f"{hour:02}:15")
        ann.open(f"/find?{query}")
        with counted_queries() as counted:
            ann.open(f"/find?{query}")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1] <= 14, numbers

"""The roster of a week: planned by whoever coordinates the services, and by nobody into two places."""

from __future__ import annotations

import pytest

from models.queries.duties import duties_of, people_on_duty
from models.queries.house import the_house
from models.queries.people import people_by_username
from tests.blueprints.booking.reading import Reader, values_of
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, at

ROSTER = "/manage/roster"
WEEK = f"{ROSTER}?week=2027-03-10"
TOM, VERA = "medewerker.burgerzaken.12", "medewerker.burgerzaken.10"
WEDNESDAY = "2027-03-10"
GAP = f"{WEEK}&at={WEDNESDAY}.pm.LK-04"  # driving licences, and nobody there


@pytest.fixture
def signed_in(browser_of):
    return lambda username: Reader(browser_of(username))


@pytest.fixture
def who_is_at(demo_app):
    """Usernames of a date by counter and half-day; None for a duty that nobody has."""

    def look(day: str) -> dict[tuple[str, str], str | None]:
        with demo_app.test_request_context():
            duties = duties_of(at(f"{day}T12:00").date(), the_house())
            names = {each.id: each.username for each in people_by_username(EVERYBODY).values()}
            return {(each.counter, each.half_day): names.get(each.person_id) for each in duties}

    return look


EVERYBODY = [ANN, BRAM, CHRIS, *(f"medewerker.burgerzaken.{number:02}" for number in range(3, 23))]


def cell(page, counter: str, half_day: str = "pm", day: str = WEDNESDAY) -> str:
    return " ".join(page.soup.find(id=f"{day}-{half_day}-{counter}").get_text(" ").split())


def place(reader: Reader, address: str, **pressed: str):
    form = reader.open(address).soup.select_one("#plan form")
    return reader.send(ROSTER, **(values_of(form) | pressed))


def test_a_duty_that_nobody_has_is_given_by_one_press_of_a_name(signed_in, who_is_at):
    chris = signed_in(CHRIS)
    page = chris.open(GAP)
    assert "1 duty has nobody yet" in page.text
    assert "Nobody yet" in cell(page, "LK-04")
    after = chris.follow(place(chris, GAP, person=TOM))
    assert "Medewerker Burgerzaken 12" in cell(after, "LK-04")
    assert who_is_at(WEDNESDAY)["LK-04", "pm"] == TOM
    assert who_is_at("2027-03-17")["LK-04", "pm"] is None  # that date alone


def test_from_then_on_means_every_week_or_every_second_one_and_what_was_stays(signed_in, who_is_at):
    chris = signed_in(CHRIS)
    assert place(chris, GAP, person=TOM, repeat="alternate").status == 303
    days = ("2027-03-03", WEDNESDAY, "2027-03-17", "2027-03-24")
    assert [who_is_at(day)["LK-04", "pm"] for day in days] == [None, TOM, None, TOM]
    assert place(chris, f"{ROSTER}?week=2027-03-24&at=2027-03-24.pm.LK-04", person=VERA, repeat="weekly").status == 303
    later = (*days[1:], "2027-03-31")
    assert [who_is_at(day)["LK-04", "pm"] for day in later] == [TOM, None, VERA, VERA]


def test_somebody_in_two_places_is_refused_and_told_where(signed_in, who_is_at):
    chris, before = signed_in(CHRIS), who_is_at(WEDNESDAY)
    [elsewhere] = [at for at, who in before.items() if who == ANN and at[1] == "pm"]
    form = values_of(chris.open(GAP).soup.select_one("#plan form"))
    refused = chris.send(ROSTER, **(form | {"person": ANN}))
    assert refused.status == 409
    assert f"This person is on duty at Counter {elsewhere[0][-1]} at that time." in refused.text
    assert who_is_at(WEDNESDAY) == before
    alike = chris.send(ROSTER, **(form | {"person": ANN, "repeat": "weekly"}))
    assert (alike.status, who_is_at(WEDNESDAY)) == (409, before)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"person": "niemand"}, "Choose an active colleague of a service that you coordinate."),
        ({"person": FARID}, "Choose an active colleague of a service that you coordinate."),
        ({"service": "GEM-FIN"}, "Choose a service that you coordinate."),
        ({"service": ""}, "This is needed."),
        ({"counter": "VZ-101"}, "Duties are at counters. This is none."),
        ({"counter": "LK-06"}, "This duty is for a service that somebody else coordinates."),
        ({"day": "2027-03-02"}, "Choose today or a later date."),
        ({"day": "2027-03-14"}, "Residents do not come then: the counter or your organisation is closed."),
        ({"day": "soon"}, "Give a date as year, month and day, such as 2027-03-08."),
        ({"half_day": "night"}, "Choose one of these: am, pm."),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(typed, said, signed_in, who_is_at):
    chris, before = signed_in(CHRIS), who_is_at(WEDNESDAY)
    form = values_of(chris.open(GAP).soup.select_one("#plan form"))
    refused = chris.send(ROSTER, **(form | {"person": TOM} | typed))
    assert refused.status == 400
    assert said in refused.soup.select_one(".error-summary").get_text(" ")
    assert who_is_at(WEDNESDAY) == before


def test_the_second_of_two_coordinators_overwrites_nothing_unseen(signed_in, who_is_at):
    chris = signed_in(CHRIS)
    seen = values_of(chris.open(GAP).soup.select_one("#plan form"))
    place(chris, GAP, person=TOM)
    late = chris.send(ROSTER, **(seen | {"person": VERA}))
    assert late.status == 409
    assert who_is_at(WEDNESDAY)["LK-04", "pm"] == TOM


def test_a_week_is_as_the_last_one_by_one_press(signed_in, who_is_at):
    chris = signed_in(CHRIS)
    place(chris, GAP, person=TOM)
    [copy] = chris.open(f"{ROSTER}?week=2027-03-17").buttons("As last week")
    assert "as last week now" in chris.follow(chris.press(copy)).text
    assert who_is_at("2027-03-17") == who_is_at(WEDNESDAY)
    assert "This week is as the last one already." in chris.follow(chris.press(copy)).text


def test_who_is_away_is_shown_as_such_and_neither_counted_nor_placed(signed_in, who_is_at, demo_app):
    chris, monday = signed_in(CHRIS), "2027-03-08"
    noted = chris.send(f"{ROSTER}/away", week=monday, person=ANN, first=monday, last="2027-03-12")
    page = chris.follow(noted)
    assert "Away" in cell(page, "LK-01", "am", monday)
    assert who_is_at(monday)["LK-01", "am"] == ANN
    with demo_app.test_request_context():
        ann = people_by_username([ANN])[ANN].id
        assert ann not in people_on_duty("GEM-BEV", at(f"{monday}T10:00"), the_house())
    refused = place(chris, f"{WEEK}&at=2027-03-12.am.LK-03", person=ANN)
    assert (refused.status, "This person is away on that day." in refused.text) == (400, True)
    back = chris.follow(chris.send(f"{ROSTER}/back", week=monday, person=ANN, first=monday))
    assert "Away" not in cell(back, "LK-01", "am", monday)


@pytest.mark.parametrize(
    ("person", "first", "last", "status"),
    [(ANN, "2027-03-12", "2027-03-08", 400), (ANN, "2027-01-01", "2027-01-02", 400), (DORA, WEDNESDAY, WEDNESDAY, 400)],
)
def test_days_that_make_no_sense_or_are_of_others_people_are_refused(person, first, last, status, signed_in):
    assert signed_in(CHRIS).send(f"{ROSTER}/away", person=person, first=first, last=last).status == status


def test_a_coordinator_plans_own_services_and_learns_no_name_at_anothers(signed_in, who_is_at):
    page = signed_in(DORA).open(WEEK)
    assert "Taken" in cell(page, "LK-01", "am")
    assert "Medewerker Burgerzaken" not in page.text
    before = who_is_at(WEDNESDAY)
    wish = {"day": WEDNESDAY, "half_day": "am", "counter": "LK-01", "service": "OCMW-LEE", "repeat": "once"}
    assert signed_in(DORA).send(ROSTER, **wish, person="").status == 400
    assert who_is_at(WEDNESDAY) == before


def test_nobody_but_a_coordinator_opens_it(signed_in):
    for username in (ANN, FARID):
        assert signed_in(username).open(WEEK).status == 403
        assert signed_in(username).send(f"{ROSTER}/copy", week=WEDNESDAY).status == 403


def test_ones_own_duty_stands_on_ones_page_of_today(signed_in, clock):
    clock.instant = at("2027-03-08T09:15")
    assert "Today: LK-01, Population" in signed_in(ANN).open("/").text
    assert "Roster" in signed_in(CHRIS).open("/").text
    clock.instant = at("2027-03-08T12:30")
    assert "Today: LK-01" not in signed_in(ANN).open("/").text


def test_it_is_planned_against_what_is_booked(signed_in, booked):
    booked(CHRIS, "SK-01", f"{WEDNESDAY}T10:00", "10:30", service="GEM-BST", attendees=2)
    table = signed_in(CHRIS).open(WEEK).soup.find("table")
    rows = {row.th.get_text(): [each.get_text() for each in row.find_all("td")] for row in table.select("tbody tr")}
    [of_talks] = [cells for name, cells in rows.items() if "30 min of 0 min" in cells]
    assert of_talks[2] == "30 min of 0 min"

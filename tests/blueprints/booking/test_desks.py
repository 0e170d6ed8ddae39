"""A desk in three clicks: home, tomorrow, book."""

from __future__ import annotations

from tests.cast import ANN, BRAM, ELS


def test_a_desk_for_tomorrow_is_three_clicks_from_home(signed_in, kept):
    ann = signed_in(ANN)
    home = ann.open("/")
    desks = ann.open(home.link("Choose a desk – Tomorrow"))
    first = desks.soup.select_one(".desks .desk form")
    done = ann.press(first)
    booking = kept(done.location.rpartition("/")[2])
    assert booking.space.startswith("WP-1BUR-")
    assert booking.during.start.date().isoformat() == "2027-03-04"
    assert ann.follow(done).status == 200


def test_the_own_neighbourhood_comes_first_and_taken_desks_are_shown_as_taken(signed_in, booked):
    booked(BRAM, "WP-1BUR-03", "2027-03-04T07:00", "12:30")
    page = signed_in(ANN).open("/desks?date=2027-03-04&block=morning")
    assert "Your neighbourhood" in page.soup.select_one(".zone-head").text
    desk = page.soup.find("a", string="WP-1BUR-03").find_parent("li")
    assert "Taken" in desk.text
    assert not desk.find("form")
    other = signed_in(ANN).open("/desks?date=2027-03-04&block=afternoon")
    assert other.soup.find("a", string="WP-1BUR-03").find_parent("li").find("form")


def test_nobody_reads_who_sits_where(signed_in, booked):
    booked(BRAM, "WP-1BUR-03", "2027-03-04T07:00", "12:30")
    booked(ELS, "WP-2STI-03", "2027-03-04T07:00", "12:30")
    for view in ("list", "timeline", "plan", "week", "month"):
        page = signed_in(ANN).open(f"/desks?date=2027-03-04&block=morning&view={view}")
        assert "Maatschappelijk" not in page.text
        assert "Burgerzaken 02" not in page.text


def test_whoever_has_a_desk_sees_it_and_no_other_buttons(signed_in, booked):
    booked(ANN, "WP-1BUR-03", "2027-03-04T07:00", "19:00")
    page = signed_in(ANN).open("/desks?date=2027-03-04")
    assert "You have desk WP-1BUR-03" in page.text
    assert not page.buttons("Book")


def test_a_closed_day_is_said_once_and_offers_no_desk(signed_in):
    page = signed_in(ANN).open("/desks?date=2027-03-29")  # Easter Monday
    assert page.text.count("is closed then") == 1
    assert not page.buttons("Book")


def test_the_desk_of_last_week_is_one_press_away_on_the_home_page(signed_in, booked, clock, kept):
    booked(ANN, "WP-1BUR-07", "2027-03-04T07:00", "12:30")
    clock.instant = clock.instant.replace(day=10)
    ann = signed_in(ANN)
    again = ann.open("/").buttons("As last week: WP-1BUR-07")
    booking = kept(ann.press(again[0]).location.rpartition("/")[2])
    assert (booking.space, f"{booking.during.start:%Y-%m-%dT%H:%M}") == ("WP-1BUR-07", "2027-03-11T06:00")
    assert booking.during.end.hour == 11


def test_a_desk_taken_in_between_answers_with_desks_that_can_be_had(signed_in, booked):
    ann = signed_in(ANN)
    button = ann.open("/desks?date=2027-03-04&block=day").soup.select_one(".desks .desk form")
    code = button["action"].split("/")[2]
    booked(BRAM, code, "2027-03-04T07:00", "12:30")
    refused = ann.press(button)
    assert refused.status == 409
    assert "taken" in refused.text
    assert ann.press(refused.buttons("Book this")[0]).status == 303

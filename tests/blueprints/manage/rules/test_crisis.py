"""The crisis switch: one page, one percentage for each kind, on and off at once."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from models.rules.refusals import Refused
from tests.blueprints.manage.filling import send
from tests.blueprints.manage.pressing import press
from tests.cast import ANN, BRAM, FARID, GERDA, INES, LIEN, NORA

TODAY, MONDAY = date(2027, 3, 3), "2027-03-08"


@pytest.fixture
def percents(demo_app):
    def read(day: date = TODAY) -> list[int]:
        with demo_app.test_request_context():
            rule = the_house().rule("R09", day)
            return [rule.percent_for(kind) for kind in ("meeting_room", "desk", "booth", "counter", "meeting_space")]

    return read


@pytest.mark.parametrize("who", [NORA, FARID])
def test_switched_on_as_it_is_filled_in_beforehand_it_caps_everything_at_half_at_once(who, signed_in, booked, percents):
    kept = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=8, title="Street plan")
    manager = signed_in(who)
    page = manager.open("/manage/crisis")
    assert "1 booking would stand above it" in page.text
    sent = send(manager, "/manage/crisis", page)
    assert (sent.status, sent.location) == (303, "/manage/crisis")
    assert percents() == [50] * 5
    page = manager.open("/manage/crisis")
    [line] = page.rows("Bookings above the limit")
    assert "8 people, 4 allowed" in line
    assert f"/bookings/{kept.handle}" in str(page.soup)
    with pytest.raises(Refused):
        booked(BRAM, "VZ-105", f"{MONDAY}T09:00", "10:00", attendees=4)
    assert manager.post("/manage/crisis/off", {"seen": page.fields()["seen"]}).status == 303
    assert percents() == [100] * 5
    assert booked(BRAM, "VZ-105", f"{MONDAY}T09:00", "10:00", attendees=4)


def test_a_zone_may_have_a_share_of_its_own_and_loses_it_when_the_crisis_is_over(signed_in, percents, demo_app):
    nora = signed_in(NORA)
    send(nora, "/manage/crisis")
    assert (
        send(nora, "/manage/rules/R09/zones/Z1-BUR", mode="enforce", parameter="25", reason="One window").status == 303
    )
    page = nora.open("/manage/crisis")
    assert "Otherwise in Citizen affairs neighbourhood: 25 %" in page.text
    with demo_app.test_request_context():
        desks = {code: the_house().policy(code, TODAY) for code in the_house().spaces if code.startswith("WP-1")}
    assert sum(each.effective_capacity() for each in desks.values() if each.zone == "Z1-BUR") == 4  # of sixteen
    assert sum(each.effective_capacity() for each in desks.values() if each.zone == "Z1-OMG") == 7  # of fourteen
    assert nora.post("/manage/crisis/off", {"seen": page.fields()["seen"]}).status == 303
    with demo_app.test_request_context():
        assert the_house().rule("R09", TODAY, "Z1-BUR").parameter == "100"


def test_why_it_is_on_stays_until_somebody_says_otherwise(signed_in):
    nora = signed_in(NORA)
    send(nora, "/manage/crisis", reason="Heat, and the ventilation fails")
    page = nora.open("/manage/crisis")
    assert page.fields()["reason"] == "Heat, and the ventilation fails"
    send(nora, "/manage/crisis", page, percent_desk="25")
    assert nora.open("/manage/crisis").fields()["reason"] == "Heat, and the ventilation fails"


def test_each_kind_has_its_own_percentage_for_a_while(signed_in, percents):
    nora = signed_in(NORA)
    send(
        nora,
        "/manage/crisis",
        percent_desk="25",
        percent_booth="100",
        percent_counter="100",
        percent_meeting_space="0",
        valid_from="2027-03-10",
        valid_to="2027-03-20",
        legal_basis="Decree",
    )
    assert [percents(date(2027, 3, day)) for day in (9, 10, 20, 21)] == [
        [100] * 5,
        [50, 25, 100, 100, 0],
        [50, 25, 100, 100, 0],
        [100] * 5,
    ]
    page = nora.open("/manage/crisis")
    assert "Planned" in page.text
    assert "10 March 2027" in page.text
    assert "20 March 2027" in page.text


def test_while_it_is_on_its_page_shows_what_holds_and_its_last_day(signed_in, percents):
    nora = signed_in(NORA)
    send(nora, "/manage/crisis", percent_desk="30", valid_to="2027-03-20")
    page = nora.open("/manage/crisis")
    fields = page.fields()
    assert (fields["percent_desk"], fields["percent_booth"], fields["valid_to"]) == ("30", "50", "2027-03-20")
    send(nora, "/manage/crisis", page, percent_desk="40")
    assert [percents(date(2027, 3, day))[1] for day in (3, 20, 21)] == [40, 40, 100]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"percent_desk": "101"}, {"percent_desk"}),
        ({"percent_desk": "-1"}, {"percent_desk"}),
        ({"percent_desk": ""}, {"percent_desk"}),
        ({"percent_desk": "half"}, {"percent_desk"}),
        ({"reason": ""}, {"reason"}),
        ({"valid_from": "2027-03-02"}, {"valid_from"}),
        ({"valid_from": "2027-03-09", "valid_to": "2027-03-08"}, {"valid_to"}),
        ({"legal_basis": "x" * 201}, {"legal_basis"}),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(typed, wrong, signed_in, percents):
    page = send(signed_in(NORA), "/manage/crisis", **typed)
    assert (page.status, page.wrong_fields()) == (400, wrong)
    assert percents() == [100] * 5


@pytest.mark.parametrize("who", [ANN, GERDA, INES])
def test_others_do_not_reach_it(who, signed_in, percents):
    manager = signed_in(who)
    assert manager.open("/manage/crisis").status == 403
    assert manager.post("/manage/crisis/off", {}).status == 403
    assert manager.post("/manage/crisis", {"percent_desk": "0"}).status == 403
    assert percents() == [100] * 5


def test_the_second_of_two_sees_what_the_first_switched(signed_in, percents):
    farid, nora = signed_in(FARID), signed_in(NORA)
    page = farid.open("/manage/crisis")
    send(nora, "/manage/crisis", percent_desk="20")
    refused = send(farid, "/manage/crisis", page)
    assert (refused.status, percents()[1]) == (409, 20)
    assert any("Desk 20 %" in notice for notice in refused.notices())
    assert send(farid, "/manage/crisis", refused).status == 303
    assert percents() == [50] * 5


def test_before_it_is_switched_on_a_plan_finds_another_place_for_whoever_would_stand_above_it(
    signed_in, booked, percents
):
    kept = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=8, title="Street plan")
    nora = signed_in(NORA)
    sent = send(nora, "/manage/crisis", step="plan")
    assert sent.status == 303
    assert sent.location.startswith("/manage/plans/")
    assert f"/bookings/{kept.handle}" in str(nora.open(sent.location).soup)
    assert percents() == [100] * 5
    page = send(nora, "/manage/crisis", step="plan", valid_from="2027-03-02")
    assert (page.status, page.wrong_fields()) == (400, {"valid_from"})


def test_while_it_is_on_a_plan_still_finds_another_place_for_whoever_stands_above_it(signed_in, booked, percents):
    kept = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=8, title="Street plan")
    nora = signed_in(NORA)
    send(nora, "/manage/crisis")
    assert "Make a plan for them" in nora.open("/manage/crisis").text
    address = send(nora, "/manage/crisis", step="plan").location
    assert f"/bookings/{kept.handle}" in str(nora.open(address).soup)
    assert press(nora, f"{address}/apply").status == 303
    assert "VZ-104" not in signed_in(ANN).open(f"/bookings/{kept.handle}").text
    assert percents() == [50] * 5


def test_while_it_is_on_every_page_of_whoever_books_says_what_holds_and_until_when(
    signed_in, percents, counted_queries
):
    nora, ann = signed_in(NORA), signed_in(ANN)
    ann.open("/mine")
    with counted_queries() as before:
        assert "Crisis measure" not in ann.open("/mine").text
    send(nora, "/manage/crisis", percent_desk="25", valid_to="2027-03-20")
    send(nora, "/manage/rules/R09/zones/Z1-BUR", mode="enforce", parameter="0", reason="One window")
    ann.open("/mine")
    with counted_queries() as after:
        page = ann.open("/mine").soup.select_one(".house-banner")
    assert after.number == before.number
    assert "Since 3 March 2027, until and including 20 March 2027." in page.text
    assert "Desk 25 %" in page.text
    assert "Otherwise in Citizen affairs neighbourhood: 0 %" in page.text
    assert not page.select("a")
    assert nora.open("/rules/none-such").soup.select_one(".house-banner a")["href"] == "/manage/crisis"
    assert "Desk" not in signed_in(LIEN).open("/mine").soup.select_one(".house-banner").text  # not hers to book
    assert not ann.client.application.test_client().get("/login").text.count("house-banner")


def test_a_desk_that_it_closes_says_so_and_why_in_every_view(signed_in, percents):
    send(signed_in(NORA), "/manage/crisis")
    ann = signed_in(ANN)
    desks = ann.open("/desks?date=2027-03-04").soup.select(".desk-out")
    assert len(desks) == 30
    assert all("Temporarily not to be used" in each.text and "50 % of these places" in each.text for each in desks)
    for address in (
        "/desks?date=2027-03-04&view=timeline",
        "/desks?view=week",
        "/desks?view=plan",
        "/desks/WP-1BUR-01",
    ):
        assert "emporarily not to be used" in ann.open(address).source, address
    assert "Out of service" not in ann.open("/desks?date=2027-03-04").text

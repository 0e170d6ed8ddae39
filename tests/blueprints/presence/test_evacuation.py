"""The evacuation list on screen and as a file, and the building cleared by several wardens."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from models.queries.evacuations import evacuation
from models.queries.import_rows import all_rows
from models.rules.bookings.fields import Caller
from models.tables.db import db
from models.tables.log import AuditEntry
from models.tables.transaction import write_transaction
from tests.blueprints.booking.reading import Page, values_of
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, INES, KAAT, MARC, NORA

LIST = "/occupancy/evacuation"
MOST = 13


@pytest.fixture
def full_house(here):
    here(ANN, "VZ-101", comes=True, attendees=14, title="Street plan", wheelchair=1, evacuation_buddy=BRAM)
    here(BRAM, "VZ-102", attendees=9)
    here(DORA, "SK-05", comes=True, attendees=2, service="OCMW-SCH")
    here(INES, "SK-08", attendees=3, service="CAW-SLA")


def line(page: Page, code: str) -> str:
    found = next(each for each in page.soup.select(".clear-line, .tick") if code in each.get_text())
    return " ".join(found.get_text(" ").split())


@pytest.mark.parametrize("who", [GERDA, FARID, NORA, MARC])
def test_it_is_one_click_from_home_for_who_clears_the_building(who, signed_in):
    reader = signed_in(who)
    home = reader.open("/")
    assert home.soup.select_one(".page-head .actions a")["href"] == LIST == home.soup.main.find("a", href=LIST)["href"]
    assert reader.open(LIST).status == 200


@pytest.mark.parametrize("who", [ANN, CHRIS, KAAT])
def test_nobody_else_sees_it(who, signed_in):
    reader = signed_in(who)
    assert not reader.open("/").soup.find("a", href=LIST)
    assert {
        reader.open(LIST).status,
        reader.send(LIST).status,
        reader.send(f"{LIST}/file").status,
        reader.open("/occupancy/drills").status,
    } == {403}


def test_a_caller_who_is_there_is_looked_for_by_name(here, signed_in):
    here(GERDA, "OR-01", comes=True, attendees=5, caller=Caller("Wim Vos", "De Zon", "+32 3 555 01 02"))
    page = signed_in(MARC).open(LIST)
    assert "Wim Vos" in line(page, "OR-01")
    assert "555" not in page.source


def test_it_says_where_how_many_are_and_no_more_of_anybody_than_finding_them_takes(signed_in, full_house):
    page = signed_in(GERDA).open(LIST)
    vaart = line(page, "VZ-101")
    assert "14 people – Medewerker Burgerzaken 01" in vaart
    assert "here since 09:00" in vaart
    assert "1 wheelchair user; evacuation buddy: Medewerker Burgerzaken 02" in vaart
    assert line(page, "VZ-102").endswith("9 people Expected, not checked in booked 09:00–10:00")
    assert "Talk: 2 people Checked in" in line(page, "SK-05")
    assert "Talk: 3 people" in line(page, "SK-08")
    assert "Made at 09:00. Not true any more after 10:00." in page.text


def test_of_a_talk_in_confidence_not_even_who_gives_it(signed_in, full_house, booked, demo_app):
    talk = booked(DORA, "SK-06", "2027-03-03T09:00", "10:00", attendees=2, service="OCMW-SCH")
    farid = signed_in(FARID)
    for source in (farid.open(LIST).source, farid.send(f"{LIST}/file").source):
        listed = source[source.index('class="clear-line') :]
        assert "SK-06" in listed
        assert talk.visitor_code
        assert talk.organiser_name
        telling = (talk.visitor_code, talk.organiser_name, "OCMW-SCH", "Street plan")
        assert not [word for word in telling if word in listed]


def test_the_file_holds_everything_itself_and_that_it_was_taken_is_logged(signed_in, full_house, demo_app):
    answer = signed_in(FARID).client.post(f"{LIST}/file")
    assert answer.mimetype == "text/html"
    assert re.fullmatch(
        r'attachment; filename="?evacuation-list-AC-2027-03-03-0900\.html"?', answer.headers["Content-Disposition"]
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<(script|link|img|iframe|use)|src=|href=|url\(|@import", answer.text)
    assert "Not true any more after 10:00" in answer.text
    assert "VZ-101" in answer.text
    with demo_app.test_request_context():
        assert all_rows(AuditEntry)[-1].action == "take_evacuation_list"


def test_an_empty_house_is_searched_all_the_same(signed_in):
    page = signed_in(MARC).open(LIST)
    assert page.status == 200
    assert "Search the zones all the same." in page.text


def test_a_drill_is_begun_ticked_off_and_ended_and_leaves_a_dated_report(signed_in, full_house, clock):
    farid, gerda = signed_in(FARID), signed_in(GERDA)
    page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
    assert page.title == "Drill of 3 March 2027, 09:00"
    assert gerda.open(gerda.open("/").link("Tick people off")).title == page.title  # from home, at once
    assert "Medewerker Burgerzaken 01" in line(page, "VZ-101")
    assert "Talk: 2 people" in line(page, "SK-05")
    clock.instant += timedelta(minutes=4, seconds=5)
    address = page.form(re.compile("/mark$"))["action"]
    key = next(each["id"] for each in page.soup.select(".tick") if "VZ-101" in each.get_text()).removeprefix("line-")
    page = farid.follow(farid.send(address, key=key, mark="missing", missing="2"))
    page = gerda.follow(gerda.send(address, key="z-Z1-VER", mark="empty"))
    assert "1 of 4 lines looked at · 1 of 17 zones searched 2 missing 3 lines not looked at" in page.text
    report = gerda.follow(gerda.press(page.buttons("End the drill")[0]))
    assert report.title == "Drill of 3 March 2027, 09:00"
    assert "4 min 5 s" in report.text
    figures = {each.dt.get_text(): each.dd.get_text() for each in report.soup.select(".figure")}
    assert (figures["People found outside"], figures["People missing"], figures["Lines nobody looked at"]) == (
        "12",
        "2",
        "3",
    )
    assert "2 missing – 09:04, Facilitair Beheerder" in report.text
    assert "Medewerker Burgerzaken" not in report.text
    drills = gerda.open("/occupancy/drills")
    assert "lasted 4 min 5 s" in drills.text
    assert drills.link("Drill of 3 March 2027")


def test_a_page_that_is_open_hears_only_of_what_was_ticked_off_since(signed_in, full_house):
    farid, gerda = signed_in(FARID), signed_in(GERDA)
    page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
    poll, quick = page.soup.find(id="poller")["hx-get"], {"HX-Request": "true"}
    assert farid.client.get(poll, headers=quick).status_code == 204
    marks = page.soup.find(id="waiting")["data-ticks"]
    searched = {"id": "0123456789ab", "key": "z-Z1-VER", "mark": "empty", "missing": "0", "age": "120"}
    assert gerda.client.post(marks, data=searched).json == {"refused": {}}
    news = Page(farid.client.get(poll, headers=quick))
    assert [each["id"] for each in news.soup.select(".tick")] == ["line-z-Z1-VER"]
    assert farid.client.get(news.soup.find(id="poller")["hx-get"], headers=quick).status_code == 204
    gerda.send(marks.replace("/marks", "/end"), missing="0")
    assert "HX-Redirect" in farid.client.get(poll, headers=quick).headers


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({}, 400),
        ({"id": ["0123456789ab"] * 2}, 400),  # not as many keys
        ({"age": "yesterday"}, {"0123456789ab": "Give a whole number from 0 to 31536000000."}),
        ({"mark": "gone"}, {"0123456789ab": "Choose one of these: empty, open."}),
        ({"id": "\0"}, {"\0": "Give 1 to 255 printable ASCII characters."}),
    ],
)
def test_a_telephone_is_told_which_of_its_ticks_cannot_be_taken(sent, answer, signed_in):
    farid = signed_in(FARID)
    marks = farid.press(farid.open(LIST).buttons("Begin a drill")[0]).location + "/marks"
    whole = {"id": "0123456789ab", "key": "z-Z1-VER", "mark": "empty", "missing": "0", "age": "120"}
    found = farid.client.post(marks, data=whole | sent if sent else {})
    assert (found.status_code if answer == 400 else found.json["refused"]) == answer


def tones(page: Page, where: str = ".notices .notice") -> list[tuple[str, str]]:
    """What is said of what is open, with its colour."""
    return [
        (each["class"][1].removeprefix("notice-"), " ".join(each.get_text(" ").split()))
        for each in page.soup.select(where)
    ]


def test_a_drill_in_which_nobody_looked_never_says_that_nobody_is_missing(signed_in, full_house):
    farid = signed_in(FARID)
    page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
    unseen = [("warning", "Warning: 4 lines not looked at"), ("warning", "Warning: 17 zones not searched")]
    said = page.soup.select("#progress.tick-progress-warning .tick-said-warning")
    assert [each.get_text().strip() for each in said] == ["4 lines not looked at", "17 zones not searched"]
    asked = farid.open(page.link("End the drill"))
    assert "4 lines not looked at, 17 zones not searched: end it all the same?" in asked.text
    report = farid.follow(farid.press(asked.buttons("End the drill")[0]))
    assert tones(report) == unseen
    assert "4 lines not looked at" in farid.open("/occupancy/drills").soup.select_one(".badge-warn").text
    assert not [each for each in (page, report, farid.open("/occupancy/drills")) if "obody missing" in each.text]


def test_only_where_every_line_was_looked_at_nobody_is_missing(signed_in, here):
    here(ANN, "VZ-101", comes=True, attendees=14)
    farid = signed_in(FARID)
    page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
    for form in page.buttons("All out") + page.buttons("Zone"):
        farid.press(form)
    asked = farid.open(page.link("End the drill"))
    assert "Nobody is missing. End the drill?" in asked.text
    report = farid.follow(farid.press(asked.buttons("End the drill")[0]))
    said = "Nobody missing: every line was looked at and every zone searched"
    assert tones(report) == [("success", f"Done: {said}")]
    assert said in farid.open("/occupancy/drills").soup.select_one(".badge-good").text


@pytest.mark.parametrize(
    ("sort", "named", "running"),
    [
        ("live", "Evacuation of 3 March 2027, 09:00", ("error", "The building is being evacuated, since 09:00")),
        ("drill", "Drill of 3 March 2027, 09:00", ("info", "A drill is running, since 09:00")),
        (
            "test",
            "Test of the system of 3 March 2027, 09:00",
            ("quiet", "A test of the system is running, since 09:00: nobody leaves the building"),
        ),
    ],
)
def test_evacuation_drill_and_test_are_three_words_and_three_looks_wherever_they_are_named(
    sort, named, running, signed_in
):
    farid, (look, words) = signed_in(FARID), running
    asked = farid.open(f"/occupancy/evacuation/begin?sort={sort}")
    page = farid.follow(farid.press(asked.form("/occupancy/evacuation")))
    assert page.title == named
    for address in ("/", LIST):
        notice = farid.open(address).soup.select_one(f".notice-{look}")
        assert words in notice.get_text(" ")
    assert words in farid.send(f"{LIST}/file").source
    end = farid.open(f"{page.link('End the')}").buttons("End the")[0]
    badge = page.soup.select_one("main .badge")
    for shown in (farid.follow(farid.press(end)), farid.open("/occupancy/drills")):
        assert named in shown.text
        assert str(badge) in str(shown.soup)


def test_a_warden_in_a_drill_is_told_at_once_that_it_turned_serious(signed_in, full_house):
    farid, gerda = signed_in(FARID), signed_in(GERDA)
    page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
    asked = gerda.open(f"{LIST}/begin?sort=live")
    assert "The drill stops then." in asked.text
    live = gerda.press(asked.form(LIST)).location
    answer = farid.client.get(page.soup.find(id="poller")["hx-get"], headers={"HX-Request": "true"})
    for address in (answer.headers["HX-Redirect"], "/occupancy/drills", LIST):
        told = farid.open(address).soup.select_one("main .notice-error[role=alert]")
        assert "The building is being evacuated, since 09:00" in told.text
        assert told.a["href"] == live


@pytest.mark.parametrize(
    ("running", "offered"),
    [
        ("live", []),
        ("drill", ["Begin an evacuation"]),
        ("test", ["Begin an evacuation", "Begin a drill"]),
    ],
)
def test_only_what_is_more_serious_than_what_runs_can_be_begun(running, offered, signed_in):
    farid = signed_in(FARID)
    address = farid.press(farid.open(f"{LIST}/begin?sort={running}").form(LIST)).location
    page = farid.open(LIST)
    assert [form.button.get_text().strip() for form in page.soup.select("form[data-asked]")] == offered
    said = "Nothing else was begun: this is its list."
    led = farid.open(f"{LIST}/begin?sort=test")
    assert led.location == address
    assert said in farid.follow(led).text
    joined = farid.follow(farid.send(LIST, sort="test", sure="1"))
    assert (said in joined.text) == (running != "test")


def test_beginning_and_ending_are_each_asked_for(signed_in, full_house, demo_app):
    farid = signed_in(FARID)
    assert farid.send(LIST, sort="live").location == f"{LIST}/begin?sort=live&building=AC"
    assert farid.follow(farid.send(LIST, sort="live")).title == "Begin an evacuation?"
    assert farid.open(f"{LIST}/begin?sort=gone").status == 400
    page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
    end, key = page.link("End the drill"), page.soup.select_one(".tick:not(.tick-zone)")["id"].removeprefix("line-")
    assert farid.follow(farid.send(end)).title == "End the drill"
    farid.send(page.form(re.compile("/mark$"))["action"], key=key, mark="missing", missing="1")
    asked = farid.follow(farid.send(end, missing="0"))  # as it was when the question was put
    assert "Meanwhile more people are missing." in asked.text
    assert "1 missing, 3 lines not looked at, 17 zones not searched: end it all the same?" in asked.text


def test_the_report_tells_minutes_by_zone_and_beside_earlier_drills(signed_in, full_house, clock):
    farid = signed_in(FARID)
    for minutes in (2, 1):
        page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
        for code in ("VZ-101", "VZ-102"):
            clock.instant += timedelta(minutes=minutes)
            button = next(each for each in page.buttons("All out") if code in each.find_parent("li").get_text())
            farid.press(button)
        report = farid.follow(farid.press(farid.open(page.link("End the drill")).buttons("End the drill")[0]))
    zones, beside = (
        {row.th.get_text(): [each.get_text() for each in row("td")] for row in table("tr")[1:]}
        for table in report.soup.find_all("table")[:2]
    )
    assert next(iter(zones.values())) == ["28", "1 min 0 s", "not reached", "not reached"]  # the whole building first
    assert ["23", "1 min 0 s", "2 min 0 s", "2 min 0 s"] in zones.values()
    assert list(beside) == ["Drill of 3 March 2027, 09:04", "Drill of 3 March 2027, 09:00"]
    assert beside["Drill of 3 March 2027, 09:00"] == [
        "28",
        "2 min 0 s",
        "not reached",
        "not reached",
        "2 lines not looked at, 17 zones not searched",
    ]


def test_a_zone_has_a_sheet_of_its_own_from_the_list_and_while_it_runs(signed_in, full_house):
    farid = signed_in(FARID)
    page = farid.open(LIST)
    drill = farid.follow(farid.press(page.buttons("Begin a drill")[0]))
    farid.press(next(each for each in drill.buttons("All out") if "VZ-102" in each.find_parent("li").get_text()))
    for sheets in (farid.open(page.link("One sheet a zone")), farid.open(drill.link("One sheet a zone"))):
        assert len(sheets.soup.select(".sheet")) == 17
        sheet = next(each for each in sheets.soup.select(".sheet") if "VZ-101" in each.get_text())
        said = " ".join(sheet.get_text(" ").split())
        assert "A drill is running, since 09:00" in said
        assert "14 people – Medewerker Burgerzaken 01 (Checked in)" in said
        assert len(sheet.select(".sheet-square")) == 3 * len(sheet.select(".sheet-line")) + 1
    assert "All out – 09:00, Facilitair Beheerder" in sheet.get_text(" ")
    assert signed_in(ANN).open(f"{LIST}/sheets").status == 403


def test_somebody_not_on_the_list_is_seen_by_every_warden_and_in_the_report_only_counted(signed_in, full_house):
    farid, gerda, quick = signed_in(FARID), signed_in(GERDA), {"HX-Request": "true"}
    page = farid.follow(farid.press(farid.open(LIST).buttons("Begin a drill")[0]))
    poll, form = page.soup.find(id="poller")["hx-get"], page.soup.find(id="add")
    stranger = values_of(form) | {"description": "Man in a red coat", "zone": "Z1-VER", "mark": "missing"}
    refused = Page(gerda.client.post(form["action"], data=stranger | {"description": ""}, headers=quick))
    assert "This is needed." in refused.soup.find(id="add-said").text
    assert "red coat" in gerda.follow(gerda.send(form["action"], **stranger)).soup.find(id="added").text
    news = Page(farid.client.get(poll, headers=quick)).soup
    assert "Man in a red coat" in news.find(id="added").text
    assert not news.find(id="add")  # whoever is typing goes on
    assert "1 missing" in news.find(id="progress").text
    assert "red coat" not in farid.open(page.link("One sheet a zone")).text
    asked = farid.open(page.link("End the drill"))
    report = farid.follow(farid.press(asked.buttons("End the drill")[0]))
    figures = {each.dt.get_text(): each.dd.get_text() for each in report.soup.select(".figure")}
    assert figures["Not on the list, added while it ran"] == "1"
    assert "red coat" not in report.source
    assert signed_in(ANN).send(form["action"], **stranger).status == 403


def test_names_go_when_the_list_is_no_longer_true(signed_in, full_house, clock):
    farid = signed_in(FARID)
    address = farid.press(farid.open(LIST).buttons("Begin an evacuation")[0]).location
    assert "Burgerzaken 01" in farid.open(address).text
    clock.instant += timedelta(minutes=61)
    assert "Burgerzaken 01" not in farid.open(address).text


@pytest.mark.parametrize("sent", [{}, {"key": "z-Z1-VER", "mark": "gone"}, {"key": "z-Z1-VER", "mark": "out"}])
def test_what_cannot_be_ticked_off_is_said(sent, signed_in):
    farid = signed_in(FARID)
    address = farid.press(farid.open(LIST).buttons("Begin a drill")[0]).location
    assert farid.send(f"{address}/mark", **sent).status in (303, 404)
    assert "0 of 17 zones searched" in farid.open(address).text


@pytest.mark.parametrize("path", ["99999", "9999999999999"])
def test_what_never_was_is_not_found(path, signed_in):
    assert signed_in(FARID).open(f"/occupancy/drills/{path}").status == 404
    assert signed_in(FARID).send(f"/occupancy/drills/{path}/end").status == 404


def test_a_drill_is_called_by_a_handle_and_an_old_number_leads_on_whoever_sees_the_list(signed_in, clock, demo_app):
    farid = signed_in(FARID)
    address = farid.press(farid.open(LIST).buttons("Begin a drill")[0]).location
    with demo_app.test_request_context(), write_transaction():
        number = evacuation(address.rpartition("/")[2]).id
        db.session.execute(text("UPDATE evacuation SET started_at = '2026-11-29 12:00:00+00:00'"))
    assert farid.open(f"/occupancy/drills/{number}").status == 404
    clock.instant = datetime(2026, 12, 1, tzinfo=UTC)
    assert farid.open(f"/occupancy/drills/{number}").location == address
    assert signed_in(ANN).open(f"/occupancy/drills/{number}").status == 403


def test_the_number_of_questions_does_not_grow(signed_in, here, full_house, counted_queries):
    farid = signed_in(FARID)
    drill = farid.press(farid.open(LIST).buttons("Begin a drill")[0]).location

    def questions(address: str) -> int:
        farid.open(address)
        with counted_queries() as counted:
            assert farid.open(address).status == 200
        return counted.number

    few = questions(LIST)
    assert questions(drill) <= MOST
    for number in range(3, 7):
        here(ANN, f"VZ-10{number}", comes=True, attendees=2)
    assert questions(LIST) == few <= MOST

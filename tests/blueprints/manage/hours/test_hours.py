"""A manager at the opening hours: whose they are, a week filled in row by row, tried out and saved."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from models.queries.hours import weeks_of
from models.rules.changes.hours import week_on
from models.rules.refusals import Refused
from tests.blueprints.manage.reading import form_of
from tests.cast import ANN, CHRIS, FARID, INES, NORA

MONDAY = "2027-03-08"
SPR = "/manage/hours/zone:Z0-SPR"
UNFIT = "Bookings that do not fit the hours"


@pytest.fixture
def at_hours(signed_in):
    """Somebody at the week of a place: `send(page, step, **otherwise)` presses one of its buttons."""

    class AtHours:
        def __init__(self, who: str, address: str = SPR) -> None:
            self.manager, self.address = signed_in(who), address

        def open(self):
            return self.manager.open(self.address)

        def send(self, page, step: str = "save", **otherwise):
            fields = dict(form_of(page)) | otherwise | {"step": step}
            answer = self.manager.client.post(self.address, data=fields)
            page = type(page)(answer)
            return self.open() if page.status == 303 else page

    return AtHours


@pytest.fixture
def week_of_monday(demo_app):
    def read(code: str = "Z0-SPR", day: str = MONDAY) -> list[tuple[int, int]]:
        with demo_app.test_request_context():
            rows = week_on(date.fromisoformat(day), weeks_of(("zone", code))).rows
        return [(row.opens // 60, row.closes // 60) for row in rows if row.weekday == 1]

    return read


def row_numbers(page, weekday: int) -> list[str]:
    return [name.split("-")[1] for name, value in form_of(page) if name.endswith("-weekday") and value == str(weekday)]


def test_the_overview_says_whose_hours_are_whose(signed_in):
    page = signed_in(FARID).open("/manage/hours")
    [building] = page.rows("Building")
    assert "Staff access Mon–Wed, Fri 07:00–19:00 Thu 07:00–20:30 first Sat of the month 08:30–12:30" in building
    zones = page.rows("Zones with hours of their own")
    assert any("Z0-SPR" in zone and "Mon–Wed 08:30–12:30 + 13:30–16:30" in zone for zone in zones)
    assert [row.split()[-3] for row in page.rows("Spaces with hours of their own")]
    assert "OR-04" in page.text
    assert page.soup.find("a", href="/manage/closures")
    assert page.soup.find("a", href=SPR)
    chosen = signed_in(FARID).open("/manage/hours?place=zone:Z1-BUR")
    assert (chosen.status, chosen.location) == (303, "/manage/hours/zone:Z1-BUR")
    assert signed_in(FARID).open("/manage/hours?place=zone:Z9").status == 404


def test_a_week_is_tried_out_first_and_what_is_shown_is_what_saving_does(at_hours, booked, week_of_monday):
    booked(CHRIS, "SK-01", f"{MONDAY}T09:00", "09:30")
    farid = at_hours(FARID)
    page = farid.open()
    early, late = row_numbers(page, 1)
    wish = {f"rows-{early}-opens": "10:00", f"rows-{late}-closes": "18:00", "reason": "Later open"}
    preview = farid.send(page, "preview", **wish)
    assert preview.status == 200
    assert "1 booking would no longer fit" in preview.text
    assert len(preview.rows("Would no longer fit")) == 1
    assert week_of_monday() == [(8, 12), (13, 16)]
    assert farid.send(preview, "save").status == 200
    assert week_of_monday() == [(8, 12), (13, 16)]
    saved = farid.send(preview, "leave")
    assert week_of_monday() == [(10, 12), (13, 18)]
    assert any("1 booking no longer fits" in each for each in saved.notices())
    [line] = saved.rows(UNFIT)
    assert "outside the hours" in line
    assert "SK-01" in line
    newest, before = saved.rows("History")
    assert "Later open" in newest
    assert "Now" in newest
    assert "1 January 2026" in before
    with pytest.raises(Refused):
        booked(CHRIS, "SK-02", f"{MONDAY}T09:00", "09:30")


def test_rows_come_and_go_without_script_and_nothing_is_saved_by_it(at_hours, week_of_monday):
    farid = at_hours(FARID)
    page = farid.open()
    assert row_numbers(page, 7) == []
    page = farid.send(page, "add-7")
    [sunday] = row_numbers(page, 7)
    assert page.soup.find(id=f"rows-{sunday}-kind").has_attr("autofocus")
    assert page.wrong_fields() == set()
    page = farid.send(
        page,
        f"remove-{row_numbers(page, 1)[0]}",
        **{f"rows-{sunday}-opens": "10:00", f"rows-{sunday}-closes": "00:00", f"rows-{sunday}-kind": "public"},
    )
    assert page.soup.find("button", value="add-1").has_attr("autofocus")
    assert len(row_numbers(page, 1)) == 1
    assert dict(form_of(page))[f"rows-{sunday}-opens"] == "10:00"
    assert week_of_monday() == [(8, 12), (13, 16)]
    farid.send(page, "save", reason="Sunday market")
    assert week_of_monday() == [(13, 16)]
    assert [(name, value) for name, value in form_of(farid.open()) if value == "10:00"]


def test_monday_is_copied_to_the_other_working_days(at_hours):
    farid = at_hours(FARID, "/manage/hours/zone:Z0-LOK")
    page = farid.send(farid.open(), "copy")
    fields = dict(form_of(page))
    for weekday in range(1, 6):
        assert [
            (fields[f"rows-{number}-opens"], fields[f"rows-{number}-closes"]) for number in row_numbers(page, weekday)
        ] == [("08:30", "12:30"), ("13:30", "16:30")]
    assert len(row_numbers(page, 6)) == 1


def test_a_row_left_empty_counts_for_nothing(at_hours, week_of_monday):
    farid = at_hours(FARID)
    farid.send(farid.send(farid.open(), "add-1"), "save", reason="Nothing new")
    assert week_of_monday() == [(8, 12), (13, 16)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"rows-0-opens": "13:00"}, {"rows-0-closes"}),
        (
            {
                "rows-0-opens": "",
            },
            {"rows-0-opens"},
        ),
        ({"rows-0-opens": "nine"}, {"rows-0-opens"}),
        ({"rows-1-opens": "12:00"}, {"rows-1-opens"}),
        ({"rows-0-kind": "open"}, {"rows-0-kind"}),
        ({"rows-0-week_of_month": "6"}, {"rows-0-week_of_month"}),
        ({"rows-0-label": "a\0b"}, {"rows-0-label"}),
        ({"reason": ""}, {"reason"}),
        ({"valid_from": "2027-03-02"}, {"valid_from"}),
        ({"valid_to": "2027-03-02"}, {"valid_to"}),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(at_hours, week_of_monday, typed, wrong):
    farid = at_hours(FARID)
    page = farid.send(farid.open(), "save", **{"reason": "Works", **typed})
    assert (page.status, page.wrong_fields()) == (400, wrong)
    summary = page.soup.select_one(".error-summary")
    assert {link["href"] for link in summary.find_all("a")} == {f"#{name}" for name in wrong}
    assert week_of_monday() == [(8, 12), (13, 16)]


@pytest.mark.parametrize(
    "odd",
    [
        {"rows-9999999999999-opens": "09:00"},
        {"rows-²-opens": "09:00"},
        {"rows-": "x"},
        {"rows-0-weekday": "9"},
        {"rows-0-weekday": ""},
        {"step": "add-9"},
        {"step": "remove-x"},
        {"seen": "x"},
        {"step": "add-²"},
    ],
)
def test_what_no_browser_sends_is_answered_all_the_same(at_hours, odd):
    farid = at_hours(FARID)
    fields = dict(form_of(farid.open())) | {"step": "save", "reason": "Works"} | odd
    assert farid.manager.client.post(SPR, data=fields).status_code in (200, 303, 400)
    assert farid.manager.client.post(SPR, data=odd).status_code in (200, 400)


def test_the_second_of_two_managers_sees_what_the_first_set(at_hours, week_of_monday):
    farid, other = at_hours(FARID), at_hours(FARID)
    page = farid.open()
    other.send(other.open(), "save", **{"rows-0-opens": "10:00", "reason": "Staff meeting"})
    refused = farid.send(page, "save", **{"rows-0-opens": "11:00", "reason": "Later"})
    assert (refused.status, week_of_monday()) == (409, [(10, 12), (13, 16)])
    [notice] = [each for each in refused.notices() if "before you" in each]
    assert "Staff meeting" in notice
    assert "10:00–12:30" in notice
    farid.send(refused, "save")
    assert week_of_monday() == [(11, 12), (13, 16)]


def test_a_week_for_a_while_is_planned_and_gone_after(at_hours, week_of_monday):
    farid = at_hours(FARID)
    page = farid.send(
        farid.open(),
        "save",
        valid_from="2027-07-01",
        valid_to="2027-08-31",
        reason="Summer",
        **{"rows-1-opens": "", "rows-1-closes": ""},
    )
    assert (week_of_monday(), week_of_monday(day="2027-07-05"), week_of_monday(day="2027-09-06")) == (
        [(8, 12), (13, 16)],
        [(8, 12)],
        [(8, 12), (13, 16)],
    )
    assert sum("Planned" in row for row in page.rows("History")) == 2
    link = farid.manager.open("/manage/hours").soup.find("a", string="Other hours from 1 July 2027")
    planned = dict(form_of(farid.manager.open(link["href"])))
    assert (planned["valid_from"], planned["valid_to"]) == ("2027-07-01", "2027-08-31")


def test_hours_of_its_own_zone_are_for_a_partners_administrator(at_hours, signed_in):
    ines = at_hours(INES, "/manage/hours/zone:Z0-CAW")
    page = ines.send(ines.open(), "save", **{"rows-0-opens": "10:00", "reason": "Later"})
    assert "Saved." in page.text
    assert signed_in(INES).open(SPR).status == 403
    overview = signed_in(INES).open("/manage/hours")
    assert {link["href"] for link in BeautifulSoup(str(overview.soup.main), "html.parser").select("a.button")} == {
        "/manage/hours/zone:Z0-CAW"
    }


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        (ANN, "/manage/hours", 403),
        (NORA, "/manage/hours", 403),
        (NORA, SPR, 403),
        (FARID, "/manage/hours/zone:Z9", 404),
        (FARID, "/manage/hours/floor:F1", 404),
        (FARID, "/manage/hours/x", 404),
    ],
)
def test_who_finds_nothing_here(signed_in, who, address, status):
    assert signed_in(who).open(address).status == status

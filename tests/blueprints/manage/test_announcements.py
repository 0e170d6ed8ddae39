"""What the house announces: who may say it, where and when it is read, in which language, and when it is over."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from blueprints.booking.announced import announced
from models.queries.house import the_house
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.blueprints.booking.reading import Reader, values_of
from tests.cast import ANN, BRAM, FARID, GERDA, INES, JEF, KAAT, at

LIST = "/manage/announcements"
TEXT = {
    "text_nl": "De lift staat stil.",
    "text_en": "The lift stands still.",
    "scope": "floor:F1",
    "first": "2027-03-03",
    "last": "2027-03-05",
    "level": "warning",
}


@pytest.fixture
def signed_in(browser_of):
    return lambda username: Reader(browser_of(username))


@pytest.fixture
def made(signed_in):
    """An announcement by Farid; answers the address on which it is changed."""

    def make(**changes) -> str:
        farid = signed_in(FARID)
        page = farid.follow(farid.send(LIST, **(TEXT | changes)))
        return page.soup.select(".row-title a")[-1]["href"]

    return make


def read_by(reader, address: str = "/") -> list[str]:
    return [
        " ".join(each.get_text(" ").split())
        for each in reader.open(address).soup.select("section[aria-label='Announcements'] .notice")
    ]


def test_it_is_read_on_everybodys_page_of_today_with_its_dates_and_place(signed_in, made):
    made()
    for who in (ANN, JEF, GERDA):
        assert read_by(signed_in(who)) == [
            "Warning: The lift stands still. Wednesday 3 March to Friday 5 March · First floor"
        ]
    assert read_by(signed_in(KAAT)) == []  # associations come to the ground floor and the halls


def test_each_reads_it_in_their_own_language_and_dutch_stands_in(signed_in, made, demo_app):
    made(text_fr="L'ascenseur est en panne.")
    ann = signed_in(ANN)
    for language, text in (("nl", "De lift staat stil."), ("en", "The lift stands still.")):
        with demo_app.test_request_context(), write_transaction():
            db.session.execute(update(PersonRow).where(PersonRow.username == ANN).values(language=language))
        assert text in ann.open("/").text
    made(text_nl="Alleen in het Nederlands.", text_en="")
    assert any("Alleen in het Nederlands." in line for line in read_by(ann))


@pytest.mark.parametrize(
    ("first", "last", "moment", "is_read"),
    [
        ("2027-03-03", "2027-03-03", "2027-03-03T23:59", True),
        ("2027-03-03", "2027-03-03", "2027-03-04T00:00", False),  # over at midnight on the building's wall
        ("2027-03-10", "2027-03-12", "2027-03-03T00:00", True),  # a week ahead
        ("2027-03-11", "2027-03-12", "2027-03-03T23:59", False),
    ],
)
def test_it_is_read_from_a_week_before_until_its_last_day_is_over(first, last, moment, is_read, signed_in, made, clock):
    made(first=first, last=last)
    clock.instant = at(moment)
    assert bool(read_by(signed_in(ANN))) is is_read


def test_where_somebody_books_it_is_read_for_those_places_and_dates(made, demo_app):
    made(first="2027-03-10", last="2027-03-10")
    made(scope="", level="info", text_nl="Overal.", text_en="Everywhere.", first="2027-03-10", last="2027-03-10")
    with demo_app.test_request_context("/"):
        house = the_house()
        upstairs, below = [house.spaces["VZ-101"]], [house.spaces["VZ-001"]]
        assert [each["level"] for each in announced(house, upstairs, date(2027, 3, 10))] == ["warning", "info"]
        assert [each["place"] for each in announced(house, below, date(2027, 3, 10))] == [""]
        assert announced(house, upstairs, date(2027, 3, 9)) == []
        assert len(announced(house, upstairs, date(2027, 3, 8), date(2027, 3, 14))) == 2


def test_it_costs_no_question_once_it_is_in_memory(made, demo_app, counted_queries):
    made()
    with demo_app.test_request_context("/"):
        house = the_house()
        spaces = list(house.spaces.values())
        announced(house, spaces, date(2027, 3, 3))
        with counted_queries() as counted:
            assert announced(house, spaces, date(2027, 3, 3))
        assert counted.number == 0


def test_it_is_said_otherwise_and_everybody_reads_that_at_once(signed_in, made):
    address, farid, ann = made(), signed_in(FARID), signed_in(ANN)
    assert "stands still" in read_by(ann)[0]
    assert farid.fill_in(address, text_en="The lift works again.", level="info").status == 303
    assert read_by(ann) == ["Note: The lift works again. Wednesday 3 March to Friday 5 March · First floor"]


def test_the_second_of_two_sees_what_the_first_wrote_and_keeps_the_own_words(signed_in, made):
    address, farid, gerda = made(), signed_in(FARID), signed_in(GERDA)
    stale = values_of(gerda.open(address).soup.select_one("form.form"))
    farid.fill_in(address, text_en="Mended at noon.")
    late = gerda.send(address, **stale | {"text_en": "Out of order until Friday."})
    assert late.status == 409
    assert "Mended at noon." in late.text
    assert "before you" in late.text
    assert late.soup.find(id="text_en").get_text().strip() == "Out of order until Friday."
    assert gerda.send(address, **values_of(late.soup.select_one("form.form"))).status == 303
    assert "Out of order until Friday." in read_by(signed_in(ANN))[0]


def test_ended_is_ended_also_when_pressed_twice(signed_in, made):
    address, farid = made(), signed_in(FARID)
    for _twice in range(2):
        assert farid.send(f"{address}/end").location == LIST
    assert read_by(signed_in(ANN)) == []
    assert farid.open(address).status == 404
    assert "Nothing is announced" in farid.open(LIST).text


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"text_nl": "  "}, {"text_nl"}),
        ({"text_nl": "x" * 501}, {"text_nl"}),
        ({"text_en": "a\0b"}, {"text_en"}),
        ({"scope": "zone:Z9"}, {"scope"}),
        ({"scope": "space:VZ-101"}, {"scope"}),
        ({"first": ""}, {"first"}),
        ({"last": "2027-03-02", "first": "2027-03-01"}, {"last"}),
        ({"last": "2027-03-03", "first": "2027-03-04"}, {"last"}),
        ({"last": "9999-12-31"}, {"last"}),
        ({"level": "panic"}, {"level"}),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(typed, wrong, signed_in, made):
    farid, address = signed_in(FARID), made()
    for where in (LIST, address):
        page = farid.send(where, **(TEXT | {"seen": "1"} | typed))
        found = {each["name"] for each in page.soup.select("[aria-invalid=true]")} | {
            each.find("input")["name"] for each in page.soup.select("fieldset.field-invalid")
        }
        assert (page.status, found) == (400, wrong), where
    assert len(read_by(signed_in(ANN))) == 1


@pytest.mark.parametrize(("who", "may"), [(FARID, True), (GERDA, True), (INES, True), (ANN, False), (KAAT, False)])
def test_who_may_announce(who, may, signed_in):
    reader = signed_in(who)
    assert reader.open(LIST).status == (200 if may else 403)
    assert bool(reader.open("/").soup.select(f"a[href='{LIST}']")) is may


def test_a_partners_administrator_speaks_for_own_zones_only(signed_in, made):
    ines, theirs = signed_in(INES), made()
    offered = {each["value"] for each in ines.open(LIST).soup.select("#scope option")}
    assert offered == {"zone:Z0-CAW"}
    assert ines.send(LIST, **TEXT).status == 400
    assert ines.send(LIST, **(TEXT | {"scope": "zone:Z0-CAW", "text_en": "Painters."})).status == 303
    assert ines.open(theirs).status == 404
    assert ines.send(f"{theirs}/end").status in (403, 404)
    assert "lift" not in ines.open(LIST).text
    assert not any("Painters." in line for line in read_by(signed_in(BRAM)))  # he does not book there

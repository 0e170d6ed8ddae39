"""The page of my calendar addresses, with the browser of somebody who is signed in."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text, update

from models.rules.people.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from tests.cast import ANN, BRAM


@pytest.fixture
def browser_of(town):
    """A browser in which somebody is signed in."""
    town.app.config["WTF_CSRF_ENABLED"] = False

    def browser(who):
        token = new_token()
        with town.acting(who) as (person, now):
            db.session.add(
                SessionRow(
                    token_hash=token_hash(token),
                    person_id=person.id,
                    created_at=now,
                    last_used_at=now,
                    ends_at=now.replace(year=now.year + 1),
                )
            )
            db.session.execute(update(PersonRow).values(language="en"))
            db.session.commit()
        client = town.app.test_client()
        with client.session_transaction() as session:
            session["sign_in"] = token
        return client

    return browser


def read(answer):
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


def made(client, scope="mine", detail="full"):
    answer = client.post("/feeds", data={"scope": scope, "detail": detail})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/feeds")
    return read(client.get("/feeds"))


def rows(page):
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]


def test_a_new_address_is_shown_once_and_works(browser_of, town):
    ann = browser_of(ANN)
    page = made(ann)
    address = page.find(id="feed-address")["value"]
    assert re.fullmatch(r"http://localhost/feeds/[\w-]{43}\.ics", address)
    assert page.find("a", href=address.replace("http:", "webcal:"))
    assert town.get(address.removeprefix("http://localhost")).status_code == 200
    again = ann.get("/feeds")
    assert address.split("/")[-1].removesuffix(".ics") not in again.text
    assert len(rows(read(again))) == 1
    with ann.session_transaction() as session:
        assert not any("feed" in key for key in session)


def test_the_list_says_what_and_how_much_it_really_tells(browser_of):
    ann = browser_of(ANN)
    made(ann, "space:VZ-101", "full")
    page = made(ann, "zone:Z1-VER", "busy")
    assert [row[:2] for row in rows(page)] == [
        ["Meeting cluster Only that it is taken", "not yet made 3 Mar 2027"],
        ["De Vaart (VZ-101) Titles, no names", "not yet made 3 Mar 2027"],
    ]


def test_a_room_can_be_chosen_beforehand_by_a_link(browser_of):
    page = read(browser_of(ANN).get("/feeds?scope=space:VZ-102"))
    assert page.select_one("#scope option[selected]")["value"] == "space:VZ-102"


def test_revoking_asks_first_and_then_shuts_the_address(browser_of, town):
    ann = browser_of(ANN)
    page = made(ann)
    address = page.find(id="feed-address")["value"].removeprefix("http://localhost")
    question = page.find("a", href=re.compile(r"^/feeds/\d+/revoke$"))["href"]
    assert "My own bookings" in read(ann.get(question)).text
    assert town.get(address).status_code == 200
    assert ann.post(question).status_code == 303
    assert town.get(address).status_code == 404
    assert rows(read(ann.get("/feeds"))) == []
    assert (ann.get(question).status_code, ann.post(question).status_code) == (404, 404)


def test_somebody_elses_address_is_not_found(browser_of):
    question = made(browser_of(ANN)).find("a", href=re.compile(r"/revoke$"))["href"]
    bram = browser_of(BRAM)
    assert (bram.get(question).status_code, bram.post(question).status_code) == (404, 404)
    assert rows(read(bram.get("/feeds"))) == []


@pytest.mark.parametrize(
    ("form", "wrong"),
    [({}, "scope"), ({"scope": "space:XX", "detail": "full"}, "scope"), ({"scope": "mine", "detail": "all"}, "detail")],
)
def test_a_form_filled_in_wrongly_says_so_at_its_field(browser_of, form, wrong):
    answer = browser_of(ANN).post("/feeds", data=form)
    page = BeautifulSoup(answer.data, "html.parser")
    assert answer.status_code == 400
    assert page.select_one(f".error-summary a[href='#{wrong}']")
    assert page.find(id=f"{wrong}-error")


def test_nobody_makes_an_address_without_signing_in(town):
    town.app.config["WTF_CSRF_ENABLED"] = False
    assert town.app.test_client().get("/feeds").status_code == 303
    assert town.app.test_client().post("/feeds", data={"scope": "mine", "detail": "full"}).status_code == 303


def test_whoever_may_book_there_no_more_reads_why_their_calendar_shows_nothing(browser_of, town):
    ann = browser_of(ANN)
    made(ann, "space:VZ-103", "title")
    made(ann, "zone:Z1-VER", "title")
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET organisation_id = (SELECT id FROM organisation WHERE code = 'VER')"))
        db.session.commit()
    page = read(ann.get("/feeds"))
    assert [row[0] for row in rows(page)] == [
        "Meeting cluster You may book no space there, so this calendar shows nothing any more.",
        "De Brug (VZ-103) You may not book this space, so this calendar shows nothing any more.",
    ]


def test_only_what_one_may_book_is_offered(browser_of):
    offered = {option["value"] for option in read(browser_of(ANN).get("/feeds")).select("#scope option")}
    assert {"mine", "zone:Z1-VER", "space:VZ-103", "space:SK-01"} <= offered
    assert not {"space:SK-05", "space:SK-08", "zone:Z0-CAW"} & offered

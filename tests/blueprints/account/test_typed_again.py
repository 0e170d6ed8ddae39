"""Signed out while typing: one signs in again, and the form is there with what was typed. Nothing is sent by itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer

from models.actions.people.set_password import set_passwords
from models.queries.bookings import bookings_page
from models.rules.people.passwords import passwords_at
from tests.blueprints.booking.reading import Page
from tests.cast import ANN, BRAM, FARID
from tests.conftest import QUICK_ARGON2

PASSWORD = "een goed wachtwoord"
FORM, TITLE = "/rooms/VZ-105/book", 'Overleg <met> "wie" & zo'
OURS = {"Sec-Fetch-Site": "same-origin"}


class Browser:
    """With cookies, forms and their tokens as a browser has them, and what it says of where a form stands."""

    def __init__(self, client):
        self.client = client

    def open(self, address):
        return Page(self.client.get(address))

    def send(self, page, at, action, headers=OURS, **typed):
        """The form of this page, with what is typed over what stands in it."""
        found = next(each for each in page.soup.select("main form") if each.get("action", action) == action)
        fields = {
            each["name"]: each.get("value", "")
            for each in found.select("input[name]")
            if each.get("type") not in ("checkbox", "radio") or each.has_attr("checked")
        }
        referer = {"Referer": f"http://localhost{at}"} if headers else {}
        return Page(self.client.post(action, data=fields | typed, headers={**(headers or {}), **referer}))

    def sign_in(self, username=ANN, page=None):
        page = page or self.open("/login")
        return self.send(page, "/login", "/login", username=username, password=PASSWORD)

    def sign_out(self):
        self.client.post("/logout", data={"csrf_token": token_on(self.open("/account"))})


def token_on(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.source).group(1)


@pytest.fixture
def browser(demo_app):
    with demo_app.app_context():
        set_passwords([ANN, BRAM, FARID], PASSWORD, passwords_at(**QUICK_ARGON2))
    found = Browser(demo_app.test_client())
    found.sign_in()
    return found


@pytest.fixture
def booked(demo_app):
    def titles():
        with demo_app.app_context():
            return [each.title for each in bookings_page(limit=10)]

    return titles


def sign_out_in_another_tab(browser, _clock):
    browser.sign_out()


def go_for_lunch(_browser, clock):
    clock.instant += timedelta(minutes=61)


def lose_the_cookie(browser, _clock):
    browser.client.delete_cookie("trefpunt")


TYPED = {"date": "2027-03-04", "start": "10:00", "end": "11:00", "title": TITLE, "attendees": "3", "note": "Een\ntwee"}


@pytest.mark.parametrize("meanwhile", [sign_out_in_another_tab, go_for_lunch, lose_the_cookie])
def test_whoever_was_signed_out_signs_in_and_finds_what_they_typed(browser, clock, booked, meanwhile):
    page = browser.open(FORM)
    meanwhile(browser, clock)
    door = browser.send(page, FORM, FORM, **TYPED)
    assert door.status == 401
    assert "afgemeld terwijl je typte" in door.text
    wrong = browser.send(door, "/login", "/login", username=ANN, password="mis")
    assert wrong.status == 401
    back = browser.sign_in(page=wrong)
    assert (back.status, back.title) == (200, page.title)
    assert "Er is nog niets verstuurd" in back.text
    fields = {name: back.soup.select_one(f"#booking [name={name}]") for name in TYPED}
    assert [fields[name]["value"] for name in ("date", "start", "end", "title")] == list(TYPED.values())[:4]
    assert fields["note"].text.strip() == "Een\ntwee"
    assert booked() == []
    done = browser.send(back, "/login", FORM, **TYPED)
    assert (done.status, booked()) == (303, [TITLE])


def test_whoever_signed_in_anew_in_another_tab_finds_what_they_typed_at_once(browser, booked):
    page = browser.open(FORM)
    browser.sign_out()
    browser.sign_in(ANN)
    back = browser.send(page, FORM, FORM, **TYPED)
    assert back.status == 400
    assert "van voor je je aanmeldde" in back.text
    assert back.soup.select_one("#booking [name=title]")["value"] == TITLE
    assert booked() == []
    assert browser.send(back, FORM, FORM, **TYPED).status == 303
    assert booked() == [TITLE]


def by_a_colleague_at_the_door(browser, page):
    browser.sign_out()
    door = browser.send(page, FORM, FORM, **TYPED)
    assert door.status == 401
    return browser.sign_in(BRAM, door)


def by_a_colleague_in_another_tab(browser, page):
    browser.sign_out()
    browser.sign_in(BRAM)
    return browser.send(page, FORM, FORM, **TYPED)


def by_oneself_from_a_page_that_does_not_say_whose_it_is(browser, page):
    """Made before pages said so."""
    nobodys = URLSafeTimedSerializer(browser.client.application.secret_key, salt="wtf-csrf-token").dumps("a" * 40)
    browser.sign_out()
    door = browser.send(page, FORM, FORM, **TYPED, csrf_token=nobodys)
    assert (door.status, "afgemeld terwijl je typte" in door.text) == (401, False)
    return browser.sign_in(ANN, door)


@pytest.mark.parametrize(
    "sent",
    [
        by_a_colleague_at_the_door,
        by_a_colleague_in_another_tab,
        by_oneself_from_a_page_that_does_not_say_whose_it_is,
    ],
)
def test_nobody_else_sees_what_was_typed_who_signs_in_at_that_computer(browser, booked, sent):
    answer = sent(browser, browser.open(FORM))
    assert (answer.status, answer.location) == (303, "/")
    for page in (answer, browser.open("/")):
        assert "Overleg" not in page.source
        assert "VZ-105" not in page.source
    assert booked() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        None,
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_is_never_shown_and_never_booked(browser, booked, headers, signed_in):
    page = browser.open(FORM)
    if not signed_in:
        browser.sign_out()
    page.soup.find("input", attrs={"name": "csrf_token"})["value"] = "forged"
    answer = browser.send(page, FORM, FORM, headers=headers, csrf_token="forged", **TYPED)
    assert answer.status == 400
    assert "Overleg" not in answer.source
    assert booked() == []


@pytest.mark.parametrize(
    ("who", "at", "action", "typed"),
    [
        (ANN, "/account", "/account/delegates", {"delegate": "Iemand <b>"}),
        (FARID, "/manage/spaces/VZ-101", "/manage/spaces/VZ-101", {"reason": "Werken & zo"}),
        (FARID, "/manage/floors/F1", "/manage/floors/F1", {"max_persons": "41", "reason": "Brandweer"}),
        (FARID, "/manage/new-space", "/manage/new-space", {"name_nl": "Zaal Één"}),
        (FARID, "/manage/closures/add", "/manage/closures/add", {"name": "Feest & zo"}),
    ],
)
def test_so_it_is_with_any_form_of_the_house(browser, who, at, action, typed):
    browser.sign_out()
    browser.sign_in(who)
    page = browser.open(at)
    assert page.status == 200
    browser.sign_out()
    back = browser.sign_in(who, browser.send(page, at, action, **typed))
    assert back.title == page.title
    for name, value in typed.items():
        found = back.soup.select_one(f"main form[action='{action}'] [name={name}]")
        assert (found.get("value") or found.text.strip()) == value


def test_a_button_pressed_when_signed_out_does_nothing_and_says_so(browser):
    page = browser.open("/account")
    browser.sign_out()
    door = browser.send(page, "/account", "/account/sign-out-elsewhere")
    sent = browser.sign_in(page=door)
    assert (sent.status, sent.location) == (303, "/account")
    assert "Er is niets gedaan" in browser.open("/account").text


def test_no_password_is_carried_and_what_is_carried_cannot_be_made_up(browser):
    page = browser.open("/account/password")
    browser.sign_out()
    door = browser.send(page, "/account/password", "/account/password", present_password="mijn geheim")
    assert "geheim" not in door.source
    carried = door.soup.find("input", attrs={"name": "typed"})
    assert carried is not None
    carried["value"] = "W10.x"
    assert browser.sign_in(page=door).location == "/"


def test_what_a_form_asks_while_one_types_leads_nowhere(browser):
    browser.client.application.config["WTF_CSRF_ENABLED"] = False
    browser.sign_out()
    asked = {"HX-Request": "true", "HX-Trigger": "check", "HX-Current-URL": f"http://localhost{FORM}"}
    answer = browser.client.post(f"{FORM}/check", data=TYPED, headers=OURS | asked)
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (401, None)

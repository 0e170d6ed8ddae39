"""A screen is paired for one zone by the code that it shows, tells nothing of any zone until then, and nothing of
another ever."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from models.rules.people.pairing import SILENT_AFTER, STEP
from tests.blueprints.screens.conftest import CAW, HALL, INTERVIEWS, code_on
from tests.cast import ANN, FARID, GERDA, INES, NORA

DEVICES = "/manage/devices"


def typed(client, code, name="By the door"):
    return client.post(DEVICES, data={"code": code, "name": name})


def shown(answer) -> str:
    return BeautifulSoup(answer.data, "html.parser").get_text(" ", strip=True)


def test_the_code_of_a_screen_pairs_it_and_taking_it_back_is_told_by_its_next_question(demo_app, browser_of):
    screen, farid = demo_app.test_client(), browser_of(FARID)
    code = code_on(screen.get(f"/display/{HALL}"))
    assert re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", code)
    assert typed(farid, f" {code.lower().replace('-', ' ')} ").status_code == 303  # however it is written
    assert "Is awaited" in shown(farid.get(DEVICES))
    assert code_on(screen.get(f"/display/{HALL}")) is None
    assert "last heard 3 March 09:00" in shown(farid.get(DEVICES))
    assert typed(farid, code).status_code == 400  # it is good once
    [question] = BeautifulSoup(farid.get(DEVICES).data, "html.parser").find_all("a", href=re.compile("/revoke$"))
    assert farid.post(question["href"]).status_code == 303
    assert farid.post(question["href"]).status_code == 404
    assert code_on(screen.get(f"/display/{HALL}"))


def test_a_screen_that_is_not_paired_does_not_tell_whether_there_is_such_a_zone(demo_app):
    pages = {}
    for address in (f"/display/{HALL}", "/display/NOWHERE", f"/kiosk/{CAW}", "/panel/SK-08", "/panel/NOWHERE"):
        answer = demo_app.test_client().get(address)
        code, cookie = code_on(answer), answer.headers["Set-Cookie"]
        assert f"Path={address};" in cookie
        assert "HttpOnly" in cookie
        pages[address] = answer.status_code, answer.get_data(as_text=True).replace(code, "")
    assert len(set(pages.values())) == 1
    assert all(word not in pages[f"/display/{HALL}"][1] for word in (HALL, "Publiekshal", "SK-08"))


@pytest.mark.parametrize("address", [f"/display/{INTERVIEWS}", f"/kiosk/{HALL}", f"/panel/{HALL}"])
def test_with_the_token_of_another_zone_or_kind_a_screen_shows_its_pairing_page(address, paired):
    screen = paired("display", HALL)
    token = screen.get_cookie("trefpunt-screen", path=f"/display/{HALL}").value
    screen.set_cookie("trefpunt-screen", token, path=address)
    assert code_on(screen.get(address))
    assert code_on(screen.get(f"/display/{HALL}")) is None


def test_a_browser_keeps_the_secret_of_a_screen_for_its_address_alone(demo_app):
    demo_app.config |= {"SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_NAME": "__Host-trefpunt"}
    said = demo_app.test_client().get(f"/display/{HALL}").headers["Set-Cookie"]
    assert said.startswith("__Secure-trefpunt-screen=")  # one called __Host-… would have to be for every address
    assert {f"Path=/display/{HALL}", "Secure", "HttpOnly", "SameSite=Strict"} <= set(said.split("; "))


def test_a_television_types_its_address_in_any_case(paired):
    paired("display", HALL.lower())


@pytest.mark.parametrize(
    ("minutes", "status"),
    [(0, 303), (4, 303), (11, 400)],  # good for at least five minutes, and never for more than ten
)
def test_a_code_is_good_for_some_minutes(minutes, status, demo_app, browser_of, clock):
    code = code_on(demo_app.test_client().get(f"/display/{HALL}"))
    clock.instant += timedelta(minutes=minutes)
    assert typed(browser_of(FARID), code).status_code == status


def test_a_screen_that_comes_too_late_for_its_place_shows_another_code(demo_app, browser_of, clock):
    screen, farid = demo_app.test_client(), browser_of(FARID)
    code = code_on(screen.get(f"/display/{HALL}"))
    typed(farid, code)
    clock.instant += 2 * STEP
    assert code_on(screen.get(f"/display/{HALL}")) not in (None, code)


def test_an_administrator_pairs_screens_of_own_zones_alone_and_hears_of_no_others(demo_app, browser_of, paired):
    paired("kiosk", CAW, who=INES, name="Beside the plant")
    paired("display", HALL, name="Above the stairs")
    ines, theirs = browser_of(INES), code_on(demo_app.test_client().get(f"/display/{INTERVIEWS}"))
    refused = typed(ines, theirs)
    assert (refused.status_code, shown(refused).count("None of your screens shows this code now.")) == (400, 2)
    assert shown(typed(ines, "ABCDE-FGHJK")).replace("ABCDE-FGHJK", theirs) == shown(refused)  # as one made up
    page = shown(ines.get(DEVICES))
    assert "Beside the plant" in page
    assert all(word not in page for word in ("Above the stairs", INTERVIEWS))
    assert "Beside the plant" in shown(browser_of(FARID).get(DEVICES))
    [of_farid] = re.findall(r"/manage/devices/\w+/revoke", browser_of(FARID).get(DEVICES).text)[:1]
    statuses = {
        ines.post(each).status_code for each in re.findall(r"/manage/devices/\w+/revoke", ines.get(DEVICES).text)
    }
    assert statuses <= {303, 404}
    assert browser_of(ANN).post(of_farid).status_code == 403


@pytest.mark.parametrize("who", [ANN, GERDA, NORA])
def test_nobody_else_pairs_any(who, browser_of):
    assert {browser_of(who).get(DEVICES).status_code, typed(browser_of(who), "ABCDE-FGHJK").status_code} == {403}


def test_whoever_guesses_codes_has_to_wait_and_a_good_one_is_not_looked_at(demo_app, browser_of):
    farid, good = browser_of(FARID), code_on(demo_app.test_client().get(f"/display/{HALL}"))
    statuses = [typed(farid, f"ABCDE-FGH{first}{second}").status_code for first in "23" for second in "2345678"]
    assert statuses[:5] == [400] * 5
    assert statuses[-1] == 429
    answer = typed(farid, good)
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)


def test_the_code_of_a_door_panel_says_what_it_is(demo_app, browser_of):
    refused = typed(browser_of(FARID), code_on(demo_app.test_client().get("/panel/SK-01")))
    assert (refused.status_code, "This is the code of a door panel." in shown(refused)) == (400, True)


def test_five_silent_minutes_are_an_alarm_on_the_managers_home(paired, browser_of, clock):
    screen = paired("display", CAW, name="Beside the plant")
    for minute in range(1, 10):
        clock.instant += timedelta(minutes=1)
        screen.get(f"/display/{CAW}")
        assert "silent" not in browser_of(FARID).get("/manage").text, minute
    clock.instant += SILENT_AFTER + timedelta(minutes=1, seconds=1)
    for who in (FARID, INES):
        page = shown(browser_of(who).get("/manage"))
        assert "1 screen is silent" in page
        assert "Beside the plant" in page
    assert "silent" not in browser_of(NORA).get("/manage").text
    screen.get(f"/display/{CAW}")
    assert "silent" not in browser_of(FARID).get("/manage").text


def test_what_a_screen_asks_costs_one_query_and_is_noted_once_a_minute(paired, clock, counted_queries):
    screen = paired("display", HALL)
    screen.get(f"/display/{HALL}")
    with counted_queries() as counted:
        screen.get(f"/display/{HALL}")
    assert counted.number <= 2
    clock.instant += timedelta(minutes=1)
    with counted_queries() as counted:
        screen.get(f"/display/{HALL}")
    assert [each.split()[0] for each in counted.statements].count("UPDATE") == 1

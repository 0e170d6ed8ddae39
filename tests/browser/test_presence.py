"""Counting with two keys, and clearing a building with two telephones."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.cast import ANN, BRAM, FARID, GERDA

pytestmark = pytest.mark.browser
TODAY = "2027-03-03"
NOT_CUT = "box => box.scrollWidth <= box.clientWidth"
ALL_OUT = ".tick-keys form:has([value=out]), .tick-zone .tick-keys form"
TAP = 750  # milliseconds in which a second press belongs to the first


def begin_a_drill(warden) -> None:
    warden.page.get_by_role("link", name="Begin a drill").click()
    warden.page.wait_for_timeout(TAP)
    warden.click(warden.page.get_by_role("dialog").get_by_role("button", name="Begin a drill"))


@pytest.fixture
def meeting(site):
    site.book(ANN, "VZ-101", f"{TODAY}T09:00", "11:00", attendees=14)
    site.book(BRAM, "VZ-102", f"{TODAY}T09:00", "11:00", attendees=9)


def test_the_keys_plus_and_minus_count_each_press(visit):
    gerda = visit(GERDA, width=390)
    gerda.go("/occupancy/count/OR-04")
    number = gerda.page.locator("#tally-number strong")
    for key in "++++++-":
        gerda.page.keyboard.press(key)
    expect(number).to_have_text("5")
    gerda.page.get_by_role("button", name="One came in").click()
    expect(number).to_have_text("6")
    expect(gerda.page.locator("#tally-number")).to_contain_text("64 places left")
    assert violations(gerda.page) == []
    assert not gerda.overflows()


def test_whoever_wants_no_such_keys_switches_them_off_and_a_field_takes_them_as_text(visit):
    gerda = visit(GERDA)
    gerda.go("/occupancy/count/OR-04")
    gerda.page.locator("#persons").press("-")
    gerda.page.get_by_role("link", name="Keys").click()
    gerda.page.get_by_label("Single keys work on this computer").uncheck()
    gerda.page.keyboard.press("Escape")
    gerda.page.keyboard.press("+")
    gerda.page.get_by_role("button", name="One came in").click()
    expect(gerda.page.locator("#tally-number strong")).to_have_text("1")


def test_two_wardens_tick_off_on_their_phones_and_see_each_other(visit, meeting):
    farid, gerda = visit(FARID, width=390), visit(GERDA, width=390)
    farid.press("link", "Evacuation list")
    assert farid.clicks == 1
    assert farid.title == "Evacuation list"
    assert not farid.overflows()
    assert violations(farid.page) == []
    begin_a_drill(farid)
    gerda.go("/")
    gerda.press("link", "Tick people off")
    for warden in (farid, gerda):
        assert warden.title == "Drill of 3 March 2027, 09:00"
        assert not warden.overflows()
    vaart, sluis = (farid.page.locator(".tick", has_text=code) for code in ("VZ-101", "VZ-102"))
    sluis.get_by_role("button", name=re.compile("^All out")).click()
    expect(sluis).to_contain_text("All out – 09:00")
    vaart.locator("summary").click()
    vaart.get_by_label("How many are missing?").fill("2")
    vaart.get_by_role("button", name=re.compile("^Missing")).click()
    expect(gerda.page.locator("#progress")).to_contain_text("2 missing")
    expect(gerda.page.locator(".tick", has_text="VZ-102")).to_contain_text("Facilitair Beheerder")
    assert violations(gerda.page) == []
    end = farid.page.get_by_role("link", name="End the drill")
    assert end.evaluate("link => { link.click(); return document.querySelector('#end .asked-key').disabled }")
    expect(farid.page.locator("#end .asked-key")).to_be_enabled()
    farid.page.keyboard.press("Escape")
    end.dblclick()  # what one tap opened, it does not answer
    question = farid.page.get_by_role("dialog")
    expect(question).to_contain_text("2 missing, 17 zones not searched: end it all the same?")
    farid.page.wait_for_timeout(TAP)
    farid.click(question.get_by_role("button", name="End the drill"))
    expect(gerda.page.get_by_text("Report, without the names")).to_be_visible()
    assert "People missing" in farid.text
    for address in (farid.path, "/occupancy/drills"):
        farid.go(address)
        assert not farid.overflows()
        assert farid.page.evaluate(f"[...document.querySelectorAll('.table-scroll')].every({NOT_CUT})")
    assert violations(farid.page) == []


def test_ticks_that_wait_on_a_phone_go_under_whoever_made_them_and_nobody_else(visit, site, meeting):
    farid = visit(FARID, width=390)
    farid.go("/occupancy/evacuation")
    begin_a_drill(farid)
    phone, line = farid.page.context, farid.page.locator(".tick", has_text="VZ-101")
    others = farid.page.get_by_text("Ticks of somebody else wait on this phone")
    phone.set_offline(True)
    line.get_by_role("button", name=re.compile("^All out")).click()
    expect(line).to_contain_text("All out – not sent yet")
    expect(others).to_be_hidden()
    phone.add_cookies([site.cookie_of(GERDA)])
    with farid.page.expect_response(lambda answer: answer.url.endswith("/marks") and answer.status == 400):
        phone.set_offline(False)  # Farid's page is open still
    farid.page.reload()
    expect(others).to_be_visible()
    expect(line.locator(".tick-waits")).to_be_hidden()
    assert farid.page.evaluate("localStorage.length") == 1
    assert violations(farid.page) == []
    phone.add_cookies([site.cookie_of(FARID)])
    farid.page.reload()
    expect(line).to_contain_text("All out – 09:00, Facilitair Beheerder")
    expect(others).to_be_hidden()
    assert farid.page.evaluate("localStorage.length") == 0
    farid.wrong.clear()  # that the network was gone


def test_a_phone_without_network_keeps_its_ticks_and_they_come_in_once_by_their_own_time(visit, meeting, clock):
    farid, gerda = visit(FARID, width=390), visit(GERDA, width=390)
    farid.go("/occupancy/evacuation")
    begin_a_drill(farid)
    farid.page.clock.install()
    gerda.go(farid.path)
    farid.page.context.set_offline(True)
    codes = ("VZ-101", "VZ-102")
    line, theirs = ({code: one.page.locator(".tick", has_text=code) for code in codes} for one in (farid, gerda))
    for code in codes:
        line[code].get_by_role("button", name=re.compile("^All out")).click()
        expect(line[code]).to_contain_text("All out – not sent yet")
    expect(farid.page.locator("#waiting")).to_contain_text("2 ticks wait for the network")
    expect(farid.page.locator(".tick-top")).to_have_text("0 of 2 · 2 wait for network")
    assert farid.page.locator(".tick-top").bounding_box()["height"] < 60  # a line, however long the list
    farid.page.locator(".tick-add summary").click()
    farid.page.get_by_label("Name or description").fill("Man in a red coat")
    stranger = farid.page.locator("#add").get_by_role("button", name="Found safe")
    stranger.click()
    expect(farid.page.locator("#add-said")).to_contain_text("What you typed stays here")
    farid.page.get_by_role("link", name="Evacuation list").click()  # cannot be opened now, and this page not again
    assert farid.title == "Drill of 3 March 2027, 09:00"
    kept = farid.page.evaluate("JSON.stringify(localStorage)")
    assert "Burgerzaken" not in kept
    assert "red coat" not in kept
    assert violations(farid.page) == []
    clock.instant += timedelta(minutes=2)
    theirs["VZ-102"].locator("summary").click()
    theirs["VZ-102"].get_by_role("button", name=re.compile("^Missing")).click()
    expect(theirs["VZ-102"]).to_contain_text(re.compile("1 missing – 09:0[12]"))  # a moment old, or none
    clock.instant += timedelta(minutes=2)
    farid.page.clock.fast_forward(180_000)
    farid.page.context.set_offline(False)
    for one in (line, theirs):
        expect(one["VZ-101"]).to_contain_text("All out – 09:00, Facilitair Beheerder")
    expect(line["VZ-102"]).to_contain_text(re.compile("1 missing – 09:0[12], Onthaal"))
    expect(farid.page.locator("#waiting")).to_be_hidden()
    stranger.click()
    expect(gerda.page.locator("#added")).to_contain_text("Man in a red coat")
    assert farid.page.evaluate("localStorage.length") == 0
    cut_off = ("ERR_INTERNET_DISCONNECTED", "htmx:")
    farid.wrong = [each for each in farid.wrong if not any(words in each for words in cut_off)]


def test_a_warden_whose_drill_turns_serious_is_told_in_red_on_that_page(visit, meeting):
    farid, gerda = visit(FARID, width=390), visit(GERDA, width=390)
    farid.go("/occupancy/evacuation")
    begin_a_drill(farid)
    gerda.go("/occupancy/evacuation/begin?sort=live")
    gerda.press("button", "Begin an evacuation")
    told = farid.page.locator(".notice-error")
    expect(told).to_contain_text("The building is being evacuated, since 09:00")
    farid.click(told.get_by_role("link", name="Tick people off"))
    assert farid.title == gerda.title == "Evacuation of 3 March 2027, 09:00"
    farid.page.evaluate(f"document.querySelectorAll('{ALL_OUT}').forEach(form => form.requestSubmit())")
    expect(farid.page.locator("#progress")).to_contain_text("Nobody missing")
    farid.go(f"{farid.path}/end")
    farid.press("button", "End the evacuation")
    farid.go("/occupancy/drills")
    expect(farid.page.locator(".badge-good")).to_be_visible()  # the longest of them
    assert not farid.overflows()


def test_ticking_by_keyboard_stays_on_the_line(visit, meeting):
    farid = visit(FARID)
    farid.go("/occupancy/evacuation")
    begin_a_drill(farid)
    line = farid.page.locator(".tick", has_text="VZ-102")
    line.get_by_role("button").first.focus()
    farid.page.keyboard.press("Enter")
    expect(line.get_by_role("button", name=re.compile("^Undo"))).to_be_focused()


def test_the_list_is_kept_as_a_file_that_needs_no_network(visit, meeting, tmp_path):
    farid = visit(FARID)
    farid.go("/occupancy/evacuation")
    with farid.page.expect_download() as kept:
        farid.page.get_by_role("button", name="Keep as a file").click()
    path = tmp_path / "list.html"
    kept.value.save_as(path)
    assert "VZ-101" in path.read_text()
    assert "Not true any more after 10:00" in path.read_text()

"""A booth for somebody who stands here now, and what the rest of the house learns of it: nothing."""

from __future__ import annotations

import pytest

from tests.cast import ANN, CHRIS, DORA, FARID, GERDA, INES, KAAT

SECRET = ("Schuldbemiddeling", "Debt mediation", "OCMW-SCH", "Dora's remark", "Loketcoördinator Sociale", "OCMW")


@pytest.fixture
def secret_talk(booked):
    return booked(
        DORA,
        "SK-01",
        "2027-03-03T09:00",
        "10:00",
        service="OCMW-SCH",
        attendees=2,
        title="Dora's remark",
        note="Dora's remark",
    )


def test_naming_the_service_books_the_best_free_booth_from_the_running_quarter(signed_in, kept):
    dora = signed_in(DORA)
    done = dora.send("/booths/now", typed="schuldbem", key="0f0f0f0f-1")
    dora.follow(done)
    booking = kept(done.location.rpartition("/")[2])
    assert booking.service == "OCMW-SCH"
    assert booking.space in ("SK-05", "SK-06", "SK-07")
    assert f"{booking.during.start:%H:%M}" == "08:00"
    assert booking.during.length.seconds == 60 * 60
    page = dora.open(f"/bookings/{booking.handle}")
    assert page.soup.select_one(".visitor-code strong").text == booking.visitor_code


def test_sent_twice_it_is_one_booth(signed_in, all_bookings):
    dora = signed_in(DORA)
    first, second = (dora.send("/booths/now", service="OCMW-SCH", key="0f0f0f0f-2") for _ in range(2))
    assert first.location == second.location
    assert len(all_bookings()) == 1


def test_a_coordinator_has_a_button_for_each_of_her_services_at_home_and_at_the_booths(signed_in):
    for address in ("/", "/booths"):
        buttons = signed_in(CHRIS).open(address).soup.select("button[name=service]")
        assert {each["value"] for each in buttons} == {"GEM-BST", "GEM-VRE"}  # those held in a booth


@pytest.mark.parametrize("typed", ["", "nothing we know", "e"])
def test_a_service_that_is_not_clear_is_asked_again_with_what_was_typed(typed, signed_in, all_bookings):
    page = signed_in(DORA).send("/booths/now", typed=typed)
    assert page.status == 400
    assert "Choose a service" in page.soup.select_one("#typed-error").text
    assert page.soup.select_one("#typed")["value"] == typed
    assert not all_bookings()


def test_outside_the_public_hours_it_says_why_and_what_is_possible(signed_in, clock, all_bookings):
    clock.instant = clock.instant.replace(hour=11, minute=40)  # 12:40 on the wall: lunch
    dora = signed_in(DORA)
    page = dora.send("/booths/now", service="OCMW-LEE", key="0f0f0f0f-3")
    assert page.status == 422
    assert "not open" in page.text
    assert dora.press(page.buttons("Book this")[0]).status == 303
    assert len(all_bookings()) == 1


def test_a_booth_for_a_wheelchair_is_accessible(signed_in, kept):
    done = signed_in(CHRIS).send("/booths/now", service="GEM-BST", wheelchair="1")
    assert kept(done.location.rpartition("/")[2]).space in ("SK-03", "SK-04", "SK-10")


def test_a_secret_talk_is_busy_on_every_page_to_whoever_is_not_party_to_it(signed_in, secret_talk):
    code = secret_talk.visitor_code
    for who in (ANN, CHRIS, FARID, GERDA, INES, KAAT):
        reader, is_outside = signed_in(who), who in (INES, KAAT)
        for address in (
            "/",
            "/mine",
            "/booths",
            "/booths?view=list",
            "/booths?view=plan",
            "/booths?view=week",
            "/booths?view=month",
            "/booths/SK-01",
            "/booths/SK-01/book?start=09:00&end=10:00",
            f"/bookings/{secret_talk.handle}",
        ):
            page = reader.open(address)
            slots = " ".join(each.get_text(" ") for each in page.soup.select("td.t, td.m, .rows"))
            shown = page.text if address.startswith("/bookings") else slots
            assert page.status == (404 if is_outside and address.startswith("/bookings") else 200)
            assert code not in page.source
            assert not any(word in shown for word in SECRET), (who, address)
        assert is_outside or reader.open(f"/bookings/{secret_talk.handle}").title == "Busy"
        assert reader.open(f"/bookings/{secret_talk.handle}/change").status == 404
        assert reader.open(f"/bookings/{secret_talk.handle}/cancel").status == 404
        assert reader.send(f"/bookings/{secret_talk.handle}/check-in").status == 404


def test_a_refusal_over_a_secret_talk_names_nobody(signed_in, secret_talk):
    page = signed_in(CHRIS).fill_in(
        "/booths/SK-01/book", date="2027-03-03", start="09:00", end="09:30", service="GEM-BST"
    )
    assert page.status == 409
    box = page.soup.select_one(".error-summary").get_text(" ")
    assert not any(word in box for word in SECRET)


def test_its_own_party_reads_the_code_and_neither_title_nor_note_was_kept(signed_in, secret_talk, kept):
    page = signed_in(DORA).open(f"/bookings/{secret_talk.handle}")
    assert secret_talk.visitor_code in page.text
    assert "Dora's remark" not in page.text
    assert kept(secret_talk.id).title is None
    assert kept(secret_talk.id).note is None

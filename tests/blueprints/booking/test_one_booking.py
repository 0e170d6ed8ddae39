"""One booking: seen, changed, cancelled, attended, approved."""

from __future__ import annotations

from email import message_from_string, policy
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from blueprints.mail.worker import run
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.space import LayoutCapacity
from models.tables.transaction import write_transaction
from tests.blueprints.booking.reading import values_of
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, HUGO, KAAT, MARC, OLGA

pytestmark = pytest.mark.usefixtures("colleagues")

TOMORROW = "2027-03-04"


@pytest.fixture
def meeting(booked):
    return booked(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=5, title="Street plan")


@pytest.fixture
def series(booked):
    return booked(ANN, "VZ-105", f"{TOMORROW}T10:00", "11:00", recurrence="FREQ=WEEKLY;COUNT=3", title="Series")


def test_it_moves_to_another_hour_and_room_and_keeps_the_rest(signed_in, meeting, kept):
    ann = signed_in(ANN)
    sent = ann.fill_in(f"/bookings/{meeting.handle}/change", start="14:00", end="15:30", space="VZ-103")
    assert "Changed." in ann.follow(sent).text
    after = kept(meeting.id)
    assert (after.space, after.title, after.attendees, after.sequence) == ("VZ-103", "Street plan", 5, 1)
    assert after.during.length.seconds == 90 * 60


def test_a_change_sent_twice_is_one_change_and_leads_to_it_both_times(signed_in, meeting, kept):
    ann, address = signed_in(ANN), f"/bookings/{meeting.handle}/change"
    values = values_of(ann.open(address).form(address)) | {"start": "14:00", "end": "15:00"}
    first, second = ann.send(address, **values), ann.send(address, **values)
    assert [(each.status, each.location) for each in (first, second)] == [(303, f"/bookings/{meeting.handle}")] * 2
    assert kept(meeting.id).sequence == 1


def test_a_change_that_changes_nothing_but_the_title_is_not_judged_again(signed_in, meeting, kept, clock):
    clock.instant = meeting.during.start.replace(minute=30)
    sent = signed_in(ANN).fill_in(f"/bookings/{meeting.handle}/change", title="Street plan 2")
    assert sent.status == 303
    assert kept(meeting.id).title == "Street plan 2"


def test_the_second_of_two_editors_is_told(signed_in, meeting, kept):
    ann = signed_in(ANN)
    address = f"/bookings/{meeting.handle}/change"
    stale = values_of(ann.open(address).form(address))
    ann.fill_in(address, title="First")
    late = ann.send(address, **stale | {"title": "Second"})
    assert late.status == 409
    assert "Somebody changed this booking" in late.text
    assert kept(meeting.id).title == "First"


def test_a_move_to_a_taken_room_offers_others_at_one_press(signed_in, meeting, booked, kept):
    booked(BRAM, "VZ-103", f"{TOMORROW}T10:00", "11:00")
    ann = signed_in(ANN)
    refused = ann.fill_in(f"/bookings/{meeting.handle}/change", space="VZ-103")
    assert refused.status == 409
    assert ann.press(refused.buttons("Book this")[0]).status == 303
    assert kept(meeting.id).sequence == 1
    assert kept(meeting.id).title == "Street plan"


def test_a_series_moves_as_a_whole_when_asked(signed_in, series, all_bookings):
    signed_in(ANN).fill_in(f"/bookings/{series.handle}/change", start="14:00", end="15:00", scope="all")
    assert {f"{each.during.start:%H:%M}" for each in all_bookings()} == {"13:00"}


@pytest.mark.parametrize(("scope", "left"), [("this", 2), ("following", 0), ("all", 0), ("nonsense", 2)])
def test_cancelling_asks_first_and_takes_the_dates_chosen(scope, left, signed_in, series, all_bookings):
    ann = signed_in(ANN)
    address = f"/bookings/{series.handle}/cancel"
    assert ann.open(address).title == "Cancel this booking?"
    assert len([each for each in all_bookings() if each.status == "confirmed"]) == 3  # looking cancels nothing
    ann.send(address, scope=scope)
    assert len([each for each in all_bookings() if each.status == "confirmed"]) == left


def test_a_colleague_sees_the_title_and_may_not_change_it(signed_in, meeting):
    bram = signed_in(BRAM)
    page = bram.open(f"/bookings/{meeting.handle}")
    assert page.title == "Street plan"
    assert not page.soup.find("a", string="Change")
    assert bram.open(f"/bookings/{meeting.handle}/change").status == 403
    assert bram.send(f"/bookings/{meeting.handle}/cancel").status == 403


def test_another_organisation_sees_only_a_taken_place_and_time(signed_in, meeting):
    els = signed_in(ELS)
    page = els.open(f"/bookings/{meeting.handle}")
    assert page.title == "Busy"
    assert "De Kaai" in page.text
    assert "10:00–11:00" in page.text
    assert "Street plan" not in page.source
    assert "Medewerker" not in page.text
    assert els.open(f"/bookings/{meeting.handle}/change").status == 404


def test_check_in_and_leaving_early_are_one_press_each_at_home(signed_in, meeting, clock, kept):
    clock.instant = meeting.during.start
    ann = signed_in(ANN)
    page = ann.follow(ann.press(ann.open("/").buttons("Check in")[0]))
    assert page.title.endswith("Burgerzaken 01")
    assert kept(meeting.id).status == "checked_in"
    ann.press(page.buttons("Leave early")[0])
    assert kept(meeting.id).status == "completed"
    assert "no longer possible" in ann.follow(ann.send(f"/bookings/{meeting.handle}/check-in")).text


def test_a_request_waits_on_the_page_of_whoever_must_give_their_word(signed_in, booked, kept):
    asked = booked(KAAT, "VZ-001", f"{TOMORROW}T14:00", "16:00", attendees=14, title="Rehearsal")
    gerda = signed_in(GERDA)
    for address in ("/", "/approvals"):
        assert "Rehearsal" in gerda.open(address).text
    gerda.press(gerda.open("/approvals").buttons("Approve")[0])
    assert kept(asked.id).status == "confirmed"
    assert "Nothing waits for you" in gerda.open("/approvals").text
    assert signed_in(ANN).open("/approvals").status == 403


def test_who_may_only_see_busy_decides_on_place_time_and_number(signed_in, booked, kept):
    asked = booked(ELS, "VZ-201", f"{TOMORROW}T14:00", "16:00", attendees=14, title="Case Peeters")
    hugo = signed_in(HUGO)
    page = hugo.open("/approvals")
    assert "Case Peeters" not in page.source
    assert "Busy" in page.text
    assert "14 people" in page.text
    assert "14" in hugo.open(f"/bookings/{asked.handle}").text
    decline = f"/bookings/{asked.handle}/decline"
    assert hugo.fill_in(decline, reason=" ").status == 400
    hugo.fill_in(decline, reason="The council meets")
    assert kept(asked.id).status == "declined"
    assert "The council meets" in signed_in(ELS).open(f"/bookings/{asked.handle}").text


def test_a_button_leads_back_only_to_this_site(signed_in, meeting, clock):
    clock.instant = meeting.during.start
    done = signed_in(ANN).send(f"/bookings/{meeting.handle}/check-in", next="https://elsewhere.example/")
    assert done.location == f"/bookings/{meeting.handle}"


def test_my_bookings_lists_what_comes_by_day_and_what_is_past(signed_in, meeting, series, clock):
    ann = signed_in(ANN)
    coming = ann.open("/mine")
    assert [each.text for each in coming.soup.select(".day-heading")][0] == "Tomorrow"
    assert coming.text.count("Part of a series") == 3
    clock.instant = meeting.during.end
    assert "Street plan" in ann.open("/mine?show=past").text
    assert "You have no bookings yet" in signed_in(BRAM).open("/mine").text
    for after in ("x", "2027-03-04T10:00~5", "9999-99-99~1", "2027-03-04T10:00:00+00:00~" + "9" * 40):
        assert ann.open(f"/mine?after={after}").status == 200


def test_what_one_booked_for_others_stands_apart_with_their_names(signed_in, booked, colleagues):
    booked(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", title="Mine")
    booked(BRAM, "VZ-105", f"{TOMORROW}T10:00", "11:00", on_behalf_of=ANN, title="Made for me")
    for hour in range(7, 18):
        for room in ("VZ-102", "VZ-103"):
            booked(ANN, room, f"{TOMORROW}T{hour:02}:00", f"{hour:02}:30", on_behalf_of=BRAM, title="His")
    ann = signed_in(ANN)
    page = ann.open("/mine")
    beside = page.soup.select_one("[aria-labelledby=for-others]").extract()
    assert {row.text for row in page.soup.select(".row-title")} == {"Mine", "Made for me"}
    assert len(beside.select(".row-title")) == 20
    name = signed_in(BRAM).open("/mine").soup.select_one(".drop-name").text
    assert all(f"For {name}" in row.text for row in beside.select(".row"))
    every = ann.open(beside.find("a", string="All that you booked for others")["href"])
    assert (every.title, len(every.soup.select(".row-title"))) == ("Booked for others", 22)
    assert signed_in(BRAM).open("/mine").text.count("For ") == 1  # what he made for Ann
    assert "Made for me" in signed_in(BRAM).open("/mine").text


def test_the_facility_manager_changes_what_they_see_and_nothing_hidden_gets_lost(signed_in, booked, kept):
    theirs = booked(ANN, "VZ-104", f"{TOMORROW}T13:00", "14:00", title="Street plan", note="Bring maps")
    address = f"/bookings/{theirs.handle}/change"
    page = signed_in(FARID).open(address)
    assert not page.soup.find(id="note")
    assert signed_in(FARID).fill_in(address, start="15:00", end="16:00").status == 303
    assert kept(theirs.id).note == "Bring maps"


def test_a_service_that_one_is_not_offered_stays_the_bookings_own(signed_in, booked, kept):
    talk = booked(GERDA, "SK-01", f"{TOMORROW}T09:00", "09:45", attendees=2, service="OCMW-SCH")
    gerda, address = signed_in(GERDA), f"/bookings/{talk.handle}/change"
    assert values_of(gerda.open(address).form(address))["service"] == "OCMW-SCH"
    gerda.fill_in(address, start="10:00", end="10:45")
    assert (kept(talk.id).service, kept(talk.id).sequence) == ("OCMW-SCH", 1)
    assert kept(talk.id).service_is_private


def test_it_is_handed_on_in_its_form_and_leaves_ones_own_list(signed_in, meeting, kept):
    ann = signed_in(ANN)
    address = f"/bookings/{meeting.handle}/change"
    assert values_of(ann.open(address).form(address))["on_behalf_of"] == ""  # it is for her who looks
    done = ann.fill_in(address, on_behalf_of="Medewerker Burgerzaken 02")
    assert done.status == 303
    assert kept(meeting.id).organiser == BRAM
    assert done.location == "/mine"
    mine = ann.follow(done).text
    assert "Handed on to Medewerker Burgerzaken 02: from now on it is theirs." in mine
    assert "Street plan" not in mine
    assert ann.open(address).status == 403
    bram = signed_in(BRAM)
    assert "Street plan" in bram.open("/mine").text
    assert bram.fill_in(address, title="Streets").status == 303
    assert kept(meeting.id).organiser == BRAM


def test_its_form_says_that_a_name_hands_it_on(signed_in, booked):
    own = booked(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00")
    theirs = booked(CHRIS, "VZ-104", f"{TOMORROW}T13:00", "14:00", on_behalf_of=ANN)

    def hint(who, booking):
        return signed_in(who).open(f"/bookings/{booking.handle}/change").soup.find(id="on_behalf_of-hint").get_text()

    assert hint(ANN, own) == "Type a name to hand the booking on: then it is theirs and no longer yours."
    assert hint(CHRIS, theirs).startswith("Another name hands the booking on to that person.")


def test_who_stays_party_to_what_they_hand_on_goes_back_to_it(signed_in, booked):
    theirs = booked(CHRIS, "VZ-104", f"{TOMORROW}T13:00", "14:00", title="Plans", on_behalf_of=ANN)
    chris, address = signed_in(CHRIS), f"/bookings/{theirs.handle}/change"
    page = chris.follow(chris.fill_in(address, on_behalf_of=BRAM))
    assert page.title == "Plans"
    assert "Handed on to Medewerker Burgerzaken 02" in page.text
    assert (
        "Changed." in chris.follow(chris.fill_in(address, on_behalf_of="")).text
    )  # taken back: hers, and handed to nobody


def test_who_changes_anothers_booking_leaves_it_theirs_unless_they_say_so(signed_in, booked, kept):
    theirs = booked(CHRIS, "VZ-104", f"{TOMORROW}T13:00", "14:00", on_behalf_of=ANN)
    chris, address = signed_in(CHRIS), f"/bookings/{theirs.handle}/change"
    assert values_of(chris.open(address).form(address))["on_behalf_of"] == ANN
    chris.fill_in(address, start="15:00", end="16:00")
    values = values_of(chris.open(address).form(address))
    del values["on_behalf_of"]
    chris.send(address, **values | {"title": "Plans"})
    assert (kept(theirs.id).organiser, kept(theirs.id).title) == (ANN, "Plans")
    chris.fill_in(address, on_behalf_of="")  # for herself
    assert kept(theirs.id).organiser == CHRIS


def test_what_a_colleague_cannot_get_is_said_at_the_form_and_nothing_is_handed_on(signed_in, booked, kept):
    booked(BRAM, "WP-1BUR-02", f"{TOMORROW}T07:00", "12:30")
    desk = booked(ANN, "WP-1BUR-01", f"{TOMORROW}T07:00", "12:30")
    ann, address = signed_in(ANN), f"/bookings/{desk.handle}/change"
    busy = ann.fill_in(address, on_behalf_of=BRAM)
    assert busy.status == 409
    assert "You already have a desk in that half-day." in busy.text
    checked = ann.send(f"{address}/check", **values_of(ann.open(address).form(address)) | {"on_behalf_of": BRAM})
    assert "You already have a desk" in checked.source
    for nobody_to_her in ("Nobody Here", ELS, OLGA):
        unknown = ann.fill_in(address, on_behalf_of=nobody_to_her)
        assert unknown.status == 400
        assert unknown.wrong_fields() == {"on_behalf_of"}
        assert "We do not know an active person with this name." in unknown.text
    assert kept(desk.id).organiser == ANN


def test_it_stays_whose_it_is_though_one_may_not_book_for_them(signed_in, booked, kept):
    theirs = booked(GERDA, "VZ-001", f"{TOMORROW}T14:00", "15:00", attendees=2, service="GEM-BST", on_behalf_of=KAAT)
    chris, address = signed_in(CHRIS), f"/bookings/{theirs.handle}/change"
    assert values_of(chris.open(address).form(address))["on_behalf_of"] == KAAT
    assert chris.fill_in(address, start="15:00", end="16:00").status == 303
    assert chris.fill_in(address, on_behalf_of=DORA).wrong_fields() == {"on_behalf_of"}
    assert (kept(theirs.id).organiser, kept(theirs.id).sequence) == (KAAT, 1)


def test_what_it_has_stays_though_it_is_on_offer_no_longer(demo_app, signed_in, booked, kept):
    held = booked(
        GERDA, "VZ-001", f"{TOMORROW}T19:00", "21:00", attendees=5, layout="ushape", key_holder=MARC, on_behalf_of=KAAT
    )
    with demo_app.test_request_context(), write_transaction():
        db.session.execute(delete(LayoutCapacity).where(LayoutCapacity.layout == "ushape"))
        db.session.execute(update(PersonRow).where(PersonRow.username == MARC).values(active=False))
    gerda, address = signed_in(GERDA), f"/bookings/{held.handle}/change"
    values = values_of(gerda.open(address).form(address))
    assert (values["layout"], values["key_holder"]) == ("ushape", MARC)
    assert gerda.fill_in(address, title="Spelavond").status == 303
    now_held = kept(held.id)
    assert (now_held.title, now_held.layout, now_held.key_holder) == ("Spelavond", "ushape", MARC)


@pytest.mark.parametrize(
    ("language", "label", "had", "has"),
    [
        ("nl", "Voor iemand anders", "Doorgegeven: De Kaai", "Vanaf nu van jou: De Kaai"),
        ("fr", "Pour quelqu'un d'autre", "Transmise : De Kaai", "À vous désormais : De Kaai"),
        ("de", "Für jemand anders", "Weitergegeben: De Kaai", "Ab jetzt Ihre: De Kaai"),
    ],
)
def test_a_booking_is_handed_on_in_ones_own_language(demo_app, signed_in, meeting, language, label, had, has):
    ann, address = signed_in(ANN), f"/bookings/{meeting.handle}/change"
    with demo_app.test_request_context():
        db.session.execute(text("UPDATE municipality SET languages = 'nl;fr;de'"))
        db.session.execute(text("UPDATE person SET language = :language"), {"language": language})
        db.session.commit()
    assert label in ann.open(address).soup.find("label", attrs={"for": "on_behalf_of"}).get_text()
    ann.fill_in(address, on_behalf_of=BRAM)
    with demo_app.test_request_context():
        run(once=True)
    letters = [each.read_text() for each in Path(demo_app.config["TREFPUNT_MAIL_DIR"]).glob("*.eml")]
    subjects = [str(message_from_string(each, policy=policy.default)["Subject"]) for each in letters]
    assert [sum(each.startswith(said) for each in subjects) for said in (had, has)] == [1, 1]

"""Who is told by hand of a plan, what is out of order and mended again, and what a change would have refused before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.rules.bookings.fields import Caller
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.blueprints.manage.pressing import press
from tests.browser.sound_page import faults
from tests.cast import ANN, DORA, FARID, GERDA, INES, NORA, NOW

MONDAY = "2027-03-08"
DAY = "Monday 8 March 2027"


def without_mail(demo_app, *who: str) -> None:
    with demo_app.test_request_context(), write_transaction():
        db.session.execute(update(PersonRow).where(PersonRow.username.in_(who)).values(email=None))


def test_whoever_has_no_mail_is_called_ticked_off_and_gets_a_letter(
    demo_app, signed_in, planned, displaced, booked, others_ready, part_of
):
    booked(ANN, "VZ-101", f"{MONDAY}T10:30", "11:30", attendees=15, title="Also of Ann")
    without_mail(demo_app, ANN, DORA)
    manager, address = signed_in(FARID), others_ready(planned())
    press(manager, f"{address}/apply")
    page = manager.open(address)
    [ann] = page.rows("To call")
    assert "Medewerker Burgerzaken 01" in ann
    assert ann.count("VZ-102") == 2
    assert "+32" in ann
    assert not any(word in page.source for word in ("socialedienst", "15:00", displaced[2].handle))
    letters = manager.open(f"{address}/letters")
    [letter] = letters.soup.select(".plan-letter")
    assert "Medewerker Burgerzaken 01" in letter.get_text()
    assert len(letter.select(".plan-letter-moves > li")) == 2
    assert "people without e-mail must be told" in page.text
    theirs, part = signed_in("beheerder.ocmw"), part_of(address)
    [dora] = theirs.open(part).rows("To call")
    assert "Loketcoördinator Sociale Dienst" in dora
    for person, of, outcome in ((manager, address, "reached"), (theirs, part, "unreachable")):
        [row] = person.open(of).soup.select(".call")
        form = row.find("form")
        assert person.post(form["action"], {"outcome": outcome}).status == 303
        assert "Everybody without e-mail has been reached" in person.open(of).text
    done = manager.open(address)
    assert "Everybody without e-mail has been reached" in done.text
    assert "Reached" in done.rows("To call")[0]
    assert theirs.post(row.find("form")["action"], {"outcome": "perhaps"}).status == 400
    assert "Finished" in manager.open("/manage/plans").text


def test_a_caller_without_mail_is_called_on_the_number_they_gave(signed_in, booked, planned):
    wim = Caller("Wim Vos", "De Zon", "+32 3 555 01 02", language="fr")
    for hour in ("10", "14"):
        booked(GERDA, "OR-02", f"{MONDAY}T{hour}:00", f"{hour}:45", attendees=4, caller=wim)
    manager, address = signed_in(FARID), planned(changes=[{"scope": "space:OR-02", "set": {"active": False}}])
    press(manager, f"{address}/apply")
    [row] = manager.open(address).rows("To call")
    assert "Wim Vos" in row
    assert "+32 3 555 01 02" in row
    assert row.count("OR-01") == 2
    [letter] = manager.open(f"{address}/letters").soup.select(".plan-letter")
    assert "Wim Vos" in letter.get_text()
    assert letter["lang"] == "fr"


def test_whom_anothers_administrator_has_to_tell_is_a_number_to_the_facility_manager(
    demo_app, signed_in, planned, booked
):
    booked(INES, "SK-08", f"{MONDAY}T09:00", "09:30", attendees=3, service="CAW-SLA")
    without_mail(demo_app, INES)
    ines, address = signed_in(INES), planned(INES, [{"scope": "space:SK-08", "set": {"capacity": 2}}])
    press(ines, f"{address}/apply")
    assert "Partnerbeheerder CAW" in ines.open(address).rows("To call")[0]
    page = signed_in(FARID).open(address)
    [theirs] = page.rows("To call")
    assert "1 booking that only they see" in theirs
    assert "Ask CAW Vaartstreek - Welfare House to tell them" in theirs
    assert "Partnerbeheerder" not in theirs
    assert not any(word in page.text for word in ("SK-09", "09:30"))


def test_what_is_out_of_order_is_planned_around_and_returns_when_it_is_mended(signed_in, booked, now_in):
    team = booked(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=4, equipment=("scherm",), title="Team")
    manager = signed_in(FARID)
    assert "De Brug" in manager.open("/manage/plans/outage?place=brug").text
    form = manager.open("/manage/plans/outage?of=space:VZ-103")
    assert "scherm" in {each["value"] for each in form.soup.select("[name=items]")}
    empty = manager.post("/manage/plans/outage", {"of": "space:VZ-103", "reason": "Broken"})
    assert empty.status == 400
    assert "Tick at least one thing" in empty.text
    sent = manager.post("/manage/plans/outage", {"of": "space:VZ-103", "items": "scherm", "reason": "Broken"})
    assert sent.status == 303
    assert "does not work: scherm" in manager.open(sent.location).text
    press(manager, f"{sent.location}/apply")
    assert now_in(team) != "VZ-103"
    back = manager.post(f"{sent.location}/mend", {})
    assert back.status == 303
    page = manager.open(back.location)
    assert "works again: scherm" in page.text
    assert "De Brug VZ-103" in " ".join(page.rows(DAY))
    press(manager, f"{back.location}/apply")
    assert now_in(team) == "VZ-103"


def test_the_rehearsal_of_a_plan_says_what_it_would_have_refused_of_what_one_may_see(
    demo_app, signed_in, planned, clock
):
    address = planned()
    clock.instant = NOW + timedelta(days=20)
    page = signed_in(FARID).open(f"{address}/rehearsal")
    assert "Would have refused 2 bookings of 2" in page.text
    rows = page.rows("Would have been refused")
    assert ["Budget" in rows[0], "Street plan" in rows[1]] == [True, True]
    assert "too many people for the space: 2" in page.text
    assert "1 booking of Public Centre for Social Welfare Vaartbeke lies in this change" in page.text
    assert not any(word in page.text for word in ("Case of the week", "Busy", "15:00"))


def test_a_partners_administrator_rehearses_only_on_the_bookings_of_its_own_spaces(signed_in, booked, clock):
    booked(ANN, "SK-01", f"{MONDAY}T09:00", "09:30", attendees=2, service="GEM-BST")
    booked(INES, "SK-08", f"{MONDAY}T09:00", "09:30", attendees=2, service="CAW-SLA")
    clock.instant = NOW + timedelta(days=20)
    assert "refused 1 booking of 1" in signed_in(NORA).open("/manage/rules/R23/rehearsal?parameter=9").text
    assert "refused 1 booking of 1" in signed_in(INES).open("/manage/rules/R23/rehearsal?parameter=9").text


def test_a_rule_is_rehearsed_by_a_link_and_made_a_plan_from_there(signed_in, booked, clock):
    booked(ANN, "WP-1BUR-03", f"{MONDAY}T07:00", "12:30")
    booked(ANN, "WP-1BUR-03", "2027-03-09T07:00", "12:30")
    clock.instant = NOW + timedelta(days=20)
    manager = signed_in(FARID)
    assert "Would have refused 1 booking of 2" in manager.open("/manage/rules/R17/rehearsal?parameter=1").text
    assert manager.open("/manage/rules/R17/rehearsal?parameter=lots").status == 400
    assert manager.open("/manage/rules/R06/rehearsal").status == 404
    sent = manager.post("/manage/rules/R17/rehearsal?parameter=1", {"reason": "Fair shares"})
    assert sent.status == 303
    assert manager.open(sent.location).status == 200


def test_a_rule_is_rehearsed_in_one_zone_alone(signed_in, booked, clock):
    booked(ANN, "WP-1BUR-03", f"{MONDAY}T07:00", "12:30")
    booked(ANN, "WP-1BUR-03", "2027-03-09T07:00", "12:30")
    clock.instant = NOW + timedelta(days=20)
    manager, address = signed_in(FARID), "/manage/rules/R17/rehearsal?parameter=1&zone="
    assert "Would have refused 1 booking of 2" in manager.open(f"{address}Z1-BUR").text
    assert "Would have refused" not in manager.open(f"{address}Z1-OMG").text
    assert manager.open(f"{address}Z9").status == 400
    sent = manager.post(f"{address}Z1-BUR", {"reason": "Fair shares"})
    assert "Desks in a week, in Citizen affairs neighbourhood: Refuses" in manager.open(sent.location).text


@pytest.mark.parametrize("page", ["", "/rehearsal", "/letters", "/bookings/{booking}"])
def test_every_page_of_a_plan_is_sound(page, signed_in, planned, displaced):
    found = signed_in(FARID).client.get(planned() + page.format(booking=displaced[0].handle)).get_data(as_text=True)
    assert faults(found) == []


@pytest.mark.parametrize(
    "address",
    [
        "/manage/plans",
        "/manage/plans/outage",
        "/manage/plans/outage?of=building:AC",
        "/manage/plans/outage?of=space:SK-05",
        "/manage/rules/R07/rehearsal",
    ],
)
def test_every_page_that_leads_to_a_plan_is_sound(address, signed_in):
    found = signed_in(FARID).client.get(address).get_data(as_text=True)
    assert faults(found) == []

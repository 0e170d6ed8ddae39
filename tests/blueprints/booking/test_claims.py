"""A taken room claimed by whoever may, and its holder who is asked: as both meet it on their pages."""

from __future__ import annotations

import pytest

from blueprints.commands.demo_precedence import load_precedence
from models.rules.people.handles import is_handle
from tests.blueprints.booking.reading import values_of
from tests.cast import ANN, BRAM, FARID, HUGO, KAAT

SOON, LATER = "2027-03-08", "2027-03-22"
CLAIM = "/rooms/VZ-104/claim"
OFFER = "You may claim this space"
ASKED = "May somebody else have your place?"


@pytest.fixture(autouse=True)
def table(demo_app):
    with demo_app.test_request_context():
        load_precedence()


def refused(reader, day: str = LATER, **more):
    return reader.fill_in(f"/rooms/VZ-104/book?date={day}&start=09:00&end=10:00", **{"attendees": "7", **more})


def claim(reader, day: str = LATER, **more):
    form = refused(reader, day).form(CLAIM)
    return reader.send(CLAIM, **(values_of(form) | {"precedence": "COLLEGE", "claim_reason": "Extra college"} | more))


def test_it_is_offered_where_nothing_but_a_lower_holder_is_in_the_way(signed_in, booked):
    booked(ANN, "VZ-104", f"{LATER}T09:00", "10:00", attendees=6, title="Team")
    page = refused(signed_in(HUGO))
    assert page.status == 409
    assert OFFER in page.text
    choices = [each["value"] for each in page.form(CLAIM).select("select[name=precedence] option")]
    assert choices == ["", "RAAD", "COLLEGE", "VERKIEZINGEN"]
    assert page.link("Who comes before whom") == "/manage/precedence"
    assert OFFER not in refused(signed_in(HUGO), attendees="12").text  # too many people as well
    for who in (BRAM, FARID):
        assert OFFER not in refused(signed_in(who)).text


def test_a_claim_leads_to_its_plan_and_the_plan_to_its_booking(signed_in, booked, kept):
    held = booked(ANN, "VZ-104", f"{LATER}T09:00", "10:00", attendees=6, title="Team")
    officer = signed_in(HUGO)
    sent = claim(officer)
    page = officer.follow(sent)
    assert is_handle(sent.location.removeprefix("/manage/plans/"))
    assert page.status == 200
    assert "College van burgemeester en schepenen" in page.text or "Mayor and aldermen" in page.text
    assert "comes first (rule: precedence, rank 2)" in page.text
    assert "De Boei VZ-105" in page.text
    assert "Rehearse" not in page.text
    assert page.link("Today") == "/"
    assert sent.location in officer.open("/").source
    done = officer.follow(officer.press(page.form(f"{sent.location}/apply")))
    made = officer.open(done.link("The booking"))
    assert made.status == 200
    assert "De Kaai" in made.text
    assert kept(held.id).space == "VZ-105"
    moved = signed_in(ANN).open(f"/bookings/{held.handle}")
    assert "comes first (rule: precedence, rank 2)" in moved.text


def test_a_near_holder_is_asked_on_today_and_on_the_booking_and_may_refuse(signed_in, booked, kept):
    held = booked(ANN, "VZ-104", f"{SOON}T09:00", "10:00", attendees=6, title="Team")
    officer, holder, address = signed_in(HUGO), signed_in(ANN), f"/bookings/{held.handle}"
    plan = claim(officer, SOON).location
    assert "1 answer is awaited" in officer.open(plan).text
    assert officer.open(plan).form(f"{plan}/apply") is None
    for page in (holder.open("/"), holder.open(address), holder.open(f"{address}/claim")):
        assert ASKED in page.text
        assert "Extra college" in page.text
        assert "De Boei VZ-105" in page.text
        assert len(page.form(f"{address}/claim").find_all("button")) == 2
    form = values_of(page.form(f"{address}/claim"))
    assert holder.send(f"{address}/claim", **form, answer="no").location == address
    assert ASKED not in holder.open("/").text
    assert "You said no" in holder.open(address).text
    stopped = officer.open(plan)
    assert "1 said no" in stopped.text
    assert "keeps the place" in stopped.text
    assert officer.send(f"{plan}/apply").status == 422
    assert holder.send(f"{address}/claim", **form, answer="yes").status == 303
    agreed = officer.open(plan)
    assert "agrees" in agreed.text
    assert officer.press(agreed.form(f"{plan}/apply")).status == 303
    assert kept(held.id).space == "VZ-105"
    assert holder.open(f"{address}/claim").location == address  # settled: nothing to answer any more


def test_nobody_else_answers_for_the_holder(signed_in, booked):
    held = booked(ANN, "VZ-104", f"{SOON}T09:00", "10:00", attendees=6, title="Team")
    plan = claim(signed_in(HUGO), SOON).location.rpartition("/")[2]
    for who in (BRAM, FARID, HUGO, KAAT):
        reader = signed_in(who)
        assert ASKED not in reader.open(f"/bookings/{held.handle}").text
        assert ASKED not in reader.open("/").text
        assert reader.open(f"/bookings/{held.handle}/claim").status == 404
        assert reader.send(f"/bookings/{held.handle}/claim", plan=plan, answer="yes").status == 404


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"answer": "perhaps"}, 400),
        ({"plan": "x"}, 404),  # whatever no plan is called is no plan
        ({"plan": "1"}, 404),
        ({"plan": "9" * 40}, 404),
        ({"seen": "VZ-999"}, 303),
    ],
)
def test_an_answer_that_makes_no_sense_changes_nothing(signed_in, booked, fields, status):
    held = booked(ANN, "VZ-104", f"{SOON}T09:00", "10:00", attendees=6)
    plan = claim(signed_in(HUGO), SOON).location.removeprefix("/manage/plans/")
    holder = signed_in(ANN)
    sent = holder.send(f"/bookings/{held.handle}/claim", **({"plan": plan, "answer": "yes", "seen": "VZ-105"} | fields))
    assert sent.status == status
    assert ASKED in holder.open("/").text


@pytest.mark.parametrize(
    ("fields", "status", "wrong"),
    [
        ({"claim_reason": " "}, 400, {"claim_reason"}),
        ({"precedence": ""}, 400, {"precedence"}),
        ({"precedence": "KONING"}, 400, {"precedence"}),
        ({"claim_reason": "x" * 2001}, 400, {"claim_reason"}),
        ({"attendees": "12"}, 422, set()),
        ({"date": "soon"}, 400, {"date"}),
    ],
)
def test_what_is_wrong_with_a_claim_is_said_where_it_stands(signed_in, booked, fields, status, wrong):
    booked(ANN, "VZ-104", f"{LATER}T09:00", "10:00", attendees=6)
    page = claim(signed_in(HUGO), **fields)
    assert page.status == status, page.text
    assert page.wrong_fields() >= wrong, page.text


def test_who_may_not_claim_reaches_neither_the_claim_nor_its_plan(signed_in, booked):
    booked(ANN, "VZ-104", f"{LATER}T09:00", "10:00", attendees=6)
    officer = signed_in(HUGO)
    plan = claim(officer).location
    assert signed_in(BRAM).open(plan).status == 403
    assert signed_in(KAAT).open(plan).status == 403
    manager = signed_in(FARID)
    seen = manager.open(plan)
    assert seen.status == 200
    assert "Not yours to apply" in seen.text
    assert seen.form(f"{plan}/apply") is None
    assert manager.send(f"{plan}/apply").status == 403
    assert signed_in(KAAT).send(CLAIM, precedence="RAAD").status == 403
    assert officer.open("/manage/plans").status == 403
    assert officer.send(f"{plan}/discard").location == "/"

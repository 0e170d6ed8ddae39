"""A space's rules are set in groups, tried out first; it goes out of use and comes back, and its bookings are told."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from models.rules.refusals import Refused
from tests.blueprints.manage.filling import filled, send
from tests.cast import ANN, DORA, FARID, INES, NORA

RULES, USE = "/manage/places/VZ-101/rules", "/manage/places/VZ-101/use"
MONDAY, NEXT_MONDAY = "2027-03-08", "2027-03-15"
COMING = "Bookings still to come"


@pytest.fixture
def policy(demo_app):
    def read(space: str = "VZ-101", day: str = MONDAY):
        with demo_app.test_request_context():
            return the_house().policy(space, date.fromisoformat(day))

    return read


def test_rules_are_set_from_a_date_on_with_a_reason_that_stays(signed_in, booked, policy):
    farid = signed_in(FARID)
    sent = send(
        farid,
        RULES,
        max_minutes="60",
        approval_role="receptionist",
        panic_button="y",
        step="save",
        reason="Quiet spring",
        valid_from=NEXT_MONDAY,
    )
    assert (sent.status, sent.location) == (303, RULES)
    before, after = policy(), policy(day=NEXT_MONDAY)
    assert (before.max_minutes, before.approval_role, before.panic_button) == (480, None, False)
    assert (after.max_minutes, after.approval_role, after.panic_button) == (60, "receptionist", True)
    assert (after.buffer_after, after.accessible, after.fire_max) == (
        before.buffer_after,
        before.accessible,
        before.fire_max,
    )
    page = farid.open(RULES)
    planned = page.rows("History")[0]
    for said in ("15 March 2027", "Longest booking: 60 minutes", "Quiet spring", "Facilitair Beheerder", "Planned"):
        assert said in planned
    assert booked(ANN, "VZ-101", f"{NEXT_MONDAY}T09:00", "10:00", attendees=4).status == "pending"


def test_the_effects_of_a_fire_report_are_shown_before_they_are_saved(signed_in, booked, policy):
    booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14, title="Team meeting")
    nora = signed_in(NORA)
    preview = send(nora, RULES, fire_max="12", step="preview", reason="Fire report")
    assert preview.status == 200
    assert policy().fire_max == 60
    [line] = preview.rows("Bookings above the limit")
    assert "14 people, 12 allowed" in line
    assert "fire safety" in line
    assert send(nora, RULES, preview, step="save").status == 200
    assert policy().fire_max == 60
    assert send(nora, RULES, preview, step="leave").status == 303
    assert policy().fire_max == 12


def test_everybody_meets_only_the_rules_they_may_set(signed_in):
    nora, ines = signed_in(NORA), signed_in(INES)
    safety = {"fire_max", "ventilation_m3h", "air_level"}
    assert safety <= set(filled(nora.open(RULES)))
    assert "max_minutes" not in filled(nora.open(RULES))
    own = filled(ines.open("/manage/places/SK-08/rules"))
    assert "max_minutes" in own
    assert not safety & set(own)
    refused = send(ines, "/manage/places/SK-08/rules", fire_max="9", step="save", reason="Why not")
    assert refused.status == 400  # it is no field of hers: nothing was changed
    assert "min_minutes" not in filled(signed_in(FARID).open("/manage/places/WP-1BUR-01/rules"))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"max_minutes": "0"}, "max_minutes"),
        ({"max_minutes": ""}, "max_minutes"),
        ({"max_minutes": "1e3"}, "max_minutes"),
        ({"min_minutes": "600"}, "max_minutes"),
        ({"slot_minutes": "7"}, "slot_minutes"),
        ({"fire_max": "9" * 30}, "fire_max"),
        ({"default_layout": "castle"}, "default_layout"),
        ({"privacy_default": "secret"}, None),
        ({"approval_role": "king"}, "approval_role"),
        ({"wheelchair_places": "3", "accessible": None}, "wheelchair_places"),
        ({"max_minutes": "60", "reason": ""}, "reason"),
        ({"max_minutes": "60", "valid_from": "2027-03-02"}, "valid_from"),
        ({}, None),
        ({"seen": "x"}, None),
    ],
)
def test_rules_that_make_no_sense_are_said_at_their_field(typed, wrong, signed_in, policy):
    before = policy()
    page = send(signed_in(FARID), RULES, **{"step": "save", "reason": "Why", **typed})
    assert page.status == 400
    assert page.soup.select(".error-summary")
    assert wrong is None or wrong in page.wrong_fields()
    assert policy() == before


def test_the_second_of_two_managers_sees_what_the_first_changed(signed_in, policy):
    farid, nora = signed_in(FARID), signed_in(NORA)
    page = farid.open(RULES)
    assert send(nora, RULES, fire_max="30", step="save", reason="Report").status == 303
    refused = send(farid, RULES, page, max_minutes="60", step="save", reason="Quiet")
    assert refused.status == 409
    assert policy().max_minutes == 480
    [notice] = [each for each in refused.notices() if "before you" in each]
    assert "Fire safety" in notice
    assert "Report" in notice
    kept = filled(refused)
    assert (kept["max_minutes"], kept["fire_max"], kept["reason"]) == (["60"], ["30"], "Quiet")
    assert send(farid, RULES, refused, step="save").status == 303
    assert (policy().max_minutes, policy().fire_max) == (60, 30)


def test_out_of_use_shows_its_bookings_first_and_takes_no_more(signed_in, booked, policy):
    booked(ANN, "VZ-101", f"{NEXT_MONDAY}T09:00", "10:00", attendees=4, title="Street plan")
    farid, ann = signed_in(FARID), signed_in(ANN)
    [line] = farid.open(USE).rows(COMING)
    assert "Street plan" in line
    preview = send(farid, USE, step="preview", reason="Painting", valid_from="2027-03-16")
    assert preview.status == 200
    assert preview.rows(COMING) == []
    assert policy(day="2027-03-16").active
    assert send(farid, USE, preview, step="retire", valid_from=NEXT_MONDAY).status == 200
    assert send(farid, USE, preview, step="leave", valid_from=NEXT_MONDAY).status == 303
    assert not policy(day=NEXT_MONDAY).active
    with pytest.raises(Refused) as no:
        booked(ANN, "VZ-101", f"{NEXT_MONDAY}T14:00", "15:00", attendees=4)
    assert no.value.refusals[0].code == "out_of_service"
    assert "out of use from 15 march 2027" in farid.open("/manage/places?text=VZ-101").text.lower()
    assert "out of service" in ann.open(f"/rooms/VZ-101?date={NEXT_MONDAY}").text
    assert send(farid, USE, step="restore", reason="Dry", valid_from="2027-03-16").status == 303
    assert booked(ANN, "VZ-101", "2027-03-16T14:00", "15:00", attendees=4)


def test_a_secret_talk_is_one_of_a_number_where_its_booth_goes_out_of_use_and_not_told_of_before(signed_in, booked):
    booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=3, service="OCMW-LEE")
    farid = signed_in(FARID)
    page = farid.open("/manage/places/SK-05/use")
    assert "Public Centre for Social Welfare Vaartbeke lies" not in page.text
    preview = send(farid, "/manage/places/SK-05/use", page, step="retire", reason="Works")
    assert "1 booking of Public Centre for Social Welfare Vaartbeke lies in this change" in preview.text
    assert "Make a plan" in preview.text
    for each in (page, preview):
        assert each.rows(COMING) == []
        assert not any(word in each.text for word in ("Leefloon", "coordinator", "09:00"))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"reason": ""}, "reason"),
        ({"valid_from": "2027-03-02"}, "valid_from"),
        ({"back_on": "2027-03-03"}, "back_on"),
        ({"back_on": "soon"}, "back_on"),
        ({"seen": ""}, None),
    ],
)
@pytest.mark.parametrize("step", ["preview", "retire"])
def test_going_out_of_use_asks_for_sense(typed, wrong, step, signed_in, policy):
    page = send(signed_in(FARID), USE, **{"step": step, "reason": "Painting", **typed})
    assert page.status == 400
    assert wrong is None or wrong in page.wrong_fields()
    assert policy().active


def test_only_what_nothing_refers_to_is_deleted(signed_in, booked, policy):
    farid = signed_in(FARID)
    made = send(farid, "/manage/new-space?zone=Z1-VER", name_nl="Vergissing", owner="*").location
    assert "Delete for good" in farid.open(f"{made}/use").text
    assert "Delete for good" not in farid.open(USE).text
    assert farid.client.post(f"{made}/delete").status_code == 303
    assert farid.open(made).status == 404
    booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=2)
    assert farid.client.post("/manage/places/VZ-104/delete").status_code == 303
    assert policy("VZ-104")
    assert "log speak of it" in farid.open("/manage/places/VZ-104/use").text

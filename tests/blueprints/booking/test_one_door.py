"""What somebody may not read is to them as if it had never been, at every address and call of a booking alike."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.bookings.complete_past import complete_past
from models.actions.bookings.decide import decline
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.people.create_token import create_token
from models.queries.bookings import bookings_in_series
from models.queries.people import person_by_username
from models.rules.bookings.fields import Booked
from tests.cast import ANN, BRAM, DORA, ELS, FARID, GERDA, HUGO, KAAT, LIEN, NORA, NOW

MONDAY = "2027-03-08"
NEVER = "never2gave2this2"
PAGES = (
    ("GET", "", {}),
    ("GET", "/why", {}),
    ("GET", "/letter", {}),
    ("GET", "/change", {}),
    ("POST", "/change", {"title": "Mine"}),
    ("POST", "/change/check", {"title": "Mine"}),
    ("GET", "/cancel", {}),
    ("POST", "/cancel", {"scope": "all"}),
    ("POST", "/check-in", {}),
    ("POST", "/release", {}),
    ("POST", "/approve", {}),
    ("GET", "/decline", {}),
    ("POST", "/decline", {"reason": "No"}),
    ("POST", "/decline", {}),
    ("GET", "/claim", {}),
    ("POST", "/claim", {"plan": "1", "answer": "yes"}),
)
CALLS = (
    ("GET", "", None),
    ("PATCH", "", {"title": "Mine"}),
    ("PATCH", "", {"on_behalf_of": BRAM}),
    ("DELETE", "", None),
    ("DELETE", "?scope=all", None),
    ("POST", "/check-in", None),
    ("POST", "/release", None),
    ("POST", "/approve", None),
    ("POST", "/decline", {"reason": "No"}),
)
# Whoever's word it waited for may say it twice, and read what they answered.
HIS_OWN_WORD = [(HUGO, "declined", door) for door in ("/letter", "/approve", "/decline")]


@pytest.fixture
def gone(demo_app, booked) -> dict[str, str]:
    """A booking of the social-welfare centre for each way in which one may be gone, by that way."""

    def theirs(hour: int, space: str = "VZ-103") -> Booked:
        return booked(ELS, space, f"{MONDAY}T{hour:02}:00", f"{hour:02}:45", attendees=3, title="Case Peeters")

    found = {way: theirs(hour) for hour, way in enumerate(("cancelled", "released"), 9)}
    found |= {"declined": theirs(9, "VZ-201")}
    with demo_app.test_request_context():
        els, hugo = map(person_by_username, (ELS, HUGO))
        cancel(found["cancelled"].id, els, NOW)
        decline(found["declined"].id, hugo, NOW, "The council meets")
        assert release_no_shows(NOW + timedelta(days=5, hours=4)) == 1
    return {way: booking.handle for way, booking in found.items()}


def told(response, handle: str) -> tuple[int, int, str]:
    """Status, length and words, without what a form's own token or the address itself makes otherwise."""
    words = re.sub(r'name="csrf_token" value="[^"]*"', "", response.text)
    return response.status_code, len(response.data), words.replace(f"/bookings/{handle}", "…")


@pytest.mark.parametrize("who", [ANN, KAAT, LIEN, FARID, NORA, HUGO])
def test_what_is_gone_and_was_only_busy_is_on_every_page_as_if_it_had_never_been(who, browser_of, gone):
    reader = browser_of(who)
    for method, door, form in PAGES:
        never = told(reader.open(f"/bookings/{NEVER}{door}", method=method, data=form), NEVER)
        assert never[0] == 404, door
        for way, handle in gone.items():
            if (who, way, door) not in HIS_OWN_WORD:
                answer = reader.open(f"/bookings/{handle}{door}", method=method, data=form)
                assert told(answer, handle) == never, (way, door)


@pytest.mark.parametrize("who", [ANN, KAAT, LIEN, FARID, NORA])
def test_what_is_gone_and_was_only_busy_is_in_every_call_as_if_it_had_never_been(who, demo_app, gone):
    with demo_app.test_request_context():
        token = create_token(who, "write", NOW)
    program, key = demo_app.test_client(), {"Authorization": f"Bearer {token}"}
    for method, door, body in CALLS:
        never = told(program.open(f"/api/v1/bookings/{NEVER}{door}", method=method, json=body, headers=key), NEVER)
        assert never[0] == 404, door
        assert json.loads(never[2])["detail"] == "Dit bestaat niet, of niet voor jou."
        for way, handle in gone.items():
            answer = program.open(f"/api/v1/bookings/{handle}{door}", method=method, json=body, headers=key)
            assert told(answer, handle) == never, (way, door)
    assert told(program.get("/api/v1/bookings/x", headers=key), "x") == never


def test_what_is_over_is_gone_for_whoever_saw_it_busy_though_nobody_wrote_it_down(browser_of, booked, clock, demo_app):
    talk = booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=2, service="OCMW-LEE")
    els, dora = browser_of(ELS), browser_of(DORA)
    clock.instant = talk.during.start
    assert els.get(f"/bookings/{talk.handle}").status_code == 200
    dora.post(f"/bookings/{talk.handle}/check-in")
    clock.instant = talk.during.end
    for _before_and_after_it_is_written in range(2):
        assert [each.get(f"/bookings/{talk.handle}").status_code for each in (els, dora)] == [404, 200]
        with demo_app.test_request_context():
            complete_past(clock.instant)


def test_whoever_saw_more_than_busy_still_reads_what_became_of_it(browser_of, booked, demo_app):
    meeting = booked(ANN, "VZ-104", f"{MONDAY}T10:00", "11:00", attendees=5, title="Street plan")
    with demo_app.test_request_context():
        cancel(meeting.id, person_by_username(ANN), NOW)
    assert "Street plan" in browser_of(BRAM).get(f"/bookings/{meeting.handle}").text
    assert browser_of(BRAM).get(f"/bookings/{meeting.handle}/cancel").status_code == 403
    assert browser_of(BRAM).get(f"/bookings/{meeting.handle}/why").status_code == 404


def test_who_declines_what_they_see_only_as_busy_goes_on_to_what_still_waits(browser_of, booked):
    asked = booked(ELS, "VZ-201", f"{MONDAY}T14:00", "16:00", attendees=14)
    hugo, own_page = browser_of(HUGO), f"/bookings/{asked.handle}"
    done = hugo.post(f"{own_page}/decline", data={"reason": "The council meets", "next": own_page})
    assert (done.status_code, done.location) == (303, "/approvals")
    assert "Declined." in hugo.get(done.location).text
    assert hugo.get(own_page).status_code == 404


def test_of_a_series_only_the_dates_that_one_may_read_are_listed(browser_of, booked, demo_app):
    first = booked(GERDA, "VZ-001", f"{MONDAY}T10:00", "11:00", recurrence="FREQ=WEEKLY;COUNT=3", on_behalf_of=KAAT)
    kaat = browser_of(KAAT)

    def dates() -> list[str]:
        page = kaat.get(f"/bookings/{first.handle}").text
        return [each.text for each in BeautifulSoup(page, "html.parser").select("ol a")]

    assert len(dates()) == 3
    with demo_app.test_request_context():
        second = bookings_in_series(first.series)[1]
        change(second.id, {"on_behalf_of": LIEN}, person_by_username(GERDA), NOW)
        cancel(second.id, person_by_username(LIEN), NOW)
    assert len(dates()) == 2

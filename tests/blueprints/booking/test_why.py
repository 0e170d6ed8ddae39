"""Why a booking was accepted or refused, rule by rule: for its party, and for nobody who sees only that it is taken."""

from __future__ import annotations

from datetime import timedelta

from bs4 import BeautifulSoup

from models.actions.bookings.forget_refusals import forget_refusals
from models.rules.people.handles import is_handle
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, NORA, NOW


def lines(page) -> dict[str, list[str]]:
    return {
        row.select_one(".space-code").text: [" ".join(cell.text.split()) for cell in row.select("td")]
        for row in rows(page)
    }


def rows(page):
    return BeautifulSoup(page.text, "html.parser").select(".why-table tbody tr")


def test_each_rule_that_had_a_say_stands_there_with_what_was_counted(browser_of, booked):
    booking = booked(ANN, "VZ-101", "2027-03-08T09:00", "10:00", attendees=8).handle
    page = browser_of(ANN).get(f"/bookings/{booking}/why")
    found = lines(page)
    assert found["R01"] == ["8 of 22", "Kept"]
    assert found["R04"] == ["limit 190", "Kept"]  # how many others there are is not hers to know
    assert "the answer is the same" in page.text
    assert f"/bookings/{booking}/why" in browser_of(ANN).get(f"/bookings/{booking}").text


def test_whoever_sees_less_than_all_of_it_gets_no_receipt(browser_of, booked):
    booking = booked(DORA, "SK-05", "2027-03-08T09:00", "09:30", attendees=2, service="OCMW-LEE").handle
    assert browser_of(ANN).get(f"/bookings/{booking}/why").status_code == 404
    assert browser_of(FARID).get(f"/bookings/{booking}/why").status_code == 404
    own = browser_of(DORA).get(f"/bookings/{booking}/why")
    assert lines(own)["R23"][1] == "Remarked"
    assert "The service" in [row.select_one(".why-place").text for row in rows(own)]  # which one the booking says
    assert "Prevention adviser" in own.text


TOO_MANY = {"date": "2027-03-08", "start": "09:00", "end": "10:00", "attendees": "60", "layout": "boardroom"}


def words(page) -> str:
    return " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ").split())


def why_link(refused) -> str:
    [link] = [each["href"] for each in BeautifulSoup(refused.text, "html.parser").select(".why-link a")]
    return link


def test_a_refusal_leads_whoever_asked_to_its_receipt(browser_of):
    refused = browser_of(ANN).post("/rooms/VZ-101/book", data=TOO_MANY)
    assert refused.status_code == 422
    page = browser_of(ANN).get(why_link(refused))
    assert lines(page)["R01"] == ["60 of 22", "Refused"]
    assert "Set by: Facility manager" in page.text


def test_a_receipt_is_read_by_who_asked_and_for_whom_and_by_nobody_who_sets_the_limits(browser_of):
    link = why_link(browser_of(CHRIS).post("/rooms/VZ-101/book", data=TOO_MANY | {"on_behalf_of": ANN}))
    assert {who: browser_of(who).get(link).status_code for who in (CHRIS, ANN)} == {CHRIS: 200, ANN: 200}
    nobody_else = browser_of(BRAM).get(link)
    assert nobody_else.status_code == 404
    for who in (FARID, NORA, GERDA):
        assert browser_of(who).get(link).status_code == 404
    assert is_handle(link.removeprefix("/refusals/"))
    no_such = browser_of(BRAM).get("/refusals/never2gave2this2")
    assert (len(no_such.data), words(no_such)) == (len(nobody_else.data), words(nobody_else))


def test_a_week_later_it_is_nobodys(browser_of, demo_app):
    ann = browser_of(ANN)
    link = why_link(ann.post("/rooms/VZ-101/book", data=TOO_MANY))
    with demo_app.test_request_context():
        assert forget_refusals(NOW + timedelta(days=8)) == 1
    assert ann.get(link).status_code == 404


def test_the_facility_manager_sets_a_rule_aside_with_a_reason_and_nobody_else_is_offered_it(browser_of):
    sunday = {"date": "2027-03-14", "start": "09:00", "end": "10:00", "attendees": "8", "layout": "boardroom"}
    assert "Book all the same" not in browser_of(ANN).post("/rooms/VZ-101/book", data=sunday).text
    farid = browser_of(FARID)
    refused = farid.post("/rooms/VZ-101/book", data=sunday)
    assert refused.status_code == 422
    assert "Book all the same" in refused.text
    done = farid.post("/rooms/VZ-101/book", data=sunday | {"override_reason": "Open day"})
    assert done.status_code == 303
    page = farid.get(f"{done.location}/why")
    assert lines(page)["R14"][-1] == "Set aside"
    assert browser_of(ANN).post("/rooms/VZ-101/book", data=sunday | {"override_reason": "Me too"}).status_code == 422


def test_what_a_booking_needs_is_asked_for_and_kept(browser_of):
    ann = browser_of(ANN)
    form = {"date": "2027-03-08", "start": "09:00", "end": "10:00", "attendees": "8", "layout": "boardroom"}
    done = ann.post("/rooms/VZ-101/book", data=form | {"equipment": ["scherm", "hearing_loop"]})
    assert done.status_code == 303
    change = BeautifulSoup(ann.get(f"{done.location}/change").text, "html.parser")
    assert {box["value"] for box in change.select("input[name=equipment][checked]")} == {"scherm", "hearing_loop"}
    clash = BeautifulSoup(
        ann.post("/rooms/VZ-101/book", data=form | {"end": "10:30", "equipment": ["scherm", "hearing_loop"]}).text,
        "html.parser",
    )
    sent = {field["value"] for field in clash.select(".alternative input[name=equipment]")}
    assert sent
    assert sent <= {"scherm;hearing_loop", "hearing_loop;scherm"}

"""From a change that displaces people to a plan, adjusted by hand and applied: as its maker meets it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from models.queries.house import the_house
from models.queries.plans import kept_plan
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.blueprints.manage.filling import filled
from tests.blueprints.manage.pressing import press
from tests.cast import ANN, FARID, HUGO, INES, NORA, NOW

MONDAY = "2027-03-08"
DE_VAART = "/manage/spaces/VZ-101"
LEFT = "Without a new place"
DAY = "Monday 8 March 2027"


def test_without_plans_the_page_is_calm_and_says_where_one_begins(signed_in):
    page = signed_in(FARID).open("/manage/plans")
    assert page.status == 200
    assert "No plan waits for you" in page.text
    assert "/manage/plans/outage" in {link.get("href") for link in page.soup.find_all("a")}


def test_a_change_that_displaces_offers_a_plan_with_the_same_values(signed_in, displaced, demo_app):
    manager = signed_in(FARID)
    offered = manager.send(DE_VAART, ceiling="12", reason="Fire report")
    assert offered.status == 200
    assert "find new places for 2 bookings" in offered.text  # of those that Farid may see
    sent = manager.send(DE_VAART, offered, step="plan")
    assert sent.status == 303
    page = manager.open(sent.location)
    assert "De Vaart: at most 12 people in every layout" in page.text
    assert "Fire report" in page.text
    assert len(page.rows(DAY)) == 2
    assert "1 booking of Public Centre for Social Welfare Vaartbeke lies in this change." in page.text
    with demo_app.test_request_context():
        assert the_house().policy("VZ-101", NOW.date()).ceiling is None


@pytest.mark.parametrize(
    ("address", "fields", "said"),
    [
        ("/manage/floors/F1", {"max_persons": "9"}, "at most 9 people at one moment"),
        ("/manage/places/VZ-101/rules", {"fire_max": "12"}, "Fire safety: at most: 12"),
        ("/manage/places/VZ-101/use", {"valid_from": MONDAY, "back_on": "2027-03-10"}, "out of use"),
        ("/manage/hours/space:VZ-101", {}, "other opening hours"),
        ("/manage/closures/add", {"first": MONDAY, "name": "Verhuis", "organisations": ["GEM"]}, "closed: Verhuis"),
    ],
)
def test_every_page_of_a_change_leads_to_a_plan(address, fields, said, signed_in, displaced):

    manager = signed_in(FARID)
    form = filled(manager.open(address)) | {"reason": "Works"} | fields
    sent = manager.post(address, form | {"step": "plan"})
    assert sent.status == 303, sent.text
    page = manager.open(sent.location)
    assert said in page.text
    assert page.status == 200


def test_each_booking_says_why_and_where_to_and_a_secret_one_is_one_of_a_number(signed_in, planned, displaced):
    manager, address = signed_in(FARID), planned()
    page = manager.open(address)
    first, _second = page.rows(DAY)
    assert "Street plan" in first
    assert "takes 12 people in this layout; this is for 14 people" in first
    assert "De Sluis VZ-102" in first
    assert "the same floor" in first
    assert not any(word in page.source for word in ("Case of the week", "15:00", displaced[2].handle))
    for person in (manager, signed_in(NORA)):
        assert person.open(f"{address}/bookings/{displaced[2].handle}").status == 404
        assert person.post(f"{address}/bookings/{displaced[2].handle}", {"to": "-"}).status == 404


def test_one_is_sent_elsewhere_by_hand_and_what_refuses_it_says_why(signed_in, planned, displaced):
    manager, address = signed_in(FARID), planned()
    street = f"{address}/bookings/{displaced[0].handle}"
    page = manager.open(street)
    assert "VZ-102" in {each["value"] for each in page.soup.select("[name=to]")}
    seen = page.soup.find("input", attrs={"name": "seen"})["value"]
    refused = manager.post(street, {"seen": seen, "to": "other", "space": "VZ-106"})
    assert refused.status == 422
    assert any("takes 4 people" in each for each in refused.notices())
    assert manager.post(street, {"seen": seen, "to": ""}).status == 400
    assert manager.post(street, {"seen": seen, "to": "VZ-999"}).status == 400
    sent = manager.post(street, {"seen": seen, "to": "VZ-001"})
    assert (sent.status, sent.location) == (303, f"{address}#booking-{displaced[0].handle}")
    [row] = [each for each in manager.open(address).rows(DAY) if "Street plan" in each]
    assert "De Rupel VZ-001" in row
    assert "chosen by hand" in row
    assert manager.post(street, {"seen": seen, "to": "VZ-102"}).status == 409  # what it showed is old by now


def test_a_booking_left_is_applied_only_when_somebody_says_so(signed_in, planned, displaced, now_in, others_ready):
    manager, address = signed_in(FARID), others_ready(planned())
    street = f"{address}/bookings/{displaced[0].handle}"
    press(manager, street, manager.open(street), to="-")
    page = manager.open(address)
    [left] = page.rows(LEFT)
    assert "Street plan" in left
    assert "Stays where it is" in left
    refused = press(manager, f"{address}/apply", page)
    assert refused.status == 422
    assert any("no new place" in each for each in refused.notices())
    assert now_in(displaced[1]) == "VZ-101"
    assert press(manager, f"{address}/apply", leaving="yes").status == 303
    assert [now_in(each) for each in displaced] == ["VZ-101", "VZ-102", "VZ-102"]
    assert any("applied already" in each for each in press(manager, f"{address}/apply").notices())


def test_what_became_untrue_meanwhile_is_shown_and_nothing_is_forced(
    signed_in, planned, displaced, booked, now_in, others_ready
):
    manager, address = signed_in(FARID), others_ready(planned())
    page = manager.open(address)
    booked(ANN, "VZ-102", f"{MONDAY}T09:00", "10:00", attendees=4, title="Quicker")
    answer = press(manager, f"{address}/apply", page)
    assert answer.status == 409
    assert now_in(displaced[1]) == "VZ-101"
    assert any("Another place: Street plan" in each for each in answer.notices())
    assert press(manager, f"{address}/apply").status == 303
    assert now_in(displaced[0]) not in ("VZ-101", "VZ-102")


@pytest.mark.parametrize("step", ["apply", "refresh"])
def test_a_plan_whose_change_makes_no_sense_any_more_says_so_on_its_page(step, signed_in, planned):
    closing = [{"scope": "organisation:GEM", "set": {"closure": {"name": "Verhuis"}}, "from": "2027-06-08"}]
    first, second = planned(changes=closing), planned(changes=closing)
    manager = signed_in(FARID)
    assert press(manager, f"{first}/apply").status == 303
    answer = press(manager, f"{second}/{step}")
    assert answer.status == 422
    assert "Everyone you mean is closed already on that day." in answer.text


def test_a_plan_thrown_away_changes_nothing(signed_in, planned, displaced, now_in, demo_app):
    manager, address = signed_in(FARID), planned()
    assert press(manager, f"{address}/discard").status == 303
    assert now_in(displaced[0]) == "VZ-101"
    assert "Thrown away" in manager.open(address).text
    with demo_app.test_request_context():
        assert kept_plan(address.rsplit("/", 1)[1]).status == "discarded"
    assert "De Vaart" not in manager.open("/manage/plans").text


@pytest.mark.parametrize(("who", "status"), [(NORA, 200), (INES, 404), (HUGO, 403), (ANN, 403)])
def test_a_plan_of_the_house_is_for_those_who_set_limits(who, status, signed_in, planned):
    address, manager = planned(), signed_in(who)
    for page in (address, f"{address}/rehearsal", f"{address}/letters"):
        assert manager.open(page).status == status
    for verb in ("apply", "discard", "refresh", "mend"):
        assert manager.post(f"{address}/{verb}", {}).status in ((status,) if status != 200 else (303, 409, 422))


def test_a_partners_administrator_plans_for_its_own_spaces_and_sees_its_own_plans(signed_in, planned, booked):
    booked(INES, "SK-08", f"{MONDAY}T09:00", "09:30", attendees=3, service="CAW-SLA")
    ines, farid = signed_in(INES), signed_in(FARID)
    mine = planned(INES, [{"scope": "space:SK-08", "set": {"capacity": 2}}])
    planned()
    listed = ines.open("/manage/plans").text
    assert "Interview booth 8" in listed
    assert "De Vaart" not in listed
    assert ines.open(mine).status == 200
    [row] = ines.open(mine).rows(DAY) or ines.open(mine).rows(LEFT)
    assert "Busy" not in row  # she coordinates it
    his = farid.open(mine)
    assert "1 booking of CAW Vaartstreek - Welfare House" in his.text
    assert his.rows(DAY) == his.rows(LEFT) == []
    assert not any(word in his.text for word in ("CAW-SLA", "09:30"))


def test_whoever_is_concerned_reads_after_the_fact_where_it_was_and_why(signed_in, planned, displaced, others_ready):
    manager, address = signed_in(FARID), others_ready(planned())
    press(manager, f"{address}/apply")
    own = signed_in(ANN).open(f"/bookings/{displaced[0].handle}")
    assert any("Moved from De Vaart to De Sluis" in each and "takes 12 people" in each for each in own.notices())
    assert "Moved from" not in signed_in(ANN).open(f"/bookings/{displaced[2].handle}").text


def test_the_page_of_a_plan_asks_as_much_for_many_bookings_as_for_few(signed_in, planned, booked, counted_queries):
    few, manager = planned(), signed_in(FARID)
    for day in range(9, 13):
        for hour in (9, 11, 14):
            booked(ANN, "VZ-101", f"2027-03-{day:02}T{hour:02}:00", f"{hour + 1}:00", attendees=15)
    many = planned()
    manager.open(few)
    with counted_queries() as of_few:
        manager.open(few)
    with counted_queries() as of_many:
        assert "15" in manager.open(many).text
    assert of_many.number == of_few.number <= 12


def test_work_that_takes_long_says_how_far_it_is_and_leads_to_its_plan(demo_app, signed_in, displaced):
    demo_app.config["TREFPUNT_PATIENCE"] = 0
    manager = signed_in(FARID)
    page = manager.send(DE_VAART, step="plan", ceiling="12", reason="Fire report")
    assert page.status == 200
    assert "The plan is being made" in page.text
    refresh = page.soup.find("meta", attrs={"http-equiv": "refresh"})["content"]
    assert manager.open(refresh.partition("url=")[2]).rows(DAY)


def test_an_old_numbered_address_leads_on_whoever_sees_the_plan(signed_in, planned, demo_app, clock):
    address = planned()
    with demo_app.test_request_context(), write_transaction():
        number = kept_plan(address.rpartition("/")[2]).id
        db.session.execute(text("UPDATE plan SET created_at = '2026-11-29 12:00:00+00:00'"))
    clock.instant = datetime(2026, 12, 1, tzinfo=UTC)
    assert signed_in(FARID).open(f"/manage/plans/{number}/letters").location == f"{address}/letters"
    assert signed_in(INES).open(f"/manage/plans/{number}").status == 404
    assert signed_in(FARID).open(f"/manage/plans/{number + 1}").status == 404


def test_who_waits_for_a_word_is_a_third_figure_before_and_after(signed_in, planned, displaced, others_ready, demo_app):
    with demo_app.test_request_context(), write_transaction():  # wherever else they could go, protocol is asked
        elsewhere = "space_id <> (SELECT id FROM space WHERE code = 'VZ-101')"
        asked = "approval_role = 'protocol_officer', approval_for = 'all'"
        db.session.execute(text(f"UPDATE space_policy SET {asked} WHERE {elsewhere}"))
    address, manager = planned(), signed_in(FARID)
    others_ready(address)
    assert "Still wait for approval 2 Of those with another place." in manager.open(address).text
    assert press(manager, f"{address}/apply", leaving="yes").status == 303
    assert "Still wait for approval 2" in manager.open(address).text
    hugo = signed_in(HUGO)
    assert hugo.post(f"/bookings/{displaced[0].handle}/approve", {}).status == 303
    assert "Still wait for approval 1" in manager.open(address).text

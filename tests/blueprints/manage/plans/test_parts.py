"""A plan in parts, as its maker and the people of the other organisation meet it: pages and mail."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from blueprints.mail.letter import letter_for
from models.actions.plans.carry_on import apply_waiting
from models.queries.outbox import waiting_mail
from models.queries.people import person_by_id
from models.tables.db import db
from models.tables.log import OutboxRow
from tests.blueprints.manage.pressing import press
from tests.browser.sound_page import faults
from tests.cast import ANN, DORA, ELS, FARID, INES, NORA, at

ADMIN = "beheerder.ocmw"  # who sees to the bookings of the social-welfare centre
DAY = "Monday 8 March 2027"
SECRET = ("Case of the week", "15:00")


@pytest.fixture
def letters(demo_app):
    """Who was sent what about plans, as they read it."""

    def read() -> list[tuple[str, str]]:
        with demo_app.test_request_context():
            found = []
            for number in db.session.scalars(
                select(OutboxRow.id).where(OutboxRow.kind.startswith("plan_")).order_by(OutboxRow.id)
            ):
                mail = waiting_mail(number)
                recipient = person_by_id(mail.recipient_id)
                assert recipient is not None
                letter = letter_for(mail)
                found.append((recipient.username, f"{letter['Subject']}\n{letter.get_content()}"))
            return found

    return read


def test_a_part_waits_for_its_people_who_place_it_and_say_that_it_is_ready(
    signed_in, planned, part_of, letters, displaced, now_in
):
    farid, theirs, address = signed_in(FARID), signed_in(ADMIN), planned()
    part = part_of(address)
    assert "A plan waits for you" not in theirs.open("/").text
    assert press(farid, f"{address}/apply").status == 303
    page = farid.open(address)
    whom = "Public Centre for Social Welfare Vaartbeke"
    assert f"It waits for {whom} until Monday 8 March 09:00 at the latest." in page.text
    assert "It waits for their part until Monday 8 March 09:00" in farid.open("/manage/plans").text
    assert page.soup.find("form", action=f"{address}/apply") is None
    assert "not ready yet" in page.text
    [(who, letter)] = letters()
    assert who == ADMIN
    assert f"http://localhost{part}" in letter
    assert "1 booking of your organisation" in letter
    assert "Monday 8 March at 09:00" in letter
    assert not any(word in letter for word in (*SECRET, "De Vaart", "VZ-101"))
    today = theirs.open("/")
    assert part in {link.get("href") for link in today.soup.find_all("a")}
    assert part in {link.get("href") for link in theirs.open("/manage/plans").soup.find_all("a")}
    [row] = theirs.open(part).rows(DAY)
    assert "15:00–16:00" in row
    street = f"{part}/bookings/{displaced[2].handle}"
    press(theirs, street, theirs.open(street), to="other", space="VZ-001")
    assert press(theirs, f"{part}/ready").status == 303
    assert [now_in(each) for each in displaced] != ["VZ-101"] * 3
    assert now_in(displaced[2]) == "VZ-001"
    done = farid.open(address)
    assert "1 booking of Public Centre for Social Welfare Vaartbeke lies in this change." in done.text
    assert not any(word in done.text for word in SECRET)
    assert "A plan waits for you" not in theirs.open("/").text


@pytest.mark.parametrize(
    ("who", "status"), [(FARID, 404), (NORA, 404), (INES, 404), (ELS, 403), (DORA, 403), (ANN, 403)]
)
def test_a_part_is_for_its_own_people(who, status, signed_in, planned, part_of, displaced):
    part, person = part_of(planned()), signed_in(who)
    assert person.open(part).status == status
    assert person.open(f"{part}/letters").status == status
    assert person.open(f"{part}/bookings/{displaced[2].handle}").status == status
    for verb in ("ready", "apply", "discard", "refresh"):
        assert person.post(f"{part}/{verb}", {}).status == status


def test_after_three_working_days_those_bookings_stay_and_their_people_see_which(
    signed_in, planned, part_of, letters, displaced, now_in, demo_app, clock
):
    farid, address = signed_in(FARID), planned()
    press(farid, f"{address}/apply")
    clock.instant = at("2027-03-08T09:00")
    with demo_app.test_request_context():
        assert apply_waiting(clock.instant) == 1
    assert now_in(displaced[2]) == "VZ-101"
    page = signed_in(ADMIN).open(part_of(address))
    [left] = page.rows("Without a new place")
    assert "15:00" in left
    assert "1 booking of Public Centre for Social Welfare Vaartbeke lies in this change." in farid.open(address).text
    assert letters()[-1][1].startswith("A plan is applied: it is about 1 booking of yours")


@pytest.mark.parametrize("who", [FARID, ADMIN])
def test_pages_of_a_plan_in_parts_are_sound(who, signed_in, planned, part_of, displaced):
    address = planned()
    press(signed_in(FARID), f"{address}/apply")
    for page in (
        (address,) if who == FARID else (part_of(address), f"{part_of(address)}/bookings/{displaced[2].handle}", "/")
    ):
        found = signed_in(who).client.get(page).get_data(as_text=True)
        assert faults(found) == []

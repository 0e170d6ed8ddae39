"""The parts of a plan that other organisations see to: split off, placed, waited for, or not waited for at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from models.actions.bookings.book import book
from models.actions.plans.adjust_move import adjust_move
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.carry_on import apply_waiting, say_ready
from models.actions.plans.discard_plan import discard_plan
from models.actions.plans.make_plan import make_plan, refresh_plan
from models.actions.plans.mend_plan import mend
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_moves import moves_of
from models.queries.plan_parts import as_seen
from models.queries.plans import counts_of, kept_plan, parts_of
from models.rules.bookings.fields import Caller
from models.rules.changes.reading import read_changes
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.rules.refusals import NotFound, Refused
from models.tables.db import db
from models.tables.log import OutboxRow
from models.tables.person import PersonRole, PersonRow
from models.tables.transaction import write_transaction
from tests.cast import ANN, BRAM, DORA, ELS, FARID, GERDA, INES, NORA, NOW, ask, at

MONDAY = "2027-03-15"
ADMIN = "beheerder.ocmw"  # who sees to the bookings of the social-welfare centre
DUE = at("2027-03-08T09:00")  # Thursday, Friday, Monday
SMALLER = {"scope": "space:VZ-101", "set": {"capacity": 12}, "from": MONDAY}


def by(who: str, now=NOW) -> By:
    return By(person_by_username(who), now)


def booked(who: str, space: str = "VZ-101", start: str = "09:00", end: str = "10:00", day: str = MONDAY, **more) -> int:
    return book(ask(space, f"{day}T{start}", end, **more), person_by_username(who), NOW).bookings[0].id


def plan(*raw: dict, who: str = FARID) -> int:
    return make_plan(read_changes(raw or [SMALLER]), "works", by(who))


def where(booking: int) -> str:
    return bookings_by_id([booking])[0].space


def told(number: int) -> list[tuple[str, int, bool | None]]:
    viewer = Viewer.of(person_by_username(FARID), the_house())
    seen = as_seen(kept_plan(number), moves_of(number), viewer, by(FARID))
    return [(part.organisation, part.bookings, part.is_ready) for part in seen.parts]


def letters() -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(OutboxRow.kind, PersonRow.username)
        .join(PersonRow, PersonRow.id == OutboxRow.recipient_id)
        .where(OutboxRow.kind.startswith("plan_"))
        .order_by(OutboxRow.id)
    )
    return [tuple(row) for row in rows]


@pytest.fixture
def meetings(demo):
    """Ann's and one of the social-welfare centre, both too large."""
    return booked(ANN, attendees=14), booked(DORA, start="13:00", end="14:00", attendees=14)


def test_another_organisations_bookings_under_secrecy_are_a_part_of_their_own(meetings):
    own, theirs = meetings
    number = plan()
    [part] = parts_of(number)
    assert [each.booking.id for each in moves_of(number)] == [own]
    assert [each.booking.id for each in moves_of(part.id)] == [theirs]
    assert (part.organisation, part.is_ready, part.is_waiting) == ("OCMW", False, False)
    assert letters() == []


def test_a_callers_talk_in_confidence_is_placed_by_the_people_of_its_service(demo):
    more = {"start": "13:00", "end": "14:00", "attendees": 4, "caller": Caller("Wim Vos"), "service": "OCMW-HVK"}
    talk = booked(GERDA, "OR-02", **more)
    assert bookings_by_id([talk])[0].organisation == "VER"  # where nobody could see to it
    number = plan({"scope": "space:OR-02", "set": {"active": False}, "from": MONDAY})
    [part] = parts_of(number)
    assert (part.organisation, [each.booking.id for each in moves_of(part.id)]) == ("OCMW", [talk])
    assert apply_plan(number, by(FARID)) is False
    assert letters() == [("plan_part", ADMIN)]
    adjust_move(part.id, talk, "OR-01", by(ADMIN))
    say_ready(part.id, by(ADMIN))
    assert (kept_plan(number).status, where(talk)) == ("applied", "OR-01")


def test_it_waits_until_they_are_ready_and_then_all_of_it_is_applied_at_once(meetings):
    own, theirs = meetings
    number = plan()
    [part] = parts_of(number)
    assert apply_plan(number, by(FARID)) is False
    assert (kept_plan(number).status, kept_plan(number).due_at) == ("draft", DUE)
    assert letters() == [("plan_part", ADMIN)]
    assert {where(own), where(theirs)} == {"VZ-101"}
    adjust_move(part.id, theirs, "VZ-001", by(ADMIN))
    assert apply_waiting(NOW + timedelta(hours=1)) == 0
    say_ready(part.id, by(ADMIN))
    assert [kept_plan(each).status for each in (number, part.id)] == ["applied", "applied"]
    assert where(theirs) == "VZ-001"
    assert where(own) not in ("VZ-101", "VZ-001")
    assert apply_waiting(DUE) == 0


def test_its_maker_reads_the_same_number_of_them_before_and_after_whatever_it_is_that_changes(meetings):
    booked(DORA, start="15:00", end="16:00", attendees=3)  # it lies in the plan, and need not move

    number = plan({"scope": "space:VZ-101", "set": {"out_of_service": ["scherm"]}})
    assert told(number) == [("OCMW", 2, None)]
    number = plan()
    [part] = parts_of(number)
    assert told(number) == [("OCMW", 2, None)]
    apply_plan(number, by(FARID))
    assert told(number) == [("OCMW", 2, False)]
    say_ready(part.id, by(ADMIN))
    assert kept_plan(number).status == "applied"
    assert told(number) == [("OCMW", 2, None)]
    counts = counts_of([number], Viewer.of(person_by_username(FARID), the_house()))[number]
    assert (counts.moved, counts.left) == (1, 0)


def test_after_three_working_days_it_is_applied_and_those_bookings_stay(meetings):
    own, theirs = meetings
    number = plan()
    [part] = parts_of(number)
    apply_plan(number, by(FARID))
    assert apply_waiting(DUE - timedelta(minutes=1)) == 0
    assert apply_waiting(DUE) == 1
    assert (where(own) != "VZ-101", where(theirs)) == (True, "VZ-101")
    assert [each.to_space for each in moves_of(part.id)] == [None]
    assert kept_plan(part.id).status == "applied"
    assert letters() == [("plan_part", ADMIN), ("plan_part_applied", ADMIN)]


def test_nobody_but_its_people_places_a_part_and_a_part_is_not_applied_by_itself(meetings):
    own, theirs = meetings
    number = plan()
    [part] = parts_of(number)
    for who in (FARID, NORA, INES, DORA, ELS):
        with pytest.raises(NotFound if who in (FARID, NORA, INES) else Exception):
            adjust_move(part.id, theirs, None, by(who))
        with pytest.raises(NotFound if who in (FARID, NORA, INES) else Exception):
            say_ready(part.id, by(who))
    with pytest.raises(NotFound):
        adjust_move(number, theirs, None, by(FARID))
    for act in (apply_plan, discard_plan, refresh_plan):
        with pytest.raises(NotFound):
            act(part.id, by(ADMIN))


def test_two_parts_do_not_send_their_bookings_to_the_same_place(meetings):
    own, theirs = meetings
    number = plan()
    [part] = parts_of(number)
    [move] = moves_of(number)
    adjust_move(number, own, "VZ-001", by(FARID), start=at(f"{MONDAY}T13:00"), end=at(f"{MONDAY}T14:00"))
    with pytest.raises(Refused) as no:
        adjust_move(part.id, theirs, "VZ-001", by(ADMIN))
    assert [each.code for each in no.value.refusals] == ["space_taken"]


def test_where_there_is_no_administrator_the_heads_of_service_see_to_it_and_without_them_it_is_not_applied(meetings):
    number = plan()
    [part] = parts_of(number)
    with write_transaction():
        db.session.execute(update(PersonRow).where(PersonRow.username == ADMIN).values(active=False))
    assert apply_plan(number, by(FARID)) is False
    assert letters() == [("plan_part", ELS)]
    discard_plan(number, by(FARID))
    assert kept_plan(part.id).status == "discarded"
    with write_transaction():
        els = person_by_username(ELS).id
        db.session.execute(delete(PersonRole).where(PersonRole.person_id == els, PersonRole.role == "service_head"))
    number = plan()
    with pytest.raises(Refused) as no:
        apply_plan(number, by(FARID))
    assert [each.code for each in no.value.refusals] == ["part_without_owner"]
    assert kept_plan(number).due_at is None
    nobody_waits = plan({"scope": "space:VZ-101", "set": {"active": False}, "from": "2027-03-03"})
    assert apply_plan(nobody_waits, by(FARID))


def test_a_fire_closure_over_the_talks_of_two_organisations_is_applied_at_once(demo):
    talk = booked(DORA, "SK-05", day="2027-03-04", attendees=2, service="OCMW-LEE")
    victim = booked(INES, "SK-08", day="2027-03-04", attendees=2, service="CAW-SLA")
    number = plan(*({"scope": f"space:{code}", "set": {"active": False}} for code in ("SK-05", "SK-08")))
    assert moves_of(number) == []
    assert apply_plan(number, by(FARID))
    assert where(talk) in ("SK-06", "SK-07")
    assert where(victim) == "SK-09"
    assert [(part.organisation, part.status) for part in parts_of(number)] == [("CAW", "applied"), ("OCMW", "applied")]
    assert letters() == [("plan_part_applied", INES), ("plan_part_applied", ADMIN)]


@pytest.mark.parametrize(
    ("who", "change", "waits"),
    [
        (FARID, {"scope": "space:VZ-101", "set": {"active": False}, "from": "2027-03-05"}, False),  # within 48 hours
        (FARID, {"scope": "space:VZ-101", "set": {"active": False}, "from": "2027-03-06"}, True),
        (FARID, SMALLER, True),  # a facility manager's own wish
        (NORA, SMALLER, False),  # a limit lowered by the prevention adviser
        (NORA, {"scope": "space:VZ-101", "set": {"fire_max": 12}, "from": MONDAY}, False),
        (FARID, {"scope": "rule:R09", "set": {"parameter": "20", "mode": "enforce"}, "from": MONDAY}, False),
        (FARID, {"scope": "zone:Z1-VER", "set": {"max_persons": 12}, "from": MONDAY}, True),
        (NORA, {"scope": "zone:Z1-VER", "set": {"max_persons": 12}, "from": MONDAY}, False),
    ],
)
def test_safety_waits_for_nobody(demo, who, change, waits):
    theirs = booked(DORA, "VZ-101", start="13:00", end="14:00", attendees=14)
    number = plan(change, who=who)
    assert [each.booking.id for part in parts_of(number) for each in moves_of(part.id)] == [theirs]
    assert apply_plan(number, by(who), leaving=True) is not waits


def test_what_became_untrue_while_it_waited_is_looked_at_again(meetings):
    own, theirs = meetings
    number = plan()
    [move] = moves_of(number)
    apply_plan(number, by(FARID))
    booked(BRAM, move.to_space, attendees=4)
    assert apply_waiting(DUE) == 0
    assert (kept_plan(number).is_waiting, where(own)) == (False, "VZ-101")
    assert letters()[-1] == ("plan_stopped", FARID)
    assert apply_waiting(DUE) == 0
    assert apply_plan(number, by(FARID, DUE))  # their time is over: it waits no second time
    assert where(theirs) == "VZ-101"


def test_what_is_over_while_it_waits_is_in_nobodys_way(demo):
    soon = booked(ANN, day="2027-03-04", attendees=14)
    later, theirs = booked(ANN, attendees=14), booked(DORA, start="13:00", end="14:00", attendees=14)
    number = plan(SMALLER | {"from": "2027-03-03"})
    [part] = parts_of(number)
    apply_plan(number, by(FARID))
    assert apply_waiting(DUE) == 1
    assert [where(each) == "VZ-101" for each in (soon, later, theirs)] == [True, False, True]


def test_a_part_that_changes_is_no_longer_ready(meetings):
    _own, theirs = meetings
    number = plan()
    [part] = parts_of(number)
    say_ready(part.id, by(ADMIN))
    assert parts_of(number)[0].is_ready
    booked(DORA, start="15:00", end="16:00", attendees=14)
    refresh_plan(number, by(FARID))
    assert not parts_of(number)[0].is_ready
    assert len(moves_of(part.id)) == 2


def test_what_works_again_brings_back_the_bookings_of_others_too(demo):
    own = booked(ANN, "VZ-103", attendees=4, equipment=("scherm",))
    theirs = booked(DORA, "VZ-103", start="13:00", end="14:00", attendees=4, equipment=("scherm",))
    booked(DORA, "VZ-103", start="15:00", end="16:00", attendees=4)  # it needs no screen
    broken = plan({"scope": "space:VZ-103", "set": {"out_of_service": ["scherm"]}})
    assert told(broken) == [("OCMW", 2, None)]
    assert apply_plan(broken, by(FARID))
    assert told(broken) == [("OCMW", 2, None)]
    assert "VZ-103" not in (where(own), where(theirs))
    repaired = mend(broken, by(FARID))
    assert [each.booking.id for part in parts_of(repaired) for each in moves_of(part.id)] == [theirs]
    assert told(repaired) == [("OCMW", 2, None)]
    assert apply_plan(repaired, by(FARID))
    assert told(repaired) == [("OCMW", 2, None)]
    assert (where(own), where(theirs)) == ("VZ-103", "VZ-103")

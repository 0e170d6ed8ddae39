"""Whoever a plan moves hears of it once: by one mail with all their moves, or from somebody who ticks them off."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from models.actions.bookings.book import book
from models.actions.bookings.change import change
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.make_plan import make_plan
from models.actions.plans.mend_plan import mend
from models.actions.plans.tick_move import tick
from models.queries.bookings import booked_under, bookings_by_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_moves import moves_of
from models.queries.plans import counts_of, kept_plan
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from models.rules.plans.view import is_finished
from models.rules.refusals import BadRequest, NotFound, Refused
from models.tables.db import db
from models.tables.log import OutboxRow
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.cast import ANN, BRAM, CHRIS, FARID, NOW, ask, at

MONDAY = "2027-03-08"
CLOSED = {"scope": "space:VZ-104", "set": {"active": False}, "from": MONDAY}


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str = "09:00", end: str = "10:00", **more) -> int:
    return book(ask(space, f"{MONDAY}T{start}", end, **more), person(who), NOW).bookings[0].id


def applied(*changes: dict, **more) -> int:
    number = make_plan(read_changes(changes), "works", By(person(FARID), NOW))
    apply_plan(number, By(person(FARID), NOW), **more)
    return number


def letters() -> list[tuple[str, list[int]]]:
    rows = db.session.execute(
        select(PersonRow.username, OutboxRow.facts)
        .join(PersonRow, PersonRow.id == OutboxRow.recipient_id)
        .where(OutboxRow.kind == "moved")
        .order_by(OutboxRow.id)
    )
    return sorted((who, [booked_under(each["handle"]).id for each in facts["bookings"]]) for who, facts in rows)


def without_mail(*usernames: str) -> None:
    with write_transaction():
        db.session.execute(update(PersonRow).where(PersonRow.username.in_(usernames)).values(email=None))


def test_each_person_concerned_gets_one_mail_with_all_their_moves(demo):
    first, second = booked(ANN, "VZ-104", attendees=6), booked(ANN, "VZ-104", "11:00", "12:00", attendees=6)
    third = booked(CHRIS, "VZ-104", "14:00", "15:00", attendees=6, on_behalf_of=ANN)
    number = applied(CLOSED)
    assert letters() == [(CHRIS, [third]), (ANN, [first, second, third])]
    with pytest.raises(Refused):
        apply_plan(number, By(person(FARID), NOW))
    assert len(letters()) == 2
    assert {each.told for each in moves_of(number)} == {"mail"}


def test_whoever_has_no_address_is_ticked_off_and_only_then_is_the_plan_finished(demo):
    without_mail(ANN)
    by_phone, by_mail = booked(ANN, "VZ-104", attendees=6), booked(BRAM, "VZ-104", "11:00", "12:00", attendees=6)
    number = applied(CLOSED)
    assert {each.booking.id: each.told for each in moves_of(number)} == {by_phone: "to_tell", by_mail: "mail"}
    assert [each.booking.id for each in moves_of(number, told="to_tell")] == [by_phone]
    assert not is_finished("applied", counts_of([number])[number])
    with pytest.raises(NotFound):
        tick(number, by_mail, "reached", By(person(FARID), NOW))
    with pytest.raises(BadRequest):
        tick(number, by_phone, "shrugged", By(person(FARID), NOW))
    tick(number, by_phone, "unreachable", By(person(FARID), NOW))
    tick(number, by_phone, "reached", By(person(FARID), NOW))
    move = next(each for each in moves_of(number) if each.booking.id == by_phone)
    assert (move.told, move.told_by_name, move.told_at) == ("reached", person(FARID).name, NOW)
    assert is_finished("applied", counts_of([number])[number])


def test_what_was_moved_for_an_outage_comes_back_when_it_is_mended(demo):
    first = booked(ANN, "VZ-103", attendees=8, equipment=("scherm",))
    second = booked(BRAM, "VZ-103", "11:00", "12:00", attendees=8, equipment=("scherm",))
    without_need = booked(BRAM, "VZ-103", "14:00", "15:00", attendees=8)
    broken = applied({"scope": "space:VZ-103", "set": {"out_of_service": ["scherm"]}, "from": MONDAY})
    assert {each.booking.id for each in moves_of(broken)} == {first, second}
    assert moves_of(broken)[0].reasons[0].code == "equipment_missing"
    change(second, {"start": at(f"{MONDAY}T12:00"), "end": at(f"{MONDAY}T13:00")}, person(BRAM), NOW)
    repaired = mend(broken, By(person(FARID), NOW))
    assert {each.booking.id: each.to_space for each in moves_of(repaired)} == {first: "VZ-103"}
    assert (kept_plan(repaired).mends, kept_plan(broken).mended_by) == (broken, repaired)
    assert mend(broken, By(person(FARID), NOW)) == repaired
    apply_plan(repaired, By(person(FARID), NOW))
    assert the_house().outages == ()
    assert [each.space for each in bookings_by_id([first, without_need])] == ["VZ-103", "VZ-103"]
    assert bookings_by_id([second])[0].space != "VZ-103"


def test_a_plan_that_put_nothing_out_of_order_has_nothing_to_mend(demo):
    with pytest.raises(BadRequest) as wrong:
        mend(applied(CLOSED), By(person(FARID), NOW))
    assert wrong.value.code == "nothing_to_mend"


def test_a_broken_lift_moves_whoever_comes_in_a_wheelchair_to_the_ground_floor(demo):
    upstairs = booked(ANN, "VZ-104", attendees=6, wheelchair=1)
    booked(BRAM, "VZ-103", attendees=6)
    number = applied({"scope": "building:AC", "set": {"out_of_service": ["lift"]}, "from": MONDAY, "to": "2027-03-12"})
    [move] = moves_of(number)
    house = the_house()
    assert (move.booking.id, move.reasons[0].code) == (upstairs, "not_accessible")
    assert house.floors[house.spaces[move.to_space].floor].level == 0

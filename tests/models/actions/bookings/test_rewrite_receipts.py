"""Receipts in two halves: nobody stands in what was judged, also of those from the time when people still did."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, text, update

from models.actions.bookings.book import book
from models.actions.bookings.forget_refusals import forget_refusals
from models.actions.bookings.keep_receipt import keep_receipts
from models.actions.bookings.rewrite_receipts import AT_ONCE, rewrite_receipts
from models.actions.bookings.wish import decide, wish_of
from models.actions.places.set_quota import add_quota
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.receipts import receipt_under, receipts_of
from models.queries.taken import facts_about
from models.rules.changes.quotas import QuotaWish
from models.rules.judging.receipt import judge_again
from models.rules.people.person import ROLES
from models.rules.refusals import Refused
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.receipt import NAMELESS, UNREADABLE, WITH_NAMES, ReceiptRow, Rulebook
from models.tables.transaction import write_transaction
from tests.cast import ANN, BRAM, DORA, FARID, GERDA, KAAT, NOW, ask
from tests.delegates import let_book_for
from tests.models.actions.racing import race
from tests.models.rules.judging.receipts_once import content_once, facts_once

MONDAY = "2027-03-08"
FEW = 100  # a round, where a whole one would teach no more
WISHES = (
    (ANN, ask("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=80)),
    (DORA, ask("SK-05", f"{MONDAY}T09:00", "10:00", attendees=9, service="OCMW-SCH")),
    (DORA, ask("SK-08", f"{MONDAY}T09:00", "10:00", attendees=2, service="OCMW-LEE", visitors=1)),
    (GERDA, ask("VZ-001", f"{MONDAY}T09:00", "10:00", attendees=80, on_behalf_of=KAAT)),
    (BRAM, ask("VZ-101", f"{MONDAY}T09:30", "10:30", attendees=8)),
)


@pytest.fixture
def town(demo):
    """Ann has a room that Bram will ask for, and what a service and each person may hold is limited."""
    farid = person_by_username(FARID)
    add_quota(QuotaWish("service", "OCMW-LEE", None, "bookings", "week", 0), farid, NOW, reason="Fair.")
    add_quota(QuotaWish("person", None, None, "hours", "week", 1), farid, NOW, reason="Fair.")
    book(ask("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8, title="Teamoverleg"), person_by_username(ANN), NOW)


def planted(booking: int | None = None) -> list[str]:
    """The receipts of WISHES as they were once written, by their handles; of a booking those of one."""
    handles = []
    with write_transaction():
        for who, asked in WISHES:
            wanted, house = wish_of(asked, person_by_username(who), the_house()), the_house()
            facts = facts_about(wanted, house, NOW)
            occasion = decide(wanted, facts, NOW)
            policy = house.policy(wanted.space, facts.date_of(wanted.during))
            keep_receipts("refused", [(booking, occasion)], house, wanted.booker, NOW)
            row = db.session.scalars(select(ReceiptRow).order_by(ReceiptRow.id.desc()).limit(1)).one()
            row.facts = facts_once(wanted, policy, facts, occasion.verdict, NOW)
            row.reasons = [dict(each, scope=_once(each["scope"], asked.service)) for each in row.reasons]
            row.shape, row.asked_for_id = WITH_NAMES, None
            rulebook = db.session.get_one(Rulebook, row.rulebook_id)
            rulebook.content, rulebook.shape = content_once(house, wanted.space), WITH_NAMES
            handles.append(row.handle)
    return handles


def _once(scope: str, service: str | None) -> str:
    return scope.replace("service:", f"service:{service}")


def told(handle: str):
    """What its page is made of: by whom and for whom, and each reason."""
    receipt = receipt_under(handle)
    verdict = judge_again(receipt.rulebook, receipt.met)
    assert (*verdict.refusals, *verdict.warnings) == receipt.reasons
    return receipt.actor_id, receipt.asked_for_id, receipt.reasons


def dump() -> str:
    """Receipts and rulebooks as a backup or an export of their tables has them."""
    tables = [ReceiptRow.__table__, Rulebook.__table__]
    return "\n".join(str(tuple(row)) for table in tables for row in db.session.execute(select(table)))


def named_in(words: str) -> set[str]:
    """The people and services of the house that stand in it."""
    names = {*db.session.scalars(select(PersonRow.username)), *the_house().services} - set(ROLES)  # `dpo` is both
    assert len(names) > 150
    return {each for each in names if re.search(rf"(?<![\w.-]){re.escape(each)}(?![\w-]|\.\w)", words)}


def test_nobody_and_no_service_stands_in_the_tables_of_receipts(town):
    let_book_for(ANN, BRAM)
    for who, asked in (*WISHES, (BRAM, ask("VZ-103", f"{MONDAY}T09:00", "10:00", attendees=80, on_behalf_of=ANN))):
        with suppress(Refused):
            book(asked, person_by_username(who), NOW)
    assert db.session.scalar(select(func.count(ReceiptRow.id))) == 7
    assert db.session.scalars(select(ReceiptRow.shape).distinct()).all() == [NAMELESS]
    assert "Teamoverleg" not in dump()
    assert named_in(dump()) == set()


def test_what_was_written_with_names_is_written_anew_without_and_tells_the_same(town):
    handles = planted()
    assert named_in(dump()) >= {ANN, DORA, KAAT, "OCMW-SCH", "OCMW-LEE"}
    before = [told(each) for each in handles]
    assert [who for who, _asked in WISHES] == [_name(actor) for actor, _for, _reasons in before]
    assert [_name(asked_for) for _actor, asked_for, _reasons in before] == [ANN, DORA, DORA, KAAT, BRAM]
    rewrite_all()
    assert named_in(dump()) == set()
    assert [told(each) for each in handles] == before


def test_once_all_is_written_anew_a_worker_looks_twice_into_an_empty_index(town, counted_queries):
    planted()
    assert rewrite_all() > 0
    with counted_queries() as counted:
        assert rewrite_receipts(NOW) == 0
    assert counted.number == 2
    if db.engine.dialect.name == "sqlite":
        for table in ("receipt", "rulebook"):
            plan = text(f"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE shape = 1 ORDER BY id LIMIT 1")
            assert f"ix_{table}_with_names" in str(db.session.execute(plan).all())


def test_a_round_takes_some_hundreds_and_the_rulebooks_come_last(town):
    planted()
    _many(AT_ONCE)
    assert rewrite_receipts(NOW) == AT_ONCE
    assert db.session.scalars(select(Rulebook.shape).distinct()).all() != [NAMELESS]
    assert rewrite_receipts(NOW) == len(WISHES)
    assert rewrite_receipts(NOW) == _rulebooks_of_once()
    assert rewrite_receipts(NOW) == 0


def test_two_workers_at_once_race_through_them_and_each_is_written_once(demo_url, town, monkeypatch):
    monkeypatch.setattr("models.actions.bookings.rewrite_receipts.AT_ONCE", FEW)
    handles = planted()
    _many(FEW)
    before = [told(each) for each in handles]
    db.session.rollback()
    done = race(demo_url, rewriting, [()] * 6, processes=2)
    assert sum(done) == FEW + len(WISHES) + _rulebooks_of_once()
    assert [told(each) for each in handles] == before
    assert named_in(dump()) == set()


def rewriting() -> int:
    return rewrite_receipts(NOW)


def test_whose_it_was_does_not_come_back_once_it_is_forgotten(town):
    handles = planted()
    assert forget_refusals(NOW + timedelta(days=8)) == len(WISHES)
    rewrite_all()
    assert {told(each)[:2] for each in handles} == {(None, None)}


def test_of_a_booking_it_stands_there_alone_for_whom_it_was(town):
    booking = book(ask("VZ-103", f"{MONDAY}T13:00", "14:00", attendees=4), person_by_username(BRAM), NOW).bookings[0]
    planted(booking.id)
    rewrite_all()
    assert {each.asked_for_id for each in receipts_of(booking.id)} == {None}
    assert len(receipts_of(booking.id)) == 1 + len(WISHES)


def test_one_that_nobody_can_read_any_more_keeps_no_other_back(town, caplog):
    first, *others = planted()
    with write_transaction():
        db.session.execute(update(ReceiptRow).where(ReceiptRow.handle == first).values(facts={"used": {}}))
    rewrite_all()
    assert db.session.scalars(select(ReceiptRow.handle).where(ReceiptRow.shape == UNREADABLE)).all() == [first]
    assert receipt_under(first) is None
    assert all(told(each) for each in others)
    assert "1 of receipt cannot be read" in caplog.text


def rewrite_all() -> int:
    done = 0
    while step := rewrite_receipts(NOW):
        done += step
    return done


def _many(number: int) -> None:
    """That many more of the first, as they were once written."""
    with write_transaction():
        row = db.session.scalars(select(ReceiptRow).where(ReceiptRow.shape == WITH_NAMES).limit(1)).one()
        copied = ("rulebook_id", "decision", "at", "actor_id", "facts", "reasons", "shape")
        values = {name: getattr(row, name) for name in copied}
        db.session.execute(insert(ReceiptRow), [values] * number)


def _rulebooks_of_once() -> int:
    """One for each space that the WISHES name."""
    return len({asked.space for _who, asked in WISHES})


def _name(person_id: int) -> str:
    return db.session.scalars(select(PersonRow.username).where(PersonRow.id == person_id)).one()

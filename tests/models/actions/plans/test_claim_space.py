"""A taken space claimed in the name of a body that comes first: its holder gets another place, or keeps this one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from blueprints.commands.demo_precedence import load_precedence
from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.places.set_precedence import remove_precedence
from models.actions.plans.adjust_move import adjust_move, offered_places
from models.actions.plans.answer_claim import answer_claim
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.claim_space import claim
from models.actions.plans.discard_plan import discard_plan
from models.actions.plans.make_plan import make_plan, refresh_plan
from models.queries.bookings import booked_under, bookings_by_id, handles_of
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_moves import moves_of
from models.queries.plans import kept_plan
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.tables.db import db
from models.tables.log import AuditEntry, OutboxRow
from tests.cast import ANN, BRAM, CHRIS, FARID, HUGO, INES, NOW, ask, at

SOON, LATER = "2027-03-08", "2027-03-22"  # within a week of now, and after two


@pytest.fixture
def town(demo):
    load_precedence()


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str = "VZ-104", day: str = LATER, start: str = "09:00", end: str = "10:00", **more) -> int:
    return book(ask(space, f"{day}T{start}", end, **{"attendees": 6} | more), person(who), NOW).bookings[0].id


def claimed(
    space: str = "VZ-104",
    code: str = "COLLEGE",
    day: str = LATER,
    start: str = "09:00",
    end: str = "10:00",
    who: str = HUGO,
    **more,
) -> int:
    return claim(
        ask(space, f"{day}T{start}", end, **{"attendees": 7} | more), code, By(person(who), NOW), reason="Extra college"
    )


def applied(plan_id: int, who: str = HUGO) -> int:
    apply_plan(plan_id, By(person(who), NOW))
    return booked_under(kept_plan(plan_id).booking).id


def codes_of(refused) -> list[str]:
    return [each.code for each in refused.value.refusals]


def where(booking_id: int) -> tuple[str, str]:
    found = bookings_by_id([booking_id])[0]
    return found.space, found.status


def mails(kind: str) -> list:
    return list(db.session.execute(select(OutboxRow).where(OutboxRow.kind == kind)).scalars())


def test_a_claim_is_a_draft_that_gives_the_holder_another_place_and_names_the_rule(town):
    holder = booked(ANN)
    number = claimed()
    plan, move = kept_plan(number), moves_of(number)[0]
    assert (plan.status, plan.claims_for, plan.booking) == ("draft", "COLLEGE", None)
    assert (move.booking.id, move.to_space, move.consent) == (holder, "VZ-105", None)
    assert [(each.code, each.scope, each.limit) for each in move.reasons] == [
        ("claimed_by_precedence", "precedence:COLLEGE", 2)
    ]
    assert where(holder) == ("VZ-104", "confirmed")
    assert mails("asked_to_move") == []


def test_applied_the_holder_moves_and_the_claim_stands_in_one_go(town):
    holder = booked(ANN)
    claim_id = applied(claimed(title="College"))
    assert where(holder) == ("VZ-105", "confirmed")
    made = bookings_by_id([claim_id])[0]
    assert (made.space, made.status, made.precedence, made.title, made.organiser) == (
        "VZ-104",
        "confirmed",
        "COLLEGE",
        "College",
        HUGO,
    )
    assert [mail.recipient_id for mail in mails("booked")][-1] == person(HUGO).id
    (moved,) = mails("moved")
    assert moved.facts["bookings"][0]["why"][0]["code"] == "claimed_by_precedence"
    actions = set(db.session.execute(select(AuditEntry.action)).scalars())
    assert {"make_plan", "apply_plan", "move_by_plan", "book"} <= actions


def test_a_claim_of_two_rooms_together_moves_both_their_holders(town):
    both = next(code for code, space in the_house().spaces.items() if {"VZ-101", "VZ-102"} <= set(space.parts))
    holders = [booked(ANN, "VZ-101"), booked(BRAM, "VZ-102")]
    claim_id = applied(claimed(both, attendees=30, layout="theatre"))
    assert not {where(each)[0] for each in holders} & {"VZ-101", "VZ-102", both}
    assert where(claim_id)[0] == both


@pytest.mark.parametrize(
    ("first", "second", "may"), [("RAAD", "COLLEGE", False), ("COLLEGE", "COLLEGE", False), ("COLLEGE", "RAAD", True)]
)
def test_only_a_lower_rank_makes_way(town, first, second, may):
    applied(claimed(code=first))
    if may:
        assert moves_of(claimed(code=second))
        return
    with pytest.raises(Refused) as refused:
        claimed(code=second)
    assert codes_of(refused) == ["space_taken"]
    assert refused.value.status == 409


def test_whatever_else_refuses_it_refuses_a_claim_too(town):
    booked(ANN)
    with pytest.raises(Refused) as refused:
        claimed(attendees=12)
    assert codes_of(refused) == ["too_many_people"]
    with pytest.raises(Refused) as refused:
        claimed(start="02:00", end="03:00")
    assert "outside_hours" in codes_of(refused)


def test_nobody_is_sent_out_of_a_place_in_which_they_sit(town):
    now = at(f"{LATER}T09:20")
    booked(ANN)
    with pytest.raises(Refused) as refused:
        claim(ask("VZ-104", f"{LATER}T09:30", "10:00", attendees=4), "COLLEGE", By(person(HUGO), now), reason="Extra")
    assert codes_of(refused) == ["space_taken"]


def test_who_may_claim_in_whose_name(town):
    booked(ANN)
    for who in (ANN, FARID, INES):
        with pytest.raises(NotAllowed):
            claimed(who=who)
    with pytest.raises(BadRequest):
        claimed(code="KONING")
    with pytest.raises(BadRequest) as wrong:
        claim(ask("VZ-104", f"{LATER}T09:00", "10:00"), "COLLEGE", By(person(HUGO), NOW), reason=" ")
    assert wrong.value.field == "reason"
    number = claimed()
    with pytest.raises(NotAllowed):
        apply_plan(number, By(person(ANN), NOW))
    with pytest.raises(NotAllowed):
        apply_plan(number, By(person(FARID), NOW))  # sees it, and may not claim in that name
    remove_precedence("COLLEGE", person(HUGO), NOW, reason="reglement")
    with pytest.raises(BadRequest):
        apply_plan(number, By(person(HUGO), NOW))


def test_within_the_notice_period_the_holder_is_asked_and_decides(town):
    holder = booked(ANN, day=SOON)
    number = claimed(day=SOON)
    assert moves_of(number)[0].consent == "asked"
    (asked,) = mails("asked_to_move")
    facts = asked.facts["bookings"][0]
    assert (asked.recipient_id, facts["handle"], facts["to"]["space"]) == (
        person(ANN).id,
        handles_of([holder])[holder],
        "VZ-105",
    )
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(HUGO), NOW))
    assert codes_of(refused) == ["consent_awaited"]
    assert refused.value.status == 422
    for who in (BRAM, FARID, HUGO):
        with pytest.raises(NotFound):
            answer_claim(number, holder, True, By(person(who), NOW))
    answer_claim(number, holder, False, By(person(ANN), NOW))
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(HUGO), NOW), leaving=True)
    assert codes_of(refused) == ["consent_refused"]
    answer_claim(number, holder, True, By(person(ANN), NOW))
    assert where(applied(number))[0] == "VZ-104"
    assert where(holder)[0] == "VZ-105"
    with pytest.raises(Refused) as refused:
        answer_claim(number, holder, False, By(person(ANN), NOW))
    assert codes_of(refused) == ["plan_applied_before"]


def test_a_word_is_given_for_one_place_another_is_asked_anew(town):
    holder = booked(ANN, day=SOON)
    number = claimed(day=SOON)
    answer_claim(number, holder, False, By(person(ANN), NOW))
    refresh_plan(number, By(person(HUGO), NOW))
    assert moves_of(number)[0].consent == "refused"
    assert len(mails("asked_to_move")) == 1
    assert "VZ-104" not in [each.space for each in offered_places(number, holder, By(person(HUGO), NOW))]
    with pytest.raises(Refused):
        adjust_move(number, holder, "VZ-104", By(person(HUGO), NOW))  # there the claim itself stands
    adjust_move(number, holder, "VZ-103", By(person(HUGO), NOW))
    assert moves_of(number)[0].consent == "asked"
    assert len(mails("asked_to_move")) == 2
    with pytest.raises(Refused) as refused:
        answer_claim(number, holder, True, By(person(ANN), NOW), seen="VZ-105")
    assert codes_of(refused) == ["plan_outdated"]
    answer_claim(number, holder, True, By(person(ANN), NOW), seen="VZ-103")
    applied(number)
    assert where(holder)[0] == "VZ-103"


def test_the_notice_period_may_begin_while_the_plan_waits(town):
    holder = booked(ANN)
    number = claimed()
    soon = at("2027-03-17T09:00")
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(HUGO), soon))
    assert codes_of(refused) == ["consent_awaited"]
    assert where(holder)[0] == "VZ-104"
    assert moves_of(number)[0].consent == "asked"
    assert len(mails("asked_to_move")) == 1


def test_a_claim_throws_out_nobody_without_a_place(town):
    hall = booked(CHRIS, "VZ-101", attendees=30, layout="theatre")
    booked(BRAM, "VZ-102", attendees=18)
    for room in ("VZ-001", "VZ-201", "VZ-202"):
        if the_house().spaces[room].kind == "meeting_room":
            book(ask(room, f"{LATER}T09:00", "10:00", attendees=2), person(FARID), NOW)
    number = claimed("VZ-101", attendees=20)
    move = moves_of(number)[0]
    if move.to_space is not None:
        adjust_move(number, hall, None, By(person(HUGO), NOW))
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(HUGO), NOW), leaving=True)
    assert codes_of(refused) == ["claim_without_place"]
    assert where(hall)[0] == "VZ-101"
    assert kept_plan(number).status == "draft"


@pytest.mark.parametrize("what", ["cancelled", "changed", "place taken", "one more"])
def test_what_became_untrue_meanwhile_is_shown_and_never_forced(town, what):
    holder = booked(ANN)
    number = claimed(end="11:00")
    target = moves_of(number)[0].to_space
    more = None
    if what == "cancelled":
        cancel(holder, person(ANN), NOW)
    elif what == "changed":
        change(holder, {"title": "otherwise"}, person(ANN), NOW)
    elif what == "place taken":
        booked(BRAM, target, attendees=4)
    else:
        more = booked(BRAM, start="10:15", end="11:00")
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(HUGO), NOW))
    assert codes_of(refused) == ["plan_outdated"]
    assert kept_plan(number).status == "draft"
    assert [(each.booking, each.what) for each in kept_plan(number).news] == {
        "cancelled": [(holder, "gone")],
        "changed": [(holder, "changed")],
        "place taken": [(holder, "place_taken")],
        "one more": [(more, "added")],
    }[what]
    claim_id = applied(number)
    assert where(claim_id)[0] == "VZ-104" and where(holder)[0] != "VZ-104" or what == "cancelled"


def test_a_claim_stands_alone_in_its_plan_and_is_put_aside_as_any_other(town):
    booked(ANN)
    wish = {
        "scope": "space:VZ-104",
        "set": {
            "claim": {"precedence": "COLLEGE", "start": f"{LATER}T09:00:00+01:00", "end": f"{LATER}T10:00:00+01:00"}
        },
    }
    with pytest.raises(NotAllowed):
        make_plan(read_changes([wish, {"scope": "space:VZ-104", "set": {"capacity": 3}}]), "x", By(person(HUGO), NOW))
    with pytest.raises(BadRequest):
        make_plan(read_changes([wish, {"scope": "space:VZ-104", "set": {"capacity": 3}}]), "x", By(person(FARID), NOW))
    number = make_plan(read_changes([wish]), "x", By(person(HUGO), NOW))
    discard_plan(number, By(person(HUGO), NOW))
    assert kept_plan(number).status == "discarded"

"""Plans: what a change would displace, where everybody goes, and all of it or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.plans.adjust_move import adjust_move, offered_places
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.discard_plan import discard_plan
from models.actions.plans.make_plan import make_plan, refresh_plan
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_moves import moves_of, moves_with_parts
from models.queries.plans import counts_of, kept_plan, plans_page
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from models.rules.plans.view import is_finished
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, INES, NORA, NOW, ask, at

MONDAY = "2027-03-08"


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str = "09:00", end: str = "10:00", day: str = MONDAY, **more) -> int:
    return book(ask(space, f"{day}T{start}", end, **more), person(who), NOW).bookings[0].id


def plan(*changes: dict, who: str = FARID, reason: str = "works") -> int:
    return make_plan(read_changes(changes), reason, By(person(who), NOW))


def closing(space: str, **more) -> dict:
    return {"scope": f"space:{space}", "set": {"active": False}, "from": MONDAY, **more}


def places(plan_id: int) -> dict[int, str | None]:
    return {each.booking.id: each.to_space for each in moves_of(plan_id)}


def where(booking_id: int) -> str:
    return bookings_by_id([booking_id])[0].space


def test_a_draft_shows_who_no_longer_fits_why_and_where_to_and_changes_nothing(demo):
    inside, other, later = (
        booked(ANN, "VZ-104", attendees=6),
        booked(BRAM, "VZ-103", attendees=6),
        booked(ANN, "VZ-104", "14:00", "15:00", attendees=6),
    )
    revision = the_house().revision
    number = plan(closing("VZ-104"))
    moves = {each.booking.id: each for each in moves_of(number)}
    assert set(moves) == {inside, later}
    assert other not in moves
    assert [each.code for each in moves[inside].reasons] == ["out_of_service"]
    assert moves[inside].to_space == "VZ-105"  # the same zone, and no larger than it needs
    assert moves[inside].during == moves[inside].booking.during
    assert (kept_plan(number).status, the_house().revision, where(inside)) == ("draft", revision, "VZ-104")
    assert counts_of([number])[number].moved == 2


def test_an_applied_plan_changes_the_house_and_moves_everybody_with_a_higher_sequence(demo):
    inside = booked(ANN, "VZ-104", attendees=6)
    number = plan(closing("VZ-104"))
    apply_plan(number, By(person(FARID), NOW), seen=kept_plan(number).version)
    moved = bookings_by_id([inside])[0]
    assert (moved.space, moved.sequence, moved.version, moved.status) == ("VZ-105", 1, 2, "confirmed")
    assert not the_house().policy("VZ-104", at(f"{MONDAY}T09:00").date()).active
    kept = kept_plan(number)
    assert (kept.status, kept.applied_by_name) == ("applied", person(FARID).name)
    assert is_finished(kept.status, counts_of([number])[number])


def test_a_plan_is_applied_once(demo):
    booked(ANN, "VZ-104", attendees=6)
    number = plan(closing("VZ-104"))
    apply_plan(number, By(person(FARID), NOW))
    with pytest.raises(Refused) as again:
        apply_plan(number, By(person(FARID), NOW))
    assert [each.code for each in again.value.refusals] == ["plan_applied_before"]
    assert bookings_by_id([moves_of(number)[0].booking.id])[0].sequence == 1


def test_a_temporary_change_ends_by_itself_and_touches_nobody_after_its_last_day(demo):
    inside, after = booked(ANN, "VZ-104", attendees=6), booked(ANN, "VZ-104", day="2027-03-10", attendees=6)
    number = plan({"scope": "space:VZ-104", "set": {"capacity": 2}, "from": MONDAY, "to": "2027-03-09"})
    assert set(places(number)) == {inside}
    apply_plan(number, By(person(FARID), NOW))
    house, days = the_house(), [at(f"2027-03-{day:02}T09:00").date() for day in (7, 8, 9, 10)]
    assert [house.policy("VZ-104", day).ceiling for day in days] == [None, 2, 2, None]
    assert where(after) == "VZ-104"


@pytest.mark.parametrize("what", ["cancelled", "moved", "place taken", "one more"])
def test_what_became_untrue_meanwhile_is_shown_and_never_forced(demo, what):
    inside = booked(ANN, "VZ-104", attendees=6)
    number = plan(closing("VZ-104"))
    target, revision = places(number)[inside], the_house().revision
    more = None
    if what == "cancelled":
        cancel(inside, person(ANN), NOW)
    elif what == "moved":
        change(inside, {"title": "otherwise"}, person(ANN), NOW)
    elif what == "place taken":
        booked(BRAM, target, attendees=4)
    else:
        more = booked(BRAM, "VZ-104", "15:00", "16:00", attendees=5)
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(FARID), NOW))
    assert [each.code for each in refused.value.refusals] == ["plan_outdated"]
    kept = kept_plan(number)
    assert (kept.status, the_house().revision) == ("draft", revision)
    assert [(each.booking, each.what) for each in kept.news] == {
        "cancelled": [(inside, "gone")],
        "moved": [(inside, "changed")],
        "place taken": [(inside, "place_taken")],
        "one more": [(more, "added")],
    }[what]
    apply_plan(number, By(person(FARID), NOW))
    assert kept_plan(number).status == "applied"


def test_whoever_has_no_place_is_listed_with_the_reason_and_left_only_when_that_is_said(demo):
    hall = booked(CHRIS, "VZ-101", attendees=30, layout="theatre")
    booked(BRAM, "VZ-102", attendees=18)  # so that both rooms together are no way out
    number = plan({"scope": "space:VZ-101", "set": {"capacity": 5}, "from": MONDAY})
    move = moves_of(number)[0]
    assert (move.booking.id, move.to_space) == (hall, None)
    assert move.nearest is not None
    assert move.hurdles
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(FARID), NOW))
    assert [(each.code, each.actual) for each in refused.value.refusals] == [("bookings_left", 1)]
    apply_plan(number, By(person(FARID), NOW), leaving=True)
    assert where(hall) == "VZ-101"
    assert the_house().policy("VZ-101", at(f"{MONDAY}T09:00").date()).ceiling == 5


def test_a_floors_limit_moves_no_more_people_than_it_takes(demo):
    ids = {
        room: booked(who, room, attendees=people)
        for who, room, people in (
            (ANN, "VZ-101", 20),
            (BRAM, "VZ-102", 18),
            (CHRIS, "VZ-103", 10),
            (GERDA, "VZ-104", 8),
        )
    }
    number = plan({"scope": "floor:F1", "set": {"max_persons": 48}, "from": MONDAY})
    assert set(places(number)) == {ids["VZ-104"]}
    move = moves_of(number)[0]
    assert (move.reasons[0].code, move.reasons[0].limit, move.reasons[0].actual) == ("floor_full", 48, 56)
    assert the_house().spaces[move.to_space].floor != "F1"


def test_two_bookings_may_change_places(demo):
    talk = booked(ANN, "VZ-104", attendees=4, equipment=("scherm",))
    meeting = booked(BRAM, "VZ-105", attendees=6)
    number = plan(
        {"scope": "space:VZ-104", "set": {"out_of_service": ["scherm"]}, "from": MONDAY},
        {"scope": "space:VZ-105", "set": {"capacity": 4}, "from": MONDAY},
    )
    adjust_move(number, talk, "VZ-105", By(person(FARID), NOW))
    adjust_move(number, meeting, "VZ-104", By(person(FARID), NOW))
    apply_plan(number, By(person(FARID), NOW))
    assert (where(talk), where(meeting)) == ("VZ-105", "VZ-104")


def test_a_place_chosen_by_hand_is_judged_at_once_and_kept(demo):
    inside = booked(ANN, "VZ-104", attendees=6)
    number = plan(closing("VZ-104"))
    with pytest.raises(Refused) as refused:
        adjust_move(number, inside, "VZ-106", By(person(FARID), NOW))
    assert [each.code for each in refused.value.refusals] == ["too_many_people"]
    adjust_move(number, inside, "VZ-103", By(person(FARID), NOW), start=at(f"{MONDAY}T11:00"))
    refresh_plan(number, By(person(FARID), NOW))
    move = moves_of(number)[0]
    assert (move.to_space, move.by_hand) == ("VZ-103", True)
    assert move.during.start == at(f"{MONDAY}T11:00")
    assert move.during.length == timedelta(hours=1)
    assert "VZ-105" in [each.space for each in offered_places(number, inside, By(person(FARID), NOW))]
    apply_plan(number, By(person(FARID), NOW))
    assert bookings_by_id([inside])[0].during == move.during


def test_a_plan_put_aside_is_not_applied(demo):
    number = plan(closing("VZ-104"))
    discard_plan(number, By(person(FARID), NOW))
    with pytest.raises(Refused) as refused:
        apply_plan(number, By(person(FARID), NOW))
    assert [each.code for each in refused.value.refusals] == ["plan_discarded"]
    assert the_house().policy("VZ-104", at(f"{MONDAY}T09:00").date()).active


@pytest.mark.parametrize(
    ("who", "changes", "error"),
    [
        (ANN, closing("VZ-104"), NotAllowed),  # no right to plans at all
        (INES, closing("VZ-104"), NotAllowed),  # another organisation's space
        (NORA, closing("VZ-104"), NotAllowed),  # sets limits, edits no places
        (FARID, closing("VZ-999"), BadRequest),
    ],
)
def test_who_may_plan_what(demo, who, changes, error):
    with pytest.raises(error):
        plan(changes, who=who)


def test_a_partners_administrator_plans_for_its_own_spaces_and_sees_its_own_plans(demo):
    own, other = plan(closing("SK-08"), who=INES), plan(closing("VZ-104"))
    assert [each.id for each in plans_page(organisation="CAW")] == [own]
    with pytest.raises(NotFound):
        apply_plan(other, By(person(INES), NOW))
    apply_plan(own, By(person(INES), NOW))
    assert kept_plan(own).status == "applied"


def test_a_secret_talk_goes_only_where_there_is_a_panic_button(demo):
    service = next(
        each.code
        for each in the_house().services.values()
        if each.organisation == "OCMW" and each.requires_panic_button
    )
    talk = booked(DORA, "SK-05", attendees=3, service=service)
    number = plan({"scope": "space:SK-05", "set": {"out_of_service": ["panic_button"]}, "from": MONDAY})
    [move] = moves_with_parts(number)
    assert (move.booking.id, move.reasons[0].code) == (talk, "panic_button_needed")
    assert the_house().policy(move.to_space, at(f"{MONDAY}T09:00").date()).panic_button

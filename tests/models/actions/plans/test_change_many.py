"""Many spaces changed at once: all or none, and never over somebody else's change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.actions.bookings.book import book
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.place_changes import changes_after, last_change_of_all
from models.rules.changes.checking import BadChanges
from models.rules.changes.spaces import OfASpace, SetCapacity, SetPolicy, SetUse
from models.rules.changes.turned import narrowed, turned
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from tests.cast import ANN, FARID, INES, NORA, NOW, ask
from tests.changing import put, space, tried

pytestmark = pytest.mark.usefixtures("demo")
MONDAY, LATER = "2027-03-08", date(2027, 3, 15)
LOADED = 1  # the log's entry of the demo itself
BOOTHS = [f"SK-{number:02}" for number in range(1, 11)]


def person(username: str):
    return person_by_username(username)


def policy(space: str, day: str = MONDAY):
    return the_house().policy(space, date.fromisoformat(day))


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def same(codes, *changes: OfASpace) -> list[OfASpace]:
    return [replace(change, place=space(code)) for code in codes for change in changes]


def rules(code: str = "", **values) -> SetPolicy:
    return SetPolicy(space(code), values)


def test_ten_booths_get_the_same_rules_from_a_date_on_each_with_its_own_entry_in_the_log():
    wish = same(BOOTHS, SetPolicy(space(""), {"advance_days": 30, "buffer_after": 10}, first=LATER))
    assert len(turned(wish, the_house(), LATER)) == 20
    assert not put(*wish, reason="Spring").displaced
    for code in BOOTHS:
        assert (policy(code).advance_days, policy(code, LATER.isoformat()).advance_days) == (60, 30)
        [entry] = changes_after("space", code, LOADED)
        assert entry.facts == {
            "reason": "Spring",
            "valid_from": "2027-03-15",
            "valid_to": None,
            "rules": {"advance_days": 30, "buffer_after": 10},
        }


def test_what_is_so_already_is_left_out():
    house, day = the_house(), date.fromisoformat(MONDAY)
    [left] = narrowed(same(["VZ-101", "VZ-103"], rules(buffer_after=5)), house, day)
    assert left.code == "VZ-101"
    assert narrowed([rules("VZ-103", max_minutes=480)], house, day) == ()
    assert (
        narrowed([SetCapacity(space("VZ-103"), None, {"boardroom": 12}), SetUse(space("VZ-103"), True)], house, day)
        == ()
    )
    assert [each.space for each in turned([left], house, day)] == ["VZ-101"]


def test_places_ceiling_rules_and_use_of_one_space_are_one_change():
    put(
        SetCapacity(space("VZ-103"), 9, {"boardroom": 10, "ushape": None}),
        rules("VZ-103", max_minutes=60),
        SetUse(space("VZ-103"), False),
    )
    after = policy("VZ-103")
    assert (after.ceiling, after.capacities["boardroom"], "ushape" in after.capacities) == (9, 10, False)
    assert (after.max_minutes, after.active) == (60, False)
    assert [each.action for each in changes_after("space", "VZ-103", LOADED)] == [
        "change_capacity",
        "change_policy",
        "retire_space",
    ]


def test_what_no_longer_fits_is_shown_before_and_after_saving():
    above = booked(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=11)
    gone = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    evening = booked(FARID, "OR-04", f"{MONDAY}T19:00", "21:00", attendees=30, key_holder=FARID)
    booked(ANN, "VZ-105", f"{MONDAY}T09:00", "10:00", attendees=2)
    wish = [
        *same(["VZ-103", "VZ-105"], SetCapacity(space(""), 6)),
        SetUse(space("VZ-104"), False),
        rules("OR-04", after_hours_allowed=False),
    ]
    shown = tried(*wish)
    assert policy("VZ-103").ceiling is None
    assert [each.booking.id for each in shown.above] == [above.id]
    assert [each.id for each in shown.in_the_way] == [gone.id]
    assert [(each.booking.id, each.codes) for each in shown.unfit] == [(evening.id, ("outside_hours",))]
    assert put(*wish) == shown
    assert shown.displaced == {above.id, gone.id, evening.id}


def test_unknown_attendance_counts_for_the_places_there_are_then():
    meeting = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00")
    put(SetCapacity(space("VZ-104"), capacities={"boardroom": 5}))
    assert (meeting.persons, bookings_by_id([meeting.id])[0].persons) == (8, 5)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (SetCapacity(space("VZ-104"), -1), "capacity", "out_of_range"),
        (SetCapacity(space("VZ-104"), capacities={"boardroom": None}), "capacities.boardroom", "default_layout"),
        (rules("VZ-104", max_minutes=5), "max_minutes", "below_shortest"),
        (rules("VZ-104", slot_minutes=0), "slot_minutes", "half_days_are_for_desks"),
        (rules("VZ-104", colour="red"), None, None),
    ],
)
def test_one_space_for_which_it_makes_no_sense_keeps_all_as_they_were(change, field, code):
    for act in (tried, put):
        with pytest.raises((BadChanges, NotAllowed)) as no:
            act(SetCapacity(space("VZ-103"), 5), change)
        if field:
            assert [(number, fault.field, fault.code) for number, fault in no.value.faults] == [(1, field, code)]
    assert policy("VZ-103").ceiling is None


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(BadChanges) as no:
        put(SetCapacity(space("VZ-103"), -1), SetCapacity(space("VZ-104"), 5), rules("VZ-104", max_minutes=5))
    assert [(number, fault.field) for number, fault in no.value.faults] == [(0, "capacity"), (2, "max_minutes")]


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        (SetCapacity(space("VZ-103"), 5), "", "reason"),
        (SetCapacity(space("VZ-103"), 5, first=date(2027, 3, 2)), "x", "from"),
    ],
)
def test_a_change_without_reason_or_sense_is_refused(change, reason, field):
    with pytest.raises(BadRequest) as no:
        put(change, reason=reason)
    assert no.value.field == field


@pytest.mark.parametrize(
    ("who", "spaces", "changes", "may"),
    [
        (
            FARID,
            ["VZ-103", "SK-08"],
            [SetCapacity(space(""), 5), rules(fire_max=9, max_minutes=60), SetUse(space(""), False)],
            True,
        ),
        (NORA, ["VZ-103"], [SetCapacity(space(""), 5), rules(fire_max=9)], True),
        (NORA, ["VZ-103"], [rules(max_minutes=60)], False),
        (NORA, ["VZ-103"], [SetUse(space(""), False)], False),
        (INES, ["SK-08", "SK-09"], [rules(max_minutes=60)], True),
        (INES, ["SK-08", "VZ-103"], [rules(max_minutes=60)], False),
        (INES, ["SK-08"], [rules(fire_max=9)], False),
        (ANN, ["VZ-103"], [SetCapacity(space(""), 5)], False),
    ],
)
def test_who_may_change_many_is_who_may_change_each(who, spaces, changes, may):
    wish = same(spaces, *changes)
    if may:
        put(*wish, who=who)
        assert narrowed(wish, the_house(), date.fromisoformat(MONDAY)) == ()
    else:
        with pytest.raises(NotAllowed):
            put(*wish, who=who)
        assert policy(spaces[0]).max_minutes in (120, 480)
        assert policy("VZ-103").ceiling is None


def test_an_unknown_space_is_not_found():
    with pytest.raises(NotFound):
        put(SetCapacity(space("VZ-999"), 5))


def test_the_second_of_two_managers_overwrites_nothing_and_a_change_elsewhere_is_in_nobodys_way():
    seen = last_change_of_all()
    put(SetCapacity(space("VZ-101"), 9), who=NORA)
    put(SetCapacity(space("VZ-103"), 5), seen=seen)
    with pytest.raises(Refused) as no:
        put(*same(["VZ-101", "VZ-104"], SetCapacity(space(""), 5)), seen=seen)
    assert [each.code for each in no.value.refusals] == ["changed_meanwhile"]
    assert (policy("VZ-101").ceiling, policy("VZ-103").ceiling, policy("VZ-104").ceiling) == (9, 5, None)
    put(SetCapacity(space("VZ-101"), 5), seen=last_change_of_all())
    assert policy("VZ-101").ceiling == 5


def test_eighty_desks_at_once_are_some_ten_questions_each(counted_queries):
    desks = [code for code, each in the_house().spaces.items() if each.sort == "desk"]
    wish = same(desks, rules(advance_days=21))
    with counted_queries() as counted:
        put(*wish, now=NOW + timedelta(hours=1))
    assert len(wish) == 80
    assert counted.number < 80 * 10 + 100

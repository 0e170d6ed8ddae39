"""Many spaces changed at once: all or none, and never over somebody else's change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.actions.book import book
from models.actions.change_capacity import change_capacity
from models.actions.change_many import ManyRefused, change_many, effects_of_many
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.many_changes import last_change_of_all
from models.queries.people import person_by_username
from models.queries.place_changes import changes_after
from models.rules.many_changes import ManyChanges, SpaceChange
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.rules.what_if import CapacityChange
from tests.cast import ANN, FARID, INES, NORA, NOW, ask

pytestmark = pytest.mark.usefixtures("demo")
MONDAY, LATER = "2027-03-08", date(2027, 3, 15)
LOADED = 1       # the log's entry of the demo itself
BOOTHS = [f"SK-{number:02}" for number in range(1, 11)]


def person(username: str):
    return person_by_username(username)


def policy(space: str, day: str = MONDAY):
    return the_house().policy(space, date.fromisoformat(day))


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def same(spaces, change: SpaceChange, **more) -> ManyChanges:
    return ManyChanges("Spring", dict.fromkeys(spaces, change), **more)


def test_ten_booths_get_the_same_rules_from_a_date_on_each_with_its_own_entry_in_the_log():
    wish = same(BOOTHS, SpaceChange(rules={"advance_days": 30, "buffer_after": 10}), valid_from=LATER)
    effects = change_many(wish, person(FARID), NOW)
    assert len(effects.turned) == 20 and not effects.displaced
    for code in BOOTHS:
        assert (policy(code).advance_days, policy(code, LATER.isoformat()).advance_days) == (60, 30)
        [entry] = changes_after("space", code, LOADED)
        assert entry.facts == {"reason": "Spring", "valid_from": "2027-03-15", "valid_to": None,
                               "rules": {"advance_days": 30, "buffer_after": 10}}


def test_a_space_that_is_so_already_is_left_alone():
    effects = change_many(same(["VZ-101", "VZ-103"], SpaceChange(rules={"buffer_after": 5})), person(FARID), NOW)
    assert [each.space for each in effects.turned] == ["VZ-101"] and changes_after("space", "VZ-103", LOADED) == []


def test_places_ceiling_rules_and_use_of_one_space_are_one_change():
    change = SpaceChange(9, {"boardroom": 10, "ushape": None}, {"max_minutes": 60}, False)
    wish = ManyChanges("Works", {"VZ-103": change})
    change_many(wish, person(FARID), NOW)
    after = policy("VZ-103")
    assert (after.ceiling, after.capacities["boardroom"], "ushape" in after.capacities) == (9, 10, False)
    assert (after.max_minutes, after.active) == (60, False)
    assert [each.action for each in changes_after("space", "VZ-103", LOADED)] == [
        "change_capacity", "change_policy", "retire_space"]


def test_what_no_longer_fits_is_shown_before_and_after_saving():
    above = booked(ANN, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=11)
    gone = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    evening = booked(FARID, "OR-04", f"{MONDAY}T19:00", "21:00", attendees=30, key_holder=FARID)
    booked(ANN, "VZ-105", f"{MONDAY}T09:00", "10:00", attendees=2)
    wish = ManyChanges("Works", {
        "VZ-103": SpaceChange(ceiling=6), "VZ-105": SpaceChange(ceiling=6), "VZ-104": SpaceChange(active=False),
        "OR-04": SpaceChange(rules={"after_hours_allowed": False})})
    shown = effects_of_many(wish, person(FARID), NOW)
    assert policy("VZ-103").ceiling is None
    assert [each.booking.id for each in shown.above] == [above.id]
    assert [each.id for each in shown.in_the_way] == [gone.id]
    assert [(each.booking.id, each.codes) for each in shown.unfit] == [(evening.id, ("outside_hours",))]
    assert change_many(wish, person(FARID), NOW) == shown and shown.displaced == {above.id, gone.id, evening.id}


def test_unknown_attendance_counts_for_the_places_there_are_then():
    meeting = booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00")
    change_many(ManyChanges("Works", {"VZ-104": SpaceChange(capacities={"boardroom": 5})}), person(FARID), NOW)
    assert (meeting.persons, bookings_by_id([meeting.id])[0].persons) == (8, 5)


@pytest.mark.parametrize("change, field, code", [
    (SpaceChange(ceiling=-1), "capacity", "out_of_range"),
    (SpaceChange(capacities={"boardroom": None}), "capacities.boardroom", "default_layout"),
    (SpaceChange(rules={"max_minutes": 5}), "max_minutes", "below_shortest"),
    (SpaceChange(rules={"slot_minutes": 0}), "slot_minutes", "half_days_are_for_desks"),
    (SpaceChange(rules={"colour": "red"}), None, None),
])
def test_one_space_for_which_it_makes_no_sense_keeps_all_as_they_were(change, field, code):
    wish = ManyChanges("Works", {"VZ-103": SpaceChange(ceiling=5), "VZ-104": change})
    for tried in (effects_of_many, change_many):
        with pytest.raises((ManyRefused, NotAllowed)) as no:
            tried(wish, person(FARID), NOW)
        if field:
            assert [(space, fault.field, fault.code) for space, fault in no.value.faults] == [("VZ-104", field, code)]
    assert policy("VZ-103").ceiling is None


@pytest.mark.parametrize("wish, field", [
    (ManyChanges("", {"VZ-103": SpaceChange(ceiling=5)}), "reason"),
    (ManyChanges("x", {"VZ-103": SpaceChange(ceiling=5)}, date(2027, 3, 2)), "from"),
    (ManyChanges("x", {}), "spaces"),
    (ManyChanges("x", {"VZ-103": SpaceChange(rules={"max_minutes": 480})}), "spaces"),
])
def test_a_change_without_reason_sense_or_space_is_refused(wish, field):
    with pytest.raises(BadRequest) as no:
        change_many(wish, person(FARID), NOW)
    assert no.value.field == field


@pytest.mark.parametrize("who, spaces, change, may", [
    (FARID, ["VZ-103", "SK-08"], SpaceChange(5, {}, {"fire_max": 9, "max_minutes": 60}, False), True),
    (NORA, ["VZ-103"], SpaceChange(5, {}, {"fire_max": 9}), True),
    (NORA, ["VZ-103"], SpaceChange(rules={"max_minutes": 60}), False),
    (NORA, ["VZ-103"], SpaceChange(active=False), False),
    (INES, ["SK-08", "SK-09"], SpaceChange(rules={"max_minutes": 60}), True),
    (INES, ["SK-08", "VZ-103"], SpaceChange(rules={"max_minutes": 60}), False),
    (INES, ["SK-08"], SpaceChange(rules={"fire_max": 9}), False),
    (ANN, ["VZ-103"], SpaceChange(ceiling=5), False),
])
def test_who_may_change_many_is_who_may_change_each(who, spaces, change, may):
    wish = same(spaces, change)
    if may:
        assert change_many(wish, person(who), NOW).turned
    else:
        with pytest.raises(NotAllowed):
            change_many(wish, person(who), NOW)
        assert policy(spaces[0]).max_minutes in (120, 480) and policy("VZ-103").ceiling is None


def test_an_unknown_space_is_not_found():
    with pytest.raises(NotFound):
        change_many(same(["VZ-999"], SpaceChange(ceiling=5)), person(FARID), NOW)


def test_the_second_of_two_managers_overwrites_nothing_and_a_change_elsewhere_is_in_nobodys_way():
    seen = last_change_of_all()
    change_capacity("VZ-101", CapacityChange("works", ceiling=9), person(NORA), NOW)
    change_many(same(["VZ-103"], SpaceChange(ceiling=5)), person(FARID), NOW, seen=seen)
    with pytest.raises(Refused) as no:
        change_many(same(["VZ-101", "VZ-104"], SpaceChange(ceiling=5)), person(FARID), NOW, seen=seen)
    assert [each.code for each in no.value.refusals] == ["changed_meanwhile"]
    assert (policy("VZ-101").ceiling, policy("VZ-103").ceiling, policy("VZ-104").ceiling) == (9, 5, None)
    change_many(same(["VZ-101"], SpaceChange(ceiling=5)), person(FARID), NOW, seen=last_change_of_all())
    assert policy("VZ-101").ceiling == 5


def test_eighty_desks_at_once_are_some_ten_questions_each(counted_queries):
    desks = [code for code, space in the_house().spaces.items() if space.sort == "desk"]
    with counted_queries() as counted:
        effects = change_many(same(desks, SpaceChange(rules={"advance_days": 21})), person(FARID),
                              NOW + timedelta(hours=1))
    assert len(effects.turned) == 80 and counted.number < 80 * 10 + 100

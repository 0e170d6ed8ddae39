"""Counting people, and clearing a building: what is written, by whom, and what stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.actions.bookings.attend import check_in
from models.actions.bookings.book import book
from models.actions.presence.add_person import add_person, forget_added
from models.actions.presence.count_people import count, tally
from models.actions.presence.evacuate import end_evacuation, start_evacuation
from models.actions.presence.tick_off import mark_line, merge_ticks
from models.queries.bookings import handles_of
from models.queries.evacuations import (
    evacuation,
    evacuations_of,
    keys_marked_since,
    last_mark,
    late_marks,
    lines_of,
    running_in,
)
from models.queries.house import the_house
from models.queries.import_rows import all_rows
from models.queries.people import person_by_username
from models.queries.presence import bookings_now, live_counts
from models.queries.revisions import revisions
from models.rules.presence.evacuation import Added, Tick, outcome
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.tables.log import AuditEntry
from models.tables.presence import EvacuationLine, EvacuationMark
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, KAAT, MARC, NORA, NOW, ask
from tests.models.actions.racing import race

pytestmark = pytest.mark.usefixtures("demo")
TODAY = "2027-03-03"
LATER = NOW + timedelta(minutes=31)


def who(username: str):
    return person_by_username(username)


def here(username: str, space: str, *, comes: bool = False, **more) -> int:
    number = book(ask(space, f"{TODAY}T09:00", "11:00", **more), who(username), NOW).bookings[0].id
    if comes:
        check_in(number, who(username), NOW)
    return number


def key_of(booking: int) -> str:
    """Of its line in an evacuation list."""
    return f"b-{handles_of([booking])[booking]}"


@pytest.mark.parametrize(
    ("username", "may"),
    [(GERDA, True), (FARID, True), (MARC, True), (CHRIS, True), (NORA, True), (ANN, False), (KAAT, False)],
)
def test_who_counts_people(username, may):
    if not may:
        with pytest.raises(NotAllowed):
            count("OR-04", 3, who(username), NOW)
        return
    assert count("OR-04", 3, who(username), NOW).until == NOW + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("space", "persons", "error"),
    [("NOTHING", 1, NotFound), ("VZ-101", 1, Refused), ("OR-04", -1, BadRequest), ("OR-04", 100_001, BadRequest)],
)
def test_what_cannot_be_counted_leaves_nothing_behind(space, persons, error):
    with pytest.raises(error):
        count(space, persons, who(FARID), NOW)
    assert live_counts(the_house(), NOW) == ()


def test_the_newest_count_holds_until_it_goes_stale():
    for persons, minutes in ((40, 0), (52, 5)):
        count("OR-04", persons, who(FARID), NOW + timedelta(minutes=minutes))
    count("OR-01", 3, who(GERDA), NOW)
    house = the_house()
    assert [(each.space, each.persons) for each in live_counts(house, NOW + timedelta(minutes=6))] == [
        ("OR-01", 3),
        ("OR-04", 52),
    ]
    assert [each.space for each in live_counts(house, LATER)] == ["OR-04"]
    assert live_counts(house, NOW + timedelta(minutes=35)) == ()


def test_a_tally_goes_on_from_what_stands_there_and_never_below_nobody():
    count("OR-04", 2, who(FARID), NOW)
    assert tally("OR-04", 1, who(GERDA), LATER).persons == 3  # the last count of the day, though stale
    assert [tally("OR-04", -2, who(GERDA), LATER).persons for _ in range(3)] == [1, 0, 0]
    assert tally("OR-04", 1, who(GERDA), NOW + timedelta(days=1)).persons == 1  # another day begins empty


def test_a_count_renews_pages_that_are_kept_and_is_logged():
    before = revisions()
    count("OR-04", 3, who(FARID), NOW)
    assert revisions() != before
    assert [(each.action, each.thing_id, each.facts) for each in all_rows(AuditEntry)][-1] == (
        "count_people",
        "OR-04",
        {"persons": 3},
    )


def press_once(username: str) -> int:
    return tally("OR-04", 1, person_by_username(username), NOW).persons


def test_nobody_is_lost_when_many_press_at_once(demo_url):
    found = race(demo_url, press_once, [(name,) for name in (FARID, GERDA) * 6])
    assert sorted(found) == list(range(1, 13))


def test_whoever_holds_a_place_now_is_found_and_who_checked_in_early(clock):
    now = NOW + timedelta(minutes=50)
    numbers = {here(ANN, "VZ-101", attendees=4)}
    early = book(ask("VZ-102", f"{TODAY}T10:00", "11:00"), who(BRAM), NOW).bookings[0].id
    book(ask("VZ-103", f"{TODAY}T10:00", "11:00"), who(BRAM), NOW)
    check_in(early, who(BRAM), now)
    assert {each.id for each in bookings_now(the_house(), "AC", now)} == numbers | {early}


def test_a_drill_keeps_the_list_as_it_stood_and_no_names():
    number = here(ANN, "VZ-101", comes=True, attendees=4, wheelchair=1, evacuation_buddy=BRAM)
    here(DORA, "SK-05", attendees=2, service="OCMW-SCH")
    count("OR-04", 30, who(FARID), NOW)
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    here(BRAM, "VZ-102", attendees=3)  # came after
    people = {line.space: line for line in lines_of(drill) if not line.is_zone}
    assert {space: (line.sort, line.persons) for space, line in people.items()} == {
        "VZ-101": ("checked_in", 4),
        "SK-05": ("expected", 2),
        "OR-04": ("counted", 30),
    }
    assert people["VZ-101"].booking == number
    assert people["VZ-101"].wheelchair == 1
    assert sum(line.is_zone for line in lines_of(drill)) == len(the_house().zones)
    assert not {"name", "organiser", "title"} & set(EvacuationLine.__table__.columns.keys())


def test_wardens_tick_off_and_the_last_word_of_a_line_holds():
    key = key_of(here(ANN, "VZ-101", comes=True, attendees=14))
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    assert mark_line(drill, key, "missing", 2, who(GERDA), NOW).mark.missing == 2
    since = last_mark(drill)
    assert mark_line(drill, key, "out", 0, who(MARC), NOW).mark.by == who(MARC).name
    assert keys_marked_since(drill, since) == {key}
    assert mark_line(drill, key, "open", 0, who(MARC), NOW).mark is None
    assert mark_line(drill, "z-Z1-VER", "empty", 0, who(MARC), NOW).mark.mark == "empty"


@pytest.mark.parametrize(
    ("key", "mark", "missing", "error"),
    [
        ("b-99999", "out", 0, NotFound),
        ("z-Z1-VER", "out", 0, BadRequest),
        ("line", "gone", 0, BadRequest),
        ("line", "missing", 0, BadRequest),
        ("line", "missing", 15, BadRequest),
    ],
)
def test_what_cannot_be_ticked_off(key, mark, missing, error):
    own = key_of(here(ANN, "VZ-101", comes=True, attendees=14))
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    with pytest.raises(error):
        mark_line(drill, own if key == "line" else key, mark, missing, who(FARID), NOW)
    assert last_mark(drill) == 0


def tick(name: str, key: str, mark: str, minutes: float, missing: int = 0) -> Tick:
    """As a telephone tells it: made so many minutes before it was sent."""
    return Tick(name.ljust(8, "0"), key, mark, missing, timedelta(minutes=minutes))


def test_of_two_wardens_the_later_tick_holds_by_its_own_time_and_nothing_comes_in_twice():
    key = key_of(here(ANN, "VZ-101", comes=True, attendees=14))
    drill, back = start_evacuation("AC", "drill", who(FARID), NOW), NOW + timedelta(minutes=10)
    mark_line(drill, key, "missing", 2, who(GERDA), NOW + timedelta(minutes=5))
    offline = [
        tick("a", key, "out", 6),  # before Gerda's
        tick("b", "z-Z1-VER", "empty", 3),
        tick("c", "b-99999", "out", 2),
        tick("d", "z-Z1-KOF", "out", 2),
        tick("e", "z-Z1-BUR", "empty", 99_999),  # a clock that was set meanwhile
    ]
    for _twice in range(2):
        refused = merge_ticks(drill, offline, who(FARID), back)
        assert {name[0]: fault.field for name, fault in refused.items()} == {"c": "key", "d": "mark"}
    found = {line.key: line.mark for line in lines_of(drill) if line.mark}
    assert {key: (mark.mark, mark.at, mark.by) for key, mark in found.items()} == {
        key: ("missing", NOW + timedelta(minutes=5), who(GERDA).name),
        "z-Z1-VER": ("empty", NOW + timedelta(minutes=7), who(FARID).name),
        "z-Z1-BUR": ("empty", NOW, who(FARID).name),
    }
    assert len(all_rows(EvacuationMark)) == 4
    merge_ticks(drill, [tick("f", key, "out", 1)], who(FARID), back)
    assert {line.key: line.mark for line in lines_of(drill)}[key].mark == "out"


def test_after_the_end_only_what_was_ticked_off_before_it_comes_in():
    drill, back = start_evacuation("AC", "drill", who(FARID), NOW), NOW + timedelta(minutes=10)
    end_evacuation(drill, who(GERDA), NOW + timedelta(minutes=5))
    refused = merge_ticks(
        drill, [tick("a", "z-Z1-VER", "empty", 6), tick("b", "z-Z1-KOF", "empty", 4)], who(FARID), back
    )
    assert list(refused) == ["b".ljust(8, "0")]
    assert [line.key for line in lines_of(drill) if line.mark] == ["z-Z1-VER"]
    assert late_marks(evacuation(drill)) == 1
    with pytest.raises(NotAllowed):
        merge_ticks(drill, [tick("g", "z-Z1-VER", "open", 1)], who(ANN), back)


STRANGER = Added("23456789abcdefgh", "Man in a red coat", "Z1-VER", "missing")


def test_somebody_who_was_not_on_the_list_is_added_once_and_forgotten_at_the_end():
    drill = start_evacuation("AC", "live", who(FARID), NOW)
    for _twice in range(2):
        key = add_person(drill, STRANGER, who(GERDA), NOW).key
    add_person(drill, replace(STRANGER, key="z" * 16, zone="", mark="out"), who(FARID), LATER)
    found = outcome(lines_of(drill))
    assert (found.added, found.added_missing, found.out, found.missing) == (2, 1, 1, 1)
    assert mark_line(drill, key, "out", 0, who(MARC), NOW).description == "Man in a red coat"
    end_evacuation(drill, who(GERDA), LATER)
    assert {line.description for line in lines_of(drill)} == {None}
    assert outcome(lines_of(drill)).added == 2
    assert "red coat" not in str([each.facts for each in all_rows(AuditEntry)])


def test_who_was_added_is_forgotten_after_a_day_though_nobody_ends_it():
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    add_person(drill, STRANGER, who(GERDA), NOW)
    assert [forget_added(NOW + timedelta(hours=hours)) for hours in (23, 25, 25)] == [0, 1, 0]
    assert {line.description for line in lines_of(drill)} == {None}


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"description": " "}, "description"),
        ({"description": "x" * 81}, "description"),
        ({"zone": "NOWHERE"}, "zone"),
        ({"mark": "empty"}, "mark"),
        ({"key": "short"}, "key"),
    ],
)
def test_who_cannot_be_added(what, field):
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    with pytest.raises(BadRequest) as refused:
        add_person(drill, replace(STRANGER, **what), who(FARID), NOW)
    assert refused.value.field == field
    with pytest.raises(NotAllowed):
        add_person(drill, STRANGER, who(ANN), NOW)


def test_only_wardens_begin_tick_off_and_end():
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    for attempt in (
        lambda: start_evacuation("AC", "drill", who(ANN), NOW),
        lambda: mark_line(drill, "z-Z1-VER", "empty", 0, who(CHRIS), NOW),
        lambda: end_evacuation(drill, who(ANN), NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_whoever_presses_second_joins_and_when_it_turns_serious_the_drill_ends():
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    assert start_evacuation("AC", "drill", who(GERDA), NOW) == drill
    real = start_evacuation("AC", "live", who(GERDA), NOW)
    assert real != drill
    assert evacuation(drill).ended_at == NOW
    assert running_in("AC").sort == "live"
    assert start_evacuation("AC", "drill", who(MARC), NOW) == start_evacuation("AC", "live", who(MARC), NOW) == real
    assert start_evacuation("AC", "test", who(MARC), NOW) == real
    with pytest.raises(BadRequest):
        start_evacuation("AC", "gone", who(MARC), NOW)


def test_once_it_is_over_nothing_changes_any_more():
    drill = start_evacuation("AC", "drill", who(FARID), NOW)
    end_evacuation(drill, who(GERDA), LATER)
    end_evacuation(drill, who(FARID), LATER + timedelta(hours=1))
    with pytest.raises(Refused):
        mark_line(drill, "z-Z1-VER", "empty", 0, who(FARID), LATER)
    [found] = evacuations_of("AC")
    assert (found.ended_at, found.ended_by, found.lasted) == (LATER, who(GERDA).name, timedelta(minutes=31))
    assert [each.action for each in all_rows(AuditEntry)][-2:] == ["start_evacuation", "end_evacuation"]

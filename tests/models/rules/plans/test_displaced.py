"""Whom a change displaces and where they go: no limit is passed afterwards, and nobody goes who could stay."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as some

from models.rules.house.house import House
from models.rules.judging.facts import Facts
from models.rules.judging.rejudging import Scene, newly_refused, standing
from models.rules.people.discretion import Booked
from models.rules.plans.crowding import Present, least_to_leave
from models.rules.plans.displaced import Displaced, displaced_on_a_day
from models.rules.plans.rehousing import (
    IMPOSSIBLE,
    _by_assignment,
    _one_by_one,
    assignment,
    groups_in_time,
    rehoused,
)
from models.rules.presence.headcount import Presence, peak
from models.rules.times.interval import Interval
from tests.models.rules.builders import ANN, MONDAY, NOW, at, during, house, limited, person

EVERYONE = {name: person(name) for name in ("ann", "bram", "chris", "dora")}
ROOMS = ("LEFT", "RIGHT", "ROOM", "SALON")
MORE_ROOMS = {"SALON": {"after_hours_allowed": False}}
WHOLE_DAY = during("07:00", "19:00")


def booking(number: int, space: str, start: str, end: str, persons: int = 4, **more) -> Booked:
    names = list(EVERYONE)
    return Booked(
        number,
        space,
        "meeting_room",
        during(start, end),
        **{
            "status": "confirmed",
            "attendees": persons,
            "persons": persons,
            "layout": "boardroom",
            "exclusive": True,
            "organisation": "GEM",
            "privacy": "title",
            "title": None,
            "organiser": names[number % len(names)],
            "booked_by": "ann",
            "wheelchair": 0,
            "created_at": NOW,
            "version": 1,
            **more,
        },
    )


def scene(bookings: list[Booked], before: House, after: House) -> Scene:
    held = tuple(sorted((standing(each, EVERYONE, after) for each in bookings), key=lambda each: each.during.start))
    return Scene(Facts(before, held), Facts(after, held), EVERYONE, ANN, NOW)


def planned(bookings: list[Booked], before: House, after: House) -> tuple[Mapping[int, Displaced], Facts]:
    found, facts = displaced_on_a_day(bookings, scene(bookings, before, after))
    return {each.booking.id: each for each in found}, facts


def on_floor(floor: str, facts: Facts) -> int:
    return peak(
        (Presence(each.during, each.persons) for each in facts.taken if facts.house.spaces[each.space].floor == floor),
        WHOLE_DAY,
    )


def test_of_a_crowd_the_fewest_people_leave_that_suffice():
    first, second, third = (
        booking(n, room, "09:00", "10:00", people)
        for n, (room, people) in enumerate((("LEFT", 9), ("RIGHT", 3), ("ROOM", 6)))
    )
    moves, _facts = planned([first, second, third], house(), limited(house(), "floor", "F1", 15, MONDAY))
    assert set(moves) == {second.id}
    assert (moves[second.id].reasons[0].code, moves[second.id].reasons[0].actual) == ("floor_full", 18)
    assert moves[second.id].to.place.space == "SALON"


def test_whoever_sits_there_already_or_came_first_stays():
    bookings = [
        booking(1, "LEFT", "09:00", "10:00", status="checked_in"),
        booking(2, "RIGHT", "09:00", "10:00", created_at=at("2027-03-01T09:00")),
        booking(3, "ROOM", "09:00", "10:00", created_at=at("2027-03-02T09:00")),
    ]
    moves, _facts = planned(bookings, house(), limited(house(), "floor", "F1", 8, MONDAY))
    assert set(moves) == {3}


def test_what_was_above_a_limit_before_is_no_news():
    low = house(limits={"F1": 5})
    bookings = [booking(1, "LEFT", "09:00", "10:00"), booking(2, "RIGHT", "09:00", "10:00")]
    other = house({"ROOM": {"active": False}}, limits={"F1": 5})
    assert planned(bookings, low, other)[0] == {}


def test_where_the_first_choice_has_no_place_to_go_another_goes_instead():
    """The party of two is the least that suffices, but it needs a beamer, and no other room has one."""
    beamer = {"LEFT": {"equipment": frozenset({"beamer"})}}
    bookings = [booking(1, "LEFT", "09:00", "10:00", 2, equipment=("beamer",)), booking(2, "RIGHT", "09:00", "10:00")]
    before = house(beamer)
    moves, facts = planned(bookings, before, limited(before, "floor", "F1", 4, MONDAY))
    assert {number: each.to.place.space for number, each in moves.items()} == {2: "SALON"}
    assert on_floor("F1", facts) <= 4


def test_whoever_has_no_place_at_all_is_told_what_keeps_them_from_the_nearest():
    bookings = [booking(1, "ROOM", "09:00", "10:00", 9), booking(2, "SALON", "09:00", "10:00", 3)]
    after = house({"ROOM": {"active": False}}, limits={"F1": 5})
    moves, _facts = planned(bookings, house(), after)
    assert moves[1].to.place is None
    assert moves[1].to.nearest in ("LEFT", "RIGHT")
    assert [each.code for each in moves[1].to.hurdles] == ["floor_full"]


@some.composite
def a_day(draw) -> list[Booked]:
    """Bookings of a floor that stand without touching each other, some of them in another one's way by number only."""
    found: list[Booked] = []
    for number in range(draw(some.integers(1, 14))):
        start, length = draw(some.integers(0, 12)), draw(some.integers(1, 6))
        room, people = draw(some.sampled_from(ROOMS)), draw(some.integers(1, 10))
        opens = at("08:00")
        time = Interval(opens + start * (at("08:30") - opens), opens + (start + length) * (at("08:30") - opens))
        if not any(each.space == room and each.during.overlaps(time) for each in found):
            found.append(booking(number + 1, room, "09:00", "10:00", people)._replace(during=time))
    return found


@given(a_day(), some.integers(0, 30))
def test_no_limit_is_passed_at_any_instant_but_by_whoever_has_nowhere_to_go(bookings, limit):
    before = house(MORE_ROOMS)
    moves, facts = planned(bookings, before, limited(before, "floor", "F1", limit, MONDAY))
    left = {number for number, each in moves.items() if each.to.place is None}
    assert on_floor("F1", facts.without(left)) <= limit
    for number in left:
        assert not any(each.to.place and each.to.booking.id == number for each in moves.values())


@given(a_day(), some.integers(0, 30))
def test_nobody_goes_who_could_stay_and_everybody_fits_where_they_are_put(bookings, limit):
    before = house(MORE_ROOMS)
    after = limited(before, "floor", "F1", limit, MONDAY)
    moves, facts = planned(bookings, before, after)
    by_id = {each.id: each for each in bookings}
    where = scene(bookings, before, after)
    for number in moves:
        assert newly_refused([by_id[number]], where, facts.without({number})), "it could have stayed"
    spaces = [(each.space, each.during) for each in facts.taken]
    for place, time in spaces:
        assert sum(other == place and time.overlaps(when) for other, when in spaces) == 1
    assert {each.id for each in facts.taken} == set(by_id)


@given(a_day())
def test_all_together_are_never_worse_off_than_one_by_one(bookings):
    """In total cost, over each group of bookings that compete."""
    here = house(MORE_ROOMS)
    where = scene(bookings, here, here)
    facts = where.after.without({each.id for each in bookings})
    found, _facts = rehoused(bookings, where, facts)
    greedy = 0.0
    for group in groups_in_time(bookings, here):
        one_by_one = _one_by_one(group, where, facts)
        greedy, facts = greedy + one_by_one.cost, one_by_one.facts
    if len(groups_in_time(bookings, here)) == 1:
        assert sum(each.cost for each in found) <= greedy + 1e-6
        assert _by_assignment(bookings, where, where.after.without({each.id for each in bookings})).rows == bookings


@given(
    some.integers(1, 6).flatmap(
        lambda width: some.lists(
            some.lists(some.one_of(some.floats(0, 160), some.just(IMPOSSIBLE)), min_size=width, max_size=width),
            min_size=1,
            max_size=6,
        )
    )
)
def test_an_assignment_costs_no_more_than_taking_the_best_one_by_one(costs):
    none = [1000.0] * len(costs)
    chosen = assignment(costs, none)
    used = [column for column in chosen if column is not None]
    assert len(used) == len(set(used))
    free, greedy = set(range(len(costs[0]))), 0.0
    for row in costs:
        best = min(free, key=lambda column: row[column], default=None)
        if best is None or row[best] >= 1000:
            greedy += 1000
        else:
            free.remove(best)
            greedy += row[best]
    total = sum(1000 if column is None else costs[row][column] for row, column in enumerate(chosen))
    assert total <= greedy + 1e-6


@given(
    some.lists(some.tuples(some.integers(0, 8), some.integers(1, 4), some.integers(1, 12)), max_size=9),
    some.integers(0, 20),
)
def test_those_who_stay_are_never_too_many_and_at_one_instant_no_fewer_people_could_go(stays, limit):
    step = at("08:30") - at("08:00")
    present = [
        Present(n, Interval(at("08:00") + start * step, at("08:00") + (start + length) * step), people, n)
        for n, (start, length, people) in enumerate(stays)
    ]
    left = least_to_leave(present, limit)
    stay = [Presence(each.during, each.persons) for each in present if each.id not in left]
    assert peak(stay, WHOLE_DAY) <= limit
    if present and max(each.during.start for each in present) < min(each.during.end for each in present):
        gone = sum(each.persons for each in present if each.id in left)
        total = sum(each.persons for each in present)
        sums = {0}
        for each in present:
            sums |= {known + each.persons for known in sums}
        assert gone == min((known for known in sums if total - known <= limit), default=total)


def test_a_room_that_needs_anothers_word_is_taken_only_where_nothing_else_is_left():
    """One on another floor comes before a room beside it that must be asked for."""
    asked_for = {room: {"approval_role": "protocol_officer"} for room in ("RIGHT", "ROOM")}
    crowd = [
        booking(1, "LEFT", "10:00", "11:00"),
        booking(2, "LEFT", "12:00", "13:00"),
        booking(3, "SALON", "12:00", "13:00"),
    ]
    before, after = house(asked_for), house(asked_for | {"LEFT": {"active": False}})
    moves, _facts = planned(crowd, before, after)
    assert [(each.to.place.space, each.to.place.waits) for _number, each in sorted(moves.items())] == [
        ("SALON", False),
        ("RIGHT", True),  # at noon the other one is taken
    ]

"""What is free: whatever a list offers the judge accepts, and what the judge accepts a list has offered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.finding.day import Day
from models.rules.finding.free import Left, evenings_left, left_of
from models.rules.finding.untaken import last_start, opens_at
from models.rules.house.house import House, Names, Rule, Service
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import judge
from models.rules.judging.when import desk_blocks, slot_start
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.times.hours import Closure
from models.rules.times.interval import Interval, civil_day
from tests.models.rules.builders import (
    ANN,
    BRUSSELS,
    CARETAKER,
    KAAT,
    MONDAY,
    NOW,
    SERVICES,
    SPACES,
    USUAL_HOURS,
    at,
    codes,
    during,
    hours,
    house,
    minutes,
    person,
    taken,
)

# What a list cannot know: who else is in zone, floor and building, and what the same person has booked.
SET_APART = {"zone_full", "floor_full", "building_full", "person_busy", "quota_reached"}
EVERY_DAY = range(1, 8)
ELS, BEA = person("els", "OCMW"), person("bea", home_zone="BUR")
SPRING, AUTUMN, HALF_A_DAY = date(2027, 3, 28), date(2027, 10, 31), date(2027, 3, 10)
CLOSED = (
    Closure(HALF_A_DAY, "half_day", 510, 720, frozenset({"GEM"}), "Halve dag"),
    Closure(date(2027, 3, 29), "public_holiday", None, None, frozenset(), "Paasmaandag"),
)
AROUND_THE_CLOCK = (
    *hours("building", "AC", "00:00", "24:00", "staff_access", EVERY_DAY),
    *hours("zone", "HAL", "00:00", "24:00", "public", EVERY_DAY),
)
BREAKS = (
    *hours("building", "AC", "12:00", "12:40", "protected_break", EVERY_DAY),
    *hours("space", "DESK-2", "09:50", "10:10", "protected_break", EVERY_DAY),
)
LATE = hours("space", "SALON", "17:10", "24:00", "after_hours", EVERY_DAY)
NEIGHBOURS = {
    each.code: each for each in (*SERVICES, Service("CIVIL", "GEM", Names(nl="Burgerzaken"), home_zone="BUR"))
}


def looked_at(where: House, day: date = MONDAY, who=ANN, now: datetime = NOW) -> Day:
    return Day(day, Viewer.of(who, where), now)


def offered(where: House, space: str, *standing: Taken, day: date = MONDAY, who=ANN, now: datetime = NOW) -> list[str]:
    """What is free by the wall clock."""
    looking = looked_at(where, day, who, now)
    left = left_of(where.policy(space, day), looking, standing)
    return ["–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in looking.on_wall(each)) for each in left.free]


ROWS = [
    # space, what its policy has, bookings there, what is free
    ("ROOM", {}, [], ["07:00–19:00"]),
    ("ROOM", {}, [("07:00", "18:45")], ["18:45–19:00"]),
    ("ROOM", {"min_minutes": 30}, [("07:00", "18:45")], []),  # too short to book
    ("ROOM", {"slot_minutes": 60}, [("09:15", "10:15")], ["07:00–09:00", "11:00–19:00"]),  # on its grid
    ("ROOM", {"buffer_after": minutes(20)}, [("09:00", "10:00")], ["07:00–08:30", "10:30–19:00"]),
    ("ROOM", {"min_minutes": 100, "max_minutes": 110, "slot_minutes": 60}, [], []),  # no length fits its grid
    ("ROOM", {"active": False}, [], []),
    ("ROOM", {"bookable_by": ["OCMW"]}, [], []),
    ("ROOM", {"ventilation_m3h": 0}, [], []),  # no air for anybody
    ("BOOTH", {}, [("10:00", "10:30")], ["08:30–10:00", "10:30–18:00"]),
    ("BOOTH", {"sightline": False}, [], ["08:30–17:00"]),  # nobody could see in
    ("DESK-1", {}, [], ["07:00–12:30", "12:30–19:00"]),
    ("DESK-1", {}, [("07:00", "12:30")], ["12:30–19:00"]),
]


@pytest.mark.parametrize(("space", "policy", "bookings", "free"), ROWS)
def test_what_is_free_for_a_member_of_staff(space, policy, bookings, free):
    standing = [taken(space, *each, number=number) for number, each in enumerate(bookings)]
    assert offered(house({space: policy}), space, *standing) == free


def test_a_composite_is_free_where_all_its_parts_are_and_a_part_where_it_is():
    standing = taken("LEFT", "09:00", "10:00", number=1), taken("RIGHT", "11:00", "12:00", number=2)
    assert offered(house(), "LEFT-RIGHT", *standing) == ["07:00–09:00", "10:00–11:00", "12:00–19:00"]
    assert offered(house(), "LEFT", taken("LEFT-RIGHT", "09:00", "18:00")) == ["07:00–09:00", "18:00–19:00"]


def test_a_shared_space_is_free_until_the_last_place_is_taken_or_somebody_has_it_alone():
    groups = [
        taken("OPEN", "09:00", "11:00", 12, number=1),
        taken("OPEN", "10:00", "12:00", 8, number=2),
        taken("OPEN", "14:00", "15:00", 2, number=3, apart=True),
    ]
    assert offered(house(), "OPEN", *groups) == ["07:00–10:00", "11:00–14:00", "15:00–19:00"]


def test_a_group_that_shares_a_composite_is_counted_once_though_it_is_in_both_parts():
    where = house({code: {"exclusive": False} for code in ("LEFT", "RIGHT", "LEFT-RIGHT")})
    group = Taken(1, "LEFT-RIGHT", during("09:00", "10:00"), 12, False, -1)
    assert offered(where, "LEFT-RIGHT", *Facts(where, (group,)).in_places(("LEFT", "RIGHT"))) == ["07:00–19:00"]


def test_a_break_is_kept_for_everyone_where_one_party_would_have_it_alone():
    where = house(rows=(*USUAL_HOURS, *BREAKS))
    assert offered(where, "ROOM") == ["07:00–12:00", "12:45–19:00"]
    assert offered(where, "OPEN") == ["07:00–19:00"]
    assert offered(where, "DESK-2") == []  # one break in each half of its day
    assert offered(house(rows=(*USUAL_HOURS, *BREAKS), rules=[Rule("R15", mode="off")]), "ROOM") == ["07:00–19:00"]


def test_what_is_too_far_ahead_is_not_offered_and_says_when_it_can_be_booked():
    """Desks may be had fourteen days ahead, to the minute."""
    last = date(2027, 3, 17)
    assert offered(house(), "DESK-1", day=last) == ["07:00–12:30"]  # now it is nine
    assert offered(house(), "DESK-1", day=last, now=at("2027-03-03T12:30")) == ["07:00–12:30", "12:30–19:00"]
    where = house({"ROOM": {"advance_days": 14, "min_minutes": 30}})
    assert offered(where, "ROOM", day=last) == ["07:00–09:30"]
    assert offered(where, "ROOM", day=date(2027, 4, 1)) == []
    beyond = looked_at(where, date(2027, 4, 1))
    assert left_of(where.policy("ROOM", beyond.date), beyond, ()).later == [(7 * 60, 19 * 60)]
    assert opens_at(7 * 60, where.policy("ROOM", beyond.date), beyond) == at("2027-03-18T07:00")


def test_a_neighbourhood_that_comes_first_by_rule_is_offered_to_others_a_day_before():
    where = house(rules=[Rule("R16", mode="enforce", parameter="24")], services=NEIGHBOURS)
    eve = at("2027-03-07T09:00")
    assert offered(where, "DESK-1") == []
    assert offered(where, "DESK-1", who=BEA) == ["07:00–12:30", "12:30–19:00"]
    assert offered(where, "DESK-1", now=eve) == ["07:00–12:30"]
    looking = looked_at(where)
    assert opens_at(12 * 60 + 30, where.policy("DESK-1", MONDAY), looking) == at("2027-03-07T12:30")


def test_of_today_the_slot_that_is_running_can_still_be_had():
    assert offered(house(), "ROOM", now=at("10:07")) == ["10:00–19:00"]
    assert offered(house(), "DESK-1", now=at("12:29")) == ["07:00–12:30", "12:30–19:00"]
    assert offered(house(), "DESK-1", now=at("12:30")) == ["12:30–19:00"]
    assert offered(house(), "ROOM", now=at("2027-03-09T08:00")) == []


def test_a_list_asks_how_a_rule_holds_in_the_zone_as_the_judge_does():
    kept = house(
        {"BOOTH": {"sightline": False}}, rules=[Rule("R16", mode="enforce", parameter="24")], services=NEIGHBOURS
    )

    def in_zone(zone: str, rule: Rule):
        return replace(kept, zone_rules={(rule.code, zone): ((date.min, rule),)})

    assert offered(in_zone("VER", Rule("R16", mode="off")), "DESK-1") == []  # not its zone
    assert offered(in_zone("BUR", Rule("R16", mode="off")), "DESK-1") == ["07:00–12:30", "12:30–19:00"]
    assert offered(in_zone("BUR", Rule("R16", parameter="500")), "DESK-1") == ["07:00–12:30", "12:30–19:00"]
    assert offered(in_zone("HAL", Rule("R12", parameter="12:00")), "BOOTH") == ["08:30–12:00"]
    early = in_zone("HAL", Rule("R22", parameter="21:00"))
    assert evenings_left(early.policy("SALON", MONDAY), looked_at(early), ()).free == [(19 * 60, 21 * 60)]


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23 * 60), (AUTUMN, 25 * 60)])
def test_on_a_date_that_changes_the_clocks_the_wall_says_what_is_free(day, length):
    where = house({"ROOM": {"advance_days": 300, "slot_minutes": 120}}, rows=AROUND_THE_CLOCK)
    left = left_of(where.policy("ROOM", day), looked_at(where, day), ())
    assert left.free == [(0, length)]
    assert offered(where, "ROOM", day=day) == ["00:00–24:00"]
    early = taken("ROOM", f"{day}T05:00", f"{day}T05:10")
    assert offered(where, "ROOM", early, day=day) == ["00:00–04:00", "06:00–24:00"]


def test_an_evening_is_left_apart_from_the_day_and_ends_in_time():
    where = house(rows=(*USUAL_HOURS, *hours("space", "SALON", "17:00", "24:00", "after_hours")))
    policy, looking = where.policy("SALON", MONDAY), looked_at(where)
    assert evenings_left(policy, looking, ()).free == [(19 * 60, 23 * 60)]
    busy = (taken("SALON", "20:00", "21:00"),)
    assert evenings_left(policy, looking, busy).free == [(19 * 60, 20 * 60), (21 * 60, 23 * 60)]
    assert evenings_left(where.policy("ROOM", MONDAY), looking, ()).free == []


@pytest.mark.parametrize("day", [MONDAY, SPRING, HALF_A_DAY, date(2027, 3, 17)])
def test_what_is_worked_out_once_for_spaces_that_are_alike_is_what_each_has_alone(day):
    """DESK-2 has a break of its own, ROOM a rule, RIGHT nobody may enter; in the other order it is the same."""
    rule = Rule("R15", mode="enforce", applies_to=frozenset({"ROOM"}))
    where = house({"RIGHT": {"active": False}}, rows=(*USUAL_HOURS, *BREAKS, *LATE), rules=[rule])
    for order in (list(SPACES), list(reversed(SPACES))):
        together = looked_at(where, day)
        for policy in (where.policy(code, day) for code in order):
            for left in (left_of, evenings_left):
                assert left(policy, together, ()) == left(policy, looked_at(where, day), ()), policy.space


def test_hours_are_worked_out_once_for_all_spaces_that_are_alike():
    where = house()
    day = looked_at(where)
    for code in ("DESK-1", "DESK-2", "LEFT", "RIGHT"):
        left_of(where.policy(code, MONDAY), day, ())
    assert [what.__name__ for what, *_ in day.worked_out].count("_ordinary_hours") == 2


FULL = [
    # booked, longest free stretch, per cent taken, nearly full
    ([], (420, 1140), 0, False),
    ([("07:45", "19:00")], (420, 465), 93, True),  # three quarters of an hour at seven
    ([("07:00", "13:00")], (780, 1140), 50, False),
    ([("08:00", "10:00"), ("10:30", "14:00"), ("14:30", "18:00")], (420, 480), 75, True),  # in small pieces
    ([("10:00", "16:00"), ("16:00", "17:00")], (420, 600), 58, False),
]


@pytest.mark.parametrize(("booked", "longest", "percent", "is_nearly_full"), FULL)
def test_a_full_day_is_told_from_a_free_one(booked, longest, percent, is_nearly_full):
    standing = [taken("ROOM", *each, number=number) for number, each in enumerate(booked)]
    left = left_of(house().policy("ROOM", MONDAY), looked_at(house()), standing)
    assert (left.longest, *left.how_full(0)) == (longest, percent, is_nearly_full)


def test_only_the_rest_of_today_counts_and_two_half_days_make_a_whole():
    left = left_of(house().policy("ROOM", MONDAY), looked_at(house()), [taken("ROOM", "07:00", "13:00")])
    assert left.how_full(13 * 60) == (0, False)
    assert left.how_full(10 * 60) == (33, False)
    assert left_of(house().policy("DESK-1", MONDAY), looked_at(house()), ()).longest == (420, 1140)


policies = st.fixed_dictionaries(
    {
        "slot_minutes": st.sampled_from([5, 15, 30, 60, 120]),
        "min_minutes": st.sampled_from([1, 15, 45]),
        "max_minutes": st.sampled_from([50, 120, 480]),
        "advance_days": st.sampled_from([5, 14, 300, 365]),
        "buffer_before": st.sampled_from([0, 0, 10]).map(minutes),
        "buffer_after": st.sampled_from([0, 5, 60]).map(minutes),
    }
)
rules = st.lists(
    st.sampled_from(
        [
            Rule("R12", mode="off"),
            Rule("R15", mode="off"),
            Rule("R16", mode="enforce"),
            Rule("R22", mode="warn"),
            Rule("R22", parameter="21:20"),
        ]
    ),
    max_size=2,
)
days = st.sampled_from([MONDAY, HALF_A_DAY, SPRING, SPRING, AUTUMN, AUTUMN, date(2027, 3, 17), date(2027, 3, 29)])
gone = st.integers(0, 26 * 60)  # minutes since a midnight; a date may have 25 hours


@dataclass(frozen=True)
class World:
    """A house, one of its spaces, somebody who looks at a date of it, and what is booked in and around it."""

    house: House
    space: str
    date: date
    now: datetime
    who: Person
    standing: tuple[Taken, ...]

    def __repr__(self) -> str:
        return f"{self.policy} on {self.date} for {self.who.username} at {self.now}, {self.standing}"

    @property
    def facts(self) -> Facts:
        return Facts(self.house, self.standing)

    @property
    def policy(self) -> SpacePolicy:
        return self.house.policy(self.space, self.date)

    @property
    def day(self) -> Day:
        return looked_at(self.house, self.date, self.who, self.now)

    def left(self) -> list[Left]:
        """Of the day, and of its evening."""
        there = self.facts.in_places(self.policy.parts)
        return [left(self.policy, self.day, there) for left in (left_of, evenings_left)]

    def refused(self, wish: Interval) -> set[str]:
        wanted = Wanted(self.space, wish, self.who, self.who, attendees=1, key_holder=CARETAKER)
        return codes(judge(wanted, self.policy, self.facts, self.now).refusals) - SET_APART


@st.composite
def worlds(draw) -> World:
    space = draw(st.sampled_from([*SPACES]))
    beside = {"LEFT": ["RIGHT", "LEFT-RIGHT"], "LEFT-RIGHT": ["LEFT", "RIGHT"]}.get(space, [])
    differs = {code: draw(policies) for code in (space, *beside)} if not space.startswith("DESK") else {}
    if space == "BOOTH":
        differs[space]["sightline"] = draw(st.booleans())
    rows = (*draw(st.sampled_from([USUAL_HOURS, AROUND_THE_CLOCK])), *draw(st.sampled_from([(), BREAKS])), *LATE)
    where = house(differs, rows=rows, closures=CLOSED, rules=draw(rules), services=NEIGHBOURS, limits={"VER": 9})
    day = draw(days)
    midnight = civil_day(day, BRUSSELS).start
    now = (
        midnight
        + draw(st.sampled_from([-14, -1, 0])) * timedelta(days=1)
        + minutes(draw(gone))
        + timedelta(seconds=draw(st.sampled_from([0, 7])))
    )
    standing = []
    for number in range(draw(st.integers(0, 4))):
        start, code = midnight + minutes(5 * draw(st.integers(-24, 300))), draw(st.sampled_from([space, *beside]))
        standing.append(
            Taken(
                number,
                code,
                Interval(start, start + minutes(5 * draw(st.integers(1, 60)))),
                draw(st.integers(1, 12)),
                where.spaces[code].exclusive or draw(st.booleans()),
                -1,
            )
        )
    return World(
        where,
        space,
        day,
        now,
        draw(st.sampled_from([ANN, BEA, ELS, KAAT])),
        tuple(sorted(standing, key=lambda each: each.during.start)),
    )


def on_grid(instant: datetime, policy: SpacePolicy) -> bool:
    return slot_start(instant, policy.slot_minutes, BRUSSELS) == instant


@given(worlds())
def test_whatever_is_offered_is_accepted_wherever_in_it_the_shortest_booking_begins(world):
    policy = world.policy
    for stretch in (world.day.interval(each) for left in world.left() for each in left.free):
        if policy.in_half_days:
            assert world.refused(stretch) == set()
            continue
        assert on_grid(stretch.start, policy)
        assert on_grid(stretch.end, policy)
        shortest, accepted = minutes(policy.lengths[0]), 0
        for step in range(stretch.length // minutes(5)):
            start = stretch.start + step * minutes(5)
            wish = Interval(start, start + shortest)
            if stretch.covers(wish) and on_grid(start, policy) and on_grid(wish.end, policy):
                assert world.refused(wish) == set(), wish
                accepted += 1
        assert accepted or policy.slot_minutes > 60  # two hours across a change of the clocks may lie on no grid


@given(worlds(), st.lists(st.tuples(gone, st.integers(1, 12)), min_size=4, max_size=8))
def test_whatever_the_judge_accepts_was_offered(world, wishes):
    """On one date, within one stretch of its hours. One that begins before the horizon may end beyond what is free."""
    policy, day, lefts = world.policy, world.day, world.left()
    for gone_by, steps in wishes:
        if policy.in_half_days:
            wish = desk_blocks(world.date, BRUSSELS)[gone_by % 2]
        else:
            first = day.during.start + minutes(gone_by)
            wish = Interval(
                slot_start(first, policy.slot_minutes, BRUSSELS),
                slot_start(first + minutes(steps * policy.slot_minutes), policy.slot_minutes, BRUSSELS),
            )
        if not day.during.covers(wish) or world.refused(wish):
            continue
        opened, room = (
            [day.interval(each) for left in lefts for each in getattr(left, name)] for name in ("opened", "room")
        )
        if policy.in_half_days:
            assert any(wish.covers(each) for each in room)
        elif any(each.covers(wish) for each in opened):
            assert day.gone(wish.start) <= last_start(policy, day)
            assert any(each.covers(wish) for each in room), wish

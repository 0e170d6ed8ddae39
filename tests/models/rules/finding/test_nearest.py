"""What is offered is what asking judge() of every place and time would offer, however little of it was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.finding import alternatives
from models.rules.finding.alternatives import FARTHEST, MOST, day_and_week, nearest_alternatives, put_right
from models.rules.house.house import House, Names, Rule, Service
from models.rules.house.quota import Quota
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.for_whom import is_others_neighbourhood
from models.rules.judging.judge import approvals_needed, closed_door, judge
from models.rules.judging.when import desk_blocks
from models.rules.times.hours import Closure
from models.rules.times.interval import Interval, LocalTimeMissing, wall_to_utc
from tests.models.rules.builders import (
    ALWAYS,
    ANN,
    KAAT,
    MONDAY,
    NOW,
    SERVICES,
    SPACES,
    USUAL_HOURS,
    at,
    during,
    hours,
    house,
    minutes,
    person,
    wanted,
)

ELS, BEA, MARC = person("els", "OCMW"), person("bea", service="CIVIL"), person("marc", "GEM", "staff caretaker")
CIVIL = Service("CIVIL", "GEM", Names(nl="Burgerzaken"), home_zone="BUR")
# What each further room and desk has otherwise than ROOM or DESK-1, and where it lies.
MORE = {
    "ROOM-2": ("VER", {}),
    "ROOM-3": ("VER", {"slot_minutes": 60, "min_minutes": 60}),
    "ROOM-4": ("BUR", {"advance_days": 3, "equipment": frozenset({"screen"})}),
    "ROOM-5": (
        "HAL",
        {"after_hours_allowed": True, "capacities": {"boardroom": 40}, "equipment": frozenset({"screen"})},
    ),
    "ROOM-6": ("BUR", {"accessible": True, "wheelchair_places": 2, "max_minutes": 60}),
    "ROOM-7": ("HAL", {"approval_role": "facility_manager", "buffer_before": minutes(15)}),
    "DESK-3": ("HAL", {}),
    "DESK-4": ("BUR", {"slot_minutes": 30, "max_minutes": 800}),
    "DESK-5": ("VER", {}),
}
ROWS = (
    *USUAL_HOURS,
    *hours("zone", "BUR", "08:00", "18:00", "staff_access"),
    *hours("space", "ROOM-2", "06:00", "22:00", "staff_access"),
    *hours("building", "AC", "12:00", "12:30", "protected_break", range(3, 4)),
)


def town(**more) -> House:
    """The small house with more rooms and desks in it, no two of them quite alike."""
    where = house({"LEFT": {"buffer_after": minutes(15)}}, rows=ROWS, **more)
    spaces, policies = dict(where.spaces), dict(where.policies)
    for number, (code, (zone, other)) in enumerate(MORE.items(), start=100):
        like, floor = code.split("-")[0].replace("DESK", "DESK-1"), where.zones[zone].floor
        place = {"zone": zone, "floor": floor, "parts": (code,)}
        spaces[code] = replace(where.spaces[like], id=number, code=code, **place)
        [(since, policy)] = where.policies[like]
        policies[code] = ((since, replace(policy, space=code, **place, **other)),)
    return replace(where, spaces=spaces, policies=policies)


def asked_everywhere(wish: Wanted, facts: Facts, now: datetime, within: Interval) -> list[tuple[str, Interval, str]]:
    """By the words of the contract, without a thought of what it costs."""
    where, day = facts.house, facts.date_of(wish.during)
    own = put_right(wish.during, where.policy(wish.space, day), where)

    def accepted(space: str, when: Interval) -> Interval | None:
        if not within.covers(when) or (space, when) == (wish.space, wish.during):
            return None
        moved = replace(wish, space=space, during=when, start_changes=True)
        verdict = judge(moved, where.policy(space, facts.date_of(when)), facts, now)
        return verdict.during if verdict.accepted else None

    at_once = accepted(wish.space, own)
    asked = wish.during if at_once else own
    elsewhere = [(code, there, "same_time") for code in ranked(wish, facts) if (there := accepted(code, asked))]
    times, held = [], []
    for each in times_of(own, wish, facts):
        if not any(each.overlaps(other) for other in held) and (then := accepted(wish.space, each)):
            held.append(each)
            times.append((wish.space, then, "same_space"))
    first = [(wish.space, at_once, "same_space")] if at_once else []
    by_turns = [each for pair in zip_longest(elsewhere, times) for each in pair if each]
    return list(dict.fromkeys([*first, *by_turns]))[:MOST]


def ranked(wish: Wanted, facts: Facts) -> list[str]:
    where, day = facts.house, facts.date_of(wish.during)
    here, own = where.spaces[wish.space], where.policy(wish.space, day)
    people = wish.attendees or own.persons(None, wish.layout or own.default_layout)

    def rank(code: str) -> tuple:
        space, policy = where.spaces[code], where.policy(code, day)
        return (
            bool(approvals_needed(replace(wish, space=code), policy, is_evening=False)),
            own.traits.one_at_a_time and is_others_neighbourhood(space.zone, wish.organiser, where),
            space.sort != here.sort,
            len(space.parts) > 1,
            2 - (space.floor == here.floor) - (space.zone == here.zone),
            abs(policy.most_in(wish.layout or policy.default_layout) - people),
            code,
        )

    return sorted(
        (
            code
            for code, space in where.spaces.items()
            if code != wish.space
            and (space.kind, space.building) == (here.kind, here.building)
            and where.policy(code, day).most_in(wish.layout or where.policy(code, day).default_layout)
            >= (wish.attendees or 1)
            and closed_door(where.policy(code, day), wish.organiser, where, day) is None
        ),
        key=rank,
    )


def times_of(own: Interval, wish: Wanted, facts: Facts) -> list[Interval]:
    zone, policy = facts.house.zone, facts.house.policy(wish.space, facts.date_of(wish.during))
    if policy.in_half_days:
        near = [own, *desk_blocks(facts.date_of(wish.during), zone)]
    else:
        step = minutes(policy.slot_minutes)
        away = [way * steps * step for steps in range(FARTHEST // step + 1) for way in (1, -1)]
        near = [Interval(own.start + each, own.end + each) for each in away]
    wall = [each.astimezone(zone).replace(tzinfo=None) for each in (own.start, own.end)]
    for days in map(timedelta, range(1, 8)):
        try:
            near.append(Interval(*(wall_to_utc(each + days, zone) for each in wall)))
        except (LocalTimeMissing, ValueError):
            continue
    return near


rooms = st.sampled_from(["ROOM", "LEFT", "LEFT-RIGHT", "SALON", "ROOM-3", "ROOM-4", "ROOM-6", "ROOM-7"])
desks = st.sampled_from(["DESK-1", "DESK-2", "DESK-3", "DESK-4"])
others = st.sampled_from(["OPEN", "BOOTH", "COUNTER"])
starts = st.builds(
    lambda day, minute: at(f"2027-03-{8 + day:02}T00:00") + minutes(minute * 15),
    st.integers(-6, 3),
    st.integers(20, 92),
)
stretches = st.builds(
    lambda start, length: Interval(start, start + minutes(length)), starts, st.sampled_from([15, 30, 60, 60, 90, 200])
)
blocks = st.builds(
    lambda day, nth: desk_blocks(MONDAY + timedelta(days=day), house().zone)[nth], st.integers(-2, 8), st.integers(0, 2)
)
wishes = st.builds(
    lambda where, organiser, attendees, more: Wanted(*where, organiser, organiser, attendees=attendees, **more),
    st.tuples(rooms, stretches) | st.tuples(desks, blocks) | st.tuples(others, stretches),
    st.sampled_from([ANN, KAAT, ELS, BEA, MARC]),
    st.sampled_from([None, 1, 4, 12]),
    st.sampled_from(
        [
            {},
            {},
            {"wheelchair": 1, "attendees": 4},
            {"equipment": frozenset({"screen"})},
            {"exclusive": True},
            {"replaces": 3},
            {"service": SERVICES[2], "visitors": 7},
            {"untold": frozenset({"person_busy"})},
            {"key_holder": MARC},
        ]
    ).map(lambda more: {name: value for name, value in more.items() if name != "attendees"}),
)


@st.composite
def standing(draw) -> tuple[Taken, ...]:
    spaces = st.sampled_from([*SPACES, *MORE])
    found = [
        Taken(
            number,
            (space := draw(spaces)),
            draw(blocks if space.startswith("DESK") else stretches),
            draw(st.integers(1, 9)),
            space != "OPEN",
            draw(st.sampled_from([ANN.id, ELS.id, 1000 + number])),
        )
        for number in range(1, draw(st.integers(0, 14)) + 1)
    ]
    return tuple(sorted(found, key=lambda each: (each.during.start, each.id)))


houses = st.builds(
    lambda limits, rules, closed, amount: town(
        limits=limits,
        rules=rules,
        services={each.code: each for each in (*SERVICES, CIVIL)},
        closures=closed,
        quotas=() if amount is None else (Quota("person", None, None, "bookings", "week", amount, ALWAYS),),
        zone_rules={
            ("R10", "BUR"): ((ALWAYS, Rule("R10", mode="off")),),
            ("R22", "HAL"): ((ALWAYS, Rule("R22", "hard", "19:00")),),
        },
    ),
    st.dictionaries(st.sampled_from(["VER", "HAL", "BUR", "F1", "AC"]), st.sampled_from([0, 6, 12, 20]), max_size=3),
    st.lists(
        st.sampled_from(
            [
                Rule("R14", mode="warn"),
                Rule("R15", mode="off"),
                Rule("R16", mode="enforce", parameter="48"),
                Rule("R13", mode="enforce", applies_to=frozenset({"ROOM-2", "VER"})),
                Rule("R07", mode="enforce"),
                Rule("R21", mode="warn"),
            ]
        ),
        unique_by=lambda rule: rule.code,
        max_size=3,
    ),
    st.sampled_from(
        [
            [],
            [Closure(MONDAY, "public_holiday", None, None, frozenset(), "Feest")],
            [Closure(date(2027, 3, 9), "half_day", 510, 720, frozenset({"GEM"}), "Halve dag")],
        ]
    ),
    st.sampled_from([None, 0, 5]),
)


@given(houses, wishes, standing(), st.sampled_from([0, 1]), st.sampled_from([NOW, at("2027-03-08T10:20")]))
def test_the_three_that_are_offered_are_those_that_asking_of_everything_gives(where, wish, taken, nth, now):
    facts = Facts(where, taken)
    within = day_and_week(wish.during, where.zone)[nth]
    offered = nearest_alternatives(wish, facts, now, within=within)
    assert [(each.space, each.during, each.why) for each in offered] == asked_everywhere(wish, facts, now, within)


CURED = [
    # what is otherwise in the house, the wish, where it is cured: by what the reason hangs on
    ({"limits": {"VER": 0}}, ("ROOM", "09:00", "10:00", {}), "ROOM-6"),  # zone_full: another zone
    ({"limits": {"F1": 0}}, ("ROOM", "09:00", "10:00", {}), "SALON"),  # floor_full: another floor
    (
        {"limits": {"AC": 9}},
        ("ROOM-5", "09:00", "10:00", {}),
        None,
    ),  # building_full: nowhere, not even with fewer places
    ({}, ("ROOM", "06:00", "07:00", {}), "ROOM-2"),  # outside_hours: hours of its own
    ({}, ("ROOM", "2027-07-05T09:00", "10:00", {}), "SALON"),  # too_far_ahead: further ahead
    ({}, ("ROOM", "2027-03-03T08:00", "2027-03-03T09:00", {}), "ROOM-3"),  # in_the_past: a slot that still runs
    ({}, ("ROOM", "09:00", "10:00", {"equipment": frozenset({"screen"})}), "ROOM-5"),
    ({}, ("ROOM", "09:00", "10:00", {"wheelchair": 1}), "ROOM-6"),
    ({}, ("ROOM", "12:00", "13:00", {"service": SERVICES[2], "visitors": 7}), None),  # party_too_large: nowhere
    (
        {"rules": [Rule("R13", applies_to=frozenset({"ROOM"}))]},
        ("ROOM", "09:00", "10:00", {"service": SERVICES[2], "visitors": 7}),
        "LEFT",
    ),
    (
        {"zone_rules": {("R10", "BUR"): ((ALWAYS, Rule("R10", mode="off")),)}},
        ("DESK-3", "07:00", "12:30", {}),
        "DESK-1",
    ),
    # organisation_closed: a half day is cut to what is open of it
    (
        {"closures": [Closure(MONDAY, "half_day", 510, 720, frozenset({"GEM"}), "Halve dag")]},
        ("DESK-4", "07:00", "12:30", {}),
        "DESK-1",
    ),
]


@pytest.mark.parametrize(("other", "wish", "where"), CURED)
def test_what_keeps_it_out_of_one_space_is_no_reason_against_one_that_is_otherwise_in_what_it_hangs_on(
    other, wish, where
):
    space, start, end, more = wish
    busy = Taken(1, "DESK-5", during("07:00", "12:30"), 1, True, ANN.id if space == "DESK-3" else KAAT.id)
    facts, asked = Facts(town(**other), (busy,)), wanted(space, start, end, **more)
    within, now = day_and_week(asked.during, facts.house.zone)[0], at("2027-03-03T08:20")
    offered = [each.space for each in nearest_alternatives(asked, facts, now, within=within) if each.why == "same_time"]
    assert offered[:1] == [where][: where is not None]
    assert offered == [
        space for space, _during, why in asked_everywhere(asked, facts, now, within) if why == "same_time"
    ]


HUNDREDS = {f"ROOM-9{number:03}": ("VER" if number % 2 else "BUR", {}) for number in range(300)}
ASKED = [
    # house, wish, how often judge() is asked at the very most, of four hundred places and times
    ({}, ("09:00", "10:00"), 5),  # three of hundreds that are free
    ({"closures": [Closure(MONDAY, "public_holiday", None, None, frozenset(), "Feest")]}, ("09:00", "10:00"), 1),
    ({}, ("03:00", "04:00"), 8),  # at night: once for all that are open at the same hours
    ({}, ("2027-03-01T09:00", "2027-03-01T10:00"), 8),  # over
    ({}, ("2029-03-05T09:00", "2029-03-05T10:00"), 8),  # too far ahead
    ({"limits": {"VER": 3, "BUR": 3, "HAL": 3}}, ("09:00", "10:00"), 64),  # full: once a zone, and at each other time
    ({"limits": {"AC": 3}}, ("09:00", "10:00"), 64),
]


@pytest.mark.parametrize(("other", "wish", "most"), ASKED)
def test_hundreds_of_spaces_are_not_asked_one_by_one(other, wish, most, monkeypatch):
    monkeypatch.setitem(globals(), "MORE", MORE | HUNDREDS)
    where, asked, calls = town(**other), wanted("ROOM", *wish, attendees=4), []
    monkeypatch.setattr(alternatives, "judge", lambda *told: calls.append(told) or judge(*told))
    nearest_alternatives(asked, Facts(where), NOW, within=day_and_week(asked.during, where.zone)[0])
    assert len(calls) <= most

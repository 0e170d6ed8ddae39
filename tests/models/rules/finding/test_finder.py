"""The finder: what suits best comes first, says why, and is never something that would be refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.finding.finder import MOST_JUDGED, find, hopeful
from models.rules.finding.quest import Proposal, Quest
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import judge
from models.rules.times.hours import Closure
from models.rules.times.interval import Interval
from tests.models.rules.builders import ANN, KAAT, NOW, during, house, minutes, person, taken

BUR = person("bea", home_zone="BUR")
TWO_WEEKS = during("2027-03-08T00:00", "2027-03-22T00:00")
MORNING, AFTERNOON, WHOLE_DAY = during("07:00", "12:30"), during("12:30", "19:00"), during("07:00", "19:00")
ROOMS = frozenset({"meeting_room"})


def quest(start="08:00", end="18:00", length=60, who=ANN, **more) -> Quest:
    more.setdefault("kinds", ROOMS)
    return Quest(who, "AC", during(start, end), minutes(length) if length else None, **more)


def found(where, asked: Quest, *standing: Taken, now=NOW, **more) -> tuple[Proposal, ...]:
    facts = Facts(where, tuple(sorted(standing, key=lambda each: each.during.start)))
    return find(asked, facts, now, **more)


def spaces(proposals) -> list[str]:
    return [each.space for each in proposals]


def sizes(**places: int) -> dict:
    return {space: {"capacities": {"boardroom": number, "theatre": 2 * number}} for space, number in places.items()}


def test_the_smallest_room_that_holds_the_party_comes_first():
    where = house(sizes(LEFT=4, RIGHT=8, ROOM=12, SALON=48))
    assert spaces(found(where, quest(attendees=7))) == ["RIGHT", "ROOM", "LEFT-RIGHT", "SALON"]
    three = found(where, quest(attendees=3))
    assert spaces(three)[0] == "LEFT"
    assert spaces(three)[-1] == "SALON"
    assert ("just_right" in three[0].reasons, "large" in three[-1].reasons) == (True, True)


ASKED = [
    # wish, the space that comes first, a reason it gives
    ({"near": "HAL"}, "SALON", "same_zone"),
    ({"near": "BUR"}, "LEFT", "same_floor"),
    ({"near": "VER", "equipment": frozenset({"beamer"})}, "ROOM", "equipment"),
    ({"accessible": True}, "SALON", "accessible"),
    ({"layout": "theatre", "attendees": 15}, "LEFT", "layout"),
    ({"any_layout": True, "attendees": 38}, "LEFT-RIGHT", "other_layout"),
]


@pytest.mark.parametrize(("wish", "first", "reason"), ASKED)
def test_a_wish_is_met_and_told(wish, first, reason):
    where = house({"SALON": {"accessible": True}})
    where = replace(where, spaces=where.spaces | {"ROOM": replace(where.spaces["ROOM"], equipment=("beamer",))})
    best = found(where, quest(**{"attendees": 10, **wish}))[0]
    assert best.space == first
    assert reason in best.reasons


def test_ones_own_organisations_room_comes_before_one_that_is_everyones():
    where = house({"RIGHT": {"owner": "GEM"}, "ROOM": {"owner": "OCMW"}})
    in_order = spaces(found(where, quest(attendees=10)))
    assert in_order[0] == "RIGHT"
    assert in_order.index("LEFT") < in_order.index("ROOM")


def test_what_needs_nobodys_word_comes_before_what_waits_for_approval():
    where = house({"LEFT": {"approval_role": "receptionist"}})
    waits = {each.space: each for each in found(where, quest(attendees=10))}["LEFT"]
    assert spaces(found(where, quest(attendees=10)))[0] == "RIGHT"
    assert waits.approvals == {"receptionist"}
    assert "waits" in waits.reasons


def test_a_room_meant_for_more_people_ranks_low_and_says_so():
    where = house({"LEFT": {"min_attendees": 9}})
    proposals = found(where, quest(attendees=8))
    assert spaces(proposals).index("LEFT") > spaces(proposals).index("RIGHT")
    assert "few_people" in {each.space: each for each in proposals}["LEFT"].reasons


def test_booths_are_kept_for_residents_unless_they_are_asked_for():
    asked = quest("10:00", "11:00", attendees=4, kinds=frozenset())
    where = house(sizes(LEFT=6))
    in_order = found(where, asked)
    assert spaces(in_order)[0] == "LEFT"
    assert "BOOTH" in spaces(in_order)
    assert "for_residents" in {each.space: each for each in in_order}["BOOTH"].reasons
    assert spaces(found(where, replace(asked, kinds=frozenset({"booth"})))) == ["BOOTH"]


def test_in_a_window_the_earliest_start_is_proposed_and_a_half_hour_rather_than_a_quarter():
    where = house({space: {"active": False} for space in ("LEFT", "RIGHT", "LEFT-RIGHT", "SALON")})
    assert found(where, quest())[0].during == during("08:00", "09:00")
    (later,) = found(where, quest(), taken("ROOM", "08:00", "09:15"))
    assert later.during == during("09:30", "10:30")
    assert later.reasons[0] == "first_moment"
    (after_buffer,) = found(
        house(
            {
                "ROOM": {"buffer_after": minutes(30)},
                **{space: {"active": False} for space in ("LEFT", "RIGHT", "LEFT-RIGHT", "SALON")},
            }
        ),
        quest(),
        taken("ROOM", "08:30", "09:00"),
    )
    assert after_buffer.during == during("09:30", "10:30")


def test_a_moment_is_proposed_as_it_was_asked_or_not_at_all():
    proposals = found(house(), quest("10:00", "11:00"), taken("ROOM", "10:30", "12:00"))
    assert {each.during for each in proposals} == {during("10:00", "11:00")}
    assert "ROOM" not in spaces(proposals)
    assert found(house(), quest("06:00", "07:00")) == found(house(), quest("10:05", "11:05")) == ()


def test_the_soonest_come_in_order_of_time():
    busy = [taken(space, "07:00", "12:00", number=n) for n, space in enumerate(("LEFT", "ROOM"), start=1)]
    proposals = found(house(), quest("07:00", "19:00"), *busy, soonest=True)
    assert [each.during.start for each in proposals] == sorted(each.during.start for each in proposals)
    assert spaces(proposals)[0] == "RIGHT"
    assert proposals[0].reasons[0] == "first_moment"
    assert "first_moment" not in proposals[-1].reasons


def test_a_full_floor_leaves_the_hours_after_it():
    crowd = taken("LEFT", "07:00", "13:00", 20)
    proposals = found(house(limits={"VER": 25, "HAL": 1}), quest("07:00", "19:00", attendees=8), crowd)
    assert {each.during.start for each in proposals} == {during("13:00", "14:00").start}


DESKS = [
    # window, minutes, kinds named, block
    (("10:00", "11:00"), 60, True, MORNING),
    (("08:00", "18:00"), 480, True, WHOLE_DAY),
    (("13:00", "17:00"), 240, True, AFTERNOON),
    (("2027-03-08T00:00", "2027-03-09T00:00"), None, True, MORNING),
    (("07:00", "19:00"), 720, False, WHOLE_DAY),
    (("07:00", "13:00"), 60, False, MORNING),
    (("10:00", "11:00"), 60, False, None),  # nobody who asks for any place means half a day
    (("2027-03-08T00:00", "2027-03-22T00:00"), None, True, MORNING),
]


@pytest.mark.parametrize(("window", "length", "named", "block"), DESKS)
def test_a_desk_is_proposed_for_the_half_days_that_hold_the_wish(window, length, named, block):
    kinds = frozenset({"desk"}) if named else frozenset()
    proposals = found(house(), quest(*window, length=length, kinds=kinds), most=50)
    assert {each.during for each in proposals if each.space.startswith("DESK")} == ({block} if block else set())


def test_a_desk_that_one_has_already_leaves_no_other_in_that_half_day():
    mine = taken("DESK-1", "07:00", "12:30", organiser=BUR)
    asked = quest("08:00", "18:00", who=BUR, kinds=frozenset({"desk"}))
    assert [(each.space, each.during) for each in found(house(), asked, mine)] == [
        ("DESK-1", AFTERNOON),
        ("DESK-2", AFTERNOON),
    ]


def test_what_has_gone_by_is_not_proposed_and_the_slot_now_running_is():
    now = during("10:07", "11:00").start
    proposals = found(house(), quest("08:00", "18:00"), now=now)
    assert {each.during.start for each in proposals} == {during("10:00", "11:00").start}
    assert found(house(), quest("08:00", "09:00"), now=now) == ()


def test_a_policy_counts_from_its_date_on_within_one_window():
    where = house({"LEFT": {"capacities": {"boardroom": 4}}})
    since, policy = where.policies["LEFT"][0]
    larger = (date(2027, 3, 10), replace(policy, capacities={"boardroom": 12}))
    where = replace(where, policies={**where.policies, "LEFT": ((since, policy), larger)})
    asked = Quest(ANN, "AC", TWO_WEEKS, minutes(60), 11, kinds=ROOMS)
    assert {each.space: each.during.start.day for each in found(where, asked)}["LEFT"] == 10


def test_spaces_that_could_hold_the_party_are_those_to_ask_why_not():
    asked = quest("06:00", "07:00", attendees=15)
    assert [each.space for each in hopeful(asked, Facts(house()), NOW)] == ["LEFT-RIGHT"]


codes = st.sampled_from(["ROOM", "LEFT", "LEFT-RIGHT", "OPEN", "BOOTH", "COUNTER", "SALON", "DESK-1"])
starts = st.builds(
    lambda day, step: datetime(2027, 3, 8 + day, tzinfo=UTC) + minutes(step * 15),
    st.integers(0, 5),
    st.integers(20, 88),
)
stretches = st.builds(lambda start, length: Interval(start, start + minutes(length * 15)), starts, st.integers(1, 40))
windows = st.builds(lambda start, hours: Interval(start, start + minutes(hours * 60)), starts, st.integers(1, 90))
lengths = st.none() | st.integers(1, 600).map(minutes)
kinds = st.sets(st.sampled_from(["meeting_room", "desk", "booth", "counter", "meeting_space"]), max_size=2)
quests = st.builds(
    lambda who, within, length, people, named, layout, any_layout, near: Quest(
        who, "AC", within, length, people, frozenset(named), layout, any_layout, near=near
    ),
    st.sampled_from([ANN, KAAT, person("els", "OCMW"), BUR]),
    windows,
    lengths,
    st.none() | st.integers(1, 25),
    kinds,
    st.sampled_from([None, "boardroom", "theatre", "round"]),
    st.booleans(),
    st.sampled_from([None, "HAL", "BUR"]),
)


@st.composite
def standing(draw) -> tuple[Taken, ...]:
    bookings = []
    for number in range(1, draw(st.integers(0, 10)) + 1):
        space = draw(codes)
        bookings.append(Taken(number, space, draw(stretches), draw(st.integers(1, 10)), space != "OPEN", 1000 + number))
    return tuple(sorted(bookings, key=lambda each: each.during.start))


@given(quests, standing(), st.booleans(), st.sampled_from([5, 12, 100]), st.integers(1, 12))
def test_whatever_is_proposed_would_be_accepted(asked, bookings, soonest, crowd, most):
    where = house(
        {space: {"buffer_after": minutes(15)} for space in ("ROOM", "LEFT")},
        limits={"VER": crowd, "AC": 30},
        closures=[Closure(date(2027, 3, 10), "half_day", 510, 720, frozenset({"GEM"}), "Halve dag")],
    )
    facts = Facts(where, bookings)
    proposals = find(asked, facts, NOW, most=most, soonest=soonest)
    assert len(proposals) <= most
    assert len(set(spaces(proposals))) == len(proposals)
    for each in proposals:
        policy = where.policy(each.space, facts.date_of(each.during))
        verdict = judge(
            Wanted(each.space, each.during, asked.person, asked.person, attendees=asked.attendees, layout=each.layout),
            policy,
            facts,
            NOW,
        )
        assert verdict.accepted
        assert (verdict.during, verdict.approvals) == (each.during, each.approvals)
        assert 0 <= each.fit <= 100
        assert policy.in_half_days or asked.within.covers(each.during)
        assert policy.in_half_days or asked.length is None or each.during.length >= asked.length
    if not soonest:
        assert [each.fit for each in proposals] == sorted((each.fit for each in proposals), reverse=True)


@given(quests, standing())
def test_a_moment_that_some_space_accepts_is_found(asked, bookings):
    """What is ruled out before it is judged would have been refused."""
    moment = replace(asked, length=asked.within.length, any_layout=False)
    facts = Facts(house(), bookings)
    accepting = set()
    for wanted in hopeful(moment, facts, NOW):
        policy = facts.house.policy(wanted.space, facts.date_of(wanted.during))
        if not policy.in_half_days and judge(wanted, policy, facts, NOW).accepted:
            accepting.add(wanted.space)
    proposals = find(moment, facts, NOW, most=50)
    assert {each.space for each in proposals if not each.space.startswith("DESK")} == accepting


def test_few_spaces_are_judged_however_many_there_are(monkeypatch):
    judged = []

    def counting(wanted, *more):
        judged.append(wanted.space)
        return judge(wanted, *more)

    monkeypatch.setattr("models.rules.finding.finder.judge", counting)
    found(house(), quest(attendees=8), most=2)
    assert len(judged) == 2
    judged.clear()
    found(house(limits={"AC": 1}), quest("2027-03-08T00:00", "2027-03-22T00:00", attendees=8, kinds=frozenset()))
    assert 0 < len(judged) <= MOST_JUDGED

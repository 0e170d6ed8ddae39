"""The soonest that is named is the soonest there is: every start of the grid, in every booth, asked one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.finding.soonest import soonest, talk_now
from models.rules.house.house import House, Rule
from models.rules.judging.facts import Facts, Taken
from models.rules.judging.judge import judge
from models.rules.people.person import Person
from models.rules.times.interval import Interval
from tests.models.rules.builders import BRUSSELS, MONDAY, at, during, house, minutes, person, wanted

CHRIS = person("chris")
BOOTHS = ("BOOTH", "BOOTH-2", "BOOTH-3")
DAY = during("00:00", "23:45")


def booths(*, zone_most: int | None = None, **policy) -> House:
    """The small house with three booths; five minutes stay clear after each talk."""
    where = house({"BOOTH": policy}, limits={"HAL": zone_most} if zone_most else None, rules=[Rule("R12", mode="off")])
    spaces, policies = dict(where.spaces), dict(where.policies)
    for number, code in enumerate(BOOTHS[1:], start=50):
        spaces[code] = replace(where.spaces["BOOTH"], id=number, code=code, parts=(code,))
        [(since, usual)] = where.policies["BOOTH"]
        policies[code] = ((since, replace(usual, space=code, parts=(code,), buffer_after=minutes(5))),)
    return replace(where, spaces=spaces, policies=policies)


def talk(booth: str, start: str, end: str, number: int, persons: int = 2) -> Taken:
    return Taken(number, booth, during(start, end), persons, True, -number, 0)


def named(where: House, now: str, minutes_whole: int, *standing: Taken, who: Person = CHRIS, most: int = 3):
    wish = wanted("BOOTH", "09:00", "09:30", who, attendees=2)
    facts = Facts(where, tuple(sorted(standing, key=lambda each: each.during.start)))
    spaces = [where.spaces[code] for code in BOOTHS]
    found = soonest(wish, minutes_whole, spaces, facts, at(now), DAY, most=most)
    return [(each.space, f"{each.during.start.astimezone(BRUSSELS):%H:%M}") for each in found]


@pytest.mark.parametrize(
    ("now", "whole", "slot", "until"),
    [
        ("09:00", 30, 15, "09:30"),
        ("09:14", 60, 15, "10:15"),  # counted from now, up to the next step
        ("09:01", 45, 15, "10:00"),
        ("09:15", 45, 15, "10:00"),
        ("09:59", 5, 15, "10:15"),
        ("09:59", 5, 60, "11:00"),
    ],
)
def test_a_talk_lasts_until_the_whole_of_it_is_over(now, whole, slot, until):
    found = talk_now(whole, slot, at(now), BRUSSELS)
    assert found.end == at(until)
    assert found.has(at(now))


def test_no_later_time_is_named_than_there_is_and_never_two_of_one_booth():
    """The booth that fits best is taken until noon; the next one until a quarter to ten."""
    standing = (
        talk("BOOTH", "09:00", "12:00", 1),
        talk("BOOTH-2", "09:00", "09:45", 2),
        talk("BOOTH-3", "09:00", "10:30", 3),
    )
    assert named(booths(), "09:07", 30, *standing) == [("BOOTH-2", "10:00"), ("BOOTH-3", "10:45"), ("BOOTH", "12:00")]


def test_a_gap_that_is_too_short_for_the_whole_is_passed_over():
    standing = (
        talk("BOOTH", "09:00", "09:30", 1),
        talk("BOOTH", "10:15", "11:00", 2),
        talk("BOOTH-2", "09:00", "17:00", 3),
        talk("BOOTH-3", "09:00", "17:30", 4),
    )
    assert named(booths(), "09:05", 45, *standing)[0] == ("BOOTH", "09:30")
    assert named(booths(), "09:05", 50, *standing)[0] == ("BOOTH", "11:00")


def test_where_the_zone_is_full_the_very_step_at_which_it_is_not_is_named():
    standing = (talk("OPEN", "08:45", "10:15", 1, persons=9),)
    assert named(booths(zone_most=10), "09:00", 30, *standing)[0] == ("BOOTH", "10:15")


@given(
    taken=st.lists(st.tuples(st.sampled_from(BOOTHS), st.integers(34, 68), st.integers(1, 8)), max_size=14),
    now=st.integers(8 * 60, 17 * 60 + 30),
    whole=st.integers(5, 130),
    zone_most=st.sampled_from((None, 4, 6)),
    longest=st.sampled_from((60, 120)),
)
def test_what_is_named_is_what_asking_every_booth_at_every_step_would_name(taken, now, whole, zone_most, longest):
    where, midnight = booths(zone_most=zone_most, max_minutes=longest), at("00:00")
    quarter, standing = timedelta(minutes=15), []
    for number, (booth, step, steps) in enumerate(taken, start=1):
        when = Interval(midnight + step * quarter, midnight + (step + steps) * quarter)
        if not any(each.space == booth and each.during.overlaps(when) for each in standing):
            standing.append(Taken(number, booth, when, 2, True, -number, 0))
    moment = midnight + minutes(now)
    wish, facts = wanted("BOOTH", "09:00", "09:30", CHRIS, attendees=2), Facts(where, tuple(standing))
    first: dict[str, Interval] = {}
    for step in range(24 * 4):
        for code in BOOTHS:
            policy, start = where.policy(code, MONDAY), midnight + step * quarter
            left = max(moment - start, timedelta()) + minutes(max(whole, policy.min_minutes))
            when = Interval(start, start + -(-left // quarter) * quarter)
            asked = replace(wish, space=code, during=when)
            if start > moment - quarter and code not in first and judge(asked, policy, facts, moment).accepted:
                first[code] = when
    expected = sorted(first.items(), key=lambda each: (each[1].start, BOOTHS.index(each[0])))
    spaces = [where.spaces[code] for code in BOOTHS]
    assert [(each.space, each.during) for each in soonest(wish, whole, spaces, facts, moment, DAY)] == expected

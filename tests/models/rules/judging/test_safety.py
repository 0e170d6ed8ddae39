"""Nobody waits in vain on the stairs, nobody talks alone, nobody is counted out: R16, R20, R23, equipment, counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.house.house import Outage, Rule
from models.rules.judging.facts import Facts
from models.rules.judging.judge import judge
from models.rules.presence.counts import LiveCount
from tests.models.rules.builders import (
    ANN,
    CARETAKER,
    KAAT,
    MONDAY,
    NOW,
    SERVICES,
    at,
    codes,
    house,
    judged,
    person,
    taken,
    wanted,
)

WHEELCHAIRS = {
    "ROOM": {"accessible": True, "wheelchair_places": 4},
    "LEFT": {"accessible": True, "wheelchair_places": 4},
    "SALON": {"accessible": True, "wheelchair_places": 4},
}
BOB = person("bob")


@pytest.mark.parametrize(
    ("wheelchair", "buddy", "standing", "found"),
    [
        (2, None, 0, []),  # the stairs have two places
        (3, None, 0, [("refuge_places_full", 2, 3, False)]),  # alone above the limit: whatever others do
        (1, None, 1, []),
        (1, None, 2, [("refuge_places_full", 2, 3, True)]),  # others hold both
        (3, CARETAKER, 2, []),  # somebody helps them down
    ],
)
def test_r20_above_the_ground_floor_there_is_a_place_on_the_stairs_for_each_wheelchair(
    wheelchair, buddy, standing, found
):
    wish = wanted("ROOM", "09:00", "10:00", attendees=4, wheelchair=wheelchair, evacuation_buddy=buddy)
    beside = [taken("LEFT", "09:30", "11:00", 4, wheelchair=standing)]
    refusals = judged(house(WHEELCHAIRS), wish, *beside).refusals
    assert [(each.code, each.limit, each.actual, each.clash) for each in refusals] == found


def test_r20_on_the_ground_floor_everyone_walks_or_rolls_out():
    wish = wanted("SALON", "09:00", "10:00", attendees=4, wheelchair=4)
    assert judged(house(WHEELCHAIRS), wish).accepted


@pytest.mark.parametrize(
    ("standing", "fewest"),
    [
        ([], 1),
        ([("COUNTER", "08:30", "12:00", BOB)], None),  # a duty in the zone all along
        ([("COUNTER", "08:30", "09:15", BOB)], 1),  # leaves halfway
        ([("COUNTER", "08:30", "09:15", BOB), ("OPEN", "09:15", "10:00", CARETAKER)], None),  # relieved at that minute
        ([("COUNTER", "08:30", "12:00", ANN)], 1),  # the same person twice is one
        ([("OPEN", "08:30", "12:00", KAAT)], 1),  # an association is no staff
        ([("ROOM", "08:30", "12:00", BOB)], 1),  # in another zone
    ],
)
def test_r23_during_a_talk_two_members_of_staff_are_in_the_zone_at_every_instant(standing, fewest):
    others = [
        replace(taken(space, start, end, number=number, organiser=who), is_outside=who.is_outside)
        for number, (space, start, end, who) in enumerate(standing, start=1)
    ]
    verdict = judged(house(), wanted("BOOTH", "09:00", "09:30", attendees=2), *others)
    assert verdict.accepted
    assert [(each.limit, each.actual, each.scope) for each in verdict.warnings if each.code == "alone"] == (
        [] if fewest is None else [(2, fewest, "zone:HAL")]
    )


def test_r23_refuses_once_it_is_enforced_and_says_nothing_where_it_does_not_apply():
    wish = wanted("BOOTH", "09:00", "09:30", attendees=2)
    enforced = Rule("R23", severity="warn", parameter="3", mode="enforce")
    assert codes(judged(house(rules=[enforced]), wish).refusals) == {"alone"}
    for silent in (Rule("R23", severity="warn", applies_to=frozenset({"VER"})), Rule("R23", mode="off")):
        assert judged(house(rules=[silent]), wish).warnings == ()


AT_HOME = person("home", service="DESKS")
NEIGHBOURS = {
    "services": {
        each.code: each
        for each in (*SERVICES, replace(SERVICES[2], code="DESKS", privacy_level="standard", home_zone="BUR"))
    }
}


@pytest.mark.parametrize(
    ("who", "hours_before", "warned"),
    [
        (ANN, 25, True),
        (ANN, 24, False),  # from then on it is everyone's
        (AT_HOME, 200, False),
        (person("zoe", home_zone="BUR"), 200, False),  # at home there though of another service
    ],
)
def test_r16_a_neighbourhoods_desks_are_first_for_its_own_people(who, hours_before, warned):
    wish = wanted("DESK-1", "07:00", "12:30", who)
    now = wish.during.start - timedelta(hours=hours_before)
    verdict = judged(house(**NEIGHBOURS), wish, now=now)
    assert verdict.accepted
    assert [(each.code, each.rule, each.scope, each.limit) for each in verdict.warnings] == (
        [("neighbourhood_first", "R16", "zone:BUR", 24)] if warned else []
    )


def test_r16_refuses_once_it_is_enforced_and_never_for_a_zone_that_is_nobodys_home():
    wish = wanted("DESK-1", "07:00", "12:30")
    enforced = [Rule("R16", severity="soft", parameter="24", mode="enforce")]
    assert codes(judged(house(rules=enforced, **NEIGHBOURS), wish).refusals) == {"neighbourhood_first"}
    assert judged(house(rules=enforced), wish).accepted


def test_what_a_booking_cannot_do_without_is_there_and_works():
    where = house({"ROOM": {"equipment": frozenset({"scherm", "hearing_loop"})}})
    wish = wanted("ROOM", "09:00", "10:00", attendees=4, equipment=frozenset({"scherm"}))
    assert judged(where, wish).accepted
    [missing] = judged(where, replace(wish, equipment=frozenset({"scherm", "beamer"}))).refusals
    assert (missing.code, missing.actual, missing.clash) == ("equipment_missing", "beamer", False)
    broken = replace(where, outages=(Outage("space", "ROOM", "scherm", MONDAY),))
    assert codes(judged(broken, wish).refusals) == {"equipment_missing"}


@pytest.mark.parametrize(
    ("outage", "wish", "code"),
    [
        (
            Outage("space", "BOOTH", "panic_button", MONDAY),
            wanted("BOOTH", "09:00", "09:30", service=SERVICES[0]),
            "panic_button_needed",
        ),
        (
            Outage("space", "ROOM", "ventilation", MONDAY),
            wanted("ROOM", "09:00", "10:00", attendees=1),
            "too_many_people",
        ),
        (
            Outage("space", "LEFT", "ventilation", MONDAY),
            wanted("LEFT-RIGHT", "09:00", "10:00", attendees=9),
            "too_many_people",
        ),  # what a part lacks, the whole lacks
        (
            Outage("building", "AC", "lift", MONDAY),
            wanted("ROOM", "09:00", "10:00", attendees=4, wheelchair=1),
            "not_accessible",
        ),
        (Outage("building", "AC", "lift", MONDAY), wanted("SALON", "09:00", "10:00", attendees=4, wheelchair=1), None),
        (Outage("building", "AC", "lift", MONDAY), wanted("ROOM", "09:00", "10:00", attendees=4), None),
        (
            Outage("building", "AC", "lift", date(2027, 3, 1), date(2027, 3, 7)),
            wanted("ROOM", "09:00", "10:00", attendees=4, wheelchair=1),
            None,
        ),  # mended the day before
    ],
)
def test_what_does_not_work_refuses_only_those_who_need_it(outage, wish, code):
    where = replace(house(WHEELCHAIRS), outages=(outage,))
    assert codes(judged(where, wish).refusals) == ({code} if code else set())


@pytest.mark.parametrize(
    ("counted", "booked", "persons", "full"),
    [
        (30, 0, 20, None),
        (31, 0, 20, 51),
        (31, 10, 20, 51),  # whoever booked is among the counted
        (5, 10, 41, 51),  # and counts where fewer were counted
    ],
)
def test_a_count_of_an_open_space_binds_zone_and_floor_until_it_goes_stale(counted, booked, persons, full):
    where = house({"SALON": {"capacities": {"boardroom": 60}}}, limits={"HAL": 50})
    standing = (taken("OPEN", "09:00", "12:00", booked),) if booked else ()
    live = (LiveCount("OPEN", counted, at("09:00"), at("09:30")),)
    early = wanted("SALON", "09:15", "10:00", attendees=persons)
    verdict = judge(early, where.policy("SALON", MONDAY), Facts(where, standing, counted=live), NOW)
    assert [(each.code, each.actual) for each in verdict.refusals] == ([("zone_full", full)] if full else [])
    later = replace(wanted("SALON", "09:30", "10:00", attendees=50 - booked))
    assert judge(later, where.policy("SALON", MONDAY), Facts(where, standing, counted=live), NOW).accepted


def test_a_rule_turns_on_its_date_and_each_booking_is_judged_by_its_own():
    from_april = date(2027, 4, 1)
    warns, refuses = Rule("R07", severity="warn"), Rule("R07", severity="warn", mode="enforce", valid_from=from_april)
    where = replace(
        house({"ROOM": {"min_attendees": 4, "advance_days": 365}}),
        rules={"R07": ((date(2000, 1, 1), warns), (from_april, refuses))},
    )
    march = wanted("ROOM", "2027-03-30T09:00", "2027-03-30T10:00", attendees=2)
    april = wanted("ROOM", "2027-04-06T09:00", "2027-04-06T10:00", attendees=2)
    assert codes(judged(where, march).warnings) == {"few_people"}
    assert judged(where, march).accepted
    assert codes(judged(where, april).refusals) == {"few_people"}

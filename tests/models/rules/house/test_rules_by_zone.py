"""A rule in a single zone: the narrowest row that holds decides, for every judge; elsewhere the house's does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.house.house import House, Names, Rule, Service
from tests.models.rules.builders import ALWAYS, codes, house, judged, wanted

DAYS = [date(2027, 3, 1) + timedelta(days=number) for number in range(5)]
CODES, ZONES, MODES = ("R07", "R16", "R23"), ("HAL", "VER", "BUR"), ("enforce", "warn", "off")
LIFTED = None
AT_HOME = Service("WORKS", "GEM", Names(nl="Werken"), home_zone="BUR")
HOUR, ALL_DAY, EVENING = ("09:00", "10:00"), ("07:00", "19:00"), ("19:30", "21:00")
of_a_day = st.dictionaries(st.sampled_from(DAYS), st.sampled_from(MODES))
of_a_zone = st.dictionaries(st.sampled_from(DAYS), st.sampled_from((*MODES, LIFTED)), min_size=1)


def last_of(said: dict[date, str | None], day: date) -> str | None:
    """What was said last by then; LIFTED where nothing was."""
    return next((said[each] for each in reversed(DAYS) if each <= day and each in said), LIFTED)


def timeline(code: str, said: dict[date, str | None]):
    return tuple((day, Rule(code, mode=said[day]) if said[day] else None) for day in DAYS if day in said)


@given(
    st.fixed_dictionaries({code: of_a_day for code in CODES}),
    st.dictionaries(st.tuples(st.sampled_from(CODES), st.sampled_from(ZONES)), of_a_zone),
)
def test_the_narrowest_row_that_holds_decides(in_the_house, in_zones):
    where = replace(
        house(),
        rules={code: ((ALWAYS, Rule(code, mode="warn")), *timeline(code, said)) for code, said in in_the_house.items()},
        zone_rules={(code, zone): timeline(code, said) for (code, zone), said in in_zones.items()},
    )
    for code in CODES:
        for day in DAYS:
            in_all = last_of(in_the_house[code], day) or "warn"
            assert where.rule(code, day).in_force == in_all
            for zone in ZONES:
                assert where.rule(code, day, zone).in_force == last_of(in_zones.get((code, zone), {}), day) or in_all


def told(where: House, space: str, start: str, end: str, more: dict) -> tuple[set[str], set[str]]:
    found = judged(where, wanted(space, start, end, **more))
    return codes(found.refusals), codes(found.warnings)


@pytest.mark.parametrize(
    ("zone", "rule", "space", "hours", "more", "refused", "warned"),
    [
        ("VER", Rule("R07", mode="enforce"), "ROOM", HOUR, {"attendees": 2}, {"few_people"}, set()),
        ("VER", Rule("R07", mode="off"), "ROOM", HOUR, {"attendees": 2}, set(), set()),
        ("HAL", Rule("R07", mode="enforce"), "ROOM", HOUR, {"attendees": 2}, set(), {"few_people"}),  # not its zone
        ("HAL", Rule("R23", mode="enforce"), "BOOTH", HOUR, {}, {"alone"}, set()),
        ("HAL", Rule("R23", "warn", "1"), "BOOTH", HOUR, {}, set(), set()),
        ("VER", Rule("R23", mode="off"), "BOOTH", HOUR, {}, set(), {"alone"}),
        ("BUR", Rule("R16", mode="enforce"), "DESK-1", ALL_DAY, {}, {"neighbourhood_first"}, set()),
        ("BUR", Rule("R16", "soft", "0"), "DESK-1", ALL_DAY, {}, set(), {"neighbourhood_first"}),
        ("BUR", Rule("R16", mode="off"), "DESK-1", ALL_DAY, {}, set(), set()),
        ("VER", Rule("R16", mode="off"), "DESK-1", ALL_DAY, {}, set(), {"neighbourhood_first"}),
        ("BUR", Rule("R09", "percent", "0"), "DESK-1", ALL_DAY, {}, {"too_many_people"}, {"neighbourhood_first"}),
        ("BUR", Rule("R17", parameter="1"), "DESK-1", ALL_DAY, {}, {"quota_reached"}, {"neighbourhood_first"}),
        (
            "HAL",
            Rule("R22", parameter="20:00"),
            "SALON",
            EVENING,
            {},
            {"too_late_at_night", "key_holder_needed"},
            set(),
        ),
        ("VER", Rule("R22", parameter="20:00"), "SALON", EVENING, {}, {"key_holder_needed"}, set()),
    ],
)
def test_each_judge_asks_how_the_rule_holds_in_the_zone(zone, rule, space, hours, more, refused, warned):
    where = replace(
        house({"ROOM": {"min_attendees": 4}}),
        services={AT_HOME.code: AT_HOME},
        zone_rules={(rule.code, zone): ((ALWAYS, rule),)},
    )
    assert told(where, space, *hours, more) == (refused, warned)


def test_a_booth_needs_to_be_seen_into_from_the_hour_of_its_zone_on():
    where = house({"BOOTH": {"sightline": False}})
    where = replace(where, zone_rules={("R12", "HAL"): ((ALWAYS, Rule("R12", parameter="10:00")),)})
    assert told(where, "BOOTH", "09:00", "10:00", {})[0] == set()
    assert told(where, "BOOTH", "09:30", "10:30", {})[0] == {"sightline_needed"}

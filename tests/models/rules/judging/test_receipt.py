"""A receipt is enough to judge again: the same verdict, whatever becomes of the house and its bookings."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.house.house import Outage, Rule
from models.rules.house.quota import Quota
from models.rules.judging.facts import Facts, Held
from models.rules.judging.judge import judge
from models.rules.judging.receipt import as_json, judge_again, met, met_from, rulebook_from, rulebook_of, without_waived
from models.rules.presence.counts import LiveCount
from models.rules.times.hours import Closure
from tests.models.rules.builders import ANN, CARETAKER, KAAT, MONDAY, NOW, SERVICES, at, during, house, taken, wanted

HOUSE = replace(
    house(
        {
            "ROOM": {
                "buffer_after": timedelta(minutes=15),
                "accessible": True,
                "wheelchair_places": 2,
                "equipment": frozenset({"scherm"}),
                "approval_role": "receptionist",
            },
            "LEFT": {"ventilation_m3h": 320, "fire_max": 9},
        },
        limits={"HAL": 24, "VER": 20, "F1": 22, "AC": 40},
        closures=[Closure(MONDAY, "half_day", 7 * 60, 15 * 60, frozenset({"OCMW"}), "Feestje")],
        rules=[
            Rule("R07", severity="warn"),
            Rule("R09", severity="percent", parameter="80"),
            Rule("R17", parameter="2", override_allowed=True),
            Rule("R23", severity="warn", parameter="2"),
        ],
    ),
    quotas=(Quota("organisation", "GEM", "meeting_room", "hours", "week", 6, date(2000, 1, 1), None, 1),),
    outages=(Outage("space", "BOOTH", "panic_button", MONDAY),),
    zone_rules={
        ("R07", "VER"): ((MONDAY, Rule("R07", mode="enforce")),),
        ("R17", "BUR"): ((date(2000, 1, 1), Rule("R17", parameter="1")), (date(2027, 3, 1), None)),
        ("R23", "HAL"): ((date(2000, 1, 1), Rule("R23", parameter="3", mode="enforce")),),
    },
)
PEOPLE = (ANN, KAAT, CARETAKER, replace(ANN, id=77, username="olga", organisation="OCMW", home_zone="BUR"))


@st.composite
def stretches(draw):
    start = draw(st.integers(7 * 4, 20 * 4))
    end = start + draw(st.integers(1, 12))
    clock = [f"{MONDAY}T{each // 4:02}:{each % 4 * 15:02}" for each in (start, min(end, 95))]
    return during(*clock)


@st.composite
def wishes(draw):
    space = draw(st.sampled_from(sorted(HOUSE.spaces)))
    stretch = draw(stretches())
    if space.startswith("DESK"):
        stretch = draw(st.sampled_from([during("07:00", "12:30"), during("12:30", "19:00"), during("07:00", "19:00")]))
    return replace(
        wanted(space, "09:00", "10:00", draw(st.sampled_from(PEOPLE))),
        during=stretch,
        attendees=draw(st.none() | st.integers(1, 24)),
        wheelchair=draw(st.integers(0, 2)),
        service=draw(st.none() | st.sampled_from(SERVICES)),
        exclusive=draw(st.booleans()),
        equipment=draw(st.sampled_from([frozenset(), frozenset({"scherm"})])),
        key_holder=draw(st.none() | st.just(CARETAKER)),
    )


@st.composite
def worlds(draw):
    standing = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        space, who = draw(st.sampled_from(sorted(HOUSE.spaces))), draw(st.sampled_from(PEOPLE))
        standing.append(
            replace(
                taken(space, "09:00", "10:00", draw(st.integers(1, 9)), number=number, organiser=who),
                during=draw(stretches()),
                is_outside=who.is_outside,
                in_refuge=draw(st.integers(0, 1)),
            )
        )
    held = tuple(Held(each.id, HOUSE.spaces[each.space].kind, each.during, each.organiser, "GEM") for each in standing)
    counted = (LiveCount("OPEN", 12, at("09:00"), at("09:30")),) if draw(st.booleans()) else ()
    return Facts(HOUSE, tuple(sorted(standing, key=lambda each: each.during.start)), None, held, counted)


@given(wishes(), worlds(), st.sampled_from([frozenset(), frozenset({"R17"})]))
def test_judging_again_from_its_receipt_gives_the_same_verdict(wish, facts, waived):
    policy = HOUSE.policy(wish.space, MONDAY)
    verdict = judge(wish, policy, facts, NOW)
    book = json.loads(json.dumps(as_json(rulebook_of(HOUSE, wish.space))))
    kept = json.loads(json.dumps(as_json(met(wish, policy, facts, verdict, NOW, waived))))
    assert judge_again(rulebook_from(book), met_from(kept)) == without_waived(verdict, waived)


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("buffer_after", "PT900S", timedelta(minutes=15)),
        ("buffer_after", "PT15M", timedelta(minutes=15)),
        ("buffer_before", "P0D", timedelta()),
        ("buffer_before", "PT0S", timedelta()),
    ],
)
def test_a_length_is_read_however_receipts_have_ever_written_it(field, written, read):
    book = as_json(rulebook_of(HOUSE, "ROOM"))
    book["policies"]["ROOM"][0][1][field] = written
    assert getattr(rulebook_from(book).policies["ROOM"][0][1], field) == read


def test_a_receipt_holds_no_name():
    wish = wanted(
        "ROOM",
        "09:00",
        "10:00",
        replace(ANN, name="Ann Peeters", email="ann@example.org"),
        attendees=4,
        key_holder=replace(CARETAKER, name="Marc Maes"),
    )
    facts = Facts(HOUSE)
    policy = HOUSE.policy("ROOM", MONDAY)
    text = json.dumps(
        [as_json(met(wish, policy, facts, judge(wish, policy, facts, NOW), NOW)), as_json(rulebook_of(HOUSE, "ROOM"))]
    )
    assert not any(word in text for word in ("Peeters", "Maes", "example.org", "Feestje"))

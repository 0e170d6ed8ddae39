"""A receipt is enough to judge again: the same verdict, whatever becomes of the house and its bookings."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.bookings.fields import Caller
from models.rules.house.house import Names, Outage, Rule, Service
from models.rules.house.quota import Quota
from models.rules.judging.facts import Facts, Held
from models.rules.judging.judge import Verdict, judge
from models.rules.judging.nameless import nameless_reason
from models.rules.judging.old_receipts import met_in, rulebook_in
from models.rules.judging.receipt import as_json, judge_again, met, met_from, rulebook_from, rulebook_of, without_waived
from models.rules.people.callers import stand_in
from models.rules.presence.counts import LiveCount
from models.rules.times.hours import Closure
from tests.models.rules.builders import ANN, CARETAKER, KAAT, MONDAY, NOW, SERVICES, at, during, house, taken, wanted
from tests.models.rules.judging.receipts_once import content_once, facts_once

NUMBER = 800_000  # no limit and no count is as high
ALL_SERVICES = (*SERVICES, Service("REGISTRY", "GEM", Names(nl="Burgerzaken"), home_zone="BUR"))
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
        services={each.code: each for each in ALL_SERVICES},
    ),
    quotas=(
        Quota("organisation", "GEM", "meeting_room", "hours", "week", 6, date(2000, 1, 1), None, 1),
        Quota("service", "SOCIAL", None, "bookings", "day", 1, date(2000, 1, 1), None, 2),
        Quota("service", "REGISTRY", "desk", "half_days", "week", 2, date(2000, 1, 1), None, 3),
        Quota("person", "olga", None, "bookings", "day", 1, date(2000, 1, 1), None, 900_004),
        Quota("role", "association", None, "hours", "month", 2, date(2000, 1, 1), None, 5),
    ),
    outages=(Outage("space", "BOOTH", "panic_button", MONDAY),),
    zone_rules={
        ("R07", "VER"): ((MONDAY, Rule("R07", mode="enforce")),),
        ("R17", "BUR"): (
            (date(2000, 1, 1), Rule("R17", parameter="3")),
            (date(2027, 3, 1), None),
            (MONDAY, Rule("R17", parameter="1")),
        ),
        ("R23", "HAL"): ((date(2000, 1, 1), Rule("R23", parameter="3", mode="enforce")),),
    },
)
PEOPLE = (
    *(
        replace(each, id=900_000 + number)
        for number, each in enumerate(
            (
                ANN,
                KAAT,
                CARETAKER,
                replace(ANN, username="olga", organisation="OCMW", home_zone="BUR", service="SOCIAL"),
                replace(ANN, username="rita", service="REGISTRY"),
            )
        )
    ),
    stand_in(Caller("Wim", "De Zon"), "VER", HOUSE),
)


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
        booker=draw(st.sampled_from(PEOPLE)),
        service=draw(st.none() | st.sampled_from(ALL_SERVICES)),
        exclusive=draw(st.booleans()),
        equipment=draw(st.sampled_from([frozenset(), frozenset({"scherm"})])),
        key_holder=draw(st.none() | st.just(CARETAKER)),
        replaces=draw(st.none() | st.just(NUMBER + 1)),
    )


@st.composite
def worlds(draw):
    standing = []
    for number in range(NUMBER + 1, NUMBER + draw(st.integers(0, 6)) + 1):
        space, who = draw(st.sampled_from(sorted(HOUSE.spaces))), draw(st.sampled_from(PEOPLE))
        standing.append(
            replace(
                taken(space, "09:00", "10:00", draw(st.integers(1, 9)), number=number, organiser=who),
                during=draw(stretches()),
                is_outside=who.is_outside,
                in_refuge=draw(st.integers(0, 1)),
            )
        )
    services = {each.id: each.service for each in PEOPLE}
    held = tuple(
        Held(each.id, HOUSE.spaces[each.space].kind, each.during, each.organiser, "GEM", services[each.organiser])
        for each in standing
    )
    counted = (LiveCount("OPEN", 12, at("09:00"), at("09:30")),) if draw(st.booleans()) else ()
    return Facts(HOUSE, tuple(sorted(standing, key=lambda each: each.during.start)), None, held, counted)


WAIVED = st.sampled_from([frozenset(), frozenset({"R17"})])


@given(wishes(), worlds(), WAIVED)
def test_judging_again_from_its_receipt_gives_the_same_verdict(wish, facts, waived):
    policy = HOUSE.policy(wish.space, MONDAY)
    verdict = judge(wish, policy, facts, NOW)
    book = as_kept(as_json(rulebook_of(HOUSE, wish.space)))
    kept = as_kept(as_json(met(wish, policy, facts, verdict, NOW, waived)))
    assert judge_again(rulebook_from(book), met_from(kept)) == nameless(without_waived(verdict, waived))


@given(wishes(), worlds())
def test_nobody_stands_in_it_and_no_service_and_no_number_of_a_booking(wish, facts):
    policy = HOUSE.policy(wish.space, MONDAY)
    verdict = judge(wish, policy, facts, NOW)
    reasons = [asdict(nameless_reason(each)) for each in (*verdict.refusals, *verdict.warnings)]
    kept = as_kept([as_json(met(wish, policy, facts, verdict, NOW)), as_json(rulebook_of(HOUSE, wish.space)), reasons])
    found = set(leaves(kept))
    assert max(each for each in found if isinstance(each, int | float)) < NUMBER
    words = {word for each in found for word in re.split("[:; ]", str(each))}
    named = (
        {each.username for each in PEOPLE if each.has_account} | {each.name for each in PEOPLE} | set(HOUSE.services)
    )
    assert words & named == set()


@given(wishes(), worlds(), WAIVED)
def test_one_that_was_written_with_names_reads_as_if_it_had_been_written_without(wish, facts, waived):
    policy = HOUSE.policy(wish.space, MONDAY)
    verdict = judge(wish, policy, facts, NOW)
    content = as_kept(content_once(HOUSE, wish.space))
    once = as_kept(facts_once(wish, policy, facts, verdict, NOW, waived))
    assert rulebook_in(content) == rulebook_from(as_kept(as_json(rulebook_of(HOUSE, wish.space))))
    assert met_in(once, content) == met_from(as_kept(as_json(met(wish, policy, facts, verdict, NOW, waived))))
    assert judge_again(rulebook_in(content), met_in(once, content)) == nameless(without_waived(verdict, waived))


def as_kept(value):
    return json.loads(json.dumps(value))


def leaves(value):
    """Every word and number in it, keys too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def nameless(verdict: Verdict) -> Verdict:
    """As the half of it in which nobody stands has it: whose service it was stands in the booking."""
    refusals, warnings = (tuple(map(nameless_reason, each)) for each in (verdict.refusals, verdict.warnings))
    return replace(verdict, refusals=refusals, warnings=warnings)


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

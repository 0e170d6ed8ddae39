"""The judge against a walk minute by minute, on days drawn at random: both must say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.bookings.fields import Caller
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import judge
from models.rules.judging.when import desk_blocks
from models.rules.people.callers import stand_in
from models.rules.times.hours import Closure, HoursRow
from models.rules.times.interval import Interval
from tests.models.rules.builders import ANN, BRUSSELS, KAAT, house, judged, minutes, person, why_not
from tests.models.rules.judging import naive

# Around both clock changes of 2027, and an ordinary Monday.
DAYS = [
    date(2027, 3, 8),
    date(2027, 3, 27),
    date(2027, 3, 28),
    date(2027, 10, 30),
    date(2027, 10, 31),
    date(2027, 11, 1),
]
LONG_AGO = datetime(2027, 1, 1, tzinfo=UTC)
FREE = {"advance_days": 400, "slot_minutes": 1, "min_minutes": 1, "max_minutes": 1440}
PEOPLE = [ANN, person("bram"), KAAT, person("els", "OCMW"), stand_in(Caller("Wim", "De Zon"), "VER", house())]
ROOMS = ["LEFT", "RIGHT", "LEFT-RIGHT", "ROOM", "OPEN"]
OFTEN_SHARED = st.sampled_from([*ROOMS, "OPEN", "OPEN", "OPEN"])
CROWDS = {"too_many_people", "shared_space_full", "zone_full", "floor_full", "building_full", "space_taken"}

times = st.builds(
    lambda day, start, length: Interval(
        datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes(start),
        datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes(start + length),
    ),
    st.sampled_from(DAYS),
    st.integers(-60, 1440).map(lambda n: n - n % 5),
    st.integers(1, 60).map(lambda n: n * 5),
)
one_morning = st.builds(
    lambda start, length: Interval(
        datetime(2027, 3, 8, 6, tzinfo=UTC) + minutes(start * 5),
        datetime(2027, 3, 8, 6, tzinfo=UTC) + minutes((start + length) * 5),
    ),
    st.integers(0, 40),
    st.integers(1, 20),
)
buffers = st.fixed_dictionaries(
    {name: st.sampled_from([0, 5, 15, 30]).map(minutes) for name in ("buffer_before", "buffer_after")}
)
rooms_with_buffers = st.fixed_dictionaries({space: buffers for space in ROOMS if space != "OPEN"})
limits = st.fixed_dictionaries({}, optional={scope: st.integers(0, 40) for scope in ("VER", "HAL", "F0", "F1", "AC")})


@st.composite
def bookings(draw, during=one_morning, most=6) -> list[Taken]:
    """Anything at all, clashes included: the judge must cope with what stands there."""
    found = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        space = draw(OFTEN_SHARED)
        apart = space != "OPEN" or draw(st.integers(0, 5)) == 0
        found.append(Taken(number, space, draw(during), draw(st.integers(1, 15)), apart, 1000 + number))
    return sorted(found, key=lambda each: each.during.start)


@given(rooms_with_buffers, limits, bookings(), OFTEN_SHARED, one_morning, st.integers(1, 22), st.booleans())
def test_who_is_in_the_way_and_where_it_gets_too_full(policies, most, standing, space, during, attendees, alone):
    where = house({space: {**FREE, **policies.get(space, {})} for space in ROOMS}, limits=most)
    wish = Wanted(space, during, ANN, ANN, attendees=attendees, exclusive=alone)
    found = why_not(where, wish, *standing, now=LONG_AGO)
    assert found & CROWDS == naive.people_refusals(wish, attendees, standing, where)


@st.composite
def weekly_hours(draw) -> list[HoursRow]:
    rows = []
    for scope in draw(
        st.lists(
            st.sampled_from(
                [("building", "AC"), ("zone", "HAL"), ("zone", "VER"), ("space", "OPEN"), ("space", "ROOM")]
            ),
            max_size=4,
            unique=True,
        )
    ):
        for kind in draw(st.lists(st.sampled_from(["staff_access", "public"]), min_size=1, max_size=2, unique=True)):
            for _ in range(draw(st.integers(1, 4))):
                opens = draw(st.integers(0, 47)) * 30
                closes = draw(st.integers(opens // 30 + 1, 48)) * 30
                rows += [
                    HoursRow(*scope, weekday, None, opens, closes, kind, None, None)
                    for weekday in draw(st.sets(st.integers(1, 7), min_size=1))
                ]
    return rows


@st.composite
def closures(draw) -> list[Closure]:
    found = []
    for day in draw(st.sets(st.sampled_from(DAYS), max_size=2)):
        opens = draw(st.integers(0, 40)) * 30
        closes = draw(st.integers(opens // 30 + 1, 48)) * 30
        kind = draw(st.sampled_from(["half_day", "public_holiday"]))
        found.append(
            Closure(
                day,
                kind,
                opens,
                closes,
                frozenset(draw(st.sets(st.sampled_from(["GEM", "VER"]), min_size=1))),
                "Sluiting",
            )
        )
    return found


@given(weekly_hours(), closures(), st.sampled_from(["ROOM", "OPEN", "BOOTH"]), times, st.sampled_from(PEOPLE))
def test_hours_and_closures_through_both_clock_changes(rows, closed, space, during, organiser):
    where = house({space: FREE}, rows=rows, closures=closed)
    wish = Wanted(space, during, organiser, organiser, attendees=1)
    found = why_not(where, wish, now=LONG_AGO)
    assert found & {"outside_hours", "organisation_closed"} == naive.hours_refusals(
        wish, where.policies[space][0][1], rows, where
    )


@given(weekly_hours(), closures(), st.sampled_from(DAYS), st.integers(0, 2), st.sampled_from(PEOPLE))
def test_a_desks_half_day_is_what_of_it_lies_in_the_hours(rows, closed, day, block, organiser):
    where = house({"DESK-1": {"advance_days": 400}}, rows=rows, closures=closed)
    during, policy = desk_blocks(day, BRUSSELS)[block], where.policies["DESK-1"][0][1]
    kinds = ["public" if "association" in organiser.roles else "staff_access"]
    opened = [minute for minute in naive.walk(during) if naive.is_open(minute, kinds, policy, rows, where)]
    usable = [minute for minute in opened if not naive.is_closed(minute, organiser.organisation, closed, where)]
    verdict = judged(where, Wanted("DESK-1", during, organiser, organiser), now=LONG_AGO)
    if usable:
        assert verdict.accepted
        assert verdict.during == Interval(usable[0], usable[-1] + naive.MINUTE)
        again = judged(where, Wanted("DESK-1", verdict.during, organiser, organiser), now=LONG_AGO)
        assert again.accepted
        assert again.during == verdict.during
    else:
        assert [each.code for each in verdict.refusals] == ["organisation_closed" if opened else "outside_hours"]


wishes = st.builds(
    lambda space, during, attendees, alone: Wanted(space, during, ANN, ANN, attendees=attendees, exclusive=alone),
    OFTEN_SHARED,
    one_morning,
    st.none() | st.integers(1, 22),
    st.integers(0, 5).map(lambda drawn: drawn == 0),
)


@given(rooms_with_buffers, limits, st.lists(wishes, max_size=10))
def test_what_the_judge_accepts_never_breaks_a_limit(policies, most, asked):
    """One booking after the other; whatever was let in, no minute of the day holds too many people or two owners."""
    where = house({space: {**FREE, **policies.get(space, {})} for space in ROOMS}, limits=most)
    facts = Facts(where)
    for number, wish in enumerate(asked, start=1):
        verdict = judge(wish, where.policy(wish.space, date(2027, 3, 8)), facts, LONG_AGO)
        if verdict.accepted:
            facts = facts.with_taken(Taken(number, wish.space, verdict.during, verdict.persons, verdict.apart, number))
    for minute in naive.walk(Interval(datetime(2027, 3, 8, 6, tzinfo=UTC), datetime(2027, 3, 8, 12, tzinfo=UTC))):
        present = [each for each in facts.taken if each.during.has(minute)]
        for (scope, code), timeline in where.limits.items():
            inside = [each for each in present if getattr(where.spaces[each.space], scope) == code]
            assert naive.people_at(minute, inside) <= timeline[0][1]
        for place in ("LEFT", "RIGHT", "ROOM", "OPEN"):
            here = [each for each in present if place in where.spaces[each.space].parts]
            assert len(here) <= 1 or (place == "OPEN" and not any(each.apart for each in here))
        assert naive.people_at(minute, [each for each in present if each.space == "OPEN"]) <= 20


@given(bookings(), st.sampled_from(ROOMS), one_morning, st.integers(1, 10))
def test_three_days_away_nothing_stands_in_the_way(standing, space, during, attendees):
    where = house({space: FREE for space in ROOMS}, limits={"VER": 20})
    far = [
        replace(each, during=Interval(each.during.start + timedelta(days=3), each.during.end + timedelta(days=3)))
        for each in standing
    ]
    wish = Wanted(space, during, ANN, ANN, attendees=attendees)
    assert why_not(where, wish, *far, now=LONG_AGO) == why_not(where, wish, now=LONG_AGO)

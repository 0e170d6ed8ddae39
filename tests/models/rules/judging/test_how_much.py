"""How much one person, one service, one organisation may hold: R17 and the quotas that the house sets beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.house.house import Rule
from models.rules.house.quota import MEASURES, PERIODS, Quota, measured, period_of
from models.rules.judging.facts import Facts, Held
from models.rules.judging.judge import judge
from models.rules.times.interval import Interval
from tests.models.rules.builders import ANN, BRUSSELS, MONDAY, NOW, SERVICES, at, codes, during, house, person, wanted

BOB = person("bob")
SINCE = date(2000, 1, 1)
DAY = timedelta(days=1)


def held(
    start: str,
    end: str,
    kind: str = "meeting_room",
    who=ANN,
    *,
    number: int = 1,
    service: str | None = None,
    stands: bool = True,
) -> Held:
    return Held(number, kind, during(start, end), who.id, who.organisation, service or who.service, stands)


def verdict_on(wish, *standing: Held, quotas=(), rules=(), now=NOW):
    where = replace(house({"ROOM": {"advance_days": 365}}, rules=rules), quotas=tuple(quotas))
    return judge(wish, where.policy(wish.space, MONDAY), Facts(where, held=standing), now)


def over(verdict) -> list[tuple]:
    return [(each.code, each.rule, each.scope, each.limit, each.actual, each.clash) for each in verdict.refusals]


def desk_days(count: int, first: date = MONDAY) -> list[Held]:
    """So many half days at a desk, from the first morning of that week on."""
    return [
        held(
            f"{first + (number // 2) * DAY}T{'07:00' if number % 2 == 0 else '12:30'}",
            f"{first + (number // 2) * DAY}T{'12:30' if number % 2 == 0 else '19:00'}",
            "desk",
            number=number + 1,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("parameter", "standing", "start", "end", "found"),
    [
        ("10", 9, "2027-03-12T12:30", "2027-03-12T19:00", []),
        ("10", 9, "2027-03-12T07:00", "2027-03-12T19:00", [(10, 11, True)]),  # a full day is two
        ("4", 4, "2027-03-12T07:00", "2027-03-12T12:30", [(4, 5, True)]),
        ("4", 3, "2027-03-12T07:00", "2027-03-12T12:30", []),
        ("1", 0, "2027-03-12T07:00", "2027-03-12T19:00", [(1, 2, False)]),  # alone above it
        ("0", 0, "2027-03-12T07:00", "2027-03-12T12:30", [(0, 1, False)]),
        ("4", 4, "2027-03-15T07:00", "2027-03-15T12:30", []),  # the next ISO week
    ],
)
def test_r17_so_many_half_days_at_a_desk_in_an_iso_week(parameter, standing, start, end, found):
    wish = wanted("DESK-1", start, end)
    verdict = verdict_on(wish, *desk_days(standing), rules=[Rule("R17", parameter=parameter)], now=at("07:00"))
    assert over(verdict) == [("quota_reached", "R17", "person", *each) for each in found]


def test_r17_counts_what_is_past_in_that_week_and_not_what_was_given_back():
    wish = wanted("DESK-1", "2027-03-12T07:00", "2027-03-12T12:30")
    now = at("2027-03-12T06:00")
    past = [replace(each, stands=False) for each in desk_days(4)]  # sat there, and gone home
    assert codes(verdict_on(wish, *past, rules=[Rule("R17", parameter="4")], now=now).refusals) == {"quota_reached"}


def test_r17_a_half_day_cut_short_by_the_hours_is_still_a_half_day():
    short = Interval(at("2027-03-08T11:00"), at("2027-03-08T12:30"))
    assert measured("half_days", short, BRUSSELS) == 1
    assert measured("half_days", during("2027-03-08T11:00", "2027-03-08T13:00"), BRUSSELS) == 2


def test_a_booking_that_changes_does_not_count_against_itself():
    wish = wanted("DESK-1", "2027-03-09T12:30", "2027-03-09T19:00", replaces=4)
    assert verdict_on(wish, *desk_days(4), rules=[Rule("R17", parameter="4")], now=at("07:00")).accepted


def quota(
    scope: str, code: str | None, measure: str, period: str, amount: int, kind: str | None = "meeting_room", **more
) -> Quota:
    return Quota(scope, code, kind, measure, period, amount, **{"valid_from": SINCE, **more})


WISH = wanted("ROOM", "2027-03-10T13:00", "2027-03-10T15:00", attendees=4)
MORNING = held("2027-03-10T09:00", "2027-03-10T10:30")
BOBS = held("2027-03-10T09:00", "2027-03-10T12:00", who=BOB, number=2)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (quota("person", None, "bookings", "day", 2), None),
        (quota("person", None, "bookings", "day", 1), ("person", 1, 2, True)),
        (quota("person", "ann", "bookings", "day", 1), ("person", 1, 2, True)),
        (quota("person", "bob", "bookings", "day", 1), None),  # somebody else's
        (quota("role", "staff", "hours", "week", 3), ("role:staff", 3, 3.5, True)),
        (quota("role", "staff", "hours", "week", 4), None),  # each person's own: Bob's do not count
        (quota("role", "elected", "hours", "week", 0), None),
        (quota("organisation", "GEM", "hours", "week", 6), ("organisation:GEM", 6, 6.5, True)),
        (quota("organisation", "GEM", "hours", "week", 7), None),
        (quota("organisation", "GEM", "hours", "month", 6), ("organisation:GEM", 6, 6.5, True)),
        (quota("organisation", "OCMW", "hours", "week", 0), None),
        (
            quota("organisation", "GEM", "hours", "week", 1),
            ("organisation:GEM", 1, 6.5, False),
        ),  # two hours alone pass it
        (quota("organisation", "GEM", "hours", "week", 6, kind="desk"), None),  # of another kind
        (quota("organisation", "GEM", "hours", "week", 6, kind=None), ("organisation:GEM", 6, 6.5, True)),
        (quota("organisation", "GEM", "hours", "week", 6, valid_from=date(2027, 3, 11)), None),  # not yet
        (quota("organisation", "GEM", "hours", "week", 6, valid_to=date(2027, 3, 9)), None),  # no longer
        (quota("service", "PERMITS", "bookings", "held", 0), None),
    ],
)
def test_quotas_of_person_role_service_and_organisation(asked, found):
    assert over(verdict_on(WISH, MORNING, BOBS, quotas=[asked])) == (
        [("quota_reached", "R17", *found)] if found else []
    )


def test_a_talk_is_on_the_account_of_its_service_and_anything_else_on_the_organisers_own():
    permits = quota("service", "PERMITS", "bookings", "day", 1, kind=None)
    talk = wanted("BOOTH", "2027-03-10T13:00", "2027-03-10T13:30", service=SERVICES[1], attendees=2)
    standing = held("2027-03-10T09:00", "2027-03-10T09:30", "booth", BOB, service="PERMITS")
    assert "quota_reached" in codes(verdict_on(talk, standing, quotas=[permits]).refusals)
    of_permits = person("carl", service="PERMITS")
    room = wanted("ROOM", "2027-03-10T13:00", "2027-03-10T14:00", of_permits, attendees=4)
    assert "quota_reached" in codes(verdict_on(room, standing, quotas=[permits]).refusals)
    assert verdict_on(WISH, standing, quotas=[permits]).accepted


def test_what_is_held_at_once_are_bookings_that_still_hold_a_place():
    once = quota("person", None, "bookings", "held", 2)
    gone = held("2027-03-02T09:00", "2027-03-02T10:00", number=3)  # over since yesterday
    later = held("2027-06-01T09:00", "2027-06-01T10:00", number=4)
    left = replace(later, id=5, stands=False)
    assert verdict_on(WISH, gone, left, MORNING, quotas=[once]).accepted
    assert codes(verdict_on(WISH, later, MORNING, quotas=[once]).refusals) == {"quota_reached"}


def test_of_several_quotas_each_that_is_passed_is_named_so_the_strictest_wins():
    quotas = [
        quota("person", None, "bookings", "day", 1),
        quota("organisation", "GEM", "hours", "week", 6),
        quota("role", "staff", "hours", "week", 40),
    ]
    found = over(verdict_on(WISH, MORNING, BOBS, quotas=quotas))
    assert [each[2] for each in found] == ["person", "organisation:GEM"]


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.sampled_from([each for each in PERIODS if each != "held"]))
def test_every_instant_lies_in_exactly_one_period_of_each_sort(day, period):
    this = period_of(period, day, BRUSSELS)
    after = period_of(period, this.end.astimezone(BRUSSELS).date(), BRUSSELS)
    assert this.end == after.start
    assert this.start < this.end
    noon = at(f"{day}T12:00")
    assert this.has(noon)
    assert not after.has(noon)


@given(
    st.lists(st.tuples(st.integers(0, 13), st.integers(8, 17), st.integers(1, 3)), max_size=12),
    st.sampled_from(MEASURES[:2]),
    st.sampled_from(["day", "week"]),
    st.integers(0, 12),
)
def test_a_quota_refuses_exactly_when_the_sum_would_pass_it(others, measure, period, amount):
    first = date(2027, 3, 1)
    standing = [
        held(f"{first + days * DAY}T{hour:02}:00", f"{first + days * DAY}T{hour + length:02}:00", number=number)
        for number, (days, hour, length) in enumerate(others, start=1)
    ]
    same = {"day": lambda days: days == 9, "week": lambda days: 7 <= days < 14}[period]
    taken = sum(length if measure == "hours" else 1 for days, _hour, length in others if same(days))
    own = 2 if measure == "hours" else 1
    verdict = verdict_on(WISH, *standing, quotas=[quota("person", None, measure, period, amount)])
    assert verdict.accepted is (taken + own <= amount)

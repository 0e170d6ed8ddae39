"""What the rules cost: one booking judged against all of them and against none, a plan of 500 bookings, and a rehearsal
of ninety days of 5,000. All of it in this process."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.actions.plans.discard_plan import discard_plan
from models.actions.plans.make_plan import make_plan
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_effects import people_of
from models.queries.plans import counts_of
from models.queries.rehearsal import rehearsed
from models.queries.taken import facts_for
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetUse
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import RULE_CODES
from models.rules.judging.facts import Facts
from models.rules.judging.judge import judge
from models.rules.judging.rejudging import wanted_again
from models.rules.people.person import By
from models.rules.values import Scope
from tests.benchmarks import big_house
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Measured, Row
from tests.cast import ANN, FARID, NOW, ask

ALWAYS = date(2000, 1, 1)
JUDGEMENTS = 400


def _judging(bench: Bench) -> Measured:
    """In VZ-101 on a day on which forty rooms are booked; `share`: times the same against no rule."""
    with bench.app.test_request_context():
        house, ann = the_house(), person_by_username(ANN)
        wish = ask("VZ-101", f"{big_house.FULL_DAY}T18:30", "19:00", attendees=8)
        booking = big_house.as_booked(wish, ann)
        wanted = wanted_again(booking, {ANN: ann}, ann, house)
        facts = facts_for(house, "AC", [booking.during], ann, NOW)

        def judged(where: Facts) -> float:
            policy = where.house.policy("VZ-101", big_house.FULL_DAY)
            fresh = (where.taken, where.own, where.held)

            def often(_number: int) -> None:
                for _nth in range(JUDGEMENTS):
                    judge(wanted, policy, Facts(where.house, *fresh), NOW)

            return bench.cost_here(often, most=5)["app"] / JUDGEMENTS

        none, every = judged(replace(facts, house=_without_rules(house))), judged(facts)
        return {"inside": every, "share": every / none}


def _without_rules(house: House) -> House:
    return replace(
        house,
        rules={code: ((ALWAYS, Rule(code, mode="off")),) for code in RULE_CODES},
        limits={},
        quotas=(),
        precedence=(),
    )


def _plan(bench: Bench) -> Measured:
    """Fifty rooms go out of use for good; the five hundred bookings in them find another among three hundred. `share`:
    times the same bookings judged once each."""
    with bench.app.test_request_context():
        ids = big_house.rooms_to_leave()
        by, house = By(person_by_username(FARID), NOW), the_house()
        changes = [SetUse(Scope("space", code), False) for code in big_house.LEFT]
        once = _judged_once(bench, ids, house)
        made: list[int] = []

        def plan(_number: int) -> None:
            if made:
                discard_plan(made[-1], by)
            made.append(make_plan(changes, "Bench", by))

        cost = bench.cost_here(plan, most=3)
        counts = counts_of(made)[made[-1]]
        assert (counts.moved, counts.left) == (len(ids), 0), counts
        return cost | {"share": cost["app"] / once}


def _rehearsal(bench: Bench) -> Measured:
    """`share`: times the same bookings judged once each."""
    with bench.app.test_request_context():
        ids, house = big_house.ninety_days(5000), the_house()
        changes = [SetRule(Scope("rule", "R17"), {"mode": "enforce", "parameter": "1"})]
        once = _judged_once(bench, ids, house)
        found = []
        cost = bench.cost_here(lambda _n: found.append(rehearsed(changes, house, NOW)), most=3)
        assert found[-1].looked_at >= len(ids)
        return cost | {"share": cost["app"] / once}


def _judged_once(bench: Bench, ids: list[int], house: House) -> float:
    """CPU ms of judging each by itself, with nothing beside it."""
    bookings = [each for first in range(0, len(ids), 1000) for each in bookings_by_id(ids[first : first + 1000])]
    people, nobody = people_of(bookings), Facts(house)

    def judge_all(_number: int) -> None:
        for each in bookings:
            wanted = wanted_again(each, people, people[each.organiser], house)
            judge(wanted, house.policy(each.space, nobody.date_of(wanted.during)), nobody, NOW)

    return bench.cost_here(judge_all, most=3)["app"]


ROWS = (
    Row("judging one booking against all rules", (), _judging),
    Row("a plan of 500 bookings into 300 spaces", (), _plan),
    Row("rehearsal of 5,000 bookings", (), _rehearsal),
)

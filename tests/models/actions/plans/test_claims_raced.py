"""A claim is applied while its holders change, cancel and answer, and others book what was meant for them."""

from __future__ import annotations

import random
from datetime import timedelta

from blueprints.commands.demo_precedence import load_precedence
from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.claim_space import claim
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plans import kept_plan
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.people.person import By
from models.rules.refusals import NotFound, Refused
from tests.cast import ANN, BRAM, CHRIS, HUGO, NOW, ask, at
from tests.models.actions.racing import race

DAY, ROOM = "2027-03-22", "VZ-104"
TRIES = 40


def run(work, arguments):
    return work(*arguments)


def claim_until_it_holds(code: str) -> tuple[int | None, list[str]]:
    """The whole morning of one room; the plan's number, and every answer on the way."""
    officer, answers, number = By(person_by_username(HUGO), NOW), [], None
    for _ in range(TRIES):
        try:
            number = number or claim(ask(ROOM, f"{DAY}T08:00", "12:00", attendees=7), code, officer, reason="Extra")
            apply_plan(number, officer)
        except Refused as refused:
            answers += [each.code for each in refused.refusals]
        else:
            return number, [*answers, "applied"]
    return number, answers


def restless(who: str, ids: list[int], seed: int) -> list[str]:
    """Somebody who moves, cancels and books in that room and in those where its holders would go."""
    choice, person, outcomes, mine = random.Random(seed), person_by_username(who), [], list(ids)
    for _ in range(10):
        start = at(f"{DAY}T08:00") + timedelta(minutes=30 * choice.randrange(8))
        room = choice.choice([ROOM, "VZ-105", "VZ-103", "VZ-106"])
        act = choice.choice(["book", "move", "cancel"]) if mine else "book"
        try:
            if act == "book":
                request = ask(room, f"{DAY}T08:00", "08:30", attendees=3)
                request = type(request)(room, start, start + timedelta(minutes=30), attendees=3)
                mine.append(book(request, person, NOW).bookings[0].id)
            elif act == "move":
                change(
                    choice.choice(mine),
                    {"space": room, "start": start, "end": start + timedelta(minutes=30)},
                    person,
                    NOW,
                )
            else:
                cancel(mine.pop(), person, NOW)
            outcomes.append(act)
        except (Refused, NotFound) as refused:
            outcomes.append(type(refused).__name__)
    return outcomes


def test_a_claim_is_applied_whole_or_not_at_all_whatever_others_do(demo_app, demo_url):
    with demo_app.test_request_context():
        load_precedence()
        ids = {
            who: [book(ask(ROOM, f"{DAY}T{hour}", until, attendees=3), person_by_username(who), NOW).bookings[0].id]
            for who, hour, until in ((ANN, "08:00", "08:30"), (BRAM, "09:00", "09:30"), (CHRIS, "10:00", "10:30"))
        }
    outcomes = race(
        demo_url,
        run,
        [
            (restless, (ANN, ids[ANN], 1)),
            (claim_until_it_holds, ("COLLEGE",)),
            (restless, (BRAM, ids[BRAM], 2)),
            (restless, (CHRIS, ids[CHRIS], 3)),
        ],
    )
    number, answers = outcomes[1]
    assert answers[-1] == "applied", answers
    assert set(answers[:-1]) <= {"plan_outdated", "claim_without_place"}
    with demo_app.test_request_context():
        house, standing = the_house(), [each for each in bookings_page(limit=1000) if each.status in HOLDS_PLACE]
        mine = [each for each in standing if each.precedence == "COLLEGE"]
        assert [(each.handle, each.space) for each in mine] == [(kept_plan(number).booking, ROOM)]
        for one in standing:
            for other in standing:
                if one.id < other.id and one.during.overlaps(other.during):
                    assert not house.leaves_taken_by(one.space) & house.leaves_taken_by(other.space)

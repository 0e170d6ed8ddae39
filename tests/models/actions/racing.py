"""What a racer does: a process of its own with an app of its own, told by codes what to try."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

from app import create_app
from models.actions.book import book
from models.actions.cancel import cancel
from models.actions.change import change
from models.queries.people import person_by_username
from models.rules.refusals import NotFound, Refused
from models.tables.db import db
from tests.cast import NOW, ask, at
from tests.databases import SECRET

MONDAY = "2027-03-08"


def race(url: str, racer, arguments: list[tuple], processes: int = 4) -> list:
    """Run `racer(app, *arguments)` for each, spread over real processes; what each came to, in order."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_start, initargs=(url,)) as pool:
        return [job.result() for job in [pool.submit(_run, racer, each) for each in arguments]]


_APP = None


def _start(url: str) -> None:
    global _APP
    _APP = create_app({"TREFPUNT_DATABASE_URL": url, "TREFPUNT_SECRET_KEY": SECRET})


def _run(racer, arguments):
    with _APP.test_request_context():
        try:
            return racer(*arguments)
        finally:
            db.session.remove()


def try_to_book(who: str, space: str, start: str, end: str, attendees: int):
    """`booked`, or the codes of the refusal and the number of alternatives."""
    try:
        book(ask(space, f"{MONDAY}T{start}", end, attendees=attendees), person_by_username(who), NOW)
    except Refused as refused:
        return sorted({each.code for each in refused.refusals}), len(refused.alternatives)
    return "booked"


def book_move_and_cancel(who: str, spaces: list[str], seed: int, steps: int) -> list[str]:
    """Some steps of one restless person; every outcome by name. Anything but a refusal is an error of ours."""
    choice = random.Random(seed)
    person, mine, outcomes = person_by_username(who), [], []
    for _ in range(steps):
        start = at(f"{MONDAY}T08:00") + timedelta(minutes=15 * choice.randrange(24))
        end = start + timedelta(minutes=15 * choice.randint(1, 6))
        space, people = choice.choice(spaces), choice.randint(1, 12)
        action = choice.choice(["book", "book", "move", "cancel"]) if mine else "book"
        try:
            if action == "book":
                request = ask(space, f"{MONDAY}T08:00", "09:00", attendees=people)
                request = type(request)(space, start, end, attendees=people)
                mine.append(book(request, person, NOW).bookings[0].id)
            elif action == "move":
                change(choice.choice(mine), {"space": space, "start": start, "end": end}, person, NOW)
            else:
                cancel(mine.pop(choice.randrange(len(mine))), person, NOW)
            outcomes.append(action)
        except (Refused, NotFound) as refused:
            outcomes.append(type(refused).__name__)
    return outcomes

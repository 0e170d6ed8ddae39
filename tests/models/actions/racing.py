"""What a racer does: a process of its own with an app of its own, told by codes what to try."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta

from app import create_app
from models.actions.bookings.book import book
from models.actions.bookings.book_first import Visit, book_first
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.make_plan import make_plan
from models.queries.people import person_by_username
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from models.rules.refusals import NotFound, Refused
from models.tables.db import db
from tests.cast import FARID, NOW, ask, at
from tests.databases import SECRET
from tests.forks import STARTING

MONDAY = "2027-03-08"


def race(url: str, racer, arguments: list[tuple], processes: int = 4) -> list:
    """Run `racer(app, *arguments)` for each, spread over real processes; what each came to, in order."""
    with ProcessPoolExecutor(processes, mp_context=STARTING, initializer=_start, initargs=(url,)) as pool:
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


def book_all_day_long(who: str, rooms: list[str], seed: int, steps: int) -> int:
    """Somebody who keeps booking whatever they can get; how often that was something."""
    choice, person, made = random.Random(seed), person_by_username(who), 0
    for _ in range(steps):
        start = at(f"2027-03-{choice.randint(8, 12):02}T08:00") + timedelta(minutes=30 * choice.randrange(18))
        request = ask(choice.choice(rooms), f"{MONDAY}T08:00", "09:00", attendees=choice.randint(2, 4))
        request = replace(request, start=start, end=start + timedelta(minutes=30))
        try:
            book(request, person, NOW)
            made += 1
        except Refused:
            pass
    return made


def plan_until_it_holds(changes: list[dict], tries: int) -> tuple[int, list[str]]:
    """A manager who makes a plan and applies it, again for as long as something changed meanwhile."""
    manager, answers = By(person_by_username(FARID), NOW), []
    number = make_plan(read_changes(changes), "staircase closed", manager)
    for _ in range(tries):
        try:
            apply_plan(number, manager, leaving=True)
        except Refused as refused:
            answers += [each.code for each in refused.refusals]
        else:
            return number, [*answers, "applied"]
    return number, answers


def give_a_booth(who: str, booths: tuple[str, ...], service: str):
    """The booth that this coordinator got for a visitor; or how many others she heard of, each another one."""
    visit = Visit(ask(booths[0], "2027-03-03T09:00", "09:30", service=service, attendees=1), booths, 30)
    try:
        return book_first(visit, person_by_username(who), NOW).bookings[0].space
    except Refused as refused:
        return len({each.space for each in refused.alternatives})

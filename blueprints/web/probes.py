"""The end to how often somebody may ask whether others' places could be booked, held where a judgement is asked for;
and to how many visitor codes somebody may guess."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import Flask, current_app
from flask_babel import ngettext
from werkzeug.exceptions import TooManyRequests

from models.rules.bookings.kept_long import KeptLong
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.people.probing import Probe, Probes, is_probe
from models.rules.people.visitor_code import is_like_a_code
from models.rules.refusals import Refused

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class TooManyProbes(TooManyRequests):
    """429, with Retry-After; nothing was judged. `description`: a sentence for whoever asks."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(-(-wait // SECOND), 1)
        super().__init__(_sentence(-(-wait // MINUTE)), retry_after=self.seconds)

    @property
    def header(self) -> dict[str, str]:
        return {"Retry-After": str(self.seconds)}


def start_probes(app: Flask) -> None:
    app.extensions["probes"], app.extensions["codes"] = Probes(), Probes()
    app.extensions["kept_long"] = KeptLong()


@contextmanager
def judging(
    person: Person, space: str, about: str | None, house: House, now: datetime, *, books: bool
) -> Iterator[None]:
    """Around a judgement of a booking in a space, for `about` (None: for oneself). Raises TooManyProbes before anything
    is judged. `books`: what is accepted is booked, and no probe then."""
    most: int = current_app.config["TREFPUNT_PROBES"]
    if not most or not is_probe(person, space, about, house):
        yield
        return
    probes: Probes = current_app.extensions["probes"]
    probe = Probe(now, None if about == person.username else about)
    wait = probes.add(person, probe, most)
    if wait:
        raise TooManyProbes(wait)
    try:
        yield
    except Refused:
        raise
    except BaseException:  # nothing was judged: a name that is wrong, a database that is away
        probes.take_back(person, probe)
        raise
    if books:
        probes.take_back(person, probe)


@contextmanager
def reading_codes(person: Person, text: str, now: datetime) -> Iterator[list[object]]:
    """Around a search, whose findings are put into the list. One for a visitor code that finds nothing counts, as many
    as probes and beside them: a reception types all day, and rarely a wrong one. Raises TooManyProbes before it."""
    found: list[object] = []
    most: int = current_app.config["TREFPUNT_PROBES"]
    if not most or not is_like_a_code(text):
        yield found
        return
    codes: Probes = current_app.extensions["codes"]
    guess = Probe(now, None)
    wait = codes.add(person, guess, most)
    if wait:
        raise TooManyProbes(wait)
    yield found
    if found:
        codes.take_back(person, guess)


def _sentence(minutes: int) -> str:
    return ngettext(
        "You asked very often about spaces or people of others. Nothing was checked. Try again in %(num)d minute.",
        "You asked very often about spaces or people of others. Nothing was checked. Try again in %(num)d minutes.",
        max(minutes, 1),
    )

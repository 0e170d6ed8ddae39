"""The days on which the talks come to be, one pair after another, while everybody looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.queries.people import person_by_username
from models.rules.bookings.fields import BookingRequest
from tests.attack.looks import Look, Onlooker
from tests.attack.solver import reckoned, signs_of
from tests.attack.talks import Pair, Talk
from tests.attack.town import Town


@dataclass
class Watched:
    """What one onlooker saw of each talk that is not of their own organisation, by its number."""

    signs: dict[int, frozenset[str]] = field(default_factory=dict)
    handles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    persons: dict[int, tuple[int, int]] = field(default_factory=dict)

    def saw(self, talk: Talk, before: Look, after: Look) -> None:
        self.signs[talk.number] = signs_of(before, after)
        self.handles[talk.number] = after["bookings"].items
        self.persons[talk.number] = reckoned(before, after)

    def saw_go(self, talk: Talk, before: Look, after: Look) -> None:
        """Backwards it is the same again."""
        self.signs[talk.number] |= {f"gone {each}" for each in signs_of(before, after)}
        least, most = reckoned(after, before)
        was = self.persons[talk.number]
        self.persons[talk.number] = max(was[0], least), min(was[1], most)


def watch(onlookers: Mapping[str, Onlooker], pairs: Sequence[Pair], town: Town) -> Mapping[str, Watched]:
    """Every fifth pair does not come to pass after all."""
    watched = {who: Watched() for who in onlookers}
    for number, pair in enumerate(pairs):
        there = {
            who: each for who, each in onlookers.items() if town.organisation_of(who) != pair.talks[0].organisation
        }
        before = _all_look(there, pair)
        with town.app.test_request_context():
            made = _booked(pair, town)
        after = _all_look(there, pair)
        for (who, talk), look in after.items():
            watched[who].saw(talk, before[who, talk], look)
        if number % 5 == 0:
            with town.app.test_request_context():
                for booking, talk in zip(made, pair.talks, strict=True):
                    cancel(booking, person_by_username(talk.organiser), town.clock())
            for (who, talk), look in _all_look(there, pair).items():
                watched[who].saw_go(talk, after[who, talk], look)
    return watched


def _all_look(onlookers: Mapping[str, Onlooker], pair: Pair) -> Mapping[tuple[str, Talk], Look]:
    return {(who, talk): each.look(talk) for who, each in onlookers.items() for talk in pair.talks}


def _booked(pair: Pair, town: Town) -> list[int]:
    asked = pair.talks[:1] if pair.in_series else pair.talks
    answers = [book_talk(talk, town, recurrence="FREQ=DAILY;COUNT=2" if pair.in_series else None) for talk in asked]
    return [number for each in answers for number in each]


def book_talk(talk: Talk, town: Town, **more: str | None) -> list[int]:
    asked = BookingRequest(
        talk.space,
        talk.start,
        talk.end,
        attendees=talk.persons,
        title=talk.client,
        service=talk.service,
        visitors=1 if talk.persons > 1 else 0,
        **more,
    )
    return [each.id for each in book(asked, person_by_username(talk.organiser), town.clock()).bookings]

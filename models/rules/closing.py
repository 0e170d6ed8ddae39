"""A closure as somebody asks for it: one date or a stretch of them, whole days or open for a part, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.hours import Closure, closed_for
from models.rules.house import House
from models.rules.interval import civil_day
from models.rules.refusals import BadRequest

CLOSURE_KINDS = ("public_holiday", "local_closure", "bridging_day", "half_day")
OPEN_IN_PART = "half_day"
MOST_DAYS = 60
LONGEST_NAME = 200
END_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class ClosureWish:
    """`names`: by language, Dutch always among them. `opens`, `closes`: minutes of a day that is open in part.
    `organisations` empty: all of them."""

    first: date
    last: date
    names: Mapping[str, str | None]
    kind: str = "local_closure"
    opens: int | None = None
    closes: int | None = None
    organisations: frozenset[str] = frozenset()

    def closures(self) -> tuple[Closure, ...]:
        """One for each day."""
        return tuple(Closure(self.first + timedelta(days=n), self.kind, self.opens, self.closes, self.organisations,
                             self.names["nl"] or "") for n in range((self.last - self.first).days + 1))


def closure_faults(wish: ClosureWish, today: date, house: House) -> Iterator[BadRequest]:
    """Everything wrong with it, as values that each name their field. What was true of a past day stays true."""
    if wish.first < today:
        yield BadRequest("from", "in_the_past")
    if wish.last < wish.first:
        yield BadRequest("to", "ends_before_start")
    elif (wish.last - wish.first).days >= MOST_DAYS:
        yield BadRequest("to", "too_many_days", most=MOST_DAYS)
    if not (wish.names.get("nl") or "").strip():
        yield BadRequest("name", "required")
    for language, name in wish.names.items():
        if len(name or "") > LONGEST_NAME:
            yield BadRequest("name" if language == "nl" else f"names.{language}", "too_long_text")
    yield from _hours_faults(wish)
    if not wish.organisations <= house.organisations.keys():
        yield BadRequest("organisations", "unknown_code")


def _hours_faults(wish: ClosureWish) -> Iterator[BadRequest]:
    if wish.kind not in CLOSURE_KINDS:
        yield BadRequest("kind", "unknown_choice")
    elif wish.kind != OPEN_IN_PART:
        if wish.opens is not None or wish.closes is not None:
            yield BadRequest("kind", "hours_need_half_day")
    elif wish.opens is None or wish.closes is None:
        yield BadRequest("opens" if wish.opens is None else "closes", "required")
    elif not (0 <= wish.opens <= END_OF_DAY and 0 <= wish.closes <= END_OF_DAY):
        yield BadRequest("opens", "outside_a_day")
    elif wish.closes <= wish.opens:
        yield BadRequest("closes", "closes_before_opens")


def news_among(closures: Iterable[Closure], house: House) -> tuple[Closure, ...]:
    """Those by which somebody is closed who was not yet: a holiday in the middle of a closed week says nothing new."""
    return tuple(closure for closure in closures if _closes_somebody(closure, house))


def _closes_somebody(closure: Closure, house: House) -> bool:
    whole, before = civil_day(closure.day, house.zone), [each for each in house.closures if each.day == closure.day]
    return any(closed_for(before, code, whole, house.zone) != closed_for((*before, closure), code, whole, house.zone)
               for code in closure.organisations or house.organisations)


def if_closed(house: House, added: Iterable[Closure], removed: Closure | None = None) -> House:
    """The house with these closures, and without one, so that their effects show before anybody saves them."""
    standing = list(house.closures)
    if removed in standing:
        standing.remove(removed)
    return replace(house, closures=(*standing, *added))

"""A closure as somebody asks for it: one date or a stretch of them, whole days or open for a part, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.changes.change import Change
from models.rules.changes.hours import clock
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.people.rights import may_close
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.times.hours import Closure, closed_for
from models.rules.times.interval import civil_day
from models.rules.values import LONGEST_LINE, MINUTES_A_DAY, Scope

CLOSURE_KINDS = ("public_holiday", "local_closure", "bridging_day", "half_day")
OPEN_IN_PART = "half_day"
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Close(Change):
    """On each of its days, one day where no last one is given. `names`: by language, Dutch always among them. `opens`,
    `closes`: minutes of a day that is open in part. `organisations` empty: all of them.

    Its place is one organisation, the only building, or the municipality, for several or all.
    """

    names: Mapping[str, str | None]
    kind: str = "local_closure"
    opens: int | None = None
    closes: int | None = None
    organisations: frozenset[str] = frozenset()

    @property
    def until(self) -> date:
        return self.last or self.since

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.since + timedelta(days=number) for number in range((self.until - self.since).days + 1))

    def closures(self) -> tuple[Closure, ...]:
        """One for each day."""
        return tuple(
            Closure(day, self.kind, self.opens, self.closes, self.organisations, self.names["nl"] or "")
            for day in self.days
        )

    def check_may(self, house: House, person: Person) -> None:
        if not may_close(person, self.organisations):
            raise NotAllowed("set_closures")

    def check(self, house: House) -> None:
        for fault in self.faults(house):
            raise fault

    def faults(self, house: House) -> Iterator[BadRequest]:
        """Everything wrong with it, as values that each name their field."""
        if self.place.sort == "building" and len(house.buildings) > 1:
            yield BadRequest("", "not_changeable")  # a closing day is the organisations', in every building
        if len(self.days) > MOST_DAYS:
            yield BadRequest("to", "too_many_days", most=MOST_DAYS)
        if not (self.names.get("nl") or "").strip():
            yield BadRequest("name", "required")
        for language, name in self.names.items():
            if len(name or "") > LONGEST_LINE:
                yield BadRequest(
                    "name" if language == "nl" else f"names.{language}", "too_long_text", most=LONGEST_LINE
                )
        yield from self._faults_of_hours()
        if not self.organisations <= house.organisations.keys():
            yield BadRequest("organisations", "unknown_code")

    def _faults_of_hours(self) -> Iterator[BadRequest]:
        if self.kind not in CLOSURE_KINDS:
            yield BadRequest("kind", "unknown_choice")
        elif self.kind != OPEN_IN_PART:
            if self.opens is not None or self.closes is not None:
                yield BadRequest("kind", "hours_need_half_day")
        elif self.opens is None or self.closes is None:
            yield BadRequest("opens" if self.opens is None else "closes", "required")
        elif not (0 <= self.opens <= MINUTES_A_DAY and 0 <= self.closes <= MINUTES_A_DAY):
            yield BadRequest("opens", "outside_a_day")
        elif self.closes <= self.opens:
            yield BadRequest("closes", "closes_before_opens")

    def news(self, house: House) -> tuple[Closure, ...]:
        """The days by which somebody is closed who was not yet: a holiday in a closed week says nothing new."""
        return tuple(closure for closure in self.closures() if _closes_somebody(closure, house))

    def imagined(self, house: House) -> House:
        return if_closed(house, self.news(house))

    def spaces(self, house: House) -> frozenset[str]:
        return frozenset(house.spaces)

    def said(self) -> dict[str, object]:
        others = {language: name for language, name in self.names.items() if name and language != "nl"}
        return {
            "closure": {"name": self.names["nl"], "names": others, "kind": self.kind}
            | ({} if self.opens is None else {"opens": clock(self.opens), "closes": clock(self.closes)})
        }

    def in_its_plan(self, name: str) -> str:
        return Change.in_its_plan(self, name if name in ("scope", "from", "to") else f"closure.{name}".strip("."))

    def one_by_one(self, house: House) -> list[Close]:
        """One for each organisation, as a plan names its places; one for all where there is only one building."""
        if not self.organisations and len(house.buildings) == 1:
            return [replace(self, place=Scope("building", next(iter(house.buildings))))]
        return [
            replace(self, place=Scope("organisation", code), organisations=frozenset({code}))
            for code in sorted(self.organisations or house.organisations)
        ]


def if_closed(house: House, added: Iterable[Closure], removed: Closure | None = None) -> House:
    """The house with these closures, and without one, so that their effects show before anybody saves them."""
    standing = list(house.closures)
    if removed in standing:
        standing.remove(removed)
    return replace(house, closures=(*standing, *added))


def _closes_somebody(closure: Closure, house: House) -> bool:
    whole, before = civil_day(closure.day, house.zone), [each for each in house.closures if each.day == closure.day]
    return any(
        closed_for(before, code, whole, house.zone) != closed_for((*before, closure), code, whole, house.zone)
        for code in closure.organisations or house.organisations
    )

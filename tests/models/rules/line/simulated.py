"""A day at the counters, played by the rules alone: who comes when, how long each takes, and who is called."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from models.rules.house.line_settings import LineSettings
from models.rules.line.order import NOT_YET, next_of, number_before, turn_of
from models.rules.line.party import Party
from models.rules.line.waiting import Pace, Waiting, wait_of
from tests.cast import at

OPENS = at("2027-03-08T08:30")
IN_A_DAY = timedelta(hours=8)


@dataclass
class Called:
    arrived_at: datetime
    called_at: datetime
    due_at: datetime | None
    told: Waiting


@dataclass
class Day:
    """`visitors` come over eight hours, a fifth of them by appointment; a talk takes some eight minutes, now and then
    half an hour. What is told to each who walks in is kept with what came of it."""

    chance: random.Random
    settings: LineSettings
    counters: int
    visitors: int
    took: list[timedelta] = field(default_factory=list)
    called: list[Called] = field(default_factory=list)

    def pass_by(self) -> None:
        """From one thing that happens to the next: somebody comes, an hour draws near, a talk ends."""
        self.took = [self._length() for _each in range(60)]  # of the weeks before
        coming = sorted(self._comes(number) for number in range(self.visitors))
        happens: list[tuple[datetime, int, Party | None]] = []
        for came, number, due in coming:
            party = Party(f"party-{number}", number, "HAL", "PASS", came, due_at=due, id=number + 1)
            happens.append((came, number, party))
            if due:
                happens.append((max(came, due - self.settings.early), -number - 1, None))
        heapify(happens)
        waiting, told, going_on = list[Party](), dict[int, Waiting](), dict[int, datetime]()
        while happens:
            now, key, party = heappop(happens)
            if party is not None:
                waiting.append(party)
                to_come = [due for came, _number, due in coming if due and came > now]
                told[party.id] = self._told(party, waiting, [*going_on.values()], to_come)
            going_on.pop(key, None)  # a talk that ended, by its key
            while len(going_on) < self.counters:
                found = next_of(waiting, {"PASS"}, self.settings, now)
                if found is None:
                    break
                length, talk = self._length(), 1000 + found[0].number
                waiting.remove(found[0])
                self.called.append(Called(found[0].arrived_at, now, found[0].due_at, told[found[0].id]))
                going_on[talk] = now
                self.took.insert(0, length)
                heappush(happens, (now + length, talk, None))

    def _comes(self, number: int) -> tuple[datetime, int, datetime | None]:
        came = OPENS + IN_A_DAY * self.chance.random()
        if number % 5:
            return came, number, None
        due = OPENS + timedelta(minutes=10 * self.chance.randrange(2, 47))
        return due - timedelta(minutes=self.chance.randrange(-4, 20)), number, due

    def _told(self, party: Party, waiting: list[Party], busy: list[datetime], to_come: list[datetime]) -> Waiting:
        now, line = party.arrived_at, waiting
        if party.due_at is not None:
            return Waiting(0)
        not_yet = [each.due_at for each in line if each.due_at and turn_of(each, self.settings, now).why == NOT_YET]
        appointments = [due - self.settings.early - now for due in not_yet] + [
            due - now for due in to_come if due > now
        ]
        before = number_before(party, line, self.settings, now)
        return wait_of(before, Pace(self.took[:300], self.counters, [now - each for each in busy], appointments))

    def _length(self) -> timedelta:
        return timedelta(minutes=30 if self.chance.random() < 0.05 else max(1.0, self.chance.gauss(5, 2)))

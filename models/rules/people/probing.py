"""Judgements asked for and not booked. Enough noes about every place and hour add up to who sits where, so there is an
end to how many somebody gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from models.rules.house.house import House
from models.rules.people.person import Person

WINDOW, PEOPLE_WINDOW = timedelta(minutes=10), timedelta(hours=1)
MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """One judgement asked for, and the username of whom it was about, where that is somebody else."""

    at: datetime
    about: str | None


@dataclass(slots=True)
class Probes:
    """Who asked what in the last hour, by the number of the person. For one process, and safe in its threads."""

    _asked: dict[int, list[Probe]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, person: Person, probe: Probe, most: int) -> timedelta | None:
        """Note that it was asked; where it would be one too many, how long to wait instead. Noted before it is judged,
        so that many at once are not all the last one allowed."""
        with self._lock:
            asked = [each for each in self._asked.get(person.id, ()) if each.at > probe.at - PEOPLE_WINDOW]
            wait = _wait(asked, probe, most)
            self._asked[person.id] = asked if wait else [*asked, probe]
            return wait

    def take_back(self, person: Person, probe: Probe) -> None:
        """It was booked, or nothing was judged after all."""
        with self._lock:
            self._asked[person.id] = [each for each in self._asked.get(person.id, ()) if each is not probe]


def is_probe(person: Person, space: str, about: str | None, house: House) -> bool:
    """Whether a judgement is about a space or somebody that is not one's own. Of one's own organisation's spaces and
    of oneself there is nothing to find out."""
    found = house.spaces.get(space)
    if found is None:
        return False
    owners = (found.owner, house.zones[found.zone].owner)
    return person.organisation not in owners or about not in (None, person.username)


def _wait(asked: list[Probe], probe: Probe, most: int) -> timedelta | None:
    recent = [each for each in asked if each.at > probe.at - WINDOW]
    if len(recent) >= most:
        return recent[-most].at + WINDOW - probe.at
    people = _last_asked_about(asked)
    if probe.about is not None and probe.about not in people and len(people) >= MOST_PEOPLE:
        return min(people.values()) + PEOPLE_WINDOW - probe.at
    return None


def _last_asked_about(asked: Iterable[Probe]) -> dict[str, datetime]:
    return {each.about: each.at for each in asked if each.about is not None}

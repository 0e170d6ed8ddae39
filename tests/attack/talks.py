"""Talks drawn by lot, each two days of one hour in one space: with one client, or with two. Nothing of what is asked of
them follows from where and when they are: those stand in every list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

from tests.cast import BRUSSELS

SECRECY = {
    "GEM-VRE": "confidential",
    "GEM-HRM": "confidential",
    "GEM-OMG": "standard",
    None: "standard",
    "OCMW-SCH": "secret",
    "OCMW-LEE": "secret",
    "OCMW-SEN": "confidential",
    "CAW-SLA": "secret",
    "CAW-ONT": "secret",
    "CAW-GRP": "secret",
}
STAFF = {
    "GEM": "medewerker.burgerzaken",
    "OCMW": "maatschappelijk.werker",
    "CAW": "hulpverlener.caw",
}
WITHOUT_ALARM = {"GEM": "GEM-HRM", "OCMW": "OCMW-SEN", "CAW": "CAW-GRP"}  # as rooms are
# The services of an organisation, as often as its talks are of them.
IN_BOOTHS = {
    "GEM": ("GEM-VRE", "GEM-VRE", "GEM-VRE", "GEM-OMG", None),
    "OCMW": ("OCMW-SCH", "OCMW-SCH", "OCMW-LEE", "OCMW-SEN", None),
    "CAW": ("CAW-SLA", "CAW-SLA", "CAW-ONT", None, None),
}
IN_ROOMS = {code: (service, service, service, None, None) for code, service in WITHOUT_ALARM.items()}
BOOTHS = {
    "GEM": ("SK-01", "SK-02", "SK-03", "SK-04"),
    "OCMW": ("SK-01", "SK-03", "SK-05", "SK-06", "SK-07"),
    "CAW": ("SK-08", "SK-09"),
}
ROOMS = ("VZ-101", "VZ-102", "VZ-103")
ZONES = {"SK-08": "Z0-CAW", "SK-09": "Z0-CAW"}
FEW = (1, 2, 2, 2, 2, 2, 3, 3, 3, 3)  # booths hold three
SOME = (1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9)
MONDAY = date(2027, 3, 8)
HOURS = (9, 10, 11)  # when everybody is open on every day of the week
WEEKS = 3


@dataclass(frozen=True)
class Talk:
    number: int
    organisation: str
    space: str
    start: datetime
    end: datetime
    persons: int
    organiser: str
    service: str | None
    client: str

    @property
    def secrecy(self) -> str:
        return SECRECY[self.service]

    @property
    def is_in_a_booth(self) -> bool:
        return self.space.startswith("SK")

    @property
    def zone(self) -> str:
        return ZONES.get(self.space, "Z0-SPR" if self.is_in_a_booth else "Z1-VER")

    @property
    def floor(self) -> str:
        return f"F{self.zone[1]}"

    @property
    def alike(self) -> tuple[str, bool]:
        """Of whose people and in what sort of space: whoever sees where it is knows that, and what is usual there."""
        return self.organisation, self.is_in_a_booth


@dataclass(frozen=True)
class Pair:
    """Two talks that come to be between two looks. `in_series`: asked for at once, as a repeat."""

    talks: tuple[Talk, Talk]
    in_series: bool

    @property
    def same_client(self) -> bool:
        first, second = self.talks
        return first.client == second.client


def pairs(number: int, seed: int) -> Sequence[Pair]:
    """So many, in the order in which they are booked."""
    lot = Random(seed)
    found, taken = [], set()
    while len(found) < number:
        organisation = lot.choice(("GEM", "OCMW", "CAW", "CAW"))
        space = lot.choice(BOOTHS[organisation] if lot.random() < 0.7 else ROOMS)
        day = MONDAY + timedelta(weeks=lot.randrange(WEEKS), days=lot.randrange(4))
        hour = lot.choice(HOURS)
        places = {(space, day + timedelta(days=each), hour) for each in (0, 1)}
        if not places & taken:
            taken |= places
            found.append(_pair(2 * len(found), organisation, space, datetime(day.year, day.month, day.day, hour), lot))
    return found


def _pair(number: int, organisation: str, space: str, start: datetime, lot: Random) -> Pair:
    start = start.replace(tzinfo=BRUSSELS)
    minutes = lot.choice((30, 45))
    first = _talk(number, organisation, space, start, minutes, lot)
    second = replace(
        _talk(number + 1, organisation, space, start + timedelta(days=1), minutes, lot),
        **(
            {"organiser": first.organiser, "service": first.service, "client": first.client}
            if lot.random() < 0.5
            else {}
        ),
    )
    in_series = first.client == second.client and lot.random() < 0.5
    return Pair((first, replace(second, persons=first.persons) if in_series else second), in_series)


def _talk(number: int, organisation: str, space: str, start: datetime, minutes: int, lot: Random) -> Talk:
    services, persons = (IN_BOOTHS, FEW) if space.startswith("SK") else (IN_ROOMS, SOME)
    return Talk(
        number,
        organisation,
        space,
        start,
        start + timedelta(minutes=minutes),
        lot.choice(persons),
        f"{STAFF[organisation]}.0{lot.choice((1, 1, 1, 2, 2, 3, 4, 5))}",
        lot.choice(services[organisation]),
        f"K{lot.randrange(10, 99)}-{number:03}",
    )


def everybody_else(seed: int) -> Sequence[Talk]:
    """What stands there already, and is nobody's question: so that no zone is empty but for one talk."""
    lot = Random(seed)
    days = [MONDAY + timedelta(weeks=week, days=day) for week in range(WEEKS) for day in range(5)]
    return [
        replace(
            _talk(number, "GEM", space, datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS), 45, lot),
            persons=lot.randint(1, 6),
            service=None,
        )
        for number, (day, hour, space) in enumerate(product(days, HOURS, ("VZ-104", "VZ-105", "OR-01")))
        if lot.random() < 0.4
    ]

"""A building that is left, in earnest or as a drill: the list as it stood then, and what wardens ticked off on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.house.house import House
from models.rules.presence.counts import Line
from models.rules.refusals import BadRequest

SORTS = ("live", "drill", "test")  # the most serious first: what is more serious takes the place of what runs
MARKS = ("out", "empty", "missing", "open")
OF_A_ZONE = ("empty", "open")


@dataclass(frozen=True, slots=True)
class Mark:
    """`out`: all are safe. `empty`: searched, nobody was there. `missing`: of how many nobody knows where they are.
    `open`: ticked off by mistake."""

    mark: str
    missing: int
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark as a telephone sends it: `client_key` is its own name for it, `age` how long ago it was made by that
    telephone's clock."""

    client_key: str
    key: str
    mark: str
    missing: int
    age: timedelta


@dataclass(frozen=True, slots=True)
class Added:
    """Somebody who was not on the list: a name or `description`, the `zone` where they were seen or, empty, elsewhere,
    and whether they were found safe (`out`) or are `missing`. `key`: the form's own, so that one sent twice is one
    person."""

    key: str
    description: str
    zone: str
    mark: str


@dataclass(frozen=True, slots=True)
class ToClear:
    """A line of the list: people in a space, a zone to be searched (`sort` zone), or somebody who was not on the list
    and was `added` while it ran, with a `description` for as long as it runs. `mark` None: not ticked off."""

    key: str
    sort: str
    zone: str
    space: str | None = None
    persons: int = 0
    wheelchair: int = 0
    booking: int | None = None
    description: str | None = None
    mark: Mark | None = None

    @property
    def is_added(self) -> bool:
        return self.sort == "added"

    @property
    def is_zone(self) -> bool:
        return self.sort == "zone"

    @property
    def offered(self) -> tuple[str, ...]:
        return OF_A_ZONE if self.is_zone else MARKS

    @property
    def most_missing(self) -> int:
        return max(self.persons, 1)


@dataclass(frozen=True, slots=True)
class Evacuation:
    """One time that a building is left, from the alarm until somebody says that it is over. `sort`: `live`, a `drill`
    in which people leave, or a `test` in which nobody does and wardens only try the list."""

    id: int
    handle: str
    building: str
    sort: str
    started_at: datetime
    started_by: str | None
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def lasted(self) -> timedelta | None:
        return self.ended_at - self.started_at if self.ended_at else None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What nobody may pass over in silence: people `missing`, `lines` that nobody looked at, `zones` not searched."""

    missing: int = 0
    lines: int = 0
    zones: int = 0

    @property
    def is_nothing(self) -> bool:
        """Only then nobody is missing: of a line that nobody looked at, nobody knows."""
        return not (self.missing or self.lines or self.zones)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`out` and `missing` count people; groups of unknown size count in neither, but in `groups_out`. `lines_done` of
    `lines`, and `zones_done` of `zones`, were ticked off. `added`: how many of all these were not on the list, but for
    those entered by mistake."""

    out: int = 0
    missing: int = 0
    groups_out: int = 0
    empty: int = 0
    lines_done: int = 0
    lines: int = 0
    zones_done: int = 0
    zones: int = 0
    added: int = 0
    added_missing: int = 0

    @property
    def unsettled(self) -> Unsettled:
        return Unsettled(self.missing, self.lines - self.lines_done, self.zones - self.zones_done)


def made_at(tick: Tick, begun: datetime, received: datetime) -> datetime:
    """When a tick was made, whatever time the telephone thinks it is: its age is told by one clock alone, and lies
    between the beginning and its receipt. So the later of two wardens' ticks holds, whichever came in first."""
    return received - min(max(tick.age, timedelta(0)), received - begun)


def fault_of(mark: str, missing: int, line: ToClear) -> BadRequest | None:
    """Why this cannot be ticked off on the line."""
    if mark not in line.offered:
        return BadRequest("mark", "unknown_choice", choices=line.offered)
    if mark == "missing" and not 1 <= missing <= line.most_missing:
        return BadRequest("missing", "out_of_range", least=1, most=line.most_missing)
    return None


def gives_way(running: str, wanted: str) -> bool:
    """Whether what runs ends because something more serious begins: it turns out to be no drill."""
    return SORTS.index(wanted) < SORTS.index(running)


def to_clear(lines: Iterable[Line], building: str, house: House) -> tuple[ToClear, ...]:
    """What is ticked off: every line of the list, and every zone that is in use, searched whoever is expected there."""
    found = [
        ToClear(
            line.key, line.sort, house.spaces[line.space].zone, line.space, line.persons, line.wheelchair, line.booking
        )
        for line in lines
    ]
    return (
        *found,
        *(ToClear(f"z-{zone.code}", "zone", zone.code) for zone in house.zones.values() if zone.building == building),
    )


def outcome(lines: Sequence[ToClear]) -> Outcome:
    """How far the list is ticked off, and how many people are out or missing by it."""
    zones, groups = [each for each in lines if each.is_zone], [each for each in lines if not each.is_zone]
    marked = [(each, each.mark) for each in groups if each.mark]
    out = [(each, mark) for each, mark in marked if mark.mark == "out"]
    missing = [(each, mark) for each, mark in marked if mark.mark == "missing"]
    known = [(each, mark) for each, mark in (*out, *missing) if each.sort != "unknown"]
    return Outcome(
        out=sum(each.persons - mark.missing for each, mark in known),
        missing=sum(mark.missing for _each, mark in missing),
        groups_out=sum(each.sort == "unknown" for each, _mark in out),
        empty=sum(mark.mark == "empty" and not each.is_added for each, mark in marked),
        lines_done=len(marked),
        lines=len(groups),
        zones_done=sum(each.mark is not None for each in zones),
        zones=len(zones),
        added=sum(each.is_added and mark.mark != "empty" for each, mark in marked),
        added_missing=sum(each.is_added for each, _mark in missing),
    )

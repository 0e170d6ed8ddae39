"""What a piece of work costs, beside a baseline of the same run, and what it is to cost at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# What is measured, and how it stands on the terminal.
MEASURES = {
    "ms": "9.2f",  # CPU of all processes of the server and of the database, for one request or piece of work
    "app": "9.2f",  # the server's part of it
    "db": "8.2f",  # the database's; SQLite works within the app
    "hello": "9.2f",  # how many times the page of the same server that says hello
    "inside": "9.2f",  # CPU of the same in this one process, without a server around it
    "queries": "8.0f",  # sent to the database then
    "raw": "11,.0f",  # octets of the answer
    "sent": "11,.0f",  # octets that went over the line to a browser that takes gzip
    "wall": "8.0f",  # ms until the answer was there
    "per_s": "7.0f",  # a second
    "share": "7.2f",  # of the rate, or times the cost, of what it stands beside
    "mb": "6.0f",  # MB that a process of the server grew at its peak
}
Measured = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Aim:
    """`limit` is the most that `measure` may be; the least where `least` says so."""

    measure: str
    limit: float
    least: bool = False

    def is_met(self, measured: Measured) -> bool | None:
        """None where it was not measured."""
        found = measured.get(self.measure)
        if found is None:
            return None
        return found >= self.limit if self.least else found <= self.limit

    def __str__(self) -> str:
        return f"{self.measure} {'≥' if self.least else '≤'} {self.limit:,g}"


def at_most(**limits: float) -> tuple[Aim, ...]:
    return tuple(Aim(measure, limit) for measure, limit in limits.items())


def at_least(**limits: float) -> tuple[Aim, ...]:
    return tuple(Aim(measure, limit, least=True) for measure, limit in limits.items())


@dataclass(frozen=True, slots=True)
class Row:
    """`measure` is given the bench and answers what it found, or why there was nothing to measure."""

    what: str
    aims: tuple[Aim, ...]
    measure: Callable[[Any], Measured | str]  # the bench, which knows of rows itself


@dataclass(frozen=True, slots=True)
class Figure:
    database: str
    what: str
    measured: Measured
    aims: tuple[Aim, ...] = ()
    left_out: str = ""

    @property
    def are_met(self) -> bool | None:
        answers = [each.is_met(self.measured) for each in self.aims]
        known = [answer for answer in answers if answer is not None]
        return all(known) if known else None

    def as_json(self) -> dict[str, object]:
        return {
            "database": self.database,
            "what": self.what,
            **{name: round(value, 3) for name, value in self.measured.items() if value is not None},
            "aims": [str(each) for each in self.aims],
            "met": self.are_met,
            "left_out": self.left_out,
        }

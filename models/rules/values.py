"""The values that people and programs send, each with its limits and one canonical form: said here for every door.

A value type reads what JSON holds (`read`) and what a form field or a CSV cell holds (`from_text`): the same limits,
and for the same bad value the same BadValue. In a pydantic model it stands as `Annotated[int, PEOPLE]`, or as its
alias.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")

MOST_PEOPLE = 100_000
MINUTES_A_DAY = 24 * 60
LONGEST_CODE, LONGEST_LINE, LONGEST_NOTE, LONGEST_RULE = 64, 200, 2000, 500
FIRST_YEAR, LAST_YEAR = 2000, 2100
LINE_BREAKS = "\n\r"
RULE_CODES = tuple(f"R{number:02}" for number in range(1, 24))
# What stands for itself in no address and no list: / ? # and % of an address, ; of a list, \ of a path.
_NOT_IN_A_CODE = re.compile(r"[/\\;?#%]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―⁃−﹘﹣-"), "-")
_MOMENT = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
                     r"([Zz]|[+-][0-9]{2}:[0-9]{2})?")
_UNENCODED_PLUS = re.compile(r" (?=[0-9]{2}:[0-9]{2}$)")
_DAY = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


class BadValue(ValueError):
    """What cannot be read: a code and its facts, for the sentence that blueprints make of it."""

    def __init__(self, code: str, **facts: object):
        super().__init__(code)
        self.code, self.facts = code, facts


class Scope(NamedTuple):
    """A place, body or rule that something is about: `space`, `zone`, `floor`, `building`, `organisation`, `service` or
    `rule`, and its code. Written `floor:F1`."""

    sort: str
    code: str

    def __str__(self) -> str:
        return f"{self.sort}:{self.code}"

    @classmethod
    def read(cls, text: str | None) -> Scope:
        sort, _colon, code = (text or "").partition(":")
        return cls(sort, code)


@dataclass(frozen=True)
class Value(Generic[T]):
    """A kind of value. Its own subclass says what it takes; both ways of reading raise BadValue."""

    def read(self, value: object) -> T:
        """From JSON, strictly: nothing is guessed from a wrong type."""
        raise NotImplementedError

    def from_text(self, text: str) -> T:
        """From a form field or a cell, without blanks around it and not empty."""
        return self.read(text)

    @property
    def schema(self) -> dict[str, object]:
        """For the description of the API."""
        return {"type": "string"}

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read_for_pydantic)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, object]:
        return self.schema

    def _read_for_pydantic(self, value: object) -> T:
        try:
            return self.read(value)
        except BadValue as bad:
            raise PydanticCustomError(bad.code, bad.code, bad.facts) from None


@dataclass(frozen=True)
class InText(Value[T]):
    """The same kind of value where a program sends text: in the query of an address."""

    of: Value[T]

    def read(self, value: object) -> T:
        return self.of.from_text(str(value))

    @property
    def schema(self) -> dict[str, object]:
        return self.of.schema


@dataclass(frozen=True)
class Whole(Value[int]):
    least: int = 0
    most: int = MOST_PEOPLE

    def read(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValue("not_whole")
        if not self.least <= value <= self.most:
            raise BadValue("out_of_range", least=self.least, most=self.most)
        return value

    def from_text(self, text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,12}", text):
            raise BadValue("not_whole")
        return self.read(int(text))

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Decimal(Value[float]):
    """With a decimal point. `above`: more than `least`, not equal to it."""

    least: float = 0
    most: float = 10_000_000
    above: bool = False

    def read(self, value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise BadValue("not_a_number")
        if not self.least <= value <= self.most or (self.above and value == self.least):
            raise BadValue("not_above" if value == self.least else "out_of_range", least=self.least, most=self.most)
        return float(value)

    def from_text(self, text: str) -> float:
        if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?", text):
            raise BadValue("not_a_number")
        return self.read(float(text))

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Flag(Value[bool]):
    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise BadValue("not_a_flag")
        return value

    def from_text(self, text: str) -> bool:
        if text not in ("0", "1", "false", "true"):
            raise BadValue("not_a_flag")
        return text in ("1", "true")

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Text(Value[str]):
    """`lines`: it may have several. `needed`: more than blanks."""

    longest: int = LONGEST_LINE
    lines: bool = False
    needed: bool = False

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise BadValue("not_text")
        if self.needed and not value.strip():
            raise BadValue("required")
        if len(value) > self.longest:
            raise BadValue("too_long_text", most=self.longest)
        allowed = LINE_BREAKS if self.lines else ""
        # Control characters break calendars and mails, and hide things; half a character can be kept nowhere.
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed for sign in value):
            raise BadValue("control_character")
        return value

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "maxLength": self.longest, **({"minLength": 1} if self.needed else {})}


@dataclass(frozen=True)
class CodeText(Value[str]):
    """What people say aloud, and what stands in addresses and lists. Two that look alike are one code: signs that
    cannot be seen are left out, every dash is a hyphen, wide letters are letters. Letter case stays as it was first
    written; whoever makes something new compares by same_code()."""

    longest: int = LONGEST_CODE

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise BadValue("not_text")
        code = canonical_code(value)
        if not code:
            raise BadValue("required")
        if Text(self.longest).read(code) in (".", "..") or _NOT_IN_A_CODE.search(code):
            raise BadValue("not_a_code")
        return code

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True)
class OneOf(Value[str]):
    """`otherwise`: the code of what is none of them."""

    allowed: tuple[str, ...]
    otherwise: str = "unknown_choice"

    def read(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.allowed:
            raise BadValue(self.otherwise, choices=", ".join(self.allowed))
        return value

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "enum": list(self.allowed)}


@dataclass(frozen=True)
class DayValue(Value[date]):
    def read(self, value: object) -> date:
        found = _DAY.fullmatch(value) if isinstance(value, str) else None
        try:
            day = date.fromisoformat(value) if found else None
        except ValueError:
            day = None
        if day is None:
            raise BadValue("not_a_day")
        _check_year(day.year)
        return day

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class MomentValue(Value[datetime]):
    """RFC 3339 with an offset, and only that: a time without one would mean another instant in another place."""

    def read(self, value: object) -> datetime:
        found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise BadValue("not_a_moment")
        year, fraction, offset = found.groups()
        if offset is None:
            raise BadValue("no_offset")
        _check_year(int(year))
        text = value.upper()
        try:
            return datetime.fromisoformat(text.replace(fraction, fraction[:7]) if fraction else text)
        except ValueError:
            raise BadValue("not_a_moment") from None

    def from_text(self, text: str) -> datetime:
        """A plus sign that was not encoded arrives as a blank; nothing else could be meant by it."""
        return self.read(_UNENCODED_PLUS.sub("+", text))

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True)
class ClockValue(Value[int]):
    """HH:MM, as minutes since local midnight. `ends`: 24:00 too, the end of a day."""

    ends: bool = False

    def read(self, value: object) -> int:
        if self.ends and value == "24:00":
            return MINUTES_A_DAY
        if not isinstance(value, str) or not _CLOCK.fullmatch(value):
            raise BadValue("not_a_clock")
        return int(value[:2]) * 60 + int(value[3:])

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]$" + ("|^24:00$" if self.ends else "")}


def canonical_code(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return re.sub(" +", " ", "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")).strip()


def same_code(code: str) -> str:
    """What two codes have in common that differ in nothing but letter case: no two things may share it."""
    return canonical_code(code).casefold()


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue("year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)


PEOPLE, SOME_PEOPLE, MINUTES = Whole(), Whole(1), Whole(0, MINUTES_A_DAY)
FLAG, CODE, DAY, MOMENT, CLOCK, CLOSING = Flag(), CodeText(), DayValue(), MomentValue(), ClockValue(), ClockValue(True)
LINE, NOTE, REASON = Text(), Text(LONGEST_NOTE, lines=True), Text(LONGEST_NOTE, lines=True, needed=True)
ITEM = Text(100, needed=True)       # a thing in a space, as the town names it
NAMED = Text(80, needed=True)       # a scope such as zone:Z1

Places = Annotated[int, PEOPLE]
PartOfAttendees = Annotated[int, PEOPLE]
Attendees = Annotated[int, SOME_PEOPLE]
Code = Annotated[str, CODE]
Item = Annotated[str, ITEM]
Named = Annotated[str, NAMED]
Title = Annotated[str, LINE]
Note = Annotated[str, NOTE]
Reason = Annotated[str, REASON]
RepeatRule = Annotated[str, Text(LONGEST_RULE, needed=True)]
RuleCode = Annotated[str, OneOf(RULE_CODES, "not_a_rule")]
Day = Annotated[date, DAY]
Moment = Annotated[datetime, MOMENT]
Clock = Annotated[int, CLOCK]
Closing = Annotated[int, CLOSING]
Flagged = Annotated[bool, FLAG]

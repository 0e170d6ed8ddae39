"""The values that people and programs send, each with its limits and one canonical form: said here for every door.

A value type reads what JSON holds (`read`) and what a form field or a CSV cell holds (`from_text`): the same limits,
and for the same bad value the same BadValue. `written` is from_text() backwards. In a pydantic model a type stands as
`Annotated[int, PEOPLE]`, or as its alias.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar, Generic, NamedTuple, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from models.rules.codes import LONGEST_CODE, canonical_code, is_code

T = TypeVar("T")

MOST_PEOPLE = 100_000
MINUTES_A_DAY = 24 * 60
MOST_DIGITS = 4000  # Python reads no more of them as a number
LARGEST_ROW_NUMBER = 2**31 - 1  # what the databases can hold: a larger one belongs to nothing
LONGEST_LINE, LONGEST_NOTE = 200, 2000
FIRST_YEAR, LAST_YEAR = 2000, 2100
ALWAYS = date(1, 1, 1)  # the first day of what holds from the beginning: before every booking
_LIMITS = {"least": "minimum", "most": "maximum", "longest": "maxLength"}  # as JSON Schema calls them
# They break calendars and mails, and hide things; half a character (a surrogate) can be kept nowhere.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_LINES = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MOMENT = re.compile(
    r"([0-9]{4})-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_UNENCODED_PLUS = re.compile(r" (?=[0-9]{2}:[0-9]{2}$)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    def read(cls, text: str | None) -> Self:
        sort, _colon, code = (text or "").partition(":")
        return cls(sort, code)


@dataclass(frozen=True)
class Value(Generic[T]):
    """A kind of value. Its own subclass says what it takes; both ways of reading raise BadValue. `form`: in JSON."""

    form: ClassVar[dict[str, object]] = {"type": "string"}

    def read(self, value: object) -> T:
        """From JSON, strictly: nothing is guessed from a wrong type."""
        raise NotImplementedError

    def from_text(self, text: str) -> T:
        """From a form field or a cell, without blanks around it and not empty."""
        return self.read(text)

    def written(self, value: T) -> str:
        return str(value)

    @property
    def schema(self) -> dict[str, object]:
        """For the description of the API."""
        limits = {theirs: getattr(self, ours) for ours, theirs in _LIMITS.items() if hasattr(self, ours)}
        return self.form | limits | ({"minLength": 1} if getattr(self, "needed", False) else {})

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read_for_pydantic)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, object]:
        return self.schema

    def _read_for_pydantic(self, value: object, info: ValidationInfo) -> T:
        try:
            return self.read(value)
        except BadValue as bad:
            raise PydanticCustomError(bad.code, bad.code, bad.facts) from None


AnyValue = Value[Any]  # Any: each column and each rule has a kind of its own


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
    """A whole number from `least` to `most`."""

    form = {"type": "integer"}
    least: int = 0
    most: int = MOST_PEOPLE

    def read(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValue("not_whole")
        if not self.least <= value <= self.most:
            raise BadValue("out_of_range", least=self.least, most=self.most)
        return value

    def from_text(self, text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]+", text):
            raise BadValue("not_whole")
        return self.read(int(text) if len(text) <= MOST_DIGITS else self.most + 1)


@dataclass(frozen=True)
class Decimal(Value[float]):
    """Written with a decimal point; people may type a comma. `above`: more than `least`, not equal to it. `places`: how
    many decimals are written at least."""

    form = {"type": "number"}
    least: float = 0
    most: float = 10_000_000
    above: bool = False
    places: int = 0

    def read(self, value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
            raise BadValue("not_a_number")
        if self.above and value <= self.least:
            raise BadValue("not_above", least=self.least)
        if not self.least <= value <= self.most:
            raise BadValue("number_out_of_range", least=self.least, most=self.most)
        return float(value)

    def from_text(self, text: str) -> float:
        """After a comma one or two digits: 1,000 is a thousand to some."""
        if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+|,[0-9]{1,2})?", text):
            raise BadValue("not_a_number")
        return self.read(float(text.replace(",", ".")))

    def written(self, value: float) -> str:
        whole, _point, rest = f"{value:.12f}".partition(".")
        return f"{whole}.{rest.rstrip('0'):0<{self.places}}".rstrip(".")


@dataclass(frozen=True)
class Flag(Value[bool]):
    """Yes or no."""

    form = {"type": "boolean"}

    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise BadValue("not_a_flag")
        return value

    def from_text(self, text: str) -> bool:
        if text not in ("0", "1", "false", "true"):
            raise BadValue("not_a_flag")
        return text in ("1", "true")

    def written(self, value: bool) -> str:
        return "1" if value else "0"


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
        if (_CONTROL_IN_LINES if self.lines else _CONTROL).search(value):
            raise BadValue("control_character")
        return value


@dataclass(frozen=True)
class CodeText(Value[str]):
    """What people say aloud, and what stands in addresses and lists, in its one form. In a pydantic model, where the
    context tells which codes there are, one of these is itself, whatever its form."""

    longest: ClassVar[int] = LONGEST_CODE
    needed: ClassVar[bool] = True
    small: bool = False

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise BadValue("not_text")
        code = Text(self.longest).read(canonical_code(value))
        if not code:
            raise BadValue("required")
        if not is_code(code):
            raise BadValue("not_a_code")
        return code.lower() if self.small else code

    def _read_for_pydantic(self, value: object, info: ValidationInfo) -> str:
        if isinstance(value, str):
            code = self._code_in(value)
            is_old = code and not (canonical_code(code) == code and is_code(code))
            if is_old and info.context and code in info.context():
                return value
        return super()._read_for_pydantic(value, info)

    def _code_in(self, text: str) -> str:
        return text


@dataclass(frozen=True)
class ScopeText(CodeText):
    """The name of a scope, such as `zone:Z1`, its code in its one form; or a word without one."""

    longest: ClassVar[int] = 80

    def read(self, value: object) -> str:
        sort, colon, code = Text(self.longest, needed=True).read(value).partition(":")
        return f"{sort}{colon}{canonical_code(code)}"

    def _code_in(self, text: str) -> str:
        return text.partition(":")[2]


@dataclass(frozen=True)
class OneOf(Value[str]):
    """One of the words that are allowed, as they are written."""

    allowed: tuple[str, ...]

    def read(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.allowed:
            raise BadValue("unknown_choice", choices=", ".join(self.allowed))
        return value

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "enum": list(self.allowed)}


@dataclass(frozen=True)
class Written(Value[str]):
    """What is written in one way only. `otherwise`: the code of what is not. `large`: with capitals."""

    pattern: str
    otherwise: str
    longest: int = LONGEST_LINE
    large: bool = False

    def read(self, value: object) -> str:
        text = Text(self.longest).read(value)
        if not re.fullmatch(self.pattern, text):
            raise BadValue(self.otherwise)
        return text.upper() if self.large else text


@dataclass(frozen=True)
class TimeZone(Value[str]):
    """The name of a time zone that this machine knows, such as `Europe/Brussels`."""

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise BadValue("not_a_timezone")
        try:
            ZoneInfo(value)
        except (LookupError, ValueError, OSError):
            raise BadValue("not_a_timezone") from None
        return value


@dataclass(frozen=True)
class Listed(Value[tuple[str, ...]]):
    """Several of a kind, in a text written `a;b;c`: sorted, each once."""

    of: Value[str]

    def read(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise BadValue("not_a_list")
        return tuple(sorted(set(map(self.of.read, value))))

    def from_text(self, text: str) -> tuple[str, ...]:
        return tuple(sorted(set(map(self.of.from_text, _items(text)))))

    def written(self, value: tuple[str, ...]) -> str:
        return ";".join(map(self.of.written, value))


@dataclass(frozen=True)
class InOrder(Value[str]):
    """A list whose order counts, kept as the text `a;b;c`."""

    of: Value[str]

    def read(self, value: object) -> str:
        return ";".join(dict.fromkeys(map(self.of.from_text, _items(Text(LONGEST_NOTE).read(value)))))


@dataclass(frozen=True)
class DayValue(Value[date]):
    """A date of the calendar, written 2027-03-08, from `first_year` to `last_year`."""

    form = {"type": "string", "format": "date"}
    first_year: int = FIRST_YEAR
    last_year: int = LAST_YEAR

    def read(self, value: object) -> date:
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None:
            raise BadValue("not_a_day")
        _check_year(day.year, self.first_year, self.last_year)
        return day


@dataclass(frozen=True)
class MomentValue(Value[datetime]):
    """RFC 3339 with an offset, and only that: a time without one would mean another instant in another place."""

    form = {"type": "string", "format": "date-time"}

    def read(self, value: object) -> datetime:
        found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise BadValue("not_a_moment")
        year, fraction, offset = found.groups()
        if offset is None:
            raise BadValue("no_offset")
        _check_year(int(year))
        text = found.string.upper()
        try:
            return datetime.fromisoformat(text.replace(fraction, fraction[:7]) if fraction else text)
        except ValueError:
            raise BadValue("not_a_moment") from None

    def from_text(self, text: str) -> datetime:
        """A plus sign that was not encoded arrives as a blank; nothing else could be meant by it."""
        return self.read(_UNENCODED_PLUS.sub("+", text))


@dataclass(frozen=True)
class ClockValue(Value[int]):
    """HH:MM, as minutes since local midnight. `ends`: 24:00 too, the end of a day, which the clock of a page can only
    call 00:00 (`on_a_page`)."""

    ends: bool = False
    on_a_page: bool = False

    def read(self, value: object) -> int:
        if self.ends and value == "24:00":
            return MINUTES_A_DAY
        if not isinstance(value, str) or not _CLOCK.fullmatch(value):
            raise BadValue("not_a_clock")
        return int(value[:2]) * 60 + int(value[3:])

    def from_text(self, text: str) -> int:
        return MINUTES_A_DAY if self.on_a_page and text == "00:00" else self.read(text)

    def written(self, value: int) -> str:
        return f"{value // 60 % 24 if self.on_a_page else value // 60:02}:{value % 60:02}"

    @property
    def schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]$" + ("|^24:00$" if self.ends else "")}


@dataclass(frozen=True)
class WallTime(Value[time]):
    """HH:MM, as the wall clock shows it."""

    def read(self, value: object) -> time:
        return time(*divmod(CLOCK.read(value), 60))

    def written(self, value: time) -> str:
        return f"{value:%H:%M}"


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


def _check_year(year: int, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> None:
    if not first <= year <= last:
        raise BadValue("year_out_of_range", first=first, last=last)


PEOPLE, SOME_PEOPLE, MINUTES = Whole(), Whole(1), Whole(0, MINUTES_A_DAY)
SOME_PIECES = Whole(1, 100)  # that one appointment is for
SOME_MINUTES, PERCENT, ROW = Whole(1, MINUTES_A_DAY), Whole(0, 100), Whole(0, LARGEST_ROW_NUMBER)
FLAG, CODE, DAY, MOMENT, CLOCK, CLOSING = Flag(), CodeText(), DayValue(), MomentValue(), ClockValue(), ClockValue(True)
WALL_TIME, CLOSING_ON_A_PAGE = WallTime(), ClockValue(ends=True, on_a_page=True)
LAYOUT = CodeText(small=True)
STANDS = DayValue(1900, 9999)  # from when until when a place is there: houses are old, and 9999 is for good
METRES, LENGTH = Decimal(places=2), Decimal(above=True, places=2)
LINE, NOTE, REASON = Text(), Text(LONGEST_NOTE, lines=True), Text(LONGEST_NOTE, lines=True, needed=True)
COLOUR = Written(r"#[0-9A-Fa-f]{6}", "not_a_colour", large=True)
EMAIL = Written(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;]+\.[^@\s<>\"(),:;.]+", "not_an_email", 254)
PHONE = Written(r"\+?[0-9(][0-9 ()./-]{3,28}[0-9]", "not_a_phone", 30)
LANGUAGE = Written(r"[a-z]{2,3}", "not_a_language_code")  # of ISO 639
NAME = Text(needed=True)
ITEM = Text(100, needed=True)  # a thing in a space, as the town names it
NAMED = ScopeText()
PRESS = Written(r"[0-9A-Za-z-]{1,64}", "not_a_code")  # a form's own number: sent twice, it is done once

Places = Annotated[int, PEOPLE]
PartOfAttendees = Annotated[int, PEOPLE]
Attendees = Annotated[int, SOME_PEOPLE]
Code = Annotated[str, CODE]
Item = Annotated[str, ITEM]
Named = Annotated[str, NAMED]
Title = Annotated[str, LINE]
Note = Annotated[str, NOTE]
Name = Annotated[str, NAME]
Phone = Annotated[str, PHONE]
Email = Annotated[str, EMAIL]
Reason = Annotated[str, REASON]
RepeatRule = Annotated[str, Text(500, needed=True)]
Day = Annotated[date, DAY]
Moment = Annotated[datetime, MOMENT]
Clock = Annotated[int, CLOCK]
Closing = Annotated[int, CLOSING]
Flagged = Annotated[bool, FLAG]

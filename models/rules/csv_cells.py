"""Cells of the municipality's CSV files: text in, a value out, or BadCell with the reason's code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from models.rules.rule_parameters import percentages

Reader = Callable[[str], object]

CODE_LENGTH = 64
MOST_PERSONS = 100_000
_NOT_IN_A_CODE = re.compile(r"[/\\;?#%]")
_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;]+\.[^@\s<>\"(),:;.]+")


class BadCell(ValueError):
    """A cell that cannot be read: a reason's code and its facts, for the sentence that others make of it."""

    def __init__(self, code: str, **facts: object):
        super().__init__(code)
        self.code = code
        self.facts = facts


def text(longest: int = 200, *, line_breaks: bool = False) -> Reader:
    def read(cell: str) -> str:
        allowed = "\n\r" if line_breaks else ""
        if any(unicodedata.category(sign) == "Cc" and sign not in allowed for sign in cell):
            raise BadCell("control_character")
        if len(cell) > longest:
            raise BadCell("too_long", longest=longest)
        return cell
    return read


def code(cell: str) -> str:
    """What people say aloud, and what stands in addresses (no / ? # %) and in lists (no semicolon)."""
    text(CODE_LENGTH)(cell)
    if _NOT_IN_A_CODE.search(cell) or cell in (".", ".."):
        raise BadCell("not_a_code")
    return cell


def layout(cell: str) -> str:
    return str(code(cell)).lower()


def whole(least: int = 0, most: int = MOST_PERSONS) -> Reader:
    def read(cell: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,12}", cell):
            raise BadCell("not_whole")
        return int(_within(int(cell), least, most))
    return read


def decimal(least: float = 0, most: float = 10_000_000, *, above: bool = False) -> Reader:
    """A number with a decimal point; `above`: more than `least`, not equal to it."""
    def read(cell: str) -> float:
        if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?", cell):
            raise BadCell("not_a_number")
        number = _within(float(cell), least, most)
        if above and number == least:
            raise BadCell("not_above", least=least)
        return number
    return read


def percents(cell: str) -> str:
    """One percentage, or one for each kind of space that has its own: `meeting_room=50;desk=25`."""
    if "=" not in cell:
        whole(0, 100)(cell)
    if percentages(cell) is None:
        raise BadCell("not_percentages")
    return cell


def flag(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise BadCell("not_a_flag")
    return cell == "1"


def day(cell: str) -> date:
    if not re.fullmatch(r"(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}", cell):
        raise BadCell("not_a_date")
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise BadCell("not_a_date") from None


def clock(cell: str) -> int:
    """Minutes since local midnight of HH:MM."""
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", cell):
        raise BadCell("not_a_time")
    hours, minutes = cell.split(":")
    return int(hours) * 60 + int(minutes)


def closing_clock(cell: str) -> int:
    return 24 * 60 if cell == "24:00" else clock(cell)


def colour(cell: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", cell):
        raise BadCell("not_a_colour")
    return cell.upper()


def email(cell: str) -> str:
    text(254)(cell)
    if not _EMAIL.fullmatch(cell):
        raise BadCell("not_an_email")
    return cell


def timezone(cell: str) -> str:
    try:
        ZoneInfo(cell)
    except (LookupError, ValueError, OSError):
        raise BadCell("not_a_timezone") from None
    return cell


def one_of(*allowed: str) -> Reader:
    def read(cell: str) -> str:
        if cell not in allowed:
            raise BadCell("not_one_of", allowed=allowed)
        return cell
    return read


def listed(read: Reader) -> Reader:
    """A set of things written `a;b;c`, as a sorted tuple without repeats."""
    return lambda cell: tuple(sorted({read(item) for item in _items(cell)}))


def in_order(read: Reader) -> Reader:
    """A list whose order counts, kept as text `a;b;c`."""
    return lambda cell: ";".join(dict.fromkeys(str(read(item)) for item in _items(cell)))


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def _within(number: float, least: float, most: float) -> float:
    if number < least:
        raise BadCell("too_small", least=least)
    if number > most:
        raise BadCell("too_large", most=most)
    return number

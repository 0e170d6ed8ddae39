"""An RFC 5545 RRULE value, read with suspicion: what we do not follow is refused before any date is reckoned."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import UTC, date, datetime

from models.rules.times.repeat_rule import FREQUENCIES, WEEKDAYS, Rule

LONGEST_TEXT = 500
WIDEST_STEP = 999
KNOWN_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"}
# Nearer to the years 1 and 9999 the calendar runs out under a rule that is stepped through.
FIRST_YEAR, LAST_YEAR = 1900, 8999


class BadRecurrence(ValueError):
    """A rule that is not followed, with the `reason` as a code.

    unreadable · frequency · interval · count_or_until (exactly one) · not_supported ·
    too_many (dates) · too_long (reaches too far) · no_dates
    """

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def read_rule(value: str) -> Rule:
    """An RRULE value, with or without its name before it, as a Rule; BadRecurrence for all that we do not follow.

    Says nothing of how many dates there are or how far they reach: that needs a start.
    """
    parts = _split(value)
    if parts.get("FREQ") not in FREQUENCIES:
        raise BadRecurrence("frequency")
    if ("COUNT" in parts) == ("UNTIL" in parts):
        raise BadRecurrence("count_or_until")
    rule = Rule(
        frequency=parts["FREQ"],
        interval=_interval(parts.get("INTERVAL", "1")),
        count=_count(parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        months=_numbers(parts, "BYMONTH", range(1, 13)),
        month_days=_numbers(parts, "BYMONTHDAY", range(-31, 32)),
        weekdays=_weekdays(parts["BYDAY"]) if "BYDAY" in parts else (),
        positions=_numbers(parts, "BYSETPOS", range(-366, 367)),
        week_start=_one_of(WEEKDAYS, parts.get("WKST", "MO")),
    )
    has_ordinals = any(nth for nth, _ in rule.weekdays)
    if has_ordinals and rule.frequency in ("DAILY", "WEEKLY"):
        raise BadRecurrence("not_supported")
    if rule.month_days and rule.frequency == "WEEKLY":
        raise BadRecurrence("not_supported")
    if rule.positions and not (rule.months or rule.month_days or rule.weekdays):
        raise BadRecurrence("not_supported")
    return rule


def _split(value: str) -> dict[str, str]:
    # isascii before upper(): a dotless i is no I, and an Arabic 3 no 3, though Python would take them for it.
    if len(value) > LONGEST_TEXT or not value.isascii():
        raise BadRecurrence("unreadable")
    parts: dict[str, str] = {}
    for part in value.upper().removeprefix("RRULE:").split(";"):
        name, equals, text = part.partition("=")
        if not equals or name in parts or not re.fullmatch(r"[A-Z-]+", name) or not re.fullmatch(r"[A-Z0-9,+-]+", text):
            raise BadRecurrence("unreadable")
        parts[name] = text
    if not parts.keys() <= KNOWN_PARTS:
        raise BadRecurrence("not_supported")
    return parts


def _interval(text: str) -> int:
    if not re.fullmatch(r"[0-9]+", text) or not 1 <= int(text) <= WIDEST_STEP:
        raise BadRecurrence("interval")
    return int(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]+", text):
        raise BadRecurrence("unreadable")
    if int(text) == 0:
        raise BadRecurrence("no_dates")
    return int(text)


def _until(text: str) -> date | datetime:
    # The shape first: strptime alone also takes 2027011T090000.
    if not re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", text):
        raise BadRecurrence("unreadable")
    try:
        form = "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d"
        until = datetime.strptime(text.rstrip("Z"), form)  # noqa: DTZ007 - on the wall, until its Z is read below
    except ValueError as error:
        raise BadRecurrence("unreadable") from error
    if until.year < FIRST_YEAR:
        raise BadRecurrence("no_dates")
    if until.year > LAST_YEAR:
        raise BadRecurrence("too_long")
    if "T" not in text:
        return until.date()
    return until.replace(tzinfo=UTC) if text.endswith("Z") else until


def _numbers(parts: dict[str, str], name: str, allowed: Container[int]) -> tuple[int, ...]:
    if name not in parts:
        return ()
    texts = parts[name].split(",")
    if not all(re.fullmatch(r"[+-]?[0-9]{1,3}", text) and int(text) in allowed and int(text) for text in texts):
        raise BadRecurrence("unreadable")
    return tuple(sorted({int(text) for text in texts}))


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    days = set()
    for one in text.split(","):
        match = re.fullmatch(r"([+-]?[0-9]{1,2})?([A-Z]{2})", one)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise BadRecurrence("unreadable")
        days.add((int(match[1] or 0), _one_of(WEEKDAYS, match[2])))
    return tuple(sorted(days))


def _one_of(names: tuple[str, ...], text: str) -> int:
    if text not in names:
        raise BadRecurrence("unreadable")
    return names.index(text)

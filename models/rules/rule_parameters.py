"""What may be set of each rule: its modes, what its parameter means, and what keeps some of it as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from models.rules.codes import Codes
from models.rules.policy import KINDS
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import CLOCK, PEOPLE, SOME_PEOPLE, BadValue, InText, Value, Whole

MODES = ("enforce", "warn", "off")
ON_OR_OFF = ("enforce", "off")
HARD_WIRED = frozenset({"R06"})        # the database's own guard holds it, whatever anybody sets
SET_PER_SPACE = frozenset({"R18", "R19"})   # each space's own policy says after how long, and whose word it needs
ONLY_CAPS = frozenset({"R09"})         # a cap holds or does not: nothing of it to warn of
PLACED_ELSEWHERE = frozenset({"R15"})  # its own opening-hours rows say where it applies
MOST_PLACES_NAMED = 200


@dataclass(frozen=True)
class Percents(Value[str]):
    """One percentage, or one for each kind of space that has its own: "meeting_room=50;desk=50"; the shortest way to
    say it."""

    def read(self, value: object) -> str:
        by_kind = percentages(value) if isinstance(value, str) and value.isascii() else None
        if by_kind is None:
            raise BadValue("not_percentages")
        return written(by_kind)


class Parameter(NamedTuple):
    """What it may be, and what it is where nobody says."""

    takes: Value
    usual: str


PARAMETERS: Mapping[str, Parameter] = {
    "R09": Parameter(Percents(), "100"),
    "R12": Parameter(CLOCK, "17:00"),
    "R16": Parameter(Whole(0, 8760), "24"),     # hours
    "R17": Parameter(PEOPLE, "10"),
    "R22": Parameter(CLOCK, "23:00"),
    "R23": Parameter(SOME_PEOPLE, "2"),
}


def modes_of(code: str) -> tuple[str, ...]:
    """The modes that somebody may choose for a rule; none for one that cannot be changed here."""
    if code in HARD_WIRED | SET_PER_SPACE:
        return ()
    return ON_OR_OFF if code in ONLY_CAPS else MODES


def is_fixed(code: str, owner_role: str) -> bool:
    """Whether nobody changes this rule: it is hard-wired, or each space says for itself."""
    return not modes_of(code) or owner_role == "system"


def check_values(code: str, values: Mapping[str, object], places: Iterable[str]) -> dict[str, object]:
    """The values as they are kept: `mode`, `parameter` (text) and `applies_to` (a set of codes among `places`, empty:
    everywhere), those that are given. Raises BadRequest naming the field."""
    kept: dict[str, object] = {}
    for field, value in values.items():
        if field not in _CHECKS:
            raise BadRequest(str(field), "not_changeable")
        kept[field] = _CHECKS[field](code, value, places)
    if not kept:
        raise BadRequest("mode", "required")
    return kept


def percentages(text: str) -> dict[str, int] | None:
    """"50" or "meeting_room=50;desk=25" as percentages by kind of space, a kind not named being 100. None where it is
    neither."""
    if _is_percentage(text.strip()):
        return dict.fromkeys(KINDS, int(text))
    found: dict[str, int] = {}
    for part in text.split(";"):
        kind, _equals, number = (each.strip() for each in part.partition("="))
        if kind not in KINDS or kind in found or not _is_percentage(number):
            return None
        found[kind] = int(number)
    return dict.fromkeys(KINDS, 100) | found


def written(by_kind: Mapping[str, int]) -> str:
    """Percentages by kind as a parameter, the shortest that says the same."""
    numbers = {kind: by_kind.get(kind, 100) for kind in KINDS}
    if len(set(numbers.values())) == 1:
        return str(numbers[KINDS[0]])
    return ";".join(f"{kind}={number}" for kind, number in numbers.items() if number != 100)


def _is_percentage(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}", text)) and int(text) <= 100


def _mode(code: str, value: object, _places: Iterable[str]) -> str:
    if value not in modes_of(code):
        raise BadRequest("mode", "unknown_choice" if modes_of(code) else "not_changeable")
    return str(value)


def _parameter(code: str, value: object, _places: Iterable[str]) -> str:
    parameter, text = PARAMETERS.get(code), str(value if value is not None else "").strip()
    if parameter is None:
        raise BadRequest("parameter", "not_changeable")
    if not text:
        raise BadRequest("parameter", "required")
    return parameter.takes.written(checked_value("parameter", InText(parameter.takes), text))


def _applies_to(code: str, value: object, places: Iterable[str]) -> frozenset[str]:
    if code in PLACED_ELSEWHERE:
        raise BadRequest("applies_to", "not_changeable")
    if isinstance(value, str):
        value = [each.strip() for each in value.split(";") if each.strip()]
    if not isinstance(value, Iterable):
        raise BadRequest("applies_to", "unknown_code")
    codes = Codes(places)
    named = frozenset(codes.meant(each) or each for each in map(str, value))
    if not named <= set(codes):
        raise BadRequest("applies_to", "unknown_code")
    if len(named) > MOST_PLACES_NAMED:
        raise BadRequest("applies_to", "too_many", most=MOST_PLACES_NAMED)
    return named


_CHECKS = {"mode": _mode, "parameter": _parameter, "applies_to": _applies_to}

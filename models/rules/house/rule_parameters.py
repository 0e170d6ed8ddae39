"""The rules of occupation as data: what holds of each before a town says anything, and what may be set of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple, TypedDict

from models.rules.codes import Codes
from models.rules.house.policy import KINDS
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import CLOCK, PEOPLE, SOME_PEOPLE, AnyValue, BadValue, InText, OneOf, Value, Whole

MODES = ("enforce", "warn", "off")
ON_OR_OFF = ("enforce", "off")
HARD_WIRED = "R06"  # the database's own guard holds it, whatever anybody sets
PLACED_BY_HOURS = "R15"  # its own opening-hours rows say where it applies
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


class Known(NamedTuple):
    """A rule as it holds before a town says anything of it.

    `counted`: in what. `takes`: what its parameter may be, `usual` what it is. `modes`: those that somebody may choose;
    none: it is hard-wired, or each space's policy says for itself. `dated_by`: what tells since when its limit holds,
    the rule itself, the space's policy, or the limit of its zone, floor or building. `by_zone`: whether a single zone
    may have it otherwise than the house.
    """

    counted: str
    severity: str = "hard"
    takes: AnyValue | None = None
    usual: str = ""
    owner: str = "facility_manager"
    override: bool = False
    modes: tuple[str, ...] = MODES
    dated_by: str = "rule"
    by_zone: bool = True


RULES: Mapping[str, Known] = {
    "R01": Known("space", dated_by="policy", by_zone=False),
    "R02": Known("space", dated_by="policy", by_zone=False),
    "R03": Known("zone", dated_by="limit", by_zone=False),
    "R04": Known("floor", dated_by="limit", by_zone=False),
    "R05": Known("building", dated_by="limit", by_zone=False),
    HARD_WIRED: Known("space", modes=(), by_zone=False),
    "R07": Known("space", "warn", override=True, dated_by="policy"),
    "R08": Known("space", dated_by="policy", by_zone=False),
    "R09": Known("building", "percent", Percents(), "100", "prevention_adviser", modes=ON_OR_OFF),
    "R10": Known("person"),
    "R11": Known("space", dated_by="policy"),
    "R12": Known("space", takes=CLOCK, usual="17:00", dated_by="policy"),
    "R13": Known("space"),
    "R14": Known("space", by_zone=False),
    PLACED_BY_HOURS: Known("space"),
    "R16": Known("zone", "soft", Whole(0, 8760), "24", "service_head", override=True),  # hours
    "R17": Known("person", takes=PEOPLE, usual="10"),
    "R18": Known("space", "auto", modes=(), dated_by="policy"),
    "R19": Known("space", modes=(), dated_by="policy"),
    "R20": Known("floor"),
    "R21": Known("space", dated_by="policy"),
    "R22": Known("space", takes=CLOCK, usual="23:00"),
    "R23": Known("zone", "warn", SOME_PEOPLE, "2", "prevention_adviser", override=True),
}
RULE_CODES = tuple(RULES)
RuleCode = Annotated[str, OneOf(RULE_CODES)]


def is_fixed(code: str, owner_role: str) -> bool:
    """Whether nobody changes this rule: it is hard-wired, or each space says for itself."""
    return not RULES[code].modes or owner_role == "system"


class RuleValues(TypedDict, total=False):
    """What is set of a rule; `applies_to` empty: everywhere."""

    mode: str
    parameter: str
    applies_to: frozenset[str]


def check_values(code: str, values: Mapping[str, object], places: Iterable[str]) -> RuleValues:
    """The values as they are kept, those that are given; codes among `places`. Raises BadRequest naming the field."""
    kept: RuleValues = {}
    for field, value in values.items():
        if field == "mode":
            kept["mode"] = _mode(code, value)
        elif field == "parameter":
            kept["parameter"] = _parameter(code, value)
        elif field == "applies_to":
            kept["applies_to"] = _applies_to(code, value, places)
        else:
            raise BadRequest(str(field), "not_changeable")
    if not kept:
        raise BadRequest("mode", "required")
    return kept


def percentages(text: str) -> dict[str, int] | None:
    """ "50" or "meeting_room=50;desk=25" as percentages by kind of space, a kind not named being 100. None where it is
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


def _mode(code: str, value: object) -> str:
    if value not in RULES[code].modes:
        raise BadRequest("mode", "unknown_choice" if RULES[code].modes else "not_changeable")
    return str(value)


def _parameter(code: str, value: object) -> str:
    takes, text = RULES[code].takes, str(value if value is not None else "").strip()
    if takes is None:
        raise BadRequest("parameter", "not_changeable")
    if not text:
        raise BadRequest("parameter", "required")
    return takes.written(checked_value("parameter", InText(takes), text))


def _applies_to(code: str, value: object, places: Iterable[str]) -> frozenset[str]:
    if code == PLACED_BY_HOURS:
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

"""A claim as somebody writes it in a plan's change, read strictly, and written back: {"precedence": CODE, …a wish}."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime

from models.rules.house import House
from models.rules.precedence import precedence_of
from models.rules.refusals import BadRequest
from models.rules.request import PRIVACIES, BookingRequest

MOST_PEOPLE, LONGEST_TITLE, LONGEST_NOTE, LONGEST_CODE, MOST_ITEMS = 100_000, 200, 2000, 200, 20
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
                    r"([Zz]|[+-][0-9]{2}:[0-9]{2})")
BREAKS = frozenset("\n\r\t")
CODES = ("layout", "service", "on_behalf_of", "evacuation_buddy", "key_holder")
OTHERS_MAY_READ = ("precedence", "start", "end")


def read_claim(given: Mapping, space: str, house: House) -> tuple[str, BookingRequest]:
    """The code of the body in whose name, and the wish. Raises BadRequest with the field's own name."""
    for name in given:
        if name != "precedence" and name not in _READ:
            raise BadRequest(str(name)[:60], "not_changeable")
    for name in OTHERS_MAY_READ:
        if given.get(name) is None:
            raise BadRequest(name, "required")
    code = given["precedence"]
    if not isinstance(code, str) or precedence_of(code, house) is None:
        raise BadRequest("precedence", "unknown_code")
    values = {name: _READ[name](name, value) for name, value in given.items() if name in _READ and value is not None}
    if values["end"] <= values["start"]:
        raise BadRequest("end", "not_after_start")
    return code, BookingRequest(space, **values)


def claim_as_raw(code: str, request: BookingRequest) -> dict[str, object]:
    """As read_claim() takes it; what says nothing is left out."""
    values = {name: getattr(request, name) for name in _READ}
    written = {name: value for name, value in values.items() if value not in (None, False, ())}
    return {"precedence": code, **written, "start": request.start.isoformat(), "end": request.end.isoformat(),
            **({"equipment": list(request.equipment)} if request.equipment else {})}


def as_others_read(change: Mapping) -> Mapping:
    """A plan's change as it may be shown to whoever did not make it: of a claim its body and its time alone."""
    claim = change["set"].get("claim")
    if claim is None:
        return change
    return {**change, "set": {"claim": {name: claim[name] for name in OTHERS_MAY_READ}}}


def _moment(field: str, value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and MOMENT.fullmatch(value) else None
    except ValueError:
        moment = None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadRequest(field, "not_a_moment")
    return moment


def _text(longest: int, breaks: frozenset[str] = frozenset()) -> Callable[[str, object], str]:
    def read(field: str, value: object) -> str:
        if not isinstance(value, str) or any(unicodedata.category(each) in ("Cc", "Cs") and each not in breaks
                                             for each in value):
            raise BadRequest(field, "not_a_line")
        if len(value) > longest:
            raise BadRequest(field, "too_long_text")
        return value
    return read


def _people(least: int) -> Callable[[str, object], int]:
    def read(field: str, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST_PEOPLE:
            raise BadRequest(field, "out_of_range", least=least, most=MOST_PEOPLE)
        return value
    return read


def _yes_or_no(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadRequest(field, "unknown_choice")
    return value


def _privacy(field: str, value: object) -> str:
    if value not in PRIVACIES:
        raise BadRequest(field, "unknown_choice")
    return value


def _items(field: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_ITEMS or not all(isinstance(each, str) for each in value):
        raise BadRequest(field, "unknown_choice")
    return tuple(dict.fromkeys(value))


_READ: Mapping[str, Callable] = {
    "start": _moment, "end": _moment, "attendees": _people(1), "visitors": _people(0), "wheelchair": _people(0),
    "title": _text(LONGEST_TITLE), "note": _text(LONGEST_NOTE, BREAKS), "privacy": _privacy, "exclusive": _yes_or_no,
    "equipment": _items, **dict.fromkeys(CODES, _text(LONGEST_CODE))}

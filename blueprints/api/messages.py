"""What is wrong with a request, in words: from pydantic's kinds of error and our own to one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from pydantic_core import ErrorDetails

from models.rules.values import FIRST_YEAR, LAST_YEAR

_SENTENCES: Mapping[str, Callable[[Mapping], str]] = {
    "missing": lambda f: _("This is needed."),
    "extra_forbidden": lambda f: _("This is not known here."),
    "required": lambda f: _("This is needed."),
    "not_whole": lambda f: _("Give a whole number."),
    "out_of_range": lambda f: _("Give a whole number from %(least)s to %(most)s.", **f),
    "not_a_flag": lambda f: _("Give 1 or 0."),
    "not_text": lambda f: _("Give text."),
    "too_long_text": lambda f: _("At most %(most)s characters.", **f),
    "unknown_choice": lambda f: _("Choose one of these: %(choices)s.", **f),
    "not_a_rule": lambda f: _("We do not know this code."),
    "not_a_code": lambda f: _("A code has no / ; ? or #, no percent sign, and no space before or after it."),
    "bool_type": lambda f: _("Give true or false."),
    "string_type": lambda f: _("Give text."),
    "string_unicode": lambda f: _("This holds characters that are no text."),
    "control_character": lambda f: _("Control characters are not allowed here."),
    "string_pattern_mismatch": lambda f: _("We do not know this code."),
    "literal_error": lambda f: _("Choose one of these: %(choices)s.", choices=f["expected"].replace(" or ", ", ")),
    "list_type": lambda f: _("Give a list."),
    "dict_type": lambda f: _("Give an object."),
    "model_type": lambda f: _("Give an object."),
    "dataclass_type": lambda f: _("Give an object."),
    "unexpected_keyword_argument": lambda f: _("This is not known here."),
    "too_short": lambda f: _("Give at least one."),
    "too_long": lambda f: _("At most %(most)s of these.", most=f["max_length"]),
    "not_a_moment": lambda f: _("Give a time as in 2027-03-01T09:00:00+01:00."),
    "no_offset": lambda f: _("Give the time with its offset, as in 2027-03-01T09:00:00+01:00."),
    "not_a_day": lambda f: _("Give a date as in 2027-03-01."),
    "not_a_clock": lambda f: _("Give a time of the day as in 09:00."),
    "year_out_of_range": lambda f: _("The year lies between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR),
    "given_twice": lambda f: _("This is given more than once."),
    "other_end_missing": lambda f: _("Give both start and end, or neither."),
    "not_after_start": lambda f: _("The end comes after the start."),
    "window_too_long": lambda f: _("Start and end lie 14 days apart at most."),
    "longer_than_window": lambda f: _("This is longer than the time from start to end."),
    "not_an_object": lambda f: _("Send one JSON object."),
    "not_json": lambda f: _("This is not valid JSON."),
    "not_utf8": lambda f: _("This is not valid UTF-8."),
    "nothing_given": lambda f: _("Say what is to be changed."),
    "not_a_key": lambda f: _("Give 1 to 255 printable ASCII characters."),
    "not_a_page": lambda f: _("Follow the address under “next” as it was given."),
    "unknown_code": lambda f: _("We do not know this code."),
}


def input_sentence(kind: str, facts: Mapping | None = None) -> str:
    make = _SENTENCES.get(kind)
    return make(facts or {}) if make else _("This value cannot be used.")


def sentences(errors: list[ErrorDetails]) -> list[tuple[str, str]]:
    """Each field in dotted form with what is wrong with it."""
    return [(".".join(map(str, error["loc"])), input_sentence(error["type"], error.get("ctx"))) for error in errors]

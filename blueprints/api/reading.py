"""From a raw request to checked values, or InvalidInput: nothing a caller sends gets further than here unchecked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TypeVar, get_origin

from flask import Response, abort, g, request
from flask_babel import gettext as _
from pydantic import ValidationError

from blueprints.api.bodies import Body, NoBody
from blueprints.api.messages import input_sentence, sentences
from blueprints.api.query_strings import Query
from blueprints.web.problems import problem

LONGEST_KEY = 255
SomeBody = TypeVar("SomeBody", bound=Body)
SomeQuery = TypeVar("SomeQuery", bound=Query)


class InvalidInput(Exception):
    """A request that cannot be read: each field with a sentence (400)."""

    def __init__(self, errors: Iterable[tuple[str, str]]):
        self.errors = tuple(errors)
        super().__init__(", ".join(field for field, _sentence in self.errors))

    @classmethod
    def at(cls, field: str, kind: str) -> InvalidInput:
        return cls([(field, input_sentence(kind))])


def read_body(model: type[SomeBody]) -> SomeBody:
    """The body as `model`; 413 above the app's limit, 415 when it says to be something else than JSON."""
    raw = request.get_data()
    if not raw and issubclass(model, NoBody):
        return model()
    if not request.is_json:
        abort(_wrong_media_type())
    value = _parsed(raw)
    try:
        body = model.model_validate(value)
    except ValidationError as error:
        raise InvalidInput(sentences(error.errors(include_url=False, include_input=False))) from None
    g.body_hash = hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
    return body


def body_hash() -> str:
    """Of the body as parsed: blanks and the order of fields make no other request of it."""
    return g.body_hash


def read_query(model: type[SomeQuery]) -> SomeQuery:
    given: dict[str, object] = {}
    for name, values in request.args.lists():
        values = [value for value in values if value]
        field = model.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is list:
            given[name] = values
        elif len(values) > 1:
            raise InvalidInput.at(name, "given_twice")
        elif values or field is None:
            given[name] = values[0] if values else ""
    try:
        query = model.model_validate(given)
    except ValidationError as error:
        raise InvalidInput(sentences(error.errors(include_url=False, include_input=False))) from None
    _check_period(getattr(query, "start", None), getattr(query, "end", None))
    return query


def idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= LONGEST_KEY and all(" " <= each <= "~" for each in key)):
        raise InvalidInput.at("Idempotency-Key", "not_a_key")
    return key


def _check_period(start, end) -> None:
    if (start is None) != (end is None):
        raise InvalidInput.at("end" if end is None else "start", "other_end_missing")
    if start is not None and end <= start:
        raise InvalidInput.at("end", "not_after_start")


def _parsed(raw: bytes) -> dict:
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise InvalidInput.at("body", "not_utf8") from None
    except (ValueError, RecursionError):   # RecursionError: thousands of brackets within each other
        raise InvalidInput.at("body", "not_json") from None
    if not isinstance(value, dict):
        raise InvalidInput.at("body", "not_an_object")
    return value


def _refuse_constant(name: str):
    """Python reads NaN and Infinity; JSON has no such numbers."""
    raise ValueError(name)


def _wrong_media_type() -> Response:
    return problem(415, _("This cannot be read"), detail=_("Send JSON with Content-Type: application/json."))

"""From a raw request to checked values, or InvalidInput: nothing a caller sends gets further than here unchecked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn, TypeVar, get_origin

from flask import Response, abort, g, request
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest as CutOff

from blueprints.api.bodies import Body, NoBody
from blueprints.api.query_strings import Query
from blueprints.web.problems import problem
from models.queries.house import the_house
from models.rules.codes import canonical_code
from models.rules.refusals import BadRequest, bad_requests

LONGEST_KEY = 255
SomeBody = TypeVar("SomeBody", bound=Body)
SomeQuery = TypeVar("SomeQuery", bound=Query)
Model = TypeVar("Model", bound=BaseModel)


class InvalidInput(Exception):
    """A request that cannot be read: each fault there is, with its field (400)."""

    def __init__(self, faults: Iterable[BadRequest]):
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.field for fault in self.faults))


def read_body(model: type[SomeBody], several: type[SomeBody] | None = None) -> SomeBody:
    """The body as `model`, or as `several` where it has `parts`; 413 above the app's limit, 415 when it says to be
    something else than JSON."""
    try:
        raw = request.get_data()
    except CutOff:
        raise BadRequest("body", "body_broken") from None
    if not raw and issubclass(model, NoBody):
        return model()
    if not request.is_json:
        abort(_wrong_media_type())
    value = _parsed(raw)
    body = _validated(several if several and "parts" in value else model, value)
    g.body_hash = hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
    return body


def body_hash() -> str:
    """Of the body as parsed: blanks and the order of fields make no other request of it."""
    return g.body_hash


def read_query(model: type[SomeQuery]) -> SomeQuery:
    given: dict[str, object] = {}
    for name, values in request.args.lists():
        values = [value for value in map(str.strip, values) if value]
        field = model.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is list:
            given[name] = values
        elif len(values) > 1:
            raise BadRequest(name, "given_twice")
        elif values or field is None:
            given[name] = values[0] if values else ""
    query = _validated(model, given)
    _check_period(getattr(query, "start", None), getattr(query, "end", None))
    return query


def code_in_address(text: str) -> str:
    """As the house has it, else in its one form."""
    code = canonical_code(text)
    return text if code == text or text in _codes() else code


def idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= LONGEST_KEY and all(" " <= each <= "~" for each in key)):
        raise BadRequest("Idempotency-Key", "not_a_key")
    return key


def _validated(model: type[Model], given: dict) -> Model:
    try:
        return model.model_validate(given, context=_codes)
    except ValidationError as error:
        raise InvalidInput(bad_requests(error)) from None


def _codes() -> frozenset[str]:
    return the_house().codes


def _check_period(start: datetime | None, end: datetime | None) -> None:
    if (start is None) != (end is None):
        raise BadRequest("end" if end is None else "start", "other_end_missing")
    if start is not None and end is not None and end <= start:
        raise BadRequest("end", "not_after_start")


def _parsed(raw: bytes) -> dict:
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_each_once)
    except BadRequest:
        raise
    except UnicodeDecodeError:
        raise BadRequest("body", "body_not_utf8") from None
    except (ValueError, RecursionError):  # RecursionError: thousands of brackets within each other
        raise BadRequest("body", "not_json") from None
    if not isinstance(value, dict):
        raise BadRequest("body", "not_one_object")
    return value


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Python would take the last of two; the caller may have meant the first."""
    members: dict[str, object] = {}
    for name, value in pairs:
        if name in members:
            raise BadRequest(name, "given_twice")
        members[name] = value
    return members


def _refuse_constant(name: str) -> NoReturn:
    """Python reads NaN and Infinity; JSON has no such numbers."""
    raise ValueError(name)


def _wrong_media_type() -> Response:
    return problem(415, _("This cannot be read"), detail=_("Send JSON with Content-Type: application/json."))

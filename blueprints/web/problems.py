"""Errors of the JSON API as RFC 9457 problem documents."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, json
from flask_babel import gettext as _

from blueprints.web.base_url import base_path
from blueprints.web.faults import fault_sentence
from models.rules.refusals import BadRequest

MALFORMED = "/api/docs#malformed"  # RFC 9457: a type is an address that explains it


def not_found() -> Response:
    """The same for what never was, what is hidden and what is gone: nobody can tell one from the other."""
    return problem(404, _("Not found"), detail=_("This does not exist, or not for you."))


def problem(status: int, title: str, **extra: object) -> Response:
    """An application/problem+json answer. `extra` are further members, in the order given: `detail`, `errors`,
    `refusals`; a `type` among them replaces about:blank."""
    members = {"type": "about:blank", "title": title, "status": status, **extra}
    return Response(json.dumps(members, sort_keys=False), status, content_type="application/problem+json")


def malformed_problem(faults: Iterable[BadRequest]) -> Response:
    """400, with each field that cannot be and why."""
    errors = [(fault.field, fault_sentence(fault)) for fault in faults]
    return problem(
        400,
        _("This request cannot be understood"),
        type=f"{base_path()}{MALFORMED}",
        detail=" ".join(f"{field}: {message}" for field, message in errors),
        errors=[{"field": field, "message": message} for field, message in errors],
    )

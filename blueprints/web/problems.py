"""Errors of the JSON API as RFC 9457 problem documents."""

from __future__ import annotations

from flask import Response, json
from flask_babel import gettext as _


def not_found() -> Response:
    """The same for what never was, what is hidden and what is gone: nobody can tell one from the other."""
    return problem(404, _("Not found"), detail=_("This does not exist, or not for you."))


def problem(status: int, title: str, **extra: object) -> Response:
    """An application/problem+json answer. `extra` are further members, in the order given: `detail`, `errors`,
    `refusals`; a `type` among them replaces about:blank."""
    members = {"type": "about:blank", "title": title, "status": status, **extra}
    return Response(json.dumps(members, sort_keys=False), status, content_type="application/problem+json")

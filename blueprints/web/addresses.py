"""What an address or a form may hold at all, so that no view needs to think of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Flask, Response, abort, request, url_for
from werkzeug.routing import IntegerConverter

from blueprints.web.identity import is_for_programs
from blueprints.web.problems import malformed_problem
from models.rules.refusals import BadRequest
from models.rules.values import LARGEST_ROW_NUMBER


class RowNumber(IntegerConverter):
    """`<int:…>` up to what the databases can hold: a larger one belongs to nothing (404) and would overflow in them."""

    def __init__(self, url_map, **arguments) -> None:
        arguments.setdefault("max", LARGEST_ROW_NUMBER)
        super().__init__(url_map, **arguments)


def digits(text: str | None, most: int = LARGEST_ROW_NUMBER) -> int | None:
    """The whole number up to `most` that a request says in digits alone; None where it says anything else."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) >= 16:
        return None
    return int(text) if int(text) <= most else None


def url_with(endpoint: str, query: Mapping[str, object], anchor: str | None = None) -> str:
    """As url_for(), with a query whose names only the request knows."""
    return url_for(endpoint, _anchor=anchor, **query)  # type: ignore[arg-type]  # none is a name of url_for's own


def start_addresses(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_nul)


def _refuse_nul() -> Response | None:
    """PostgreSQL cannot store a NUL character, nor compare with one: no code, name or search ever holds it."""
    sent = [*request.args.items(multi=True), *_form_sent()]
    named = [name for name, text in sent if "\0" in name + text]
    if "\0" in request.path:
        named.append("path")
    if not named:
        return None
    if is_for_programs():
        return malformed_problem(BadRequest(name, "control_character") for name in named)
    return abort(400)


def _form_sent() -> Iterator[tuple[str, str]]:
    """What the fields of a form and its files are called. What stands in a field is judged there, by whoever reads it;
    what programs send is read where it is known what it is to be."""
    if request.method != "POST" or not request.endpoint or is_for_programs():
        return
    yield from ((name, "") for name in request.form)
    yield from ((name, file.filename or "") for name, file in request.files.items(multi=True))

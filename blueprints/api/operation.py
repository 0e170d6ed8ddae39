"""What a call takes and answers, said once on its view: read from here when it is called, and described from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import wraps
from typing import Any

from flask import request

from blueprints.api.bodies import Body, NoBody
from blueprints.api.query_strings import NoQuery, Query
from blueprints.api.reading import code_in_address, read_body, read_query


@dataclass(frozen=True, slots=True)
class Operation:
    """`summary` and `notes` are sentences, lazily translated. `answer` is the type of what a `status` answer holds.
    `several`: the body in place of `body` for whoever sends `parts`. `may_be_refused`: by the house's rules, with 409
    or 422. `takes_key`: it may be sent twice and is done once. `has_tag`: what it reads has one, what it writes may be
    written only while a tag is right."""

    summary: object
    answer: Any  # a type, or one of several: typing has no name for both
    _: KW_ONLY
    status: int = 200
    query: type[Query] = NoQuery
    body: type[Body] | None = None
    several: type[Body] | None = None
    notes: object = ""
    may_be_refused: bool = False
    takes_key: bool = False
    has_tag: bool = False

    def __call__(self, view: Callable) -> Callable:
        """Stands under the right. The view is called with `query` and `body` as far as the call has them; whatever else
        comes along in the request is refused."""

        @wraps(view)
        def read(**path):
            if "code" in path:
                path["code"] = code_in_address(path["code"])
            asked = read_query(self.query)
            if self.query is not NoQuery:
                path["query"] = asked
            if self.body is not None:
                path["body"] = read_body(self.body, self.several)
            elif request.method not in ("GET", "HEAD"):
                read_body(NoBody)
            return view(**path)

        vars(read)["operation"] = self
        return read


operation = Operation  # on a view: @operation(…)

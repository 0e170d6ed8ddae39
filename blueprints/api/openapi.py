"""The OpenAPI 3.1 description, made from the routes themselves: what is served is described, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus

from flask import Flask
from flask_babel import gettext as _
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from werkzeug.routing import Rule

from blueprints.api.bodies import Body, NoBody
from blueprints.api.operation import Operation
from blueprints.api.shapes import Problem
from blueprints.web.base_url import base_path
from models.rules.people.rights import RIGHTS
from models.rules.values import LARGEST_ROW_NUMBER

VERSION = "1.0.0"
COMPONENT = "#/components/schemas/{model}"
PLACEHOLDER = re.compile(r"<(?:(\w+):)?(\w+)>")


class PlainSchema(GenerateJsonSchema):
    """Without what only repeats: a title that is the field's name, a default that means "not given"."""

    def normalize_name(self, name: str) -> str:
        return super().normalize_name(name).strip("_")

    def field_title_should_be_set(self, schema) -> bool:
        return False

    def default_schema(self, schema):
        described = super().default_schema(schema)
        return {name: value for name, value in described.items() if name != "default" or value is not None}


def operations(app: Flask) -> Iterator[tuple[Rule, str, Operation, str]]:
    """Each call of version 1: its route, method, operation and right, in order of address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        said = vars(app.view_functions[rule.endpoint])
        if rule.rule.startswith("/api/v1/") and "operation" in said:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method.lower(), said["operation"], said["right"]


@cache
def description(app: Flask, language: str) -> dict:
    """The whole document, its sentences in the language of this request, whose code is `language`."""
    listed = list(operations(app))
    types = [
        Problem,
        *(
            each
            for _rule, _method, operation, _right in listed
            for each in (operation.answer, operation.body, operation.several)
            if each is not None
        ),
    ]
    adapters = {each: TypeAdapter(each) for each in types}
    schemas, definitions = TypeAdapter.json_schemas(
        [(each, "validation", adapter) for each, adapter in adapters.items()],
        ref_template=COMPONENT,
        schema_generator=PlainSchema,
    )
    found = {each: schema for (each, _mode), schema in schemas.items()}
    paths: dict[str, dict] = {}
    for rule, method, operation, right in listed:
        path = PLACEHOLDER.sub(r"{\2}", rule.rule.removeprefix("/api/v1"))
        paths.setdefault(path, {})[method] = _described(rule, method, operation, right, found)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Trefpunt",
            "version": VERSION,
            "description": _(
                "Rooms, desks, booths and counters of an administrative centre. Times carry an "
                "offset; intervals are half-open."
            ),
        },
        "servers": [{"url": f"{base_path()}/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(rule: Rule, method: str, operation: Operation, right: str, schemas: dict) -> dict:
    described = {
        "operationId": rule.endpoint.rpartition(".")[2],
        "summary": str(operation.summary),
        "description": " ".join(filter(None, (str(operation.notes), _token_words(right)))),
        "parameters": [*_in_path(rule), *_in_query(operation), *_in_header(operation), *_tag(operation, method)],
        "responses": {
            str(operation.status): _answer(operation, schemas),
            **({"304": {"description": HTTPStatus(304).phrase}} if operation.has_tag and method == "get" else {}),
            **_problems(rule, operation, schemas, method),
        },
    }
    if operation.body is not None:
        described["requestBody"] = {
            "required": not issubclass(operation.body, NoBody),
            "content": {"application/json": {"schema": _asked(operation.body, operation.several, schemas)}},
        }
    return described


def _asked(body: type[Body], several: type[Body] | None, schemas: dict) -> dict:
    return schemas[body] if several is None else {"anyOf": [schemas[body], schemas[several]]}


def _token_words(right: str) -> str:
    return {
        "read": _("Any token."),
        "write": _("A token with scope write or manage."),
        "manage": _("A token with scope manage."),
    }[RIGHTS[right].scope]


def _in_path(rule: Rule) -> list[dict]:
    number = {"type": "integer", "minimum": 0, "maximum": LARGEST_ROW_NUMBER}
    kinds = {"int": number, "feed": number}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds.get(kind, {"type": "string"})}
        for kind, name in PLACEHOLDER.findall(rule.rule)
    ]


def _in_query(operation: Operation) -> list[dict]:
    schema = operation.query.model_json_schema(schema_generator=PlainSchema)
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": _without_null(described),
        }
        for name, described in schema.get("properties", {}).items()
    ]


def _in_header(operation: Operation) -> list[dict]:
    if not operation.takes_key:
        return []
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": _(
                "Send it again within 24 hours with the same body: it is done once, and answered as you may see it now."
            ),
            "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        }
    ]


def _tag(operation: Operation, method: str) -> list[dict]:
    if not operation.has_tag:
        return []
    name, said = (
        ("If-None-Match", _("An ETag that came with this before: 304 while it would be answered the same."))
        if method == "get"
        else (
            "If-Match",
            _("The ETag of what you read, or several: done only while that would be answered the same, else 412."),
        )
    )
    return [{"name": name, "in": "header", "required": False, "description": said, "schema": {"type": "string"}}]


def _without_null(schema: dict) -> dict:
    """A parameter that is not there has no value; null is one only in JSON."""
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return choices[0] if len(choices) == 1 else schema


def _answer(operation: Operation, schemas: dict) -> dict:
    answer: dict = {"description": HTTPStatus(operation.status).phrase}
    if operation.answer is not None:
        answer["content"] = {"application/json": {"schema": schemas[operation.answer]}}
    headers = ["Location"] * operation.takes_key + ["ETag"] * (operation.has_tag and operation.answer is not None)
    headers += ["RateLimit-Policy", "RateLimit"]
    answer["headers"] = {name: {"schema": {"type": "string"}} for name in headers}
    return answer


def _problems(rule: Rule, operation: Operation, schemas: dict, method: str) -> dict:
    statuses = {400, 401, 403, 429, 503}
    if rule.arguments or operation.may_be_refused:
        statuses.add(404)
    if rule.arguments:  # what stands in an address may lead to another one, which knows other methods
        statuses.add(405)
    if operation.may_be_refused:
        statuses |= {409, 422}
    if operation.has_tag and method != "get":
        statuses.add(412)
    if operation.body is not None:
        statuses |= {413, 415}
    content = {"application/problem+json": {"schema": schemas[Problem]}}
    answers = {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(statuses)}
    if 405 in answers:
        answers[405]["headers"] = {"Allow": {"required": True, "schema": {"type": "string"}}}
    return {str(status): answer for status, answer in answers.items()}

"""The OpenAPI description turned into the rows of a page."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from models.rules.refusals import REASONS


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    summary: str
    notes: str
    inputs: list[tuple[str, str, str, str]]  # name, where, type, whether it is needed
    answers: list[tuple[str, str]]  # status, what comes

    @property
    def anchor(self) -> str:
        return f"{self.method.lower()}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


def calls(description: dict) -> list[Call]:
    components = description["components"]["schemas"]
    return [
        Call(
            method.upper(),
            path,
            one["summary"],
            one["description"],
            [*_parameters(one), *_body_fields(one, components)],
            _answers(one),
        )
        for path, methods in description["paths"].items()
        for method, one in methods.items()
    ]


def shapes(description: dict) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """What the answers consist of: each form's name, and its members with type and whether they are always there."""
    return [
        (
            name,
            [
                (member, _type(schema), _("always") if member in shape.get("required", ()) else _("if you may see it"))
                for member, schema in shape["properties"].items()
            ],
        )
        for name, shape in sorted(description["components"]["schemas"].items())
        if not name.endswith("Body") and "properties" in shape
    ]


def refusal_codes() -> list[tuple[str, str, str, str]]:
    """Code, rule, field, usual status."""
    return [
        (code, reason.rule or "–", reason.field, "409" if reason.clash else "422")
        for code, reason in sorted(REASONS.items())
    ]


def _parameters(one: dict) -> list[tuple[str, str, str, str]]:
    places = {"path": _("address"), "query": _("query"), "header": _("header")}
    return [
        (each["name"], places[each["in"]], _type(each["schema"]), _needed(each["required"]))
        for each in one["parameters"]
    ]


def _body_fields(one: dict, components: dict) -> list[tuple[str, str, str, str]]:
    if "requestBody" not in one:
        return []
    schema = one["requestBody"]["content"]["application/json"]["schema"]
    fields: dict[str, tuple[str, str, str, str]] = {}
    for each in schema.get("anyOf", [schema]):
        body = components[each["$ref"].rpartition("/")[2]]
        for name, field in body["properties"].items():
            fields.setdefault(name, (name, _("body"), _type(field), _needed(name in body.get("required", ()))))
    return list(fields.values())


def _answers(one: dict) -> list[tuple[str, str]]:
    return [
        (status, _type(next(iter(answer["content"].values()))["schema"]) if "content" in answer else "–")
        for status, answer in one["responses"].items()
    ]


def _needed(is_needed: bool) -> str:
    return _("needed") if is_needed else _("optional")


def _type(schema: dict) -> str:
    """As it is written in JSON: types, choices and names of forms are the same in every language."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f'"{choice}"' for choice in schema["enum"])
    kind = schema.get("type", "")
    if kind == "array":
        return f"[{_type(schema['items'])}]"
    if kind == "object":
        return f"{{{_type(schema.get('additionalProperties') or {})}}}"
    return schema.get("format", kind)

"""The description of the API: all of it, valid, and true."""

from __future__ import annotations

import re

import pytest
from openapi_spec_validator import validate

from blueprints.api.openapi import operations


@pytest.fixture
def description(demo_app) -> dict:
    return demo_app.test_client().get("/api/openapi.json").json


def test_it_is_valid_openapi_31(description):
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_every_call_is_described_and_nothing_else(demo_app, description):
    rules = [rule for rule in demo_app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    served = {
        (
            re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")),
            method.lower(),
        )
        for rule in rules
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in description["paths"].items() for method in methods}
    assert described == served


def test_every_call_says_what_it_does_and_states_its_right(demo_app, description):
    with demo_app.test_request_context():
        for _rule, _method, operation, right in operations(demo_app):
            assert str(operation.summary)
            assert right
    names = [one["operationId"] for methods in description["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))


def test_a_body_is_described_with_its_limits(description):
    body = description["components"]["schemas"]["BookingBody"]
    assert body["additionalProperties"] is False
    assert body["required"] == ["space", "start", "end"]
    assert body["properties"]["start"] == {"type": "string", "format": "date-time"}
    assert {"type": "integer", "minimum": 1, "maximum": 100_000} in body["properties"]["attendees"]["anyOf"]


def test_what_may_be_changed_of_which_place_is_described_with_its_limits(description):
    schemas = description["components"]["schemas"]
    asked, shown = (schemas[name]["properties"]["changes"]["items"]["anyOf"] for name in ("PlanBody", "Plan"))
    sorts = {each["$ref"].rpartition("/")[2] for each in asked}
    assert asked == shown
    assert sorts == {f"{sort}Change" for sort in ("Space", "Zone", "Floor", "Building", "Organisation", "Rule")}
    assert schemas["FloorChange"]["properties"]["scope"] == {"type": "string", "pattern": "^floor:"}
    assert set(schemas["OfFloor"]["properties"]) == {"max_persons"}
    most = schemas["OfZone"]["properties"]["max_persons"]["anyOf"]
    assert {"type": "integer", "minimum": 0, "maximum": 100_000} in most
    of_space = schemas["OfSpace"]["properties"]
    assert of_space["max_minutes"] == {"type": "integer", "minimum": 1, "maximum": 1440}
    assert {"capacity", "capacities", "active", "hours", "claim", "out_of_service"} <= of_space.keys()
    assert schemas["ClaimGiven"]["required"] == ["precedence", "start", "end"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_every_call_and_every_code(demo_app, description, language):
    page = demo_app.test_client().get("/api/docs", headers={"Accept-Language": language})
    assert page.status_code == 200
    for path, methods in description["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page.text
    for word in ("space_taken", "too_many_people", 'id="malformed"', 'id="refused"'):
        assert word in page.text
    assert "//cdn" not in page.text

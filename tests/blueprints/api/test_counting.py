"""Head counts of open spaces, from programs and sensors."""

from __future__ import annotations

import pytest

from tests.blueprints.api.asking import codes
from tests.cast import ANN, CHRIS, FARID, GERDA, KAAT, MARC, NORA

CANTEEN = "/spaces/OR-04/count"


@pytest.mark.parametrize("who", [GERDA, FARID, MARC, CHRIS, NORA])
def test_a_count_says_until_when_it_holds(who, program):
    answer = program(who).post(CANTEEN, {"persons": 42})
    assert answer.status_code == 200
    assert answer.json == {
        "space": "OR-04",
        "persons": 42,
        "at": "2027-03-03T09:00:00+01:00",
        "until": "2027-03-03T09:30:00+01:00",
    }


@pytest.mark.parametrize(
    ("who", "scope", "status"), [(ANN, "write", 403), (KAAT, "write", 403), (FARID, "read", 403), (None, "write", 401)]
)
def test_it_is_for_those_who_count(who, scope, status, program):
    assert program(who, scope).post(CANTEEN, {"persons": 1}).status_code == status


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"persons": -1},
        {"persons": 100_001},
        {"persons": "3"},
        {"persons": 1.5},
        {"persons": None},
        {"persons": True},
    ],
)
def test_what_is_no_number_of_people_names_its_field(body, program):
    answer = program(FARID).post(CANTEEN, body)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json["errors"]] == ["persons"]


def test_a_space_for_one_party_is_not_counted(program):
    answer = program(FARID).post("/spaces/VZ-101/count", {"persons": 3})
    assert answer.status_code == 422
    assert codes(answer) == ["not_an_open_space"]
    assert program(FARID).post("/spaces/NOTHING/count", {"persons": 3}).status_code == 404
    assert program(FARID).post(CANTEEN, {"persons": 3, "by": 1}).status_code == 400

"""The same field with the same bad value is told the same at the page, by the API and of a file."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from models.actions.people.create_token import create_token
from tests.blueprints.api.conftest import Program
from tests.blueprints.manage.conftest import Manager
from tests.blueprints.manage.files.test_imports import send
from tests.cast import FARID, NORA, NOW


class Door(NamedTuple):
    """One field: where it stands on a page, how a program sends it, and in which cell of a row it stands."""

    page: str
    field: str
    call: tuple[str, str]
    body: str
    file: str
    row: str
    who: str = FARID
    more: tuple[tuple[str, str], ...] = ()


ZONE = Door(
    "/manage/zones/Z1-VER",
    "max_persons",
    ("PATCH", "/zones/Z1-VER"),
    '{"max_persons": %s, "reason": "x"}',
    "zones",
    "code,max_persons\nZ1-VER,%s\n",
)
CEILING = Door(
    "/manage/spaces/VZ-101",
    "ceiling",
    ("PATCH", "/spaces/VZ-101"),
    '{"capacity": %s, "reason": "x"}',
    "spaces",
    "code,name_nl,type,ceiling\nVZ-101,Aan de Vaart,meeting_room,%s\n",
)
A_DAY = Door(
    "/manage/closures/add",
    "first",
    ("POST", "/closures"),
    '{"from": %s, "name": "x"}',
    "closures",
    "date,name_nl\n%s,x\n",
    more=(("name", "x"), ("kind", "local_closure")),
)
A_NAME = Door(
    "/manage/closures/add",
    "name",
    ("POST", "/closures"),
    '{"from": "2027-05-07", "name": %s}',
    "closures",
    "date,name_nl\n2027-05-07,%s\n",
    more=(("first", "2027-05-07"), ("kind", "local_closure")),
)
OPENS = Door(
    "/manage/closures/add",
    "opens",
    ("POST", "/closures"),
    '{"from": "2027-05-07", "name": "x", "closes": "12:00", "opens": %s}',
    "closures",
    "date,name_nl,kind,closes,opens\n2027-05-07,x,half_day,12:00,%s\n",
    more=(("first", "2027-05-07"), ("name", "x"), ("kind", "half_day"), ("closes", "12:00")),
)
STAFF = Door(
    "/manage/rules/R23",
    "parameter",
    ("POST", "/plans"),
    '{"reason": "x", "changes": [{"scope": "rule:R23", "set": {"parameter": %s}}]}',
    "occupancy_rules",
    "code,parameter\nR23,%s\n",
    NORA,
    (("reason", "x"),),
)

BAD = [
    *((door, value) for door in (ZONE, CEILING) for value in ("-1", "100001", "9" * 30, "1.5", "1e9", "veel", "１２")),
    *((A_DAY, value) for value in ("1999-12-31", "2101-01-01", "2027-02-29", "2027-3-8", "8/3/2027", "morgen")),
    *((A_NAME, value) for value in ("x" * 201, "a\x07b", "a\x1bb", "a\x85b")),
    *((OPENS, value) for value in ("9:00", "24:01", "7u", "09:00:00", "09.00")),
    *((STAFF, value) for value in ("0", "100001", "1.5", "twee")),
]


@pytest.fixture
def calling(demo_app):
    def as_person(username: str) -> Program:
        with demo_app.app_context():
            return Program(demo_app.test_client(), create_token(username, "manage", NOW))

    return as_person


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_bad_value_is_told_the_same_at_the_page_by_the_api_and_of_a_file(language, signed_in, calling, demo_app):
    farid, people = signed_in(FARID), {who: signed_in(who) for who in (FARID, NORA)}
    programs = {who: calling(who) for who in (FARID, NORA)}
    for each in (farid, *people.values()):
        each.client.post("/language", data={"language": language})
    for door, value in BAD:
        page = on_the_page(people[door.who], door, value)
        assert page, (door.page, door.field, value)
        assert by_the_api(programs[door.who], door, value, language) == page, (door.call, value)
        assert of_the_file(farid, door, value) == page, (door.file, value)


def on_the_page(manager: Manager, door: Door, value: str) -> str:
    sent = manager.send(door.page, **dict(door.more), **{door.field: value})
    assert sent.status == 400, (door.page, value)
    assert door.field in sent.wrong_fields(), (door.page, value)
    return sent.soup.select_one(f"#{door.field}-error span:not(.icon)").get_text(" ", strip=True).partition(": ")[2]


def by_the_api(program: Program, door: Door, value: str, language: str) -> str:
    try:
        number = isinstance(json.loads(value), int | float) and door in (ZONE, CEILING)
    except ValueError:
        number = False
    answer = program.call(
        *door.call,
        data=door.body % (value if number else json.dumps(value)),
        content_type="application/json",
        headers={"Accept-Language": language},
    )
    assert answer.status_code == 400, (door.call, value)
    [error] = answer.json["errors"]
    return error["message"]


def of_the_file(manager: Manager, door: Door, value: str) -> str:
    page = send(manager, (f"{door.file}.csv", (door.row % value).encode()))
    rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in page.soup.select("tbody tr")]
    assert page.status == 400, (door.file, value)
    assert [row[:2] for row in rows] == [[f"{door.file}.csv", "2"]], (door.file, value)
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value[:80].strip())
    assert rows[0][3] == f"“{shown}”"
    return rows[0][4]

"""One kind of value is read alike at every door: a form, a program's call, a file. The same limits, the same code for
what is wrong, the same sentence; and never an exception of another kind."""

from __future__ import annotations

import ast
from datetime import datetime
from functools import cache
from typing import Annotated, NamedTuple

import pytest
from flask import Flask, current_app
from flask_babel import Babel
from flask_wtf import FlaskForm
from pydantic import TypeAdapter, ValidationError
from werkzeug.datastructures import MultiDict

from blueprints.api.query_strings import Query
from blueprints.api.reading import InvalidInput, read_query
from blueprints.web.faults import fault_sentence, sentence
from blueprints.web.value_field import ValueField
from models.actions.places.create_desk_row import DESK_NUMBER, DESKS, GAP, NAME_STEM
from models.rules import values
from models.rules.changes.spaces import RULES
from models.rules.files.columns import SHAPES, Column
from models.rules.files.municipality import read_municipality
from models.rules.house.rule_parameters import RULES as RULE_TABLE
from models.rules.refusals import bad_requests
from models.rules.values import InText, Listed, OneOf, Value
from tests.house.source import ROOT, modules

KINDS: dict[str, Value] = {
    **{name: each for name, each in vars(values).items() if isinstance(each, Value)},
    **RULES,
    **{code: each.takes for code, each in RULE_TABLE.items() if each.takes},
    "DESKS": DESKS,
    "DESK_NUMBER": DESK_NUMBER,
    "GAP": GAP,
    "NAME_STEM": NAME_STEM,
    "a choice": OneOf(("busy", "title")),
    "choices": Listed(OneOf(("busy", "title"))),
}
TEXTS = (
    "0",
    "1",
    "-1",
    "+1",
    "00",
    "1.0",
    "1e9",
    "0x10",
    "1_000",
    "１２",
    "٣",
    "½",
    "²",
    "NaN",
    "Infinity",
    "-Infinity",
    "9" * 12,
    "9" * 30,
    "9" * 5000,
    "0." + "3" * 400,
    "true",
    "TRUE",
    "True",
    "yes",
    "null",
    "None",
    "[]",
    "{}",
    "2027-02-29",
    "2027-02-30",
    "2027-2-3",
    "1999-12-31",
    "2101-01-01",
    "0000-01-01",
    "9999-12-31",
    "10000-01-01",
    "２０２７-03-08",
    "2027-03-08T09:00:00",
    "2027-03-08T09:00:00Z",
    "2027-03-08T24:00:00Z",
    "24:00",
    "24:01",
    "9:00",
    "09:60",
    "٠٩:00",
    "09:00:00",
    "R99",
    "r01",
    "busy",
    "BUSY",
    "busy;title",
    "busy;busy",
    "busy;x",
    "meeting_room=101",
    "meeting_room=5;meeting_room=6",
    "#12345",
    "#1F4E79\u200b",
    "a@b",
    "a@b.c",
    "Europe/Nergens",
    "../../etc/passwd",
    "a/b",
    ".",
    "..",
    "a;b",
    "a%b",
    "%(least)s",
    "%s",
    "{0}",
    "<b>",
    "А-1",
    "N‑1",
    "N-1\u200b",
    "\u200b",
    "\ufeff",
    "\u202eabc",
    "\u2066x\u2069",
    "a\u2028b",
    "x\u0301" * 10,
    "a\x07b",
    "a\x1bb",
    "a\x7fb",
    "a\x85b",
    "a\nb",
    "a\rb",
    "a\tb",
    "x" * 64,
    "x" * 65,
    "x" * 200,
    "x" * 201,
    "x" * 2001,
    "x" * 5000,
    "😀" * 70,
    "'",
    '"',
    "--",
    "a,b",
)
HALVES = ("\ud800", "a\udfffb", "\x00", "a\x00b")  # no form and no file can carry these: a program's JSON can
BLANKS = ("", " ", "\t", "\u00a0", "  \u2003 ", "\u2028")
THINGS = (
    None,
    True,
    False,
    0,
    1,
    -1,
    1.0,
    1.5,
    -0.0,
    10**400,
    float("nan"),
    float("inf"),
    -float("inf"),
    [],
    [[]],
    ["busy"],
    ["busy", 5],
    {},
    {"busy": 1},
    b"busy",
    object(),
    *TEXTS,
    *HALVES,
    *BLANKS,
)


class Said(NamedTuple):
    """What a door made of a value: the value, or what is wrong with it."""

    value: object = None
    code: str | None = None
    sentence: str | None = None


@pytest.fixture(scope="module", autouse=True)
def dutch():
    """A request to nowhere in particular, answered in Dutch."""
    app = Flask("values", root_path=str(ROOT))
    Babel(app, default_locale="nl_BE")
    with app.test_request_context():
        yield


def by_form(kind: Value, text: str) -> Said:
    form = form_of(kind)(MultiDict({"field": text}), meta={"csrf": False})
    is_sound, field = form.validate(), form.field
    assert is_sound is (field.fault is None) is (not field.errors)
    str(field())  # it can be shown again, whatever was typed
    return Said(field.data) if is_sound else Said(None, field.fault.code, str(field.errors[0]))


@cache
def form_of(kind: Value) -> type[FlaskForm]:
    return type("AForm", (FlaskForm,), {"field": ValueField("Field", kind)})


def by_call(kind: Value, text: str) -> Said:
    with current_app.test_request_context(query_string={"field": text}):
        try:
            return Said(read_query(query_of(kind)).field)
        except InvalidInput as refused:
            [fault] = refused.faults
            assert fault.field == "field"
            return Said(None, fault.code, fault_sentence(fault))


@cache
def query_of(kind: Value) -> type[Query]:
    read = Annotated[object, InText(kind)] | None
    return type("Asked", (Query,), {"__annotations__": {"field": read}, "field": None})


def by_file(file: str, column: Column, text: str) -> Said:
    """In a row of which every other column that must be there is sound."""
    cells = {
        "code": "R01" if file == "occupancy_rules" else "A",
        "username": "A",
        "name_nl": "A",
        "type": "meeting_room",
        "date": "2027-05-01",
        "weekday": "1",
        "half_day": "am",
        "counter_code": "A",
        "service_code": "A",
        "x_m": "0",
        "y_m": "0",
        "width_m": "1",
        "depth_m": "1",
    }
    needed = {each.name: cells[each.name] for each in SHAPES[file].columns if each.required}
    row = needed | {column.name: text}
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in row.values())
    files = {"spaces.csv": "code,name_nl,type\nA,A,meeting_room\n", f"{file}.csv": f"{','.join(row)}\n{quoted}\n"}
    reading = read_municipality({name: content.encode() for name, content in files.items()}, "Ergens")
    found = [fault for fault in reading.faults if (fault.file, fault.column) == (f"{file}.csv", column.name)]
    if found:
        return Said(None, found[0].code, sentence(found[0].code, found[0].facts))
    return Said(reading.records[file][0].values.get(column.name) if reading.records[file] else None)


@pytest.mark.parametrize("name", KINDS)
def test_a_form_and_a_call_read_a_text_alike(name):
    for text in TEXTS:
        if "," in text or "\r" in text:  # a page takes a decimal comma too; a form's line breaks are its browser's
            continue
        assert by_form(KINDS[name], text) == by_call(KINDS[name], text), ascii(text)


COLUMNS = {
    column.takes: (file, column)
    for file, shape in SHAPES.items()
    for column in shape.columns
    if column.refers_to != ("users",)  # a place is made where one is named, but nobody is
}


@pytest.mark.parametrize("takes", COLUMNS, ids=lambda takes: "{}.{.name}".format(*COLUMNS[takes]))
def test_a_cell_is_read_as_a_form_reads_it(takes):
    file, column = COLUMNS[takes]
    for text in TEXTS:
        if "," in text or "\n" in text or "\r" in text or text.startswith(("'", "-", "+")):  # one less in a cell
            continue
        form, cell = by_form(takes, text), by_file(file, column, text)
        if form.code:
            assert cell == form, ascii(text)
        else:  # alone it may be; whether it goes with the rest is another question
            assert cell.code not in known_of_values(), (ascii(text), cell)


@pytest.mark.parametrize("name", KINDS)
def test_blanks_are_nothing_at_every_door(name):
    for blank in BLANKS:
        assert by_form(KINDS[name], blank) == by_call(KINDS[name], blank) == Said()


@pytest.mark.parametrize("name", KINDS)
def test_whatever_a_program_sends_is_a_value_or_a_fault_with_a_sentence(name):
    reads = TypeAdapter(Annotated[object, KINDS[name]])
    for thing in THINGS:
        try:
            reads.validate_python(thing)
        except ValidationError as error:
            [fault] = bad_requests(error)
            assert fault.code in known_of_values(), (thing, fault.code)
            assert fault_sentence(fault) != sentence("no such code", {}), fault.code


@pytest.mark.parametrize("name", KINDS)
def test_a_value_is_written_as_it_is_read(name):
    for text in TEXTS:
        value = by_form(KINDS[name], text).value
        if value is not None and not isinstance(value, float | datetime):  # a float is shortened, Z is an offset
            assert KINDS[name].from_text(KINDS[name].written(value)) == value, ascii(text)


def codes_in(*names: str) -> set[str]:
    """Every constant that is handed to one of these as a fault's code."""
    at = {"BadValue": 0, "BadRequest": 1, "Fault": 3, "fault": 2, "BadBundle": 0}
    return {
        call.args[at[name]].value
        for module in modules()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call)
        for name in names
        if ast.unparse(call.func).rpartition(".")[2] == name
        and len(call.args) > at[name]
        and isinstance(call.args[at[name]], ast.Constant)
        and isinstance(call.args[at[name]].value, str)
    }


@cache
def known_of_values() -> set[str]:
    """Asked for by the tests: worked out as they are gathered, it would be in every process that gathers them."""
    return codes_in("BadValue") | {kind.otherwise for kind in KINDS.values() if hasattr(kind, "otherwise")}


def test_every_code_has_its_sentence_and_every_sentence_its_code():
    from blueprints.web.faults import SENTENCES

    found = known_of_values() | codes_in("BadRequest", "Fault", "fault", "BadBundle")
    assert {code for code in found if code not in SENTENCES} == set()
    source = "".join(module.path.read_text() for module in modules() if module.name != "blueprints.web.faults")
    assert {code for code in SENTENCES if f'"{code}"' not in source and not code.startswith("recurrence_")} == set()


@pytest.mark.parametrize(("text", "number"), [("0" * 30 + "5", 5), ("-" + "0" * 30, 0), ("00012", 12)])
def test_noughts_before_a_number_do_not_make_another_of_it(text, number):
    assert values.PEOPLE.from_text(text) == number

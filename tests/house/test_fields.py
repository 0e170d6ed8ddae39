"""A field of a booking is said once: what is asked, judged, kept and told agrees with its table."""

from __future__ import annotations

import ast
import dataclasses
import types
from datetime import datetime
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import TypeAdapter
from sqlalchemy import JSON

from blueprints.api.bodies import BookingBody, ChangeBody
from blueprints.api.booking_json import booking_json
from blueprints.api.shapes import ONLY_WRITTEN, Booking, PlannedBooking
from blueprints.booking import forms
from blueprints.booking.forms import label_of
from blueprints.booking.kind import KINDS
from models.rules.bookings.fields import ASKED, DETAILS, FIELDS, KEPT, PEOPLE_ASKED, Booked, BookingRequest, Field, Seen
from models.rules.judging.facts import Wanted
from models.rules.judging.receipt import Met
from models.rules.people.discretion import Viewer
from models.tables.booking import Booking as Row
from models.tables.db import UtcDateTime
from tests.house.source import ROOT, modules
from tests.models.rules.builders import ANN, during, house

NOT_FIELDS = {"override"}  # of a request: what the rules are to do
WORKED_OUT = {"service_is_private", "organiser_name", "booked_by_name"}  # of what stands beside it
TELLING = {each.name for each in FIELDS if each.telling}  # who the visitor is, perhaps
SETTLED = {"organiser", "booker", "start_changes", "replaces", "untold"}  # of a wish: for whom, and what it replaces


def plain(value: object) -> object:
    """`Annotated[int, PEOPLE] | None` is an int."""
    if get_origin(value) in (Union, types.UnionType):
        return plain(next(each for each in get_args(value) if each is not types.NoneType))
    if get_origin(value) is Annotated:
        return plain(get_args(value)[0])
    return get_origin(value) or value


def names(fields) -> set[str]:
    return {each.name for each in fields}


def test_no_field_is_said_twice():
    assert len(names(FIELDS)) == len(FIELDS)
    assert len({each.column for each in KEPT}) == len(KEPT)


def test_a_request_has_what_may_be_asked():
    hints = get_type_hints(BookingRequest)
    assert hints.keys() - NOT_FIELDS == names(ASKED)
    for each in ASKED:
        assert plain(hints[each.name]) in (plain(each.value), tuple), each.name


def test_a_booking_has_a_place_for_every_field_and_nothing_beside_them():
    places = {each.at.partition(".")[0] for each in FIELDS if each.column or each.seen}
    assert places == set(Booked._fields) - WORKED_OUT


def test_what_is_seen_of_a_booking_has_its_fields_and_says_how_much_it_is():
    assert Seen._fields == (*Booked._fields, "detail")
    whole, seen = get_type_hints(Booked), get_type_hints(Seen)
    for name in Booked._fields:
        assert plain(seen[name]) is plain(whole[name]), name


def test_a_page_tells_no_title_note_or_code_of_a_whole_booking():
    """seen_by() says what a viewer may have of it: ask that, and tell what is left."""
    strays = [
        f"{module.path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for module in modules()
        if module.is_in("blueprints")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in TELLING and is_whole(node.value)
    ]
    assert strays == []


def is_whole(value: ast.expr) -> bool:
    """By its name, as all of the house calls one that has not passed seen_by()."""
    return (isinstance(value, ast.Name) and value.id in ("booking", "standing", "holder")) or (
        isinstance(value, ast.Attribute) and value.attr == "booking"
    )


@pytest.mark.parametrize("field", KEPT, ids=lambda field: field.name)
def test_a_field_is_kept_in_a_column_that_can_hold_it(field):
    column = Row.__table__.c[field.column]
    if field.names:
        assert [each.column.table.name for each in column.foreign_keys] == [field.names]
    else:
        kept = {UtcDateTime: datetime, JSON: list}.get(type(column.type)) or column.type.python_type
        assert kept is plain(field.value)


def test_every_column_is_a_field():
    assert {column.name for column in Row.__table__.c} == {each.column for each in KEPT}


def test_the_rules_look_at_what_is_judged_and_at_nothing_else():
    wished = {each.name for each in dataclasses.fields(Wanted)} - SETTLED - {"during"}
    assert wished == names(each for each in ASKED if each.judged) - {"start", "end", "on_behalf_of", "caller"}


def test_a_form_asks_whatever_stands_and_every_kind_of_space_a_part_of_it(app):
    when = {"space", "start", "end"}
    assert set(forms.ASKED) == names(each for each in ASKED if each.stands) - when
    assert all(label_of(name) for name in forms.ASKED)
    assert set(forms.NAMED) < set(PEOPLE_ASKED)
    assert {name for kind in KINDS.values() for name in kind.fields} == set(forms.ASKED)
    assert all(kind.first_fields <= set(kind.fields) for kind in KINDS.values())


def test_programs_ask_and_change_what_the_table_says():
    own = {"channel"}  # through which door it came
    assert BookingBody.model_fields.keys() - NOT_FIELDS == names(ASKED) - own
    assert ChangeBody.model_fields.keys() - NOT_FIELDS == names(each for each in ASKED if each.changed)
    described = ChangeBody.model_json_schema()["properties"]
    assert {
        name for name, schema in described.items() if {"type": "null"} in schema.get("anyOf", ())
    } - NOT_FIELDS == names(each for each in ASKED if each.changed and each.emptied)


def test_an_answer_is_described_as_it_is_given():
    seen = names(each for each in FIELDS if each.seen)
    assert TypeAdapter(Booking).json_schema()["properties"].keys() == seen
    assert Booking.__required_keys__ == names(each for each in FIELDS if each.seen == "busy")
    assert PlannedBooking.__required_keys__ == seen - ONLY_WRITTEN


@pytest.mark.parametrize("detail", DETAILS)
def test_whoever_looks_is_told_the_fields_of_their_detail(detail):
    here = house()
    booking = Booked(
        1,
        "ROOM",
        "meeting_room",
        during("09:00", "10:00"),
        persons=1,
        organisation="GEM",
        organiser="ann",
        booked_by="ann",
        status="confirmed",
        privacy="title",
        title=None,
        layout="boardroom",
    )
    told = booking_json(
        booking
        if detail == "full"
        else booking._replace(organiser="x", booked_by="x", privacy={"busy": "busy", "title": "public"}[detail]),
        Viewer.of(ANN, here),
    )
    assert told.keys() == names(each for each in FIELDS if each.is_seen_at(detail))


def test_no_detail_tells_less_than_the_one_before():
    for less, more in zip(DETAILS, DETAILS[1:], strict=False):
        assert names(each for each in FIELDS if each.is_seen_at(less)) < names(
            each for each in FIELDS if each.is_seen_at(more)
        )


def test_what_may_tell_of_a_visitor_is_what_somebody_writes():
    telling = [each for each in FIELDS if each.telling]
    assert names(telling) == {"title", "note", "caller"}
    assert all(isinstance(each, Field) and each.asked for each in telling)


def test_a_receipt_keeps_whatever_was_judged():
    kept = TypeAdapter(Met).json_schema()["$defs"]["Wanted"]["properties"].keys()
    assert kept == {each.name for each in dataclasses.fields(Wanted)}


MOST_FILES = 9


def test_the_name_of_a_field_stands_in_few_files():
    """Whoever adds a field, or takes one away, finds all of it soon."""
    folders = [ROOT / "models", ROOT / "blueprints", ROOT / "templates"]
    found = [
        path
        for folder in folders
        for path in folder.rglob("*.*")
        if path.suffix in (".py", ".html", ".txt") and "evacuation_buddy" in path.read_text(encoding="utf-8")
    ]
    assert len(found) <= MOST_FILES, sorted(map(str, found))

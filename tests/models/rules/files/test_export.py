"""The house as files: what was read is written so that it reads as the same again, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.files.columns import SHAPES
from models.rules.files.draft import Known, key_of
from models.rules.files.export import USUAL, cell, exported
from models.rules.files.municipality import read_municipality
from models.rules.files.sheet import read_sheet
from models.rules.values import ALWAYS
from tests.cast import DEMO_FILES

DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
STARTERS = "=+-@"


def known(files: dict[str, bytes]) -> Known:
    """What a database would hold after loading these files."""
    rows: dict[str, dict] = {}
    for file, records in read_municipality(files, "demo").records.items():
        shape = SHAPES[file]
        rows[file] = {
            (key_of(shape, record.values) if shape.key else number): dict(record.values)
            for number, record in enumerate(records)
        }
    for floor in rows["floors"].values():
        floor["fire_max_persons"] = floor.pop("max_persons")
    for space in rows["spaces"].values():
        del space["cap_default"]
    return Known(rows)


def organisations(**values: str) -> dict[str, bytes]:
    """The files of a house with one organisation, of which these columns say something else."""
    rows = known(DEMO).rows
    one = rows["organisations"]["GEM"] | values
    return exported(Known({**rows, "organisations": {"GEM": one}}))


def columns(content: bytes) -> list[str]:
    return content.splitlines()[0].decode().split(",")


def test_the_files_have_the_demos_names_and_those_columns_that_are_read_in_its_order():
    files, left_out = exported(known(DEMO)), {("", "")}
    for each in read_municipality(DEMO, "demo").assumptions:
        left_out.add((each.file, each.column or ""))
    assert files.keys() == {name for name in DEMO if (name, "") not in left_out}
    for name, content in files.items():
        read = [each for each in columns(DEMO[name]) if (name, each) not in left_out]
        assert [each for each in columns(content) if each in read] == read, name
        assert {*columns(content)} - {*read} == set(), name


def test_the_demos_files_come_back_cell_by_cell():
    for name, content in exported(known(DEMO)).items():
        before, _ = read_sheet(name, DEMO[name])
        after, faults = read_sheet(name, content)
        assert faults == []
        assert len(after.lines) == len(before.lines)
        for was, now in zip(before.lines, after.lines, strict=True):
            for column, text in was.cells.items():
                if text and ";" not in text and column in now.cells:
                    assert now.cells[column] == text, (name, was.number, column)


def test_exporting_reading_and_exporting_again_gives_the_same_bytes():
    first = exported(known(DEMO))
    assert exported(known(first)) == first
    assert read_municipality(first, "elsewhere").assumptions == ()


def test_a_column_that_the_demo_lacks_is_there_when_it_says_something():
    rows = known(DEMO).rows
    rows["spaces"]["VZ-101"] |= {"ceiling": 12, "name_de": "Zum Kanal"}
    rows["spaces"]["VZ-101"]["layouts"]["banquet"] = 24
    header = exported(Known(rows))["spaces.csv"].splitlines()[0].decode().split(",")
    assert header == [*USUAL["spaces"], "name_de", "ceiling", "cap_banquet"]


def test_people_are_left_out_where_nobody_asks_for_them():
    assert "users.csv" not in exported(known(DEMO), people=False)
    assert b"password" not in exported(known(DEMO))["users.csv"]


def test_a_rule_that_is_planned_is_not_what_holds_today():
    rows = known(DEMO).rows
    rows["occupancy_rules"]["R23", None, date(2027, 9, 1)] = rows["occupancy_rules"]["R23", None, ALWAYS] | {
        "parameter": "9"
    }
    written = exported(Known(rows))["occupancy_rules.csv"].decode()
    assert written.count("R23,") == 1
    assert "valid_from" not in written


@pytest.mark.parametrize("text", ["=1+1", "+32 3 000 00 00", "-5", "@here", "'=1", "''@x", "'quoted'", "plain"])
def test_no_text_is_a_formula_and_each_reads_as_it_was(text):
    files = organisations(contact_phone=text)
    [_header, row] = csv.reader(io.StringIO(files["organisations.csv"].decode()))
    assert not any(written.startswith(tuple(STARTERS)) for written in row)
    assert known(files).of("organisations")["GEM"]["contact_phone"] == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
def test_whatever_a_name_is_it_comes_back(text):
    written = exported(Known({"organisations": {"GEM": {"code": "GEM", "name_nl": text, "legal_form": "x"}}}))
    sheet, faults = read_sheet("organisations.csv", written["organisations.csv"])
    assert faults == []
    assert sheet.lines[0].cells["name_nl"] == normalize("NFC", text.strip())


@pytest.mark.parametrize(
    ("file", "column", "value", "text"),
    [
        ("spaces", "fire_max", None, ""),
        ("spaces", "active", True, "1"),
        ("spaces", "active", False, "0"),
        ("floors", "level", -1, "-1"),
        ("opening_hours", "opens", 510, "08:30"),
        ("closures", "closes", 1440, "24:00"),
        ("spaces", "min_minutes", 510, "510"),
        ("spaces", "cap_theatre", 40, "40"),
        ("spaces", "area_m2", 900.0, "900"),
        ("zones", "area_m2", 12.345, "12.345"),
        ("plan", "x_m", 0.0, "0.00"),
        ("plan", "width_m", 1.125, "1.125"),
        ("closures", "date", date(2027, 5, 1), "2027-05-01"),
        ("spaces", "equipment", ("beamer", "scherm"), "beamer;scherm"),
    ],
)
def test_a_value_is_written_as_its_column_reads_it(file, column, value, text):
    assert cell(file, column, value) == text

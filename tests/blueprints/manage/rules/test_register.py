"""The safety register as a page and as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from tests.blueprints.manage.filling import send
from tests.cast import ANN, FARID, INES, NORA


def lines_of(client, address: str = "/manage/register.csv") -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8-sig")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def rows_of(page) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]


@pytest.fixture
def stairs(signed_in):
    """The first floor lowered for a reason and on a ground that are no formulas."""
    nora = signed_in(NORA)
    nora.save("/manage/floors/F1", max_persons="100", reason='=HYPERLINK("x")', legal_basis="+fire report 2027/3")
    return nora


def test_a_limit_that_was_set_stands_on_top_with_all_that_is_known_of_it(stairs):
    top = rows_of(stairs.open("/manage/register"))[0]
    for said in ("First floor", "F1", "190 → 100", "3 March 2027", "Preventieadviseur", "+fire report 2027/3"):
        assert said in top


def test_the_file_says_the_same_and_no_cell_of_it_is_a_formula(stairs):
    lines = lines_of(stairs.client)
    assert list(lines[0].values()) == [
        "Floor",
        "F1",
        "First floor",
        "People at once",
        "190",
        "100",
        "2027-03-03",
        "2027-03-03 09:00",
        "Preventieadviseur",
        "'+fire report 2027/3",
        '\'=HYPERLINK("x")',
        "",
    ]
    assert {line["Code"] for line in lines} > {"AC", "F1", "Z1-VER", "VZ-101", "R02"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.values())


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("place=floor:F1", {"F1"}),
        ("place=rule:R09", {"R09"}),
        ("first=2027-03-03&last=2027-03-03", None),  # the import was of that day too
        ("first=2027-03-04", set()),
        ("place=zone:Z1-VER&last=2027-03-02", {"Z1-VER"}),  # since the beginning
    ],
)
def test_it_is_looked_up_by_place_and_by_date(asked, codes, stairs):
    found = {line["Code"] for line in lines_of(stairs.client, f"/manage/register.csv?{asked}")}
    assert found == codes if codes is not None else "F1" in found
    assert stairs.open(f"/manage/register?{asked}").status == 200


def test_a_crisis_switched_on_and_off_on_one_day_stays_to_be_read(signed_in):
    nora = signed_in(NORA)
    send(nora, "/manage/crisis")
    nora.post("/manage/crisis/off", {})
    rows = [row for row in rows_of(nora.open("/manage/register?place=rule:R09")) if "50" in row]
    assert len(rows) == 1
    assert "set otherwise on" in rows[0]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("place=attic:X", {"place"}),
        ("first=soon", {"first"}),
        ("last=2027-02-30", {"last"}),
        ("last=9999-12-31", {"last"}),
    ],
)
@pytest.mark.parametrize("address", ["/manage/register", "/manage/register.csv"])
def test_a_filter_that_cannot_be_read_says_so(address, asked, wrong, signed_in):
    page = signed_in(FARID).open(f"{address}?{asked}")
    assert (page.status, page.wrong_fields()) == (400, wrong)


@pytest.mark.parametrize(("who", "status"), [(NORA, 200), (FARID, 200), (INES, 403), (ANN, 403)])
def test_it_is_read_by_whoever_sets_limits(who, status, signed_in):
    manager = signed_in(who)
    assert (manager.open("/manage/register").status, manager.client.get("/manage/register.csv").status_code) == (
        status,
        status,
    )

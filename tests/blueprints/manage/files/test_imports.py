"""The whole building taken away and sent in again by a manager: every fault with its line, every change beforehand."""

from __future__ import annotations

import io
import zipfile

import pytest
from bs4 import BeautifulSoup

from blueprints.manage.files.imports import LARGEST_UPLOAD
from models.actions.places.announce import ToAnnounce, announce
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.files.columns import SHAPES
from tests.blueprints.manage.conftest import Page
from tests.cast import ANN, DEMO_FILES, FARID, INES, NORA, NOW

IMPORT, EXPORT = "/manage/import", "/manage/export"
DEMO = {file.name: file.read_bytes() for file in DEMO_FILES.glob("*.csv")}
TOWN = b"code,name_nl,type,zone_code\nSK-99,Nieuwe kamer,booth,Z0-SPR\n"


def send(manager, *files: tuple[str, bytes]) -> Page:
    """As a browser sends files; put together here, for a test client would leave a temporary file open."""
    parts = [
        b'--part\r\nContent-Disposition: form-data; name="files"; filename="%b"\r\n\r\n%b\r\n'
        % (name.encode(), content)
        for name, content in files
    ]
    return Page(
        manager.client.post(
            IMPORT, data=b"".join([*parts, b"--part--\r\n"]), content_type="multipart/form-data; boundary=part"
        )
    )


def press(manager, page_at: str, step: str, **otherwise) -> Page:
    form = {each["name"]: each["value"] for each in manager.open(page_at).soup.select("main form input[type=hidden]")}
    return manager.post(page_at, form | {"step": step} | otherwise)


@pytest.fixture
def farid(signed_in):
    return signed_in(FARID)


@pytest.fixture
def house(demo_app):
    def read():
        with demo_app.test_request_context():
            return the_house()

    return read


def test_the_zip_that_is_taken_away_changes_nothing_when_it_comes_back(farid):
    answer = farid.client.get(EXPORT)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == ('attachment; filename="vbk-2027-03-03.zip"')
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert set(archive.namelist()) == {f"{file}.csv" for file in SHAPES}
    page = farid.open(send(farid, ("vbk.zip", answer.data)).location)
    assert "Nothing would change" in page.text
    assert not page.soup.select("button[value=load]")
    assert any("users.csv" in notice for notice in page.notices())


@pytest.mark.parametrize(
    ("who", "path", "people"),
    [
        (FARID, EXPORT, True),
        (FARID, f"{EXPORT}?people=0", False),
        (NORA, EXPORT, None),
        (INES, EXPORT, None),
        (ANN, EXPORT, None),
    ],
)
def test_only_the_facility_manager_takes_it_away_with_or_without_people(who, path, people, signed_in):
    answer = signed_in(who).client.get(path)
    if people is None:
        assert answer.status_code == 403
    else:
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            assert ("users.csv" in archive.namelist()) is people
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_would_change_is_shown_before_anything_is_loaded_and_then_loaded_whole(farid, house):
    floors = DEMO["floors.csv"].replace(b"192,190,1,0,2,Erster", b"192,150,1,0,2,Erster")
    closures = DEMO["closures.csv"].replace(b"2027-05-07", b"2027-05-08")
    sent = send(farid, ("spaces.csv", TOWN), ("floors.csv", floors), ("closures.csv", closures))
    assert sent.status == 303
    page = farid.open(sent.location)
    for said in ("fire_max_persons 190 becomes 150", "SK-99", "Nieuwe kamer", "New", "Goes", "2027-05-08"):
        assert said in page.text
    assert house().limit("floor", "F1", NOW.date()) == 190
    loaded = press(farid, sent.location, "load")
    assert (loaded.status, loaded.location) == (303, "/manage")
    assert any("Loaded" in notice for notice in farid.open("/manage").notices())
    assert (house().limit("floor", "F1", NOW.date()), house().spaces["SK-99"].names["nl"]) == (150, "Nieuwe kamer")


def test_loading_it_twice_and_throwing_it_away_say_so(farid, house):
    address = send(farid, ("spaces.csv", TOWN)).location
    left = press(farid, address, "leave")
    assert (left.status, left.location) == (303, IMPORT)
    assert "SK-99" not in house().spaces
    for again in (farid.post(address, {"step": "load", "revision": "1"}), farid.open(address)):
        assert (again.status, again.location) == (303, IMPORT)
    assert any("no longer here" in notice for notice in farid.open(IMPORT).notices())


def test_what_was_sent_in_and_not_loaded_is_found_again(farid, signed_in):
    address = send(farid, ("spaces.csv", TOWN)).location
    assert farid.open(IMPORT).soup.find("a", href=address)
    press(farid, address, "leave")
    assert not farid.open(IMPORT).soup.find("a", href=address)


def test_a_house_that_changed_since_the_preview_is_shown_anew_and_not_forced(farid, demo_app, house):
    address = send(farid, ("spaces.csv", TOWN)).location
    old = {each["name"]: each["value"] for each in farid.open(address).soup.select("main form input[type=hidden]")}
    with demo_app.test_request_context():
        announce(
            ToAnnounce({"nl": "Lift stuk"}, "floor:F1", NOW.date(), NOW.date(), "info"), person_by_username(FARID), NOW
        )
    page = farid.post(address, old | {"step": "load"})
    assert page.status == 409
    assert any("before you" in notice for notice in page.notices())
    assert "SK-99" not in house().spaces
    assert press(farid, address, "load").status == 303
    assert "SK-99" in house().spaces


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("spaces.csv", b"code,name_nl,type\nA,B,zaaltje\nA,C,desk\n", [("2", "type"), ("3", "code")]),
        ("spaces.csv", b"code,name_nl\nA,B\n", [("1", "type")]),
        ("spaces.csv", "code,name_nl,type\nA,Café,desk\n".encode("latin-1"), [("2", "–")]),
        ("spaces.csv", b"code;name_nl;type\nA;B;desk\n", [("1", "–")]),
        ("spaces.csv", b"", [("1", "–")]),
        ("spaces.csv", b'code,name_nl,type\nA,"B,desk\n', [("2", "–")]),
        (
            "floors.csv",
            DEMO["floors.csv"].replace(b"192,190,1,0,2,Erster", b"192,-1,1,0,2,Erster"),
            [("3", "fire_max_persons")],
        ),
        (
            "opening_hours.csv",
            DEMO["opening_hours.csv"] + b"building,AC,1,,08:00,10:00,staff_access,,,,,,\n",
            [("88", "opens")],
        ),
        ("opening_hours.csv", b"scope_type,scope_code,weekday\nspace,NOWHERE,1\n", [("2", "scope_code")]),
        (
            "organisations.csv",
            DEMO["organisations.csv"].replace(b"ocmw.example.org,1,", b"ocmw.example.org,0,"),
            [("3", "professional_secrecy")],
        ),
        ("occupancy_rules.csv", b"code,parameter\nR09,150\n", [("2", "parameter")]),
    ],
)
def test_faults_stand_there_with_file_line_and_column_and_nothing_is_kept(name, content, said, farid, house):
    page = send(farid, (name, content))
    assert page.status == 400
    rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in page.soup.select("tbody tr")]
    assert [(row[0], row[1], row[2]) for row in rows] == [(name, *each) for each in said]
    assert all(row[4] for row in rows)
    assert len(house().spaces) == 121


@pytest.mark.parametrize(
    "files",
    [[("town.zip", b"no zip")], [("letter.docx", b"Dear")], [("a/spaces.csv", TOWN), ("b/spaces.csv", TOWN)], []],
)
def test_what_cannot_be_opened_is_said_at_the_field(files, farid):
    page = send(farid, *files)
    assert page.status == 400
    assert page.wrong_fields() == {"files"}
    assert [link["href"] for link in page.soup.select(".error-summary a")] == ["#files"]


@pytest.mark.parametrize(
    ("name", "content"), [("zalen.csv", TOWN), ("spaces.csv", b"code,name_nl,type\n")], ids=["unknown", "empty"]
)
def test_a_file_that_says_nothing_is_told_so_and_not_kept(name, content, farid):
    page = send(farid, (name, content))
    assert page.status == 400
    assert "We found nothing to import." in page.soup.find(id="files-error").text
    assert not farid.open(IMPORT).soup.select("a[href^='/manage/import/']")


def test_a_renamed_file_is_read_and_of_one_that_nobody_knows_the_page_says_so_first(farid):
    page = farid.open(send(farid, ("spaces (1).csv", TOWN)).location)
    assert "SK-99" in page.text
    assert "Nothing was read of" not in page.text
    page = farid.open(send(farid, ("zalen.csv", TOWN), ("floors.csv", DEMO["floors.csv"])).location)
    assert "Nothing was read of zalen.csv" in page.text
    assert "Nothing would change" not in page.text


def test_signs_that_cannot_be_shown_are_answered_in_words_and_too_many_rows_before_they_are_read(farid):
    for name, content, said in (
        ("spaces\x01.csv", TOWN, "holds a sign that no name of a file holds"),
        ("spaces.csv", TOWN.replace(b"SK-99", b"SK\x00-99"), "characters that cannot be shown"),
        ("spaces.csv", TOWN.replace(b"name_nl", b"name\x00_nl"), "characters that cannot be shown"),
        ("spaces.csv", b"code\n" * 300_000, "These files have 300000 rows, and at most 20000 are read at once."),
    ):
        page = send(farid, (name, content))
        assert (page.status, said in page.text) == (400, True), name
        assert "\x00" not in page.source
    assert "at most 20,000 rows" in send(farid, ("spaces.csv", b"x" * LARGEST_UPLOAD)).text


def test_a_zip_bomb_is_refused(farid):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("spaces.csv", b"0" * 30_000_000)
    page = send(farid, ("bomb.zip", into.getvalue()))
    assert page.status == 400
    assert "MB" in page.soup.select_one(".error-summary").get_text()


def test_more_than_five_megabytes_are_too_much_and_elsewhere_far_less(farid):
    assert send(farid, ("spaces.csv", b"x" * LARGEST_UPLOAD)).status == 413
    assert send(farid, ("letter.txt", b"x" * 1_000_000)).status == 400
    assert farid.post("/manage/spaces/VZ-101", {"reason": "x" * 100_000}).status == 413


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 400, "²"])
def test_a_form_that_was_tampered_with_loads_nothing(revision, farid, house):
    address = send(farid, ("spaces.csv", TOWN)).location
    assert farid.post(address, {"step": "load", "revision": revision}).status == 409
    assert "SK-99" not in house().spaces


def test_others_neither_send_files_in_nor_see_somebodys(signed_in, farid):
    address = send(farid, ("spaces.csv", TOWN)).location
    for username in (ANN, NORA, INES):
        assert signed_in(username).open(IMPORT).status == signed_in(username).open(address).status == 403


def test_a_name_with_markup_or_a_formula_is_only_text(farid):
    nasty = 'code,name_nl,type,zone_code\nSK-99,"<script>alert(1)</script> =1+1",booth,Z0-SPR\n'
    page = farid.open(send(farid, ("spaces.csv", nasty.encode())).location)
    assert "<script>alert(1)</script>" in page.text
    assert not BeautifulSoup(str(page.soup.main), "html.parser").script


def test_the_number_of_questions_does_not_grow_with_the_files(farid, counted_queries):
    more = b"".join(f"SK-{number},Kamer,booth,Z0-SPR\n".encode() for number in range(100, 400))
    asked = []
    for files in (TOWN, TOWN + more):
        address = send(farid, ("spaces.csv", files)).location  # in the place of the one before
        farid.open(address)
        with counted_queries() as counted:
            assert farid.open(address).status == 200
        asked.append(counted.number)
    assert asked[0] == asked[1] <= 80

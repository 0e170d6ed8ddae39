"""Files as somebody sends them: loose or in a zip, and nothing larger or odder than may be read."""

from __future__ import annotations

import io
import zipfile

import pytest

from models.rules.files.bundle import MOST_BYTES, MOST_FILES, MOST_ROWS, packed, unpacked
from models.rules.files.file_names import BadName, known_as

SPACES = b"code,name_nl,type\nVZ-1,Zaal,meeting_room\n"


def zip_of(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return into.getvalue()


def why_not(*sent: tuple[str, bytes]) -> str:
    with pytest.raises(BadName) as no:
        unpacked(sent)
    return no.value.code


def test_loose_files_and_those_in_a_zip_are_found_by_name():
    assert unpacked([("spaces.csv", SPACES), ("ZONES.CSV", b"x\n")]) == {"spaces.csv": SPACES, "zones.csv": b"x\n"}
    assert unpacked([("town.zip", zip_of({"spaces.csv": SPACES}))]) == {"spaces.csv": SPACES}
    assert unpacked([("no-name", zip_of({"spaces.csv": SPACES}))]) == {"spaces.csv": SPACES}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("spaces (1).csv", "spaces.csv"),  # a browser's second download
        ("SPACES.CSV", "spaces.csv"),
        ("Spaces - kopie.csv", "spaces.csv"),
        ("spaces - Copy (2).csv", "spaces.csv"),
        ("Kopie van spaces.csv", "spaces.csv"),
        ("opening_hours copie 3.csv", "opening_hours.csv"),
        ("Spaces - kopie.xlsx", "spaces.xlsx"),
        ("C:\\town\\Plan (1).CSV", "plan.csv"),
        ("plan_features.csv", "plan_features.csv"),  # another file, not one of ours
        ("spaces-2026.csv", "spaces-2026.csv"),  # an older one, on purpose
        ("zalen (1).csv", "zalen (1).csv"),
    ],
)
def test_a_file_is_known_by_its_name_whatever_a_machine_made_of_it(name, known):
    assert known_as(name) == known


def test_a_folder_in_the_zip_and_what_a_mac_puts_beside_it_do_not_matter():
    sent = zip_of(
        {
            "town/": b"",
            "town/spaces.csv": SPACES,
            "__MACOSX/town/._spaces.csv": b"x",
            "town/read me.txt": b"x",
            "town\\zones.csv": b"code\n",
        }
    )
    assert unpacked([("town.zip", sent)]) == {"spaces.csv": SPACES, "zones.csv": b"code\n"}


def test_the_same_files_pack_to_the_same_bytes():
    files = {"spaces.csv": SPACES, "zones.csv": b"code\n"}
    assert packed(files) == packed(files)
    assert unpacked([("x.zip", packed(files))]) == files


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([("town.zip", b"no zip at all")], "not_a_zip"),
        ([("town.zip", b"")], "not_a_zip"),
        ([("town.zip", zip_of({"spaces.csv": SPACES})[:-30])], "not_a_zip"),
        ([("letter.docx", b"Dear sir")], "no_csv"),
        ([("town.zip", zip_of({"letter.txt": b"Dear sir"}))], "no_csv"),
        ([("spaces.csv", SPACES), ("Spaces.csv", SPACES)], "file_twice"),
        ([("spaces.csv", SPACES), ("spaces (1).csv", SPACES)], "files_alike"),
        ([("Spaces - kopie.xlsx", b"PK\x03\x04"), ("zones.csv", SPACES)], "a_workbook"),
        ([("town.zip", zip_of({"spaces.xlsx": b"PK\x03\x04"}))], "a_workbook"),
        ([("spaces\0.csv", SPACES)], "control_in_name"),
        ([("town.zip", zip_of({"a/spaces.csv": SPACES, "b/spaces.csv": SPACES}))], "file_twice"),
        ([("town.zip", zip_of({f"{number}.csv": b"" for number in range(MOST_FILES + 1)}))], "too_many_files"),
        ([("spaces.csv", b"x" * (MOST_BYTES + 1))], "too_large"),
        ([("spaces.csv", b"x\n" * MOST_ROWS), ("zones.csv", b"x")], "too_many_rows"),
        ([("town.zip", zip_of({"spaces.csv": b"code\n" * 300_000}))], "too_many_rows"),  # counted, and not read
        ([("a.csv", b"x" * (MOST_BYTES // 2 + 1)), ("b.csv", b"x" * (MOST_BYTES // 2 + 1))], "too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(sent, code):
    assert why_not(*sent) == code


def test_a_zip_whose_content_was_changed_is_damaged():
    stored = zip_of({"spaces.csv": SPACES}, zipfile.ZIP_STORED).replace(b"meeting_room", b"meeting_hall")
    assert why_not(("town.zip", stored)) == "not_a_zip"


def test_a_zip_bomb_is_unpacked_no_further_than_may_be():
    bomb = zip_of({"spaces.csv": b"0" * (4 * MOST_BYTES)})
    assert len(bomb) < 100_000
    assert why_not(("bomb.zip", bomb)) == "too_large"


def test_a_zip_that_lies_about_its_size_is_no_larger_than_what_is_read():
    honest = zip_of({"spaces.csv": b"0" * (2 * MOST_BYTES)})
    lying = honest.replace((2 * MOST_BYTES).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert why_not(("lie.zip", lying)) in ("too_large", "not_a_zip")


def test_a_locked_zip_says_so():
    into = bytearray(zip_of({"spaces.csv": SPACES}, zipfile.ZIP_STORED))
    for start in (into.find(b"PK\x03\x04") + 6, into.find(b"PK\x01\x02") + 8):
        into[start] |= 1
    assert why_not(("town.zip", bytes(into))) == "locked"

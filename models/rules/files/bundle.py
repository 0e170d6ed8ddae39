"""CSV files as somebody sends them, one by one or packed in a zip, never more of them than may be read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from models.rules.files.file_names import TABLE, WORKBOOK, BadName, check_one_each, known_as

MOST_BYTES = 10_000_000  # unpacked: some 40,000 spaces
MOST_FILES = 100
MOST_ROWS = 20_000  # in all files together: some ten seconds of reading
CHUNK = 65_536
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class BadBundle(BadName):
    """What was sent cannot be read at all."""


def unpacked(sent: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The CSV files among what was sent, by the names they are known by. Raises BadName, mostly as BadBundle."""
    files = [(name, data) for name, data in _loose(sent) if not known_as(name).startswith(".")]
    check_one_each(name for name, _data in files)
    found = {known_as(name): data for name, data in files if known_as(name).endswith(TABLE)}
    if not found:
        raise BadBundle("no_csv")
    if (rows := rows_in(found)) > MOST_ROWS:
        raise BadBundle("too_many_rows", rows=rows, most=MOST_ROWS)
    return found


def rows_in(files: Mapping[str, bytes]) -> int:
    """How many lines the files have, headers included: counted, nothing of them read."""
    return sum(content.count(b"\n") + (not content.endswith(b"\n")) for content in files.values() if content)


def _loose(sent: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """What was sent, and in place of a zip what it holds."""
    size = 0
    for name, content in sent:
        is_zip = known_as(name).endswith(".zip") or content.startswith(b"PK\x03\x04")
        for inner, data in (
            _inside(name, content) if is_zip and not known_as(name).endswith(WORKBOOK) else [(name, content)]
        ):
            size += len(data)
            if size > MOST_BYTES:
                raise BadBundle("too_large", most=MOST_BYTES // 1_000_000)
            yield inner, data


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files; the same files give the same bytes."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def _inside(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """What a zip holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unzipped(archive)
    except BadBundle:
        raise
    except _BROKEN:
        raise BadBundle("not_a_zip", name=name) from None


def _unzipped(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    """Unpacked no further than MOST_BYTES, whatever the zip says of itself."""
    entries = [entry for entry in archive.infolist() if not _is_left_out(entry)]
    if len(entries) > MOST_FILES:
        raise BadBundle("too_many_files", most=MOST_FILES)
    room, found = MOST_BYTES, []
    for entry in entries:
        data = _read(archive, entry, room)
        room -= len(data)
        found.append((entry.filename, data))
    return found


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what a Mac or an editor puts beside the files."""
    return (
        entry.is_dir()
        or entry.filename.startswith("__MACOSX/")
        or not entry.filename.lower().endswith((TABLE, WORKBOOK))
    )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    if entry.flag_bits & 0x1:
        raise BadBundle("locked", name=entry.filename)
    read = bytearray()
    with archive.open(entry) as file:
        while chunk := file.read(CHUNK):
            read += chunk
            if len(read) > room:
                raise BadBundle("too_large", most=MOST_BYTES // 1_000_000)
    return bytes(read)

"""By which name a file is known: the one that the export gives it, whatever a browser or an office made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from models.rules.files.columns import SHAPES
from models.rules.values import BadValue

TABLE, WORKBOOK = ".csv", ".xlsx"
_FIRST = r"(?:copy of|kopie van|copie de|kopie von) "
_MORE = r"(?: *\(\d+\)| *-? *\b(?:copy|kopie|copie)(?: *\(?\d+\)?)?)"
_COPY = re.compile(rf"(?:{_FIRST})?(?P<stem>\w+?){_MORE}*")


class BadName(BadValue):
    """A name under which nothing can be read."""


def known_as(name: str) -> str:
    """`spaces.csv` for `town/SPACES.CSV`, `spaces (1).csv` and `Spaces - kopie.csv`; what is no file of ours keeps its
    name, without folders and in lower case. Raises BadName where it holds what no name holds."""
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)
        raise BadName("control_in_name", name=shown)
    path = PurePosixPath(_short(name))
    copied = _COPY.fullmatch(path.stem.strip())
    stem = copied["stem"] if copied and copied["stem"] in SHAPES else path.stem
    return f"{stem}{path.suffix}"


def _short(name: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name).lower().strip()


def check_one_each(names: Iterable[str]) -> None:
    """Raises BadName where two of these files are known by one name, and where one is a workbook: nobody guesses which
    of two was meant, and a sheet is read once it is saved as CSV."""
    first: dict[str, str] = {}
    for name in names:
        known, short = known_as(name), _short(name)
        if known in first:
            code = "file_twice" if first[known] == short else "files_alike"
            raise BadName(code, name=short, other=first[known], file=known)
        first[known] = short
    for known, name in first.items():
        if known.endswith(WORKBOOK) and known.removesuffix(WORKBOOK) in SHAPES:
            raise BadName("a_workbook", name=name)

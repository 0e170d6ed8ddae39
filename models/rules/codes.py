"""When two codes are one: people say them aloud, type them, and paste them from programs that change their signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_CODE = 64
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")  # nothing in it that could be written otherwise: the quick way for most
# Letters with their marks as towns write them. Not those of other scripts: a Cyrillic А is no A, though nobody sees it.
_WRITTEN = re.compile(r"[ -~À-ÖØ-öø-ƺƼ-ƿǄ-ɏḀ-ỿ]+")
# What stands for itself in no address and no list: / ? # and % of an address, ; of a list, \ of a path.
_NOT_IN_A_CODE = re.compile(r"[/\\;?#%]")
# Beside the signs of category Cf: what leaves nothing to be seen either.
_UNSEEN = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ALIKE = str.maketrans({**dict.fromkeys("⁃−˗─", "-"), **dict.fromkeys("’‘‛ʼ′", "'")})


def canonical_code(text: str) -> str:
    """The one form of a code: what cannot be seen left out, every dash a hyphen, every blank one blank, wide letters
    letters. Letter case stays as it was first written."""
    if _PLAIN.fullmatch(text):
        return text
    composed = _seen(unicodedata.normalize("NFKC", _seen(text))).translate(_ALIKE)
    return re.sub(" +", " ", "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in composed)).strip()


def same_code(code: str) -> str:
    """What two codes have in common that differ in nothing but letter case: no two things may share it."""
    return canonical_code(code).casefold()


def is_code(canonical: str) -> bool:
    """Whether a text in its canonical form may name a thing: in an address, a list and a path."""
    return bool(_WRITTEN.fullmatch(canonical)) and not _NOT_IN_A_CODE.search(canonical) and canonical not in (".", "..")


class Codes:
    """The codes of one sort of thing that there are, to find the one that is meant. Old ones may be in no canonical
    form, or differ from each other in letter case alone: each of these is still meant by itself."""

    def __init__(self, codes: Iterable[str] = ()):
        self._first: dict[str, str] = {}
        self._known: set[str] = set()
        for code in codes:
            self.add(code)

    def add(self, code: str) -> None:
        self._known.add(code)
        self._first.setdefault(same_code(code), code)

    def meant(self, text: str) -> str | None:
        """The same code, else its canonical form, else the first that is the same but for letter case."""
        for code in (text, canonical_code(text)):
            if code in self._known:
                return code
        return self._first.get(same_code(text))

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.meant(text) is not None


def _seen(text: str) -> str:
    return _UNSEEN.sub("", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
